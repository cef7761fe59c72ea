"""First frame of the moving floor against a bare cube in a window, both started cold and timed to their first line."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from tests.bench.timing import Figure, compared

ROUNDS = 3
TARGET = 3.0
_NAME = "first frame of the moving floor"
_DROP_CACHES = Path("/proc/sys/vm/drop_caches")
DESK = [sys.executable, "-m", "twin", "--for", "20s"]
DESK_LINE = "first moving frame"
CUBE_LINE = "cube drawn"
CUBE = [sys.executable, str(Path(__file__).with_name("_bare_cube.py"))]


def seconds_to_line(command: Sequence[str], line: str) -> float:
    """Wall time from the start of the command to its line; the command and all it started are then ended.

    Raises:
        RuntimeError: the command ended without the line.
    """
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile() as complaints:
        platform = {} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
        own = {"TWIN_REPORT_FIRST_FRAME": "1", "XDG_DATA_HOME": home, "XDG_RUNTIME_DIR": home}
        environ = os.environ | platform | own
        start = perf_counter()
        process = psutil.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=complaints, text=True)
        try:
            for said in process.stdout:
                if said.strip() == line:
                    return perf_counter() - start
        finally:
            _end(process)
        complaints.seek(0)
        raise RuntimeError(f"{' '.join(command)} ended without saying {line!r}:\n{complaints.read().decode()}")


def _end(process: psutil.Popen) -> None:
    """Ends a command, and whatever it leaves behind on purpose."""
    family = process.children(recursive=True)
    process.terminate()
    _, alive = psutil.wait_procs([process, *family], timeout=5)
    for survivor in alive:
        survivor.kill()
    process.stdout.close()


def run() -> Iterator[Figure]:
    """Medians of interleaved rounds: with the machine's file cache emptied before each start, and with it filled.

    Cold is what somebody meets who starts the twin in the morning, and has the target. Emptying the cache needs root.
    """
    if os.access(_DROP_CACHES, os.W_OK):
        cube, desk = _rounds(_empty_file_cache)
        yield compared(f"{_NAME}, cold", desk, "s", to="bare cube in a window, cold", of=cube, target=TARGET)
    seconds_to_line(CUBE, CUBE_LINE)
    cube, desk = _rounds(lambda: None)
    yield compared(f"{_NAME}, files cached", desk, "s", to="bare cube in a window, cached", of=cube)


def _rounds(before: Callable[[], None]) -> tuple[float, float]:
    """Median seconds of cube and desk; `before` runs before every start."""
    cube, desk = [], []
    for _ in range(ROUNDS):
        before()
        cube.append(seconds_to_line(CUBE, CUBE_LINE))
        before()
        desk.append(seconds_to_line(DESK, DESK_LINE))
    return median(cube), median(desk)


def _empty_file_cache() -> None:
    os.sync()
    _DROP_CACHES.write_text("3", encoding="ascii")
