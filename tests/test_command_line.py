"""The command line: the product's public face. Exit codes, what is printed, and what is said about wrong input."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from twin.__main__ import main
from twin.plant.shipped import SHIPPED
from twin.verbs.arguments import positive, seconds

LINE = SHIPPED / "abstract-line.json"


@pytest.mark.parametrize(("text", "expected"), [("30s", 30), ("10m", 600), ("1.5h", 5400), ("250ms", 0.25), ("7", 7)])
def test_durations(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "s", "-3s", "3 weeks", "1e3s"])
def test_wrong_durations_say_what_would_be_right(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="write 30s, 10m or 1h"):
        seconds(text)


@pytest.mark.parametrize("text", ["0", "-1", "inf", "nan"])
def test_a_speed_is_above_zero(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="not above zero"):
        positive(text)


def test_check_says_that_a_layout_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(LINE)]) == 0
    assert "holds. 1 lines, 3 stations" in capsys.readouterr().out


def test_check_lists_all_errors_and_exits_with_four(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = json.loads(LINE.read_text(encoding="utf-8"))
    raw["timezone"] = "Nowhere"
    raw["areas"][0]["lines"][0]["stations"][1]["cycle"] = {"kind": "exponential"}
    raw["colour"] = 1
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert main(["check", str(path)]) == 4
    said = capsys.readouterr().err
    assert "3 problems" in said
    for place in ("timezone", "stations[1].cycle", "colour"):
        assert place in said


def test_a_recording_that_is_none_is_said_calmly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(tmp_path)]) == 1
    assert "holds no recording" in capsys.readouterr().err


def test_simulate_prints_figures_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--layout", str(LINE), "--units", "2000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_an_unknown_verb_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["teleport", "now"])
    assert caught.value.code == 2


def test_schema_is_what_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == (SHIPPED / "layout.schema.json").read_text(encoding="utf-8")
    assert main(["schema", "scenario"]) == 0
    assert capsys.readouterr().out == (SHIPPED / "scenarios" / "scenario.schema.json").read_text(encoding="utf-8")
