"""The two commands: what is theirs and what is passed on, and how they end when something is missing."""

import os
import socket
import subprocess
import sys

import pytest

from installer import ROOT, SetUpError, run, test


@pytest.mark.parametrize(
    ("typed", "only", "passed_on"),
    [
        ([], False, []),
        (["--setup-only"], True, []),
        (["--", "info", "FOLDER"], False, ["info", "FOLDER"]),
        (["info", "FOLDER"], False, ["info", "FOLDER"]),
        (["--for", "30s"], False, ["--for", "30s"]),
        (["--", "record", "--", "--setup-only"], False, ["record", "--", "--setup-only"]),
    ],
)
def test_everything_but_our_own_is_passed_on(typed: list[str], only: bool, passed_on: list[str]) -> None:
    assert run.split(typed) == (only, passed_on)


@pytest.mark.parametrize("command", [run, test])
def test_what_is_missing_is_said_and_ends_with_3(
    command: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SetUpError("sudo apt-get install -y libegl1")

    monkeypatch.setattr(command, "prepare", refuse)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["run.py"])
    with pytest.raises(SystemExit) as ended:
        vars(command)["main"]()
    assert ended.value.code == 3
    assert capsys.readouterr().err == "sudo apt-get install -y libegl1\n"


def test_what_is_passed_on_starts_the_twin(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(run, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(run, "become", started.append)
    monkeypatch.setattr(sys, "argv", ["run.py", "--for", "30s"])
    run.main()
    assert started[0][1:] == ["-m", "twin", "--for", "30s"]


def test_the_command_becomes_the_twin() -> None:
    program = (
        "import sys; from installer.run import become; become([sys.executable, '-c', 'import os; print(os.getpid())'])"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        printed = process.communicate()[0]
    assert (int(printed) == process.pid) == (os.name != "nt")


@pytest.mark.skipif(sys.platform != "linux", reason="virtual screens are X11's")
def test_a_virtual_screen_is_there_inside_the_block_and_gone_after() -> None:
    with test.screen() as environ:
        address = f"\0/tmp/.X11-unix/X{environ['DISPLAY'].removeprefix(':')}"
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(address)
        assert "WAYLAND_DISPLAY" not in environ
    with socket.socket(socket.AF_UNIX) as client, pytest.raises(ConnectionRefusedError):
        client.connect(address)
