"""`twin serve`: the loop that moves the simulated plant along with the wall and puts what happens on the wire.

Before it opens, the plant runs for a while in memory, so that the floor is full. Not here: reading clocks
(`twin.factory.clock`) and how values and events are written (`twin.opcua.server`).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from twin.errors import SimulationError
from twin.factory.alarms import Alarms
from twin.factory.beginning import begin
from twin.factory.clock import PlantClock
from twin.factory.jobs import JobBoard
from twin.factory.load import Load
from twin.factory.load_run import LoadRun
from twin.factory.trainer import Trainer
from twin.factory.truth import TruthLog
from twin.factory.wire import Wire
from twin.factory.wire_faults import WireFaults
from twin.opcua.alarms import AlarmReading
from twin.opcua.server import Occurrence, PlantServer, check_port
from twin.plant.layout import Layout
from twin.sim.levels import levels
from twin.sim.messages import Alarm, Change, Incident, Message
from twin.sim.plan import Plan
from twin.sim.run import Run
from twin.sim.signals.observe import observe
from twin.sim.state import PlantState
from twin.sim.training.malfunctions import active_alarms

FASTEST = 1000.0
_CYCLE_S = 0.05
_LONGEST_STEP_S = 0.2  # wall; a plant that fell behind catches up in steps that leave clients their share of the loop
_LATE_S = 1.0

_log = logging.getLogger(__name__)


def run_factory(
    layout: Layout,
    *,
    port: int = 0,
    seed: int = 1,
    speed: float = 1.0,
    truth: Path | None = None,
    until_s: float | None = None,
    load: Load | None = None,
    nodesets: Sequence[Path] = (),
    scenario: Path | None = None,
    saved: Path | None = None,
) -> None:
    """Serve the layout's plant on loopback until SIGTERM, SIGINT or `until_s` seconds of plant time.

    With a scenario its layout must be the one given. What a trainer saves goes into the working directory.

    Prints `serving opc.tcp://127.0.0.1:<port>/` once clients can connect; port 0 is any free one. Where there is a
    synthetic load, prints at the end how much of its promised rate was kept.

    Raises:
        SetupError: if the port is taken, the truth log cannot be written or a NodeSet file cannot be loaded.
        SimulationError: if the plant cannot be simulated, or not at this speed, or not from this saved state.
        LayoutError: if the scenario does not hold.
    """
    if not 0 < speed <= FASTEST:
        raise SimulationError(f"The plant cannot run at {speed:g} times real time: choose above 0, up to {FASTEST:g}.")
    check_port(port)
    log = TruthLog(truth) if truth else None
    # Nearly everything made until the plant is open stays for ever: collecting garbage meanwhile doubles the start-up.
    gc.disable()
    try:
        beginning = begin(layout, seed, scenario, saved)
        factory = Factory(layout, beginning, speed=speed, log=log, load=load, nodesets=nodesets)
        asyncio.run(_serve(factory, port, until_s))
    finally:
        gc.enable()
        if log:
            log.close()


async def _serve(factory: Factory, port: int, until_s: float | None) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        url = await factory.open(port)
        gc.freeze()
        gc.enable()
        sys.stdout.write(f"serving {url}\n")
        sys.stdout.flush()
        await _run(factory, stop, until_s)
    finally:
        await factory.close()


async def _run(factory: Factory, stop: asyncio.Event, until_s: float | None) -> None:
    """The plant, and its load beside it; when one of them ends, so does the other."""
    if factory.load is None:
        await factory.run(stop, until_s)
        return
    loading = asyncio.create_task(factory.load.run(stop))
    loading.add_done_callback(lambda _: stop.set())
    try:
        await factory.run(stop, until_s)
    finally:
        stop.set()
        sys.stdout.write(f"{await loading}\n")


class Factory:
    """A simulated plant, its server and its clock.

    Attributes:
        load: the synthetic load beside the plant, if there is one.
        cycles: how often the plant was moved on.
        late: in how many of them it was more than one cycle behind the clock.
        latest_s: the furthest it was behind, wall seconds.
    """

    def __init__(
        self,
        layout: Layout,
        beginning: tuple[Plan, PlantState],
        *,
        speed: float,
        log: TruthLog | None,
        load: Load | None = None,
        nodesets: Sequence[Path] = (),
    ) -> None:
        self._layout = layout
        self._speed = speed
        self._log = log
        self._server = PlantServer(layout, nodesets)
        self.load = LoadRun(load, self._server) if load else None
        self._alarms = Alarms(layout)
        self._plan, self._state = beginning
        self._warm_ns = self._done_ns = self._state.now_ns
        self._trainer = Trainer(self._plan, self._state, Path())
        self._server.on_command = self._trainer.station
        self._server.on_mode = self._trainer.mode
        self._faults = WireFaults(self._plan, self._state)
        self.cycles = self.late = 0
        self.latest_s = 0.0

    async def open(self, port: int) -> str:
        """Build the server, start the clock, publish the complete state, let clients in; returns the address."""
        await self._server.build()
        await self._server.add_training(self._trainer)
        self._clock = PlantClock(self._done_ns, self._speed)
        self._wire = Wire(self._layout, self._clock)
        self._jobs = JobBoard(self._plan, self._clock.wire_ns)
        await self._publish([*levels(self._plan, self._state), *active_alarms(Run(self._plan, self._state))])
        if self.load:
            await self.load.build()
        return await self._server.open(port)

    async def run(self, stop: asyncio.Event, until_s: float | None) -> None:
        """Move the plant along with the clock until `stop` is set or `until_s` seconds of plant time have passed."""
        end_ns = None if until_s is None else self._warm_ns + round(until_s * 1e9)
        while not stop.is_set() and (end_ns is None or self._done_ns < end_ns):
            self._count(self._behind_s())
            step_ns = min(self._clock.now_ns(), self._done_ns + round(_LONGEST_STEP_S * 1e9 * self._speed))
            self._done_ns = step_ns if end_ns is None else min(step_ns, end_ns)
            told = [*self._trainer.told(), *observe(self._plan, self._state, self._done_ns).in_order(self._plan)]
            await self._publish([*self._faults.heard(told), *self._faults.caught_up()])
            await self._server.show_active(self._trainer.active())
            await self._show_jobs()
            await self._server.pass_time(self._clock.wire_ns(self._done_ns))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(_CYCLE_S - self._behind_s(), 0.001))

    async def _show_jobs(self) -> None:
        for line, jobs in self._jobs.changed(self._state):
            await self._server.publish_jobs(line, jobs, self._clock.wire_ns(self._done_ns))

    async def close(self) -> None:
        """Stop the server; say how late the plant was, if it was."""
        await self._server.stop()
        if self.latest_s > _LATE_S:
            _log.warning(
                "The plant was late in %d of %d cycles, by %.1f s at most", self.late, self.cycles, self.latest_s
            )

    async def _publish(self, happened: Iterable[Message]) -> None:
        changes = [change for change in happened if isinstance(change, Change)]
        said = [
            (change, self._faults.dated(change, reading))
            for change in changes
            if (reading := self._wire.reading(change))
        ]
        if self._log:
            self._log.write((change.time_ns - self._clock.opened_ns, reading) for change, reading in said)
        readings = [reading for _, reading in said]
        await self._server.publish(readings)
        for alarm in (*self._alarms.of(readings), *self._raised(happened)):
            await self._server.set_alarm(alarm)
        for incident in happened:
            if isinstance(incident, Incident):
                time_ns = self._clock.wire_ns(incident.time_ns)
                await self._server.emit(
                    Occurrence(time_ns, incident.source, incident.kind, incident.severity, incident.message)
                )

    def _raised(self, happened: Iterable[Message]) -> Iterator[AlarmReading]:
        """The alarms that malfunctions have raised."""
        for it in happened:
            if isinstance(it, Alarm):
                time_ns = self._clock.wire_ns(it.time_ns)
                yield AlarmReading(time_ns, it.source, it.condition, "off_normal", it.active, it.severity, it.message)

    def _behind_s(self) -> float:
        return (self._clock.now_ns() - self._done_ns) / self._speed / 1e9

    def _count(self, behind_s: float) -> None:
        self.cycles += 1
        self.late += behind_s > 2 * _CYCLE_S
        if behind_s > _LATE_S >= self.latest_s:
            _log.warning(
                "The plant is %.1f s behind: this machine cannot keep up with --speed %g", behind_s, self._speed
            )
        self.latest_s = max(self.latest_s, behind_s)
