"""Where the desk keeps things on this machine: recordings, run files, logs, the current picture.

Nothing is ever written into the checkout.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from twin.errors import SetupError


def data_folder() -> Path:
    """The product's folder for this user's data. Raises SetupError where it cannot be written."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folder = base / "factory-twin"
    for needed in (folder, folder / "recordings", folder / "run"):
        try:
            needed.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(
                f"Cannot write to {needed}: {error.strerror}. Set XDG_DATA_HOME to a folder you own."
            ) from error
    return folder


def new_recording(label: str, stamp: str) -> Path:
    """A folder for a new recording: `<label>-<stamp>`, not made yet."""
    return data_folder() / "recordings" / f"{label}-{stamp}"
