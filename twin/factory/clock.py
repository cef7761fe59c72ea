"""The one clock of the simulated plant: which instant of the plant it is now, and what UTC that is on the wire.

Everything else in this package is told the time.
"""

from __future__ import annotations

import time


class PlantClock:
    """Plant time that runs `speed` times as fast as the wall from the moment this is made.

    It follows the monotonic clock: when somebody sets the computer's clock, the plant goes on evenly.
    """

    def __init__(self, opened_ns: int, speed: float) -> None:
        self.opened_ns = opened_ns
        self.speed = speed
        self._utc_ns = time.time_ns()
        self._started_ns = time.monotonic_ns()

    def now_ns(self) -> int:
        """The plant's time now."""
        return self.opened_ns + int((time.monotonic_ns() - self._started_ns) * self.speed)

    def wire_ns(self, plant_ns: int) -> int:
        """The UTC instant at which `plant_ns` happens, in whole microseconds: what a client reads, exactly."""
        return (self._utc_ns + round((plant_ns - self.opened_ns) / self.speed)) // 1000 * 1000
