"""The gateway's loop: one round after another into one recording, for as long as it is wanted.

A link that is in doubt is thrown away; the next is tried with growing pauses.
Not here: signals and files (`twin.gateway.run`), the life of a link (`round`), the buffer and the gaps (`store`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from twin.errors import LinkError, RecordingError, TwinError
from twin.gateway.clock import Clock
from twin.gateway.plan import Plan, plan_for, plan_from_layout
from twin.gateway.round import Round
from twin.gateway.store import Store
from twin.gateway.target import Past, Target
from twin.history.recording import Gap, Origin
from twin.opcua.connection import Connection, check_address, together
from twin.opcua.identity import SIMULATION_URI

FIRST_PAUSE_S = 0.05  # a desk that starts plant and gateway at once waits for the first success
_SLOWER = 1.3
LONGEST_PAUSE_S = 5.0
PACE_S = 0.05  # at most twenty commits a second, however many publish responses come
IDLE_S = 0.25


class Gateway:
    """Records one server into one target.

    Args:
        plan: what to record; None for what was recorded before, or to see what the server is.
        started: called once, when the first values are stored.
        tell: called with what a person should know.

    Raises:
        LinkError: if the address is none; a server that does not answer is waited for.
    """

    def __init__(
        self, url: str, target: Target, plan: Plan | None, *, started: Callable[[], None], tell: Callable[[str], None]
    ) -> None:
        check_address(url)
        self._url = url
        self._target = target
        self._plan = plan
        self._started = started
        self._tell = tell
        self._told = ""
        self._past = target.past()
        if self._plan is None and self._past and self._past.layout:
            self._plan = plan_from_layout(self._past.layout, f"the layout of {target.name}")
        self._clock = Clock(self._past.end_ns if self._past else 0)
        self._since_ns = self._clock.now_ns()
        self._application_uri = self._past.identity if self._past else ""
        self._admitted = False
        self._announced = False
        self._store: Store | None = None
        self._waiting = asyncio.Event()
        self._pause_s = FIRST_PAUSE_S

    async def run(self) -> None:
        """Record until cancelled. Raises RecordingError where this server may not be recorded into this target."""
        try:
            if self._past:
                self._resume(self._past)
            await together(self._supervise(), self._keep_storing())
        finally:
            self._flush()
            if self._store:
                self._store.close()

    def _resume(self, past: Past) -> None:
        """Go on where an earlier run ended; nobody was recording in between."""
        self._store = Store(self._target.recorder(past.origin, past.layout, past.identity), self._url)
        for gap in past.open_gaps:
            self._store.inherit(gap)
        self._store.lose(Gap("recorder", past.end_ns, None, "nobody was recording"))

    async def _supervise(self) -> None:
        while True:
            try:
                await self._use_one_connection()
            except LinkError as error:
                self._fail(error)
            except RecordingError as error:
                if self._store is None or not self._admitted:
                    raise
                self._fail(error)
            # The clock's last digits are as good as chance to keep gateways from knocking in step.
            await asyncio.sleep(self._pause_s * (0.5 + self._clock.now_ns() % 1000 / 2000))
            self._pause_s = min(_SLOWER * self._pause_s, LONGEST_PAUSE_S)

    def _fail(self, error: TwinError) -> None:
        """A recording begins with its first value: before it nothing is missing. Later, a round has said since when."""
        self._tell_once(f"{error}. Trying again until it works.")
        if self._store:
            self._store.lose(Gap(self._url, self._since_ns, None, str(error)))
            self._waiting.set()

    async def _use_one_connection(self) -> None:
        connection = Connection(self._url)
        try:
            await connection.open()
            origin = self._admit(connection.application_uri)
            if self._plan is None:
                self._plan = await plan_for(connection)
                self._tell_once(self._plan.remark)
            if self._store is None:
                self._store = Store(self._target.recorder(origin, self._plan.layout, self._application_uri), self._url)
            life = Round(connection, self._plan, self._store, self._clock, wake=self._waiting.set, tell=self._tell_once)
            await life.run()
        finally:
            await connection.close()

    def _admit(self, application_uri: str) -> Origin:
        """Whether this server may be recorded: plant B is never painted on plant A."""
        origin = Origin.SIMULATION if application_uri == SIMULATION_URI else Origin.PLANT
        known = self._application_uri or application_uri
        if known != application_uri or (self._past and self._past.origin is not origin):
            who = f"{self._url} is {application_uri}, but {self._target.name} is a recording of {known}"
            if self._admitted:
                raise LinkError(f"{who}; nothing of it is recorded")
            raise RecordingError(f"{who}. Record it into another folder.")
        self._application_uri = application_uri
        self._admitted = True
        return origin

    async def _keep_storing(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE_S):
                    await self._waiting.wait()
            self._waiting.clear()
            self._flush()
            await asyncio.sleep(PACE_S)

    def _flush(self) -> None:
        if self._store is None:
            return
        self._store.flush(self._clock.now_ns())
        if self._store.trouble:
            self._tell_once(f"{self._store.trouble} New values wait in memory; when it is full the oldest are dropped.")
        elif self._store.is_flowing:
            self._pause_s = FIRST_PAUSE_S
            self._told = ""
            if not self._announced:
                self._announced = True
                self._started()

    def _tell_once(self, text: str) -> None:
        if text and text != self._told:
            self._tell(text)
            self._told = text
