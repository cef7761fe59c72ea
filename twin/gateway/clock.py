"""The gateway's clock: the only module of it that reads one."""

from __future__ import annotations

import time


class Clock:
    """UTC nanoseconds that never step back and never repeat, whatever somebody does to the machine's clock.

    The wall clock is read once; from then on the steady clock counts, the one that also counts while the machine sleeps
    where there is one. `after_ns` is the end of what has been recorded before: every stamp comes after it.
    """

    def __init__(self, after_ns: int = 0) -> None:
        self._offset_ns = time.time_ns() - _steady_ns()
        self._newest_ns = after_ns

    def now_ns(self) -> int:
        """The time, at least one nanosecond after the time last given."""
        self._newest_ns = max(self._newest_ns + 1, self._offset_ns + _steady_ns())
        return self._newest_ns


def _steady_ns() -> int:
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boot is None else time.clock_gettime_ns(boot)
