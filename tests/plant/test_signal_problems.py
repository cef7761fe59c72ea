"""Wrong signals: each is told with its place and what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from twin.errors import LayoutError
from twin.plant.layout_file import parse_layout

NAME = {"en": "Plant", "zh_CN": "工厂"}
TAG = "areas[0].lines[0].stations[0].tags[0]"
APPROACH = {"kind": "approach", "start": 101325, "end": 20, "tau_s": 70, "logarithmic": True}
DEMAND = {"kind": "demand", "base": 1.0, "running": 3.0}


def plant(*signals: dict[str, Any], **tag: Any) -> dict[str, Any]:
    """One station with tags T0, T1, … of these signals."""
    tags = [{"id": f"T{n}", "browse_path": f"T{n}", "signal": signal, **tag} for n, signal in enumerate(signals)]
    cycle = {"kind": "exponential", "mean_s": 1.0}
    line = {"id": "L1", "name": NAME, "stations": [{"id": "S1", "name": NAME, "cycle": cycle, "tags": tags}]}
    area = {"id": "A1", "name": NAME, "lines": [line]}
    return {"format": 1, "id": "p", "name": NAME, "namespaces": {"plant": "urn:x"}, "areas": [area]}


def problems(raw: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(LayoutError) as caught:
        parse_layout(json.dumps(raw))
    return {problem.place: problem.reason for problem in caught.value.problems}


@pytest.mark.parametrize(
    "points", [[[0.1, 0], [1, 1]], [[0, 0], [0.9, 1]], [[0, 0], [0.5, 1], [0.5, 2], [1, 0]], [[0, 0], [2, 1], [1, 0]]]
)
def test_a_profile_goes_from_the_begin_of_the_cycle_to_its_end(points: list[list[float]]) -> None:
    found = problems(plant({"kind": "profile", "points": points}))
    assert set(found) == {f"{TAG}.signal.points"}
    assert "must rise from 0 to 1; these are " in found[f"{TAG}.signal.points"]


@pytest.mark.parametrize(("end", "value"), [("start", 0), ("end", 0), ("end", -0.8)])
def test_a_logarithmic_approach_stays_above_nothing(end: str, value: float) -> None:
    found = problems(plant(APPROACH | {end: value}))
    assert found == {f"{TAG}.signal.{end}": f"a logarithmic approach has no value {value:g}: it must be above 0"}
    assert parse_layout(json.dumps(plant(APPROACH | {end: value, "logarithmic": False}))).stations


def test_a_drift_needs_its_time_constant() -> None:
    found = problems(plant({"kind": "result", "mean": 5.0, "deviation": 1.0, "drift": {"deviation": 1.0}}))
    assert found == {f"{TAG}.signal.result.drift.tau_s": "Field required"}


def test_wear_is_of_a_tool() -> None:
    raw = plant({"kind": "result", "mean": 5.0, "deviation": 1.0, "wear": 0.1})
    (reason,) = problems(raw).values()
    assert reason == "'T0' shifts with the wear of a tool, but 'S1' has no tool"
    change = {"kind": "exponential", "mean_s": 1.0}
    raw["areas"][0]["lines"][0]["stations"][0]["tool"] = {"life": 100, "change": change}
    assert parse_layout(json.dumps(raw)).stations


def test_a_total_is_of_a_demand_of_its_station() -> None:
    level = {"kind": "level", "mean": 1.0, "deviation": 0.1}
    total = {"kind": "total", "of": "T1"}
    (reason,) = problems(plant(DEMAND, level, total)).values()
    assert reason == "'T2' is the total of 'T1', no demand of this station; its demands are T0"
    (reason,) = problems(plant(level, total)).values()
    assert reason.endswith("it has none")
    assert parse_layout(json.dumps(plant(DEMAND, total | {"of": "T0"}))).stations


def test_a_text_has_no_signal() -> None:
    assert problems(plant(DEMAND, data_type="String")) == {TAG: "tag 'T0' is String, but a signal makes numbers"}


def test_signals_of_tag_sets_are_checked_once_and_totals_where_they_are_used() -> None:
    raw = plant()
    raw["tag_sets"] = {
        "bad": [{"id": "P", "browse_path": "P", "signal": {"kind": "profile", "points": [[0, 0], [0, 0]]}}],
        "meter": [{"id": "E", "browse_path": "E", "signal": {"kind": "total", "of": "Power"}}],
    }
    raw["areas"][0]["lines"][0]["stations"][0]["tag_sets"] = ["bad", "meter"]
    assert set(problems(raw)) == {"tag_sets.bad[0].signal.points", "areas[0].lines[0].stations[0].tags"}


def test_only_stations_have_instruments() -> None:
    raw = plant()
    raw["tag_sets"] = {"power": [{"id": "P", "browse_path": "P", "signal": DEMAND}]}
    raw["areas"][0]["lines"][0]["carriers"] = {"count": 2, "tag_sets": ["power"]}
    route = {"id": "W", "points": [[0, 0], [1, 0]]}
    depot = {"id": "D", "at_m": 0, "depot": True}
    fleet = {"id": "F", "name": NAME, "prefix": "R", "count": 1, "route": "W", "zone_m": 1.0, "bays": [depot]}
    found = problems(raw | {"routes": [route | {"closed": True}], "fleets": [fleet | {"tag_sets": ["power"]}]})
    assert set(found) == {"areas[0].lines[0].carriers.tag_sets", "fleets[0].tag_sets"}
    assert all("only stations have instruments" in reason for reason in found.values())
