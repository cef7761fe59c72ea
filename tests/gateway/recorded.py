"""A gateway recording into memory, and waiting for what it records."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from tests.opcua.small import OTHER, PLANT
from twin.errors import TwinError
from twin.gateway.plan import Plan, plan_from_layout
from twin.gateway.supervise import Gateway
from twin.gateway.target import Past, past_of
from twin.history.batch import Batch
from twin.history.memory import MemoryRecording
from twin.history.recording import Event, Gap, Origin

PATIENCE_S = 15.0
_TAGS = ("Temperature", "Count", "Serial")


def layout_text(extra: Sequence[str] = ()) -> str:
    """A layout of the small server's station, with further tags."""
    types = {"Count": "Int32", "Serial": "String"}
    tags = [{"id": name, "browse_path": name, "data_type": types.get(name, "Double")} for name in (*_TAGS, *extra)]
    name = {"en": "x", "zh_CN": "x"}
    cycle = {"kind": "deterministic", "value_s": 1}
    station = {"id": "S1", "name": name, "cycle": cycle, "tags": tags}
    line = {"id": "L", "name": name, "stations": [station]}
    layout = {
        "format": 1,
        "id": "small",
        "name": name,
        "namespaces": {"plant": PLANT, "other": OTHER},
        "areas": [{"id": "A", "name": name, "lines": [line]}],
    }
    return json.dumps(layout)


def small_plan(*extra: str) -> Plan:
    return plan_from_layout(layout_text(extra), "small")


class WatchedRecording(MemoryRecording):
    """A recording that says when it was written to."""

    def __init__(self, origin: Origin, layout: str | None) -> None:
        super().__init__(origin, layout)
        self.written = asyncio.Event()

    def append(self, batch: Batch) -> None:
        super().append(batch)
        self.written.set()

    def append_event(self, event: Event) -> None:
        super().append_event(event)
        self.written.set()

    def append_gap(self, gap: Gap) -> None:
        super().append_gap(gap)
        self.written.set()

    def heartbeat(self, time_ns: int) -> None:
        super().heartbeat(time_ns)
        self.written.set()


class MemoryTarget:
    """A target in memory, with what a test wants to see of it."""

    name = "memory"

    def __init__(self, identity: str = "") -> None:
        self.identity = identity
        self.recording: WatchedRecording | None = None
        self.begun = asyncio.Event()

    def past(self) -> Past | None:
        return past_of(self.recording, self.identity) if self.recording else None

    def recorder(self, origin: Origin, layout: str | None, identity: str) -> WatchedRecording:
        self.recording = self.recording or WatchedRecording(origin, layout)
        self.identity = identity
        self.begun.set()
        return self.recording

    async def until(self, holds: Callable[[WatchedRecording], bool]) -> None:
        """Wait until something holds of the recording."""
        async with asyncio.timeout(PATIENCE_S):
            await self.begun.wait()
            recording = self.seen()
            while not holds(recording):
                recording.written.clear()
                await recording.written.wait()
                recording.refresh()

    def seen(self) -> WatchedRecording:
        """The recording, refreshed."""
        assert self.recording
        self.recording.refresh()
        return self.recording

    def newest(self, tag: str) -> float | str:
        """The newest value of a tag."""
        recording = self.seen()
        index = recording.catalog.index(tag)
        value = float(recording.latest(recording.span().end_ns).value[index]) if index >= 0 else float("nan")
        return recording.catalog.text(value) if index >= 0 and recording.catalog.tags[index].is_text else value

    def gaps(self) -> list[Gap]:
        """All gaps."""
        recording = self.seen()
        return recording.gaps(0, recording.span().end_ns)


class Told:
    """What a gateway tells a person."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.news = asyncio.Event()
        self.started = asyncio.Event()

    def __call__(self, text: str) -> None:
        self.lines.append(text)
        self.news.set()


@asynccontextmanager
async def recording_gateway(
    url: str, target: MemoryTarget, plan: Plan | None = None, told: Told | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """A gateway that records while the block runs."""
    told = told or Told()
    gateway = Gateway(url, target, plan, started=told.started.set, tell=told)
    task = asyncio.create_task(gateway.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, TwinError):
            await task
