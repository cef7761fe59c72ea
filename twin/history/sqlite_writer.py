"""Recording into a folder of SQLite files. Names first, then samples: a sample never refers to what is not stored."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from sqlite3 import Connection

from twin.errors import RecordingError
from twin.history.batch import Batch, Int32s
from twin.history.catalog_file import CatalogFile
from twin.history.codec import QUICK, Codec
from twin.history.intake import Intake
from twin.history.minutes import minute_of, split_minutes
from twin.history.recording import Event, Gap, Origin, TagInfo
from twin.history.sealing import Sealer
from twin.history.sqlite_days import DayFiles
from twin.history.sqlite_tables import (
    CATALOG,
    CATALOG_TABLES,
    DAY_TABLES,
    FORMAT,
    day_of,
    day_path,
    open_writable,
    transaction,
)
from twin.history.writer_lock import LOCK, WriterLock

_SPAN = """INSERT INTO span VALUES (1, ?1, ?2)
    ON CONFLICT (one) DO UPDATE SET end_ns = max(end_ns, excluded.end_ns)"""
_TAG = "INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(revision), 0) + 1 FROM tag))"


class SqliteRecorder:
    """The one writer of a folder; begins a recording there or goes on with it.

    Args:
        folder: made if it is missing.
        origin, identity: of the server; they must be those of what is recorded already.
        layout: the layout file's text; of a recording that goes on, the first one stays.

    Raises:
        RecordingError: if another process records there, or the folder holds something else.
    """

    def __init__(self, folder: Path, origin: Origin, layout: str | None, identity: str = "") -> None:
        self._folder = folder
        self._path = folder / CATALOG
        _make_folder(folder)
        with contextlib.ExitStack() as undo:
            lock = WriterLock(folder)
            undo.callback(lock.release)
            self._names = undo.enter_context(closing(open_writable(self._path, CATALOG_TABLES)))
            _begin(folder, self._names, origin, layout, identity)
            self._intake = self._resumed()
            self._commits = threading.Lock()
            self._codec = Codec(QUICK)
            self._day = -1
            self._samples: Connection | None = None
            undo.callback(self._close_day)
            self._minute = minute_of(self._intake.end_ns)
            self._sealer = Sealer(folder, self._commits)
            undo.callback(self._sealer.close)
            self._undo = undo.pop_all()

    @property
    def end_ns(self) -> int:
        return self._intake.end_ns

    def define(self, tags: Sequence[TagInfo]) -> Int32s:
        indices = self._intake.define(tags)
        if self._intake.new_tags:
            with transaction(self._names, self._path):
                self._store_names()
            self._intake.stored()
        return indices

    def intern(self, text: str) -> int:
        return self._intake.intern(text)

    def append(self, batch: Batch) -> None:
        if not len(batch):
            return
        self._intake.check(batch)
        if self._intake.new_tags or self._intake.new_texts or not self._intake.end_ns:
            start_ns = int(batch.time_ns[0])
            self._store_until(start_ns, self._intake.end_ns or start_ns - 1)
        for day, pieces in groupby(split_minutes(batch), key=lambda piece: day_of(piece[0])):
            self._store_samples(day, list(pieces))

    def append_event(self, event: Event) -> None:
        self._intake.check_time(event.time_ns, "an event")
        row = (event.time_ns, event.source, event.kind, event.severity, event.message, event.source_ns)
        sql = "INSERT INTO ev (time_ns, source, kind, severity, message, source_ns) VALUES (?, ?, ?, ?, ?, ?)"
        self._store_until(event.time_ns, event.time_ns, sql, row)
        self._intake.end_ns = event.time_ns

    def append_gap(self, gap: Gap) -> None:
        with transaction(self._names, self._path):
            row = (gap.source, gap.start_ns, gap.end_ns, gap.cause, gap.lost)
            self._names.execute("INSERT OR REPLACE INTO gap VALUES (?, ?, ?, ?, ?)", row)

    def heartbeat(self, time_ns: int) -> None:
        if time_ns > self._intake.end_ns:
            self._store_until(time_ns, time_ns)
            self._intake.end_ns = time_ns

    def close(self) -> None:
        self._undo.close()

    def _resumed(self) -> Intake:
        with closing(CatalogFile(self._folder)) as file, closing(DayFiles(self._folder)) as days:
            file.read_names()
            days.follow(file.days())
            return Intake(file.catalog, max(file.span().end_ns, days.end_ns))

    def _store_until(self, start_ns: int, end_ns: int, sql: str = "", row: tuple[object, ...] = ()) -> None:
        """Commit the news, the span (its start stays once it is known) and, if given, one row more."""
        with transaction(self._names, self._path):
            self._store_names()
            if sql:
                self._names.execute(sql, row)
            self._names.execute(_SPAN, (start_ns, end_ns))
        self._intake.stored()

    def _store_names(self) -> None:
        tags = sorted(self._intake.new_tags.items())
        columns = ((i, t.id, t.node, t.data_type, t.unit, t.low, t.high) for i, t in tags)
        self._names.executemany(_TAG, columns)
        first = len(self._intake.catalog.texts) - len(self._intake.new_texts)
        self._names.executemany("INSERT INTO strdict VALUES (?, ?)", enumerate(self._intake.new_texts, first))

    def _store_samples(self, day: int, pieces: list[tuple[int, Batch]]) -> None:
        connection = self._connection(day)
        blobs = [self._codec.encode(piece) for _, piece in pieces]
        with self._commits, transaction(connection, day_path(self._folder, day)):
            for (minute, piece), blob in zip(pieces, blobs, strict=True):
                row = (minute, int(piece.time_ns[0]), int(piece.time_ns[-1]), len(piece), blob)
                connection.execute("INSERT INTO jr (minute, t0, t1, n, blob) VALUES (?, ?, ?, ?, ?)", row)
        last, piece = pieces[-1]
        self._intake.end_ns = int(piece.time_ns[-1])
        if pieces[0][0] != self._minute or last != self._minute:
            self._sealer.wake()
        self._minute = last

    def _connection(self, day: int) -> Connection:
        """The day's file: made with its tables first and registered then, so that a registered one can be read."""
        if self._samples is None or day != self._day:
            self._close_day()
            self._samples = open_writable(day_path(self._folder, day), DAY_TABLES)
            self._samples.execute("PRAGMA wal_autocheckpoint=0")  # the sealer does it, beside the writer
            self._day = day
            with transaction(self._names, self._path):
                self._names.execute("INSERT OR IGNORE INTO day VALUES (?)", (day,))
        return self._samples

    def _close_day(self) -> None:
        if self._samples is not None:
            self._samples.close()
            self._samples = None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(path.name for path in folder.iterdir() if path.name != LOCK)
    except OSError as error:
        raise RecordingError(f"{folder}: {error.strerror}. Choose a folder that you may write to.") from error
    if others and CATALOG not in others:
        raise RecordingError(
            f"{folder} holds other files ({others[0]}, …) and no recording; record to an empty folder."
        )


def _begin(folder: Path, names: Connection, origin: Origin, layout: str | None, identity: str) -> None:
    """Write down whose recording this is, or make sure that it is the same plant's."""
    with transaction(names, folder / CATALOG):
        if not names.execute("SELECT 1 FROM meta").fetchone():
            meta = {"format": str(FORMAT), "origin": origin, "layout": layout, "identity": identity}
            rows = [(key, value) for key, value in meta.items() if value is not None]
            names.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    with closing(CatalogFile(folder)) as file:
        if file.origin != origin:
            raise RecordingError(
                f"{folder} is a recording of a {file.origin}, this server is a {origin}. "
                "Record to another folder: the two must never be mixed."
            )
        if identity and file.identity and file.identity != identity:
            raise RecordingError(
                f"{folder} is a recording of the server {file.identity}, this one is {identity}. "
                "Record to another folder, so that two plants are not taken for one."
            )
    with transaction(names, folder / CATALOG):
        names.execute("UPDATE meta SET value = ? WHERE key = 'identity' AND value = ''", (identity,))
