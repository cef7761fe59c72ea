"""Set-up of the factory twin: from a bare Python 3.11 to a running desk. Standard library only, nothing of `twin`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do. The command exits with status 3."""
