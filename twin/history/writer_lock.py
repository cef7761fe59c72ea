"""The lock that makes a recording have one writer. The operating system holds it, so a dead process never does."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from twin.errors import RecordingError

LOCK = "writer.lock"
_BYTE = 1 << 20  # Windows locks bytes against reading, so a byte beyond the text is locked


class WriterLock:
    """Taken on creation, given back by `release`.

    Raises:
        RecordingError: says which process holds it.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise RecordingError(f"{path}: {error.strerror}. Check that you may write to this folder.") from error
        try:
            _lock(self._file)
        except OSError as error:
            holder = _holder(self._file)
            self._file.close()
            raise RecordingError(
                f"{folder} is being recorded by {holder}. Stop that first, or record to another folder."
            ) from error
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"process {os.getpid()}".encode())
        self._file.flush()

    def release(self) -> None:
        """Let the next writer in."""
        self._file.close()


def _holder(file: BinaryIO) -> str:
    with contextlib.suppress(OSError):
        file.seek(0)
        return file.read(200).decode("utf-8", "replace") or "another process"
    return "another process"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
