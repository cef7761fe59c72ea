"""Child processes: started, found again by another desk, stopped; asked of the operating system, not guessed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from twin.desktop.children import log_tail, running_child, start_child
from twin.plant.shipped import SHIPPED

_SERVE = ["serve", "--port", "0", "--layout", str(SHIPPED / "abstract-line.json")]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_a_child_is_found_by_name_with_its_facts_until_it_is_stopped() -> None:
    assert running_child("plant") is None
    started = start_child("plant", _SERVE, {"url": "opc.tcp://here"})
    try:
        found = running_child("plant")
        assert found is not None
        assert (found.pid, found.facts, found.joined) == (started.pid, {"url": "opc.tcp://here"}, True)
        assert started.is_running()
    finally:
        started.stop()
    assert running_child("plant") is None
    assert not started.is_running()


def test_a_desk_that_joined_can_stop_what_another_started() -> None:
    start_child("plant", _SERVE, {})
    joined = running_child("plant")
    assert joined is not None
    joined.stop()
    assert running_child("plant") is None


def test_a_killed_child_is_gone_and_a_run_file_left_behind_means_nothing() -> None:
    child = start_child("plant", _SERVE, {})
    os.kill(child.pid, signal.SIGKILL)
    child.stop()  # waits for the end, however it came
    assert running_child("plant") is None


def test_what_a_child_says_is_kept_for_messages(tmp_path: Path) -> None:
    child = start_child("broken", ["check", str(tmp_path / "none.json")], {})
    os.waitpid(child.pid, 0)
    assert "cannot be read" in log_tail("broken")
