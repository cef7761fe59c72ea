"""Layout files: what ships holds, and whatever is wrong in one is said all at once, with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.errors import LayoutError
from twin.plant.layout_file import layout_schema, parse_layout, read_layout
from twin.plant.process import Deterministic, Lognormal
from twin.plant.shipped import SHIPPED, shipped_layouts
from twin.plant.signals import Level, Result


def _minimal() -> dict[str, Any]:
    name = {"en": "Plant", "zh_CN": "工厂"}
    station = {"id": "S1", "name": name, "cycle": {"kind": "exponential", "mean_s": 1.0}}
    line = {"id": "L1", "name": name, "stations": [station]}
    area = {"id": "A1", "name": name, "lines": [line]}
    return {"format": 1, "id": "p", "name": name, "namespaces": {"plant": "urn:x"}, "areas": [area]}


def _problems(raw: Any) -> dict[str, str]:
    with pytest.raises(LayoutError) as caught:
        parse_layout(raw if isinstance(raw, str) else json.dumps(raw))
    return {problem.place: problem.reason for problem in caught.value.problems}


@pytest.mark.parametrize("path", shipped_layouts(), ids=lambda path: path.stem)
def test_shipped_layouts_hold(path: Path) -> None:
    assert read_layout(path).stations


def test_the_shipped_line_has_the_stations_of_the_process_table() -> None:
    layout = read_layout(SHIPPED / "outdoor-line.json")
    assert [station.id for station in layout.stations] == [f"OF1-{number:02d}" for number in range(8, 22)]
    assert len(layout.vehicles) == 2
    assert layout.lines[0].conveyor is not None


WASHING_MACHINE_KINDS = [
    "roll_former",
    "drum_welder",
    "screwdriving_portal",
    "bearing_press",
    "tub_welder",
    "leak_tester",
    "screwdriving_portal",
    "assembly_cell",
    "wiring_station",
    "screwdriving_portal",
    "wiring_station",
    "wiring_station",
    "door_align",
    "safety_test",
    "wet_run_test",
    "drain_station",
    "noise_booth",
    "screwdriving_portal",
    "vision_tunnel",
    "packing",
    "palletiser",
    "rack_crane",
]
REFRIGERATOR_KINDS = [
    "roll_former",
    "thermoformer",
    "wiring_station",
    "wiring_station",
    "preheat_oven",
    "foaming_carousel",
    "door_foaming",
    "assembly_cell",
    "lokring_press",
    "helium_chamber",
    "evacuation_line",
    "charging",
    "sealing",
    "safety_test",
    "cool_down_test",
    "door_align",
    "leak_tester",
    "vision_tunnel",
    "packing",
    "rack_crane",
]


@pytest.mark.parametrize(
    ("name", "kinds", "takt_s"),
    [("washing-machine-line", WASHING_MACHINE_KINDS, (15, 20)), ("refrigerator-line", REFRIGERATOR_KINDS, (12, 18))],
)
def test_the_white_goods_lines_follow_their_process(name: str, kinds: list[str], takt_s: tuple[int, int]) -> None:
    layout = read_layout(SHIPPED / f"{name}.json")
    (line,) = layout.lines
    assert [station.kind for station in line.stations] == kinds
    assert takt_s[0] <= line.takt_s <= takt_s[1]
    assert len(layout.vehicles) == 2
    for station in line.stations:
        assert [failure.mode for failure in station.failures] == ["minor_stop", "breakdown"]
        assert len(station.tags) >= 2
        assert all(tag.name and tag.signal for tag in station.tags)
        assert any(tag.low is not None or tag.high is not None for tag in station.tags)


@pytest.mark.parametrize(
    ("name", "station", "places", "cycle_s"),
    [
        ("washing-machine-line", "WM1-15", (12, 20), (180, 300)),
        ("refrigerator-line", "RF1-06", (12, 20), (180, 240)),
        ("refrigerator-line", "RF1-11", (40, 80), (600, 1200)),
        ("refrigerator-line", "RF1-15", (200, 240), (1800, 3600)),
    ],
)
def test_parallel_stations_are_as_large_as_reported(
    name: str, station: str, places: tuple[int, int], cycle_s: tuple[int, int]
) -> None:
    (found,) = (each for each in read_layout(SHIPPED / f"{name}.json").stations if each.id == station)
    assert places[0] <= found.places <= places[1]
    assert isinstance(found.cycle, Lognormal)
    assert cycle_s[0] <= found.cycle.mean_s <= cycle_s[1]


@pytest.mark.parametrize("name", ["washing-machine-line", "refrigerator-line"])
def test_every_station_is_a_little_faster_than_the_takt(name: str) -> None:
    (line,) = read_layout(SHIPPED / f"{name}.json").lines
    for station in line.stations:
        cycle = station.cycle
        assert isinstance(cycle, Lognormal | Deterministic)
        mean_s = cycle.mean_s if isinstance(cycle, Lognormal) else cycle.value_s
        assert 0.75 * line.takt_s < mean_s / station.places < 0.93 * line.takt_s


@pytest.mark.parametrize("path", shipped_layouts(), ids=lambda path: path.stem)
def test_limits_leave_room_for_ordinary_scatter(path: Path) -> None:
    for station in read_layout(path).stations:
        for tag in station.tags:
            if isinstance(tag.signal, Result | Level):
                mean, room = tag.signal.mean, 3.2 * tag.signal.deviation
                assert tag.low is None or tag.low <= mean - room, f"{station.id}/{tag.id}"
                assert tag.high is None or tag.high >= mean + room, f"{station.id}/{tag.id}"


def test_every_shipped_plant_has_a_namespace_of_its_own() -> None:
    names = [read_layout(path).namespaces["plant"] for path in shipped_layouts()]
    assert len(set(names)) == len(names)


def test_the_published_schema_is_that_of_the_model() -> None:
    assert (SHIPPED / "layout.schema.json").read_text(encoding="utf-8") == layout_schema()


def test_all_problems_are_listed_with_their_places() -> None:
    raw = _minimal()
    line = raw["areas"][0]["lines"][0]
    second = json.loads(json.dumps(line["stations"][0]))
    line["stations"].append(second | {"kind": "teleporter", "tag_sets": ["nothing"]})
    line["stations"][0]["cycle"] = {"kind": "exponential", "mean_s": -1}
    line["stations"][0]["tags"] = [{"id": "T", "browse_path": "x:T", "low": 5, "high": 4}]
    raw["fleets"] = [{"id": "R1", "name": raw["name"], "prefix": "R", "count": 0, "route": "nowhere", "bays": []}]
    raw["colour"] = "blue"
    raw["timezone"] = "Mars/Olympus"
    found = _problems(raw)
    place = "areas[0].lines[0].stations"
    assert {
        f"{place}[0].cycle.exponential.mean_s",
        f"{place}[0].tags[0]",
        f"{place}[1].id",
        f"{place}[1].kind",
        f"{place}[1].tag_sets",
        "fleets[0].count",
        "fleets[0].bays",
        "colour",
        "timezone",
    } <= found.keys()


def test_rework_goes_back_on_its_own_line() -> None:
    raw = _minimal()
    stations = raw["areas"][0]["lines"][0]["stations"]
    first = stations[0]
    stations.append(first | {"id": "later", "rework": {"to": "nowhere", "delay_s": 60}})
    stations.append(first | {"id": "last", "rework": {"to": "later", "delay_s": 60}})
    stations.append(first | {"id": "itself", "rework": {"to": "itself", "delay_s": 60}})
    stations[0] = first | {"rework": {"to": "last", "delay_s": 60}}
    found = _problems(raw)
    assert set(found) == {f"areas[0].lines[0].stations[{at}].rework.to" for at in (0, 1)}
    assert "comes after" in found["areas[0].lines[0].stations[0].rework.to"]
    assert "no station 'nowhere'" in found["areas[0].lines[0].stations[1].rework.to"]


def test_breaks_lie_within_their_shift_and_apart() -> None:
    raw = _minimal()
    pauses = [{"start": "23:00", "end": "23:30"}, {"start": "02:00", "end": "02:30"}]
    night = {"id": "night", "name": raw["name"], "start": "20:00", "end": "06:00", "breaks": pauses}
    assert parse_layout(json.dumps(raw | {"shifts": [night]})).shifts[0].breaks[1].start == "02:00"
    pauses += [
        {"start": "02:29", "end": "02:40"},
        {"start": "05:50", "end": "06:10"},
        {"start": "03:00", "end": "03:00"},
    ]
    found = _problems(raw | {"shifts": [night]})
    assert set(found) == {f"shifts[0].breaks[{at}]" for at in (2, 3, 4)}
    assert "overlaps" in found["shifts[0].breaks[2]"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting property name"),
        ("[" * 200_000, "not a sensible JSON file"),
        ('{"format": NaN}', "NaN is not a number"),
        ('{"format": 1, "format": 1}', "appears twice"),
        ('{"format": ' + "9" * 5000 + "}", "not a sensible JSON file"),
        ("null", "valid dictionary"),
    ],
    ids=["cut off", "nesting bomb", "not a number", "double key", "huge number", "no object"],
)
def test_hostile_json_is_refused_with_a_reason(text: str, reason: str) -> None:
    assert reason in " ".join(_problems(text).values())


def test_a_file_that_is_not_there_is_a_problem_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="cannot be read"):
        read_layout(tmp_path / "none.json")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(_minimal())), inner, max_size=6),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_is_in_the_file_the_answer_is_a_layout_error(raw: Any) -> None:
    with pytest.raises(LayoutError):
        parse_layout(json.dumps(raw))


def test_tags_of_an_owner_are_those_of_its_sets_and_its_own() -> None:
    raw = _minimal()
    raw["tag_sets"] = {"common": [{"id": "State", "browse_path": "Status/State"}]}
    raw["areas"][0]["lines"][0]["stations"][0] |= {"tag_sets": ["common"], "tags": [{"id": "T", "browse_path": "T"}]}
    raw["areas"][0]["lines"][0]["carriers"] = {"count": 2, "tag_sets": ["common"]}
    owners = {owner.id: owner for owner in parse_layout(json.dumps(raw)).owners}
    assert [tag.id for tag in owners["S1"].tags] == ["State", "T"]
    assert owners["S1"].browse_path == "Factory/A1/L1/S1"
    assert owners["L1/C02"].browse_path == "Factory/A1/L1/Carriers/C02"
