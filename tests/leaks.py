"""What a test may leave behind, and how it is found: threads, processes, asyncio tasks, Qt timers, log records."""

import asyncio
import gc
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import psutil
import pytest

GRACE_S = 1.0  # for what has been told to end and is ending


@contextmanager
def leaked_threads() -> Iterator[list[str]]:
    """Names of the threads that were started inside the block and live on."""
    found: list[str] = []
    before = set(threading.enumerate())
    yield found
    for thread in set(threading.enumerate()) - before:
        thread.join(GRACE_S)
        if thread.is_alive():
            found.append(f"thread {thread.name}")


@contextmanager
def leaked_processes() -> Iterator[list[str]]:
    """Command lines of the child processes that were started inside the block and live on; they are ended here."""
    found: list[str] = []
    here = psutil.Process()
    before = set(here.children(recursive=True))
    yield found
    _, alive = psutil.wait_procs(set(here.children(recursive=True)) - before, timeout=GRACE_S)
    for process in alive:
        with process.oneshot():
            found.append(f"process {process.pid} {' '.join(process.cmdline()[:6])}")
        process.kill()


@contextmanager
def leaked_tasks() -> Iterator[list[str]]:
    """Tasks that were still pending inside the block when a runner closed, which would have cancelled them silently."""
    found: list[str] = []
    cancel_all = vars(asyncio.runners)["_cancel_all_tasks"]

    def tell_and_cancel(loop: asyncio.AbstractEventLoop) -> None:
        found.extend(f"task {task.get_name()} {task.get_coro()}" for task in asyncio.all_tasks(loop))
        cancel_all(loop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.runners, "_cancel_all_tasks", tell_and_cancel)
        yield found


def leaked_timers() -> list[str]:
    """Qt timers that still run, once everything that waits to be deleted is."""
    if "PySide6" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer  # noqa: TID251 - to find them, not to start one
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    timers = [thing for thing in gc.get_objects() if isinstance(thing, QTimer) and isValid(thing)]
    return [f"timer of {timer.interval()} ms" for timer in timers if timer.isActive()]


class LogWatch(logging.Handler):
    """Collects log records at WARNING and above, and judges them against what a test said it expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")

    def __enter__(self) -> "LogWatch":
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        logging.getLogger().removeHandler(self)

    def judge(self, patterns: list[str]) -> None:
        """Fails the test when a record was not expected, or an expected one did not come."""
        unexpected = [text for text in self.messages if not any(re.search(pattern, text) for pattern in patterns)]
        absent = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in self.messages)]
        if unexpected:
            pytest.fail("logged: " + "; ".join(unexpected))
        if absent:
            pytest.fail("never logged: " + "; ".join(absent))
