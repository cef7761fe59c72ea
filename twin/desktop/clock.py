"""The desk's one clock: a timer that says how much time passed, how late it came, and what time it is."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_REMEMBERED = 600


class FrameClock(QObject):
    """Calls `tick(elapsed_ns, now_ns)` about `rate_hz` times a second.

    Attributes:
        lateness_ms: how much later than planned each of the last ticks came: what a click has to wait at worst.
    """

    def __init__(self, tick: Callable[[int, int], None], *, rate_hz: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lateness_ms: deque[float] = deque(maxlen=_REMEMBERED)
        self._tick = tick
        self._period_ns = round(1e9 / rate_hz)
        self._mean_ns = float(self._period_ns)
        self._last_ns = self._due_ns = time.monotonic_ns()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def ticks_per_second(self) -> float:
        """As measured over the last ticks."""
        return 1e9 / max(self._mean_ns, 1.0)

    def start(self) -> None:
        """Begin ticking."""
        self._last_ns = time.monotonic_ns()
        self._due_ns = self._last_ns + self._period_ns
        self._timer.start(self._period_ns // 1_000_000)

    def stop(self) -> None:
        """Stop ticking."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        now_ns = time.monotonic_ns()
        elapsed_ns = now_ns - self._last_ns
        self.lateness_ms.append(max(0, now_ns - self._due_ns) / 1e6)
        self._last_ns = now_ns
        self._due_ns = now_ns + self._period_ns
        self._mean_ns += (elapsed_ns - self._mean_ns) * 0.1
        self._tick(elapsed_ns, time.time_ns())


def utc_now_ns() -> int:
    """Wall time, UTC nanoseconds."""
    return time.time_ns()


def monotonic_s() -> float:
    """Seconds of a clock that never steps, for measuring how long something took."""
    return time.monotonic()


def later(milliseconds: int, call: Callable[[], object], parent: QObject) -> None:
    """Call once, after about `milliseconds`, if `parent` still lives then."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    timer.timeout.connect(timer.deleteLater)
    timer.start(milliseconds)


def repeat(seconds: float, call: Callable[[], object], parent: QObject) -> None:
    """Call every `seconds` as long as `parent` lives."""
    timer = QTimer(parent)
    timer.timeout.connect(call)
    timer.start(round(seconds * 1000))
