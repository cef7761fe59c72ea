"""A recording's folder, read, by as many processes as like to, while it grows or long after."""

from __future__ import annotations

from pathlib import Path

from twin.history.catalog_file import CatalogFile
from twin.history.minutes import MINUTE_NS, MinuteRecording, minute_of
from twin.history.recording import Event, Gap, Span
from twin.history.sqlite_days import DayFiles


class SqliteRecording(MinuteRecording):
    """The read side of a folder of SQLite files. Nothing is seen before the first `refresh`.

    Raises:
        RecordingError: if the folder holds no recording that this program can read.
    """

    def __init__(self, folder: Path) -> None:
        self._file = CatalogFile(folder)
        self._days = DayFiles(folder)
        super().__init__(self._days)
        self.catalog = self._file.catalog
        self.origin = self._file.origin
        self.layout = self._file.layout
        self._folder = folder
        self._known_days: list[int] = []
        self._known_span = Span(0, 0)
        self._gaps: list[Gap] = []
        self._damage_seen = 0

    @property
    def bytes_stored(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir() if path.is_file())

    def refresh(self) -> bool:
        names_changed = self._file.changed()
        if names_changed:  # the span before the samples: what it covers has then been committed, and will be found
            self._known_days, self._known_span = self._file.days(), self._file.span()
        samples_changed = self._days.follow(self._known_days)
        if not (names_changed or samples_changed or self._damage_seen != len(self._days.damage)):
            return False
        known = self._known_span
        end_ns = max(known.end_ns, self._days.end_ns)
        span = Span(known.start_ns, end_ns) if known.start_ns <= end_ns else Span(0, 0)  # begun, nothing written yet
        gaps = sorted([*self._file.gaps(), *self._days.damage], key=lambda gap: (gap.start_ns, gap.source))
        # The names after the samples: whatever the samples refer to was committed before them.
        changed = self._file.read_names() or span != self._span or gaps != self._gaps
        self._span, self._gaps, self._damage_seen = span, gaps, len(self._days.damage)
        return changed

    def events(self, after_ns: int, until_ns: int) -> list[Event]:
        return self._file.events(after_ns, min(until_ns, self._span.end_ns))

    def gaps(self, after_ns: int, until_ns: int) -> list[Gap]:
        return [gap for gap in self._gaps if gap.overlaps(after_ns, until_ns)]

    def count_samples(self) -> int:
        minute = minute_of(self._span.end_ns)  # of the last one, some may have come after the refresh
        return self._days.count_before(minute) + len(self.read(minute * MINUTE_NS - 1, self._span.end_ns))

    def close(self) -> None:
        self._file.close()
        self._days.close()
