"""The desk's other processes, the embedded plant and the gateway: started, found again after a crash, stopped.

Each child inherits a lock on its run file and holds it as long as it lives. So "is it running?" is asked of the
operating system, never guessed from a process number that may belong to somebody else by now.
Not here: what the children do (`twin serve`, `twin record`); they are started by their public command lines.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from twin.desktop.folders import data_folder
from twin.errors import SetupError

_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Child:
    """A running child process.

    Attributes:
        name: `plant` or `gateway` (plus what it is connected to).
        facts: what another desk needs to know to join it: the plant's url, the recording's folder.
        joined: it was running already when this desk looked.
    """

    name: str
    pid: int
    facts: dict[str, str]
    joined: bool

    def is_running(self) -> bool:
        """Whether the process still holds its run file."""
        return _holder(self.name) is not None

    def stop(self) -> None:
        """Ask it to end and wait until it has; end it by force if it does not answer."""
        if not self.is_running():
            return
        with suppress(ProcessLookupError):  # it may end by itself at any moment
            os.kill(self.pid, signal.SIGTERM)
            if not _wait_for_end(self.pid, _STOP_S):
                os.kill(self.pid, signal.SIGKILL)
                _wait_for_end(self.pid, _STOP_S)


def running_child(name: str) -> Child | None:
    """The child of this name that is running already, or None."""
    found = _holder(name)
    if found is None:
        return None
    return Child(name, int(found["pid"]), dict(found["facts"]), joined=True)


def start_child(name: str, arguments: Sequence[str], facts: dict[str, str]) -> Child:
    """Start `twin <arguments>` as a child that outlives this process until it is stopped.

    Raises:
        SetupError: if it cannot be started.
    """
    path = _run_file(name)
    log = path.with_suffix(".log")
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            process = _spawn(arguments, log, lock)
        except OSError as error:
            raise SetupError(f"The {name} process cannot be started: {error}. See {log}.") from error
        _STARTED[process.pid] = process
        _write(lock, {"pid": process.pid, "facts": facts})
    return Child(name, process.pid, facts, joined=False)


def log_tail(name: str, lines: int = 3) -> str:
    """The last lines a child has printed, for a message."""
    log = _run_file(name).with_suffix(".log")
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]) if log.exists() else ""


def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spawn(arguments: Sequence[str], log: Path, lock: IO[str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(  # argv list, own interpreter, no shell
            [sys.executable, "-m", "twin", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # a Ctrl-C or a crash of the window must not end it
            pass_fds=[lock.fileno()],
            cwd=Path(__file__).resolve().parents[2],
        )


_STARTED: dict[int, subprocess.Popen[bytes]] = {}  # kept so that the ends of our own children are collected


def _run_file(name: str) -> Path:
    safe = "".join(letter if letter.isalnum() else "-" for letter in name)
    return data_folder() / "run" / f"{safe}.json"


@contextmanager
def _opened(path: Path) -> Iterator[IO[str] | None]:
    try:
        with path.open("r+", encoding="utf-8") as file:
            yield file
    except FileNotFoundError:
        yield None


def _holder(name: str) -> dict[str, Any] | None:
    """What the run file says, if a process holds its lock."""
    with _opened(_run_file(name)) as file:
        if file is None:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            content = file.read()
            found: dict[str, Any] | None = json.loads(content) if content else None
            return found
        return None


def _write(file: IO[str], content: object) -> None:
    file.truncate(0)
    file.write(json.dumps(content))
    file.flush()


def _wait_for_end(pid: int, within_s: float) -> bool:
    """Wait until the process has ended, at most `within_s`; whether it has."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ended = bool(select.select([descriptor], [], [], within_s)[0])
    finally:
        os.close(descriptor)
    own = _STARTED.get(pid)
    if ended and own is not None:
        own.wait()
        del _STARTED[pid]
    return ended
