"""The product's own processes, as a user starts them from a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def start_twin(*arguments: str, **environ: str) -> subprocess.Popen[str]:
    """Start `twin <arguments>` with its output on a pipe."""
    command = [sys.executable, "-m", "twin", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | environ)


def wait_for_line(process: subprocess.Popen[str], words: str) -> str:
    """The first line it says with these words in it."""
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)
