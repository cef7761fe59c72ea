"""The watch over the tests, watched: each kind of leak is planted once and must be found."""

import asyncio
import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer  # noqa: TID251 - planted, to be found
from pytestqt.qtbot import QtBot

from tests.leaks import LogWatch, leaked_processes, leaked_tasks, leaked_threads, leaked_timers


def test_a_thread_that_lives_on_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.leaks.GRACE_S", 0.01)
    done = threading.Event()
    with leaked_threads() as found:
        thread = threading.Thread(target=done.wait, name="forgotten")  # noqa: TID251 - planted, to be found
        thread.start()
    done.set()
    thread.join()
    assert found == ["thread forgotten"]


def test_a_process_that_lives_on_is_found_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.leaks.GRACE_S", 0.01)
    with leaked_processes() as found:
        process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process.communicate()
    assert process.returncode < 0
    assert len(found) == 1
    assert str(process.pid) in found[0]


def test_a_pending_task_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel_unseen(loop: asyncio.AbstractEventLoop) -> None:  # the watch over this test must not see it too
        tasks = [task for task in asyncio.all_tasks(loop) if task.cancel()]
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    monkeypatch.setattr(asyncio.runners, "_cancel_all_tasks", cancel_unseen)

    async def forget() -> asyncio.Task[bool]:
        return asyncio.create_task(asyncio.Event().wait(), name="forgotten")

    with leaked_tasks() as found:
        task = asyncio.run(forget())
    assert task.cancelled()
    assert len(found) == 1
    assert found[0].startswith("task forgotten")


def test_a_running_timer_is_found(qtbot: QtBot) -> None:
    timer = QTimer()
    timer.start(60_000)
    found = leaked_timers()
    timer.stop()
    assert found == ["timer of 60000 ms"]
    assert leaked_timers() == []


@pytest.mark.expect_log("tape broke")
def test_a_warning_in_the_log_fails_unless_it_is_expected() -> None:
    with LogWatch() as watch:
        logging.getLogger("recorder").warning("tape %s", "broke")
    watch.judge(["tape broke"])
    with pytest.raises(pytest.fail.Exception, match="logged: recorder: tape broke"):
        watch.judge([])
    with pytest.raises(pytest.fail.Exception, match="never logged: disk full"):
        watch.judge(["tape", "disk full"])
