"""The catalogue file, read: meta, names, events, gaps, the span and which days there are."""

from __future__ import annotations

from pathlib import Path

from twin.errors import RecordingError
from twin.history.recording import Catalog, Event, Gap, Origin, Span, TagInfo
from twin.history.sqlite_tables import CATALOG, FORMAT, data_version, explained, open_readable

_EVENTS = """SELECT time_ns, source, kind, severity, message, source_ns FROM ev
    WHERE time_ns > ? AND time_ns <= ? ORDER BY seq"""
_TAGS = "SELECT revision, id, node, data_type, unit, low, high FROM tag WHERE revision > ? ORDER BY revision"


class CatalogFile:
    """The readable side of `catalog.sqlite`.

    Attributes:
        catalog: as of the last `read_names`.
        origin, layout, identity: as they were when recording began.

    Raises:
        RecordingError: if the folder holds no recording that this program can read.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / CATALOG
        self.catalog = Catalog()
        if not self.path.is_file():
            what = "is not a folder" if not folder.is_dir() else "holds no recording"
            raise RecordingError(f"{folder} {what}. Name a folder that `twin record … --to` has written.")
        self._connection = open_readable(self.path)
        self._version = -1
        self._revision = 0
        try:
            meta = self._meta(folder)
            self.origin = Origin(meta["origin"])
        except BaseException:
            self.close()
            raise
        self.layout = meta.get("layout")
        self.identity = meta.get("identity", "")

    def changed(self) -> bool:
        """Whether anything has been committed since the last time this was asked."""
        with explained(self.path):
            before, self._version = self._version, data_version(self._connection)
        return before != self._version

    def days(self) -> list[int]:
        """Numbers of the days that have a file, in order."""
        with explained(self.path):
            return [row[0] for row in self._connection.execute("SELECT day FROM day ORDER BY day")]

    def span(self) -> Span:
        """The span as the catalogue knows it; samples may reach further."""
        with explained(self.path):
            row = self._connection.execute("SELECT start_ns, end_ns FROM span").fetchone()
        return Span(*row) if row else Span(0, 0)

    def read_names(self) -> bool:
        """Bring the catalogue up to date; whether it changed."""
        before = self._revision, len(self.catalog.texts)
        with explained(self.path):
            for revision, *columns in self._connection.execute(_TAGS, (self._revision,)):
                self.catalog.add_tag(TagInfo(*columns))
                self._revision = revision
            texts = self._connection.execute("SELECT text FROM strdict WHERE code >= ? ORDER BY code", before[1:])
            for (text,) in texts:
                self.catalog.add_text(text)
        return before != (self._revision, len(self.catalog.texts))

    def events(self, after_ns: int, until_ns: int) -> list[Event]:
        """Events in `(after_ns, until_ns]`, in order of arrival."""
        with explained(self.path):
            return [Event(*row) for row in self._connection.execute(_EVENTS, (after_ns, until_ns))]

    def gaps(self) -> list[Gap]:
        """All gaps that have been recorded."""
        with explained(self.path):
            return [
                Gap(*row) for row in self._connection.execute("SELECT source, start_ns, end_ns, cause, lost FROM gap")
            ]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _meta(self, folder: Path) -> dict[str, str]:
        with explained(self.path):
            tables = {row[0] for row in self._connection.execute("SELECT name FROM sqlite_master")}
            rows = self._connection.execute("SELECT key, value FROM meta").fetchall() if "meta" in tables else []
        meta = dict(rows)
        if not meta:
            raise RecordingError(f"{folder} holds a recording that was never begun; record to it again.")
        if int(meta["format"]) > FORMAT:
            raise RecordingError(
                f"{folder} was recorded by a newer version (format {meta['format']}, this one reads up to {FORMAT}). "
                "Open it with that version."
            )
        return meta
