"""What goes wrong in a control room: the server dies and comes back, the window is killed. Real processes, signals."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, start_twin, wait_for_line
from twin.desktop.children import free_port, running_child
from twin.desktop.clock import monotonic_s, utc_now_ns
from twin.history.addresses import open_recording
from twin.session.frame import Frame
from twin.session.session import SILENT_NS, Session

S = 1_000_000_000


def _frames(session: Session, process: subprocess.Popen[str], limit_s: float) -> Iterator[Frame]:
    """Frames as a desk would tick them, while `process` runs, for at most `limit_s`."""
    began_s, before_ns = monotonic_s(), utc_now_ns()
    while monotonic_s() - began_s < limit_s:
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            now_ns = utc_now_ns()
            yield session.tick(now_ns - before_ns, now_ns)
            before_ns = now_ns


def test_a_killed_server_is_stale_within_three_seconds_and_one_gap_afterwards(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "recording"
    serve = ("serve", "--port", str(port), "--seed", "7")
    plant = start_twin(*serve)
    gateway = None
    try:
        url = wait_for_line(plant, "serving").split()[-1]
        gateway = start_twin("record", url, "--to", str(folder))
        wait_for_line(gateway, "recording")
        session = Session(open_recording(folder), utc_now_ns(), live=True)
        next(frame for frame in _frames(session, gateway, 10) if len(frame.state) and not frame.stale.any())
        plant.kill()
        plant.communicate()
        killed_ns = utc_now_ns()
        stale = next(frame for frame in _frames(session, gateway, 10) if frame.stale.any())
        assert stale.stale.all()
        assert utc_now_ns() - killed_ns < SILENT_NS
        plant = start_twin(*serve)
        wait_for_line(plant, "serving")
        served_ns = utc_now_ns()
        live = next(frame for frame in _frames(session, gateway, 15) if not frame.stale.any())
        assert live.following
    finally:
        for process in (gateway, plant):
            if process is not None:
                process.terminate()
                process.communicate(timeout=10)
    printed = subprocess.run(
        [sys.executable, "-m", "twin", "info", str(folder), "--json"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout
    (gap,) = json.loads(printed)["gaps"]
    assert abs(gap["start_ns"] - killed_ns) < S
    assert 0 < gap["end_ns"] - served_ns < 6 * S


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_everything_behind_it(data_folder: Path, number: signal.Signals) -> None:
    window = start_twin("desk", "--picture", str(data_folder / "a.png"), TWIN_REPORT_FIRST_FRAME="1")
    wait_for_line(window, "first moving frame")
    window.send_signal(number)
    window.communicate(timeout=30)
    assert window.returncode == 0
    assert running_child("plant") is None
    assert running_child("gateway") is None


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's data folder; whatever still runs on it is stopped at the end."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    yield tmp_path
    for name in ("gateway", "plant"):
        child = running_child(name)
        if child is not None:
            child.stop()


def test_a_killed_window_leaves_the_recording_growing_and_the_next_one_joins_it(data_folder: Path) -> None:
    window = start_twin("desk", "--picture", str(data_folder / "a.png"), TWIN_REPORT_FIRST_FRAME="1")
    wait_for_line(window, "first moving frame")
    window.send_signal(signal.SIGKILL)
    window.communicate()
    plant, gateway = running_child("plant"), running_child("gateway")
    assert plant is not None
    assert gateway is not None
    recording = open_recording(gateway.facts["folder"])
    try:
        recording.refresh()
        before = recording.span()
        second = start_twin("desk", "--for", "6s", "--picture", str(data_folder / "b.png"), TWIN_REPORT_FIRST_FRAME="1")
        wait_for_line(second, "first moving frame")
        joined = running_child("gateway")
        assert joined is not None
        assert joined.pid == gateway.pid
        recording.refresh()
        after = recording.span()
        assert after.start_ns == before.start_ns
        assert after.end_ns > before.end_ns + S // 2
        assert recording.gaps(after.start_ns - 1, after.end_ns) == []
        second.communicate(timeout=30)
    finally:
        recording.close()
    assert second.returncode == 0
    assert (data_folder / "b.png").stat().st_size > 10_000
    assert running_child("plant") is None
    assert running_child("gateway") is None
