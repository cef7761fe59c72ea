"""One day file, read: its minutes, their rows, its keyframes. Nothing is decoded or kept here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from twin.history.sqlite_tables import data_version, explained, open_readable

# Sealing may move a minute between two statements; one statement sees it in one place.
_NEWS = """SELECT 0, minute, t1 FROM mb WHERE minute > ?1
    UNION ALL SELECT seq, minute, t1 FROM jr WHERE seq > ?2 ORDER BY 2, 1"""
_ROWS = """SELECT 0, t0, n, blob FROM mb WHERE minute = ?1
    UNION ALL SELECT seq, t0, n, blob FROM jr WHERE minute = ?1 AND seq > ?2 ORDER BY 1"""
_COUNT = """SELECT (SELECT coalesce(sum(n), 0) FROM mb WHERE minute < ?1)
    + (SELECT coalesce(sum(n), 0) FROM jr WHERE minute < ?1)"""


class Row(NamedTuple):
    """A stored chunk: a whole minute (`seq` 0), or one row of the journal."""

    seq: int
    t0: int
    n: int
    blob: bytes


class DayFile:
    """The readable side of a day file.

    Attributes:
        minutes: numbers of the minutes that have samples, as of the last poll.
        end_ns: arrival of the last sample, as of the last poll; 0 while there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.minutes: list[int] = []
        self.end_ns = 0
        self._connection = open_readable(path)
        self._version = -1
        self._seq = 0

    def poll(self) -> None:
        """Look for new samples. Costs next to nothing while nobody writes."""
        with explained(self.path):
            version = data_version(self._connection)
            if version == self._version:
                return
            newest = self.minutes[-1] if self.minutes else -1
            for seq, minute, t1 in self._connection.execute(_NEWS, (newest, self._seq)):
                if not self.minutes or minute > self.minutes[-1]:
                    self.minutes.append(minute)
                self._seq = max(self._seq, seq)
                self.end_ns = max(self.end_ns, t1)
            self._version = version

    def rows(self, minute: int, after_seq: int = 0) -> list[Row]:
        """The minute as one row if it is sealed, else what its journal has after `after_seq`."""
        with explained(self.path):
            return [Row(*row) for row in self._connection.execute(_ROWS, (minute, after_seq))]

    def keyframe(self, minute: int) -> bytes | None:
        """The keyframe of a minute, if it has been written."""
        with explained(self.path):
            row = self._connection.execute("SELECT blob FROM kf WHERE minute = ?", (minute,)).fetchone()
        return None if row is None else row[0]

    def count_before(self, minute: int) -> int:
        """How many samples there are in the minutes before one."""
        with explained(self.path):
            return int(self._connection.execute(_COUNT, (minute,)).fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
