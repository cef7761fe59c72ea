"""The truth log: one JSON line per change, beside the wire, so that anyone can check what a twin shows.

The first lines are the complete state at the start. `time_ns` and `value` are exactly what the wire says (a DateTime as
seconds since 1970 UTC), `plant_s` is the plant's own time since it opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from twin.errors import SetupError
from twin.opcua.server import Reading


class TruthLog:
    """Appends to one file, which a new log replaces."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("w", encoding="utf-8")
        except OSError as error:
            raise self._trouble(error) from error

    def write(self, readings: Iterable[tuple[int, Reading]]) -> None:
        """Append readings, each with its plant time in ns since the plant opened; they are in the file on return."""
        try:
            self._file.writelines(_line(since_ns, reading) for since_ns, reading in readings)
            self._file.flush()
        except OSError as error:
            raise self._trouble(error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _trouble(self, error: OSError) -> SetupError:
        return SetupError(f"The truth log {self._path} cannot be written: {error.strerror}. Choose another file.")


def _line(since_ns: int, reading: Reading) -> str:
    record = {
        "time_ns": reading.source_ns,
        "plant_s": since_ns / 1e9,
        "thing": reading.owner,
        "property": reading.tag,
        "value": reading.value,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"
