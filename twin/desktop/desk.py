"""The desk: one session, its views and the clock that drives them. Everything on screen comes through here.

While no recording is there yet (the plant is starting), the desk shows an empty recording in memory with the same
layout; once the real one can be opened it takes its place. No view can tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from twin.desktop.clock import FrameClock, utc_now_ns
from twin.desktop.views import Views
from twin.errors import RecordingError, TwinError
from twin.history.addresses import open_recording
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin, Recording
from twin.session.commands import Command
from twin.session.session import Session

TICKS_PER_SECOND = 30.0
_LOOK_EVERY_NS = 50_000_000


class Desk(QObject):
    """Drives one session.

    Attributes:
        session: what is being looked at.
        clock: its ticks and their lateness.
        waiting_for: the recording that cannot be opened yet, or None.
        waited_s: for how long by now; 0 when nothing is waited for.
    """

    def __init__(self, views: Views, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.views = views
        self.clock = FrameClock(self.tick, rate_hz=TICKS_PER_SECOND, parent=self)
        self.waiting_for: Path | None = None
        self.waited_s = 0.0
        self.on_opened: Callable[[], None] = lambda: None
        self.on_trouble: Callable[[str], None] = lambda _: None
        self._recording: Recording = MemoryRecording(Origin.SIMULATION, None)
        self._look_in_ns = 0
        self.session = Session(self._recording, utc_now_ns(), live=False)

    def open(self, recording: Recording, *, live: bool | None) -> None:
        """Look at this recording from now on; the one before is closed."""
        before, chosen, self.waited_s = self._recording, self.session.frame, 0.0
        self._recording = recording
        self.session = Session(recording, utc_now_ns(), live=live)
        before.close()
        if chosen is not None:
            self.session.keep_choices(chosen)
        self.on_opened()

    def wait_for(self, folder: Path, *, layout: str | None, origin: Origin) -> None:
        """Show the empty floor of `layout` until somebody has begun to record to `folder`, then follow that."""
        self.waiting_for = folder
        empty = MemoryRecording(origin, layout)
        empty.heartbeat(utc_now_ns())  # nothing is known from now on
        self.open(empty, live=True)

    def carry_out(self, command: Command) -> None:
        """What views call to have something done."""
        self.session.carry_out(command)

    def tick(self, elapsed_ns: int, now_ns: int) -> None:
        """One step of everything: look for the recording, move the playhead, show the frame."""
        if self.waiting_for is not None:
            self.waited_s += elapsed_ns / 1e9
            self._look(elapsed_ns)
        try:
            frame = self.session.tick(elapsed_ns, now_ns)
        except TwinError as error:  # a damaged file, a full disk: say so, and try again at the next tick
            self.on_trouble(str(error))
        else:
            self.views.show(frame)

    def _look(self, elapsed_ns: int) -> None:
        self._look_in_ns -= elapsed_ns
        if self._look_in_ns > 0 or self.waiting_for is None:
            return
        self._look_in_ns = _LOOK_EVERY_NS
        try:
            recording = open_recording(self.waiting_for)
        except RecordingError:
            return  # not there yet; the window says that it waits
        recording.refresh()
        if recording.span().end_ns == 0:
            recording.close()
            return
        self.waiting_for = None
        self.open(recording, live=True)

    def close(self) -> None:
        """Stop the clock and let go of the recording."""
        self.clock.stop()
        self._recording.close()
