"""Words: nothing the kernel knows is without one, and every one of them is found by the translation tool."""

from __future__ import annotations

import re
from pathlib import Path

import twin.panels
from twin.panels import words
from twin.panels.colours import Group
from twin.plant.packml import Mode as UnitMode
from twin.plant.packml import State
from twin.plant.quality import Severity
from twin.session.binding import CARRIER_TAGS, STATION_TAGS, VEHICLE_TAGS
from twin.session.frame import Mode


def test_everything_with_a_fixed_set_has_a_word() -> None:
    assert len({words.state(state) for state in State}) == len(State)
    assert all(words.group(group) for group in Group)
    assert all(words.mode(mode) for mode in Mode)
    assert all(words.severity(severity) for severity in Severity)
    assert [words.unit_mode(mode) for mode in UnitMode] == ["Invalid", "Production", "Maintenance", "Manual", "Setup"]
    assert words.unit_mode(17) == "17"


def test_every_tag_the_session_reads_has_a_word() -> None:
    assert words.tag("Pressure") == "Pressure"
    for tag in (*STATION_TAGS, *CARRIER_TAGS, *VEHICLE_TAGS):
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag).capitalize()
        assert words.tag(tag) in (spaced, "Units inside")


def test_kinds_of_events_read_as_words_even_unknown_ones() -> None:
    assert words.event("order_turned_away") == "order turned away"
    assert words.event("SystemOffNormal_of_a_foreign_server") == "SystemOffNormal of a foreign server"


def test_every_kind_of_event_that_the_simulator_tells_has_a_word() -> None:
    told = re.compile(r"(?:Incident\([^\"]*|note\(run, |_tell\(run, )\"([a-z_]+)\"")
    sources = (Path(twin.panels.__file__).parents[1] / "sim").rglob("*.py")
    kinds = {kind for path in sources for kind in told.findall(path.read_text(encoding="utf-8"))}
    assert len(kinds) > 12
    assert kinds - set(words.KNOWN_EVENTS) == set()


def test_all_translated_texts_are_literals() -> None:
    folder = Path(twin.panels.__file__).parent
    calls = re.compile(r"(?:\.tr\(|translate\(\"\w+\",|QT_TRANSLATE_NOOP\(\"\w+\",)\s*([^\s])")
    for path in folder.glob("*.py"):
        if path.name != "words.py":
            odd = [
                match.group(0) for match in calls.finditer(path.read_text(encoding="utf-8")) if match.group(1) != '"'
            ]
            assert not odd, path.name


def test_pyqtgraph_is_loaded_by_the_two_plotting_panels_alone() -> None:
    folder = Path(twin.panels.__file__).parent
    importing = {path.stem for path in folder.glob("*.py") if "import pyqtgraph" in path.read_text(encoding="utf-8")}
    users = {path.stem for path in folder.glob("*.py") if "panels.plots import" in path.read_text(encoding="utf-8")}
    assert (importing, users) == ({"plots"}, {"states_panel", "trend_panel"})
