"""The loop that puts synthetic load on the wire and measures whether its promised rate is kept.

It follows the wall, whatever the plant's speed. Not here: which variable changes to what (`load`).
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from twin.factory.clock import PlantClock
from twin.factory.load import Load
from twin.opcua.server import PlantServer

_CYCLE_S = 0.05
_LATE_S = 2 * _CYCLE_S
_REPORT_S = 10.0

_log = logging.getLogger(__name__)


class LoadRun:
    """A load on its server.

    Attributes:
        cycles: how often changes were written.
        late: in how many of them some had been due for longer than two cycles.
    """

    def __init__(self, load: Load, server: PlantServer) -> None:
        self._load = load
        self._server = server
        self.cycles = self.late = 0

    async def build(self) -> None:
        """Add the variables, each with its first value; before clients connect."""
        await self._server.add_load(self._load.data_types)
        self._clock = PlantClock(0, 1.0)
        self._server.publish_load(self._load.first(), self._clock.wire_ns(0))

    async def run(self, stop: asyncio.Event) -> str:
        """Change values until `stop` is set; the report of the whole run."""
        self._clock = PlantClock(0, 1.0)
        before_ns = reported_ns = 0
        while not stop.is_set():
            now_ns = self._clock.now_ns()
            self.cycles += 1
            self.late += now_ns - before_ns > _LATE_S * 1e9
            self._server.publish_load(self._load.due(now_ns), self._clock.wire_ns(now_ns))
            before_ns = now_ns
            if now_ns - reported_ns > _REPORT_S * 1e9:
                reported_ns = now_ns
                _log.info("%s", self._report(now_ns))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(_CYCLE_S - (self._clock.now_ns() - now_ns) / 1e9, 0.001))
        return self._report(before_ns)

    def _report(self, elapsed_ns: int) -> str:
        load, elapsed_s = self._load, max(elapsed_ns, 1) / 1e9
        return (
            f"load: {len(load.data_types)} variables, offered {load.rate_hz:,.1f} changes/s, "
            f"achieved {load.done / elapsed_s:,.1f} changes/s over {elapsed_s:.1f} s, "
            f"{self.late} of {self.cycles} cycles late"
        )
