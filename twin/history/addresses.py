"""Which implementation an address means: the one table from URL scheme to recording."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from twin.errors import RecordingError
from twin.history.recording import Origin, Recorder, Recording
from twin.history.sqlite_reader import SqliteRecording
from twin.history.sqlite_writer import SqliteRecorder

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # at least two letters: C:\ is a drive


def _open_folder(address: str) -> Recording:
    return SqliteRecording(Path(address))


def _open_file_url(address: str) -> Recording:
    return SqliteRecording(Path(url2pathname(unquote(urlsplit(address).path))))


SCHEMES: dict[str, Callable[[str], Recording]] = {"": _open_folder, "file": _open_file_url}


def open_recording(address: str | Path) -> Recording:
    """The recording at an address, not yet refreshed: a folder, or `file:///folder`.

    Raises:
        RecordingError: if there is none, or none that this program can read.
    """
    match = _SCHEME.match(str(address))
    scheme = match[1].lower() if match else ""
    if scheme not in SCHEMES:
        raise RecordingError(f"{address}: recordings cannot be opened from {scheme}:// addresses; name a folder.")
    return SCHEMES[scheme](str(address))


def create_recorder(folder: Path, origin: Origin, layout: str | None, identity: str = "") -> Recorder:
    """A recorder that begins a recording in a folder, or goes on with the one that is there.

    Raises:
        RecordingError: if another process records there, or it is another server's recording, or no recording.
    """
    return SqliteRecorder(folder, origin, layout, identity)
