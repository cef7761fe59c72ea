"""The tables of a recording's folder, and how its SQLite files are opened. Not here: reading and writing them.

`catalog.sqlite` holds names, events, gaps and the span; `YYYY-MM-DD.sqlite` the samples of one UTC day:
`jr` the journal (a row for each appended batch and minute), `mb` whole minutes, `kf` keyframes (the state in which a
minute began). A sample is in `jr` or in `mb`, never in both: sealing a minute moves it in one transaction.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

from twin.errors import RecordingError

FORMAT = 1
CATALOG = "catalog.sqlite"
MINUTES_A_DAY = 1440
BUSY_S = 10.0  # how long one process waits for the other's commit, each of which takes milliseconds

_UNIX_EPOCH = date(1970, 1, 1).toordinal()

CATALOG_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tag (idx INTEGER PRIMARY KEY, id TEXT NOT NULL, node TEXT NOT NULL, data_type TEXT NOT NULL,
    unit TEXT NOT NULL, low REAL, high REAL, revision INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS tag_revision ON tag (revision);
CREATE TABLE IF NOT EXISTS strdict (code INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ev (seq INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, source TEXT NOT NULL,
    kind TEXT NOT NULL, severity INTEGER NOT NULL, message TEXT NOT NULL, source_ns INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ev_time ON ev (time_ns);
CREATE TABLE IF NOT EXISTS gap (source TEXT NOT NULL, start_ns INTEGER NOT NULL, end_ns INTEGER, cause TEXT NOT NULL,
    lost INTEGER, PRIMARY KEY (source, start_ns)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS span (one INTEGER PRIMARY KEY CHECK (one = 1), start_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS day (day INTEGER PRIMARY KEY);
"""

DAY_TABLES = """
CREATE TABLE IF NOT EXISTS jr (seq INTEGER PRIMARY KEY, minute INTEGER NOT NULL, t0 INTEGER NOT NULL,
    t1 INTEGER NOT NULL, n INTEGER NOT NULL, blob BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mb (minute INTEGER PRIMARY KEY, t0 INTEGER NOT NULL, t1 INTEGER NOT NULL,
    n INTEGER NOT NULL, blob BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS kf (minute INTEGER PRIMARY KEY, blob BLOB NOT NULL);
"""


def day_of(minute: int) -> int:
    """The number of the UTC day, since 1970, of a minute."""
    return minute // MINUTES_A_DAY


def day_path(folder: Path, day: int) -> Path:
    """The file of a day."""
    return folder / f"{date.fromordinal(_UNIX_EPOCH + day).isoformat()}.sqlite"


def clock_time(minute: int) -> str:
    """A minute as `HH:MM` UTC."""
    return f"{minute % MINUTES_A_DAY // 60:02d}:{minute % 60:02d}"


def open_writable(path: Path, tables: str) -> sqlite3.Connection:
    """A connection whose commits are durable; the file and its tables are made where they are missing."""
    with explained(path):
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript(f"BEGIN IMMEDIATE; {tables} COMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection


def open_readable(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, beside a writer or without one; also to a file on a medium that is read-only."""
    base = f"file:{quote(str(path.resolve()))}?mode=ro"
    still = base + "&immutable=1"  # without a WAL file SQLite would have to create one; nobody can be writing then
    with explained(path):
        try:
            return _tried(base)
        except sqlite3.OperationalError:
            if not path.is_file() or path.with_name(path.name + "-wal").exists():
                raise
            return _tried(still)


def _tried(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has committed."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as RecordingError, naming the file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise RecordingError(f"{path}: {error}. {_advice(error)}") from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing; on return it is durable."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _advice(error: Exception) -> str:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_FULL"):
        return "Free some space; what was recorded is safe, and recording can go on."
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or isinstance(error, PermissionError):
        return "Check that the folder exists and that you may use it."
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "The file is damaged; restore it from a copy, the other days are not affected."
    return "Try again; if it stays, look at the disk."
