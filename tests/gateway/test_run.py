"""`twin record` as a process: what it prints, how it stops, what it leaves."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.gateway.recorded import layout_text
from tests.opcua.small import Small, small_server
from twin.errors import LayoutError, LinkError
from twin.gateway.run import run_gateway
from twin.history.addresses import open_recording


@pytest.fixture(scope="module")
def server() -> Iterator[Small]:
    with small_server() as small:
        yield small


def record(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "twin", "record", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_the_first_values_are_stored_and_stops_cleanly(
    server: Small, tmp_path: Path, stop: signal.Signals
) -> None:
    folder, layout = tmp_path / "recording", tmp_path / "layout.json"
    layout.write_text(layout_text(), encoding="utf-8")
    process = record(server.url, "--to", str(folder), "--layout", str(layout))
    assert process.stdout
    said = process.stdout.readline()
    process.send_signal(stop)
    _, errors = process.communicate(timeout=5)
    assert said == f"recording {server.url} to {folder}\n"
    assert (process.returncode, errors) == (0, "")
    with closing(open_recording(folder)) as recording:
        recording.refresh()
        assert recording.layout == layout.read_text(encoding="utf-8")
        assert recording.count_samples() >= 3
        assert recording.gaps(0, recording.span().end_ns) == []


def test_it_ends_by_itself_when_its_time_is_over(server: Small, tmp_path: Path) -> None:
    run_gateway(server.url, tmp_path, for_s=2.0)
    with closing(open_recording(tmp_path)) as recording:
        recording.refresh()
        assert recording.catalog.index("Factory/A/L/S1/Temperature") >= 0
        assert recording.count_samples() > 0


def test_a_layout_that_cannot_be_read_is_said_before_anything_is_connected(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="cannot be read"):
        run_gateway("opc.tcp://127.0.0.1:1/", tmp_path / "recording", tmp_path / "absent.json")
    assert not (tmp_path / "recording").exists()


def test_what_is_no_address_is_refused_at_once_instead_of_waited_for(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"opc\.tcp://host:port"):
        run_gateway("localhost:4840", tmp_path)
