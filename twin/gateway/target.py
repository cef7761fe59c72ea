"""The folder a gateway records into: what it holds from before, and its recorder."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from twin.errors import RecordingError
from twin.history.addresses import create_recorder, open_recording
from twin.history.catalog_file import CatalogFile
from twin.history.recording import Gap, Origin, Recorder, Recording


@dataclass(frozen=True, slots=True)
class Past:
    """What a recording holds when a gateway comes back to it.

    Attributes:
        identity: application URI of the server it records, empty where nobody wrote it down.
    """

    origin: Origin
    layout: str | None
    identity: str
    end_ns: int
    open_gaps: tuple[Gap, ...]


class Target(Protocol):
    """Where a gateway records to."""

    name: str

    def past(self) -> Past | None:
        """What is there already, None where nothing is."""

    def recorder(self, origin: Origin, layout: str | None, identity: str) -> Recorder:
        """The recorder that begins, or continues, the recording. Raises RecordingError."""


class Folder:
    """A recording in a folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)

    def past(self) -> Past | None:
        try:
            with closing(CatalogFile(self._path)) as file:
                identity = file.identity
        except RecordingError:
            return None  # what is wrong with the folder, if anything, the recorder will say
        with closing(open_recording(self._path)) as recording:
            return past_of(recording, identity)

    def recorder(self, origin: Origin, layout: str | None, identity: str) -> Recorder:
        return create_recorder(self._path, origin, layout, identity)


def past_of(recording: Recording, identity: str) -> Past:
    """The past that a recording holds."""
    recording.refresh()
    span = recording.span()
    missing = tuple(gap for gap in recording.gaps(span.start_ns - 1, span.end_ns + 1) if gap.end_ns is None)
    return Past(recording.origin, recording.layout, identity, span.end_ns, missing)
