"""Sealing: finished minutes move from the journal into dense chunks, and the next minute gets its keyframe.

It works on a thread and connections of its own beside the writer, because packing a busy minute takes longer than a
writer may be kept waiting. It can be interrupted anywhere: what is not sealed yet is in the journal and stays readable.
"""

from __future__ import annotations

import logging
import threading
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from twin.errors import RecordingError
from twin.history.batch import Batch, Snapshot, join_batches
from twin.history.catalog_file import CatalogFile
from twin.history.codec import DENSE, Codec
from twin.history.day_file import DayFile, Row
from twin.history.keyframes import after_minute, to_rows
from twin.history.sqlite_days import DayFiles
from twin.history.sqlite_tables import DAY_TABLES, clock_time, day_path, explained, open_writable, transaction

_log = logging.getLogger(__name__)


class _Pending(NamedTuple):
    minute: int
    path: Path
    connection: Connection


class Sealing:
    """The work itself. For one thread.

    Args:
        folder: of the recording.
        commits: held while committing; the writer holds it for its own commits, so neither polls for the other.
    """

    def __init__(self, folder: Path, commits: threading.Lock) -> None:
        self._folder = folder
        self._commits = commits
        self._codec = Codec(DENSE)
        self._left: set[int] = set()  # minutes with a damaged row: what cannot be read is not deleted either
        self._next: tuple[int, Snapshot] | None = None

    def seal_finished(self) -> None:
        """Seal every minute after which another has begun."""
        with ExitStack() as stack:
            pending = self._pending(stack)
            for done, following in pairwise(pending):
                if done.minute not in self._left:
                    self._seal(done, following)
            for path, connection in {item.path: item.connection for item in pending}.items():
                with explained(path):
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _pending(self, stack: ExitStack) -> list[_Pending]:
        """The journal's minutes in order; older days matter only as far back as their journals are not empty."""
        pending: list[_Pending] = []
        for place, day in enumerate(reversed(self._days())):
            path = day_path(self._folder, day)
            connection = stack.enter_context(closing(open_writable(path, DAY_TABLES)))
            with explained(path):
                found = connection.execute("SELECT DISTINCT minute FROM jr ORDER BY minute").fetchall()
            minutes = [row[0] for row in found]
            if not minutes and place > 0:
                break
            pending = [_Pending(minute, path, connection) for minute in minutes] + pending
        return pending

    def _seal(self, done: _Pending, following: _Pending) -> None:
        state = self._state_before(done.minute)
        with closing(DayFile(done.path)) as file:
            rows = file.rows(done.minute)
        samples = join_batches([batch for row in rows if (batch := self._read(row, done)) is not None])
        after = after_minute(state, done.minute, samples)
        keyframe, chunk = self._codec.encode(to_rows(after)), self._codec.encode(samples)
        with self._commits, transaction(following.connection, following.path):
            following.connection.execute("INSERT OR REPLACE INTO kf VALUES (?, ?)", (following.minute, keyframe))
        if done.minute not in self._left:
            bounds = (int(samples.time_ns[0]), int(samples.time_ns[-1]))
            with self._commits, transaction(done.connection, done.path):
                row = (done.minute, *bounds, len(samples), chunk)
                done.connection.execute("INSERT INTO mb VALUES (?, ?, ?, ?, ?)", row)
                done.connection.execute("DELETE FROM jr WHERE minute = ?", (done.minute,))
        self._next = (following.minute, after)

    def _state_before(self, minute: int) -> Snapshot:
        if self._next is not None and self._next[0] == minute:
            return self._next[1]
        with closing(DayFiles(self._folder)) as days:
            days.follow(self._days())
            return days.state_before(minute)

    def _days(self) -> list[int]:
        """The days that are registered: a file that the writer is only just making is none of our business."""
        with closing(CatalogFile(self._folder)) as file:
            return file.days()

    def _read(self, row: Row, done: _Pending) -> Batch | None:
        try:
            return self._codec.decode(row.blob)
        except RecordingError as error:
            self._left.add(done.minute)
            _log.warning("%s, minute %s UTC is left unsealed: %s", done.path.name, clock_time(done.minute), error)
            return None


class Sealer:
    """Sealing on its thread: woken when a minute is finished, ended by `close`."""

    def __init__(self, folder: Path, commits: threading.Lock) -> None:
        self._folder = folder
        self._sealing = Sealing(folder, commits)
        self._news = threading.Event()
        self._closing = False
        # A thread, not a process: it shares the writer's lock, and nearly all of its time is spent in zstd and fsync.
        self._thread = threading.Thread(target=self._run, name="sealer")  # noqa: TID251
        self._news.set()  # a recorder that was killed may have left finished minutes
        self._thread.start()

    def wake(self) -> None:
        """A minute is finished. Waking twice is waking once: all finished minutes are sealed at each turn."""
        self._news.set()

    def close(self) -> None:
        """Seal what is finished, and end."""
        self._closing = True
        self._news.set()
        self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            self._news.wait()
            last = self._closing  # read before the news are cleared: what is set after this wakes us once more
            self._news.clear()
            try:
                self._sealing.seal_finished()
            except RecordingError as error:
                _log.warning("Sealing is put off until the next minute: %s", error)
