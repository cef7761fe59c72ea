"""The truth log as a reader of the file sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twin.errors import SetupError
from twin.factory.truth import TruthLog
from twin.opcua.server import Reading


def test_lines_are_in_the_file_as_soon_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    log = TruthLog(path)
    log.write([(1_500_000_000, Reading("OF1-12", "State", 6, 1_767_225_600_000_000_000))])
    log.write([(0, Reading("OF1-12", "Serial", "机-1", 1_767_225_600_000_001_000))])
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    log.close()
    assert lines == [
        {"time_ns": 1_767_225_600_000_000_000, "plant_s": 1.5, "thing": "OF1-12", "property": "State", "value": 6},
        {
            "time_ns": 1_767_225_600_000_001_000,
            "plant_s": 0.0,
            "thing": "OF1-12",
            "property": "Serial",
            "value": "机-1",
        },
    ]


def test_a_new_log_replaces_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text("old\n", encoding="utf-8")
    TruthLog(path).close()
    assert path.read_text(encoding="utf-8") == ""


def test_a_file_that_cannot_be_written_is_a_setup_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"truth log .*absent.*cannot be written"):
        TruthLog(tmp_path / "absent" / "truth.jsonl")
