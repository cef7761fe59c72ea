"""Composing: lines follow from their description and stand on their conveyor; mistakes have file, key and reason."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.__main__ import main
from twin.errors import LayoutError
from twin.plant.bays import nearest_m
from twin.plant.compose import compose, layout_text
from twin.plant.layout_file import parse_layout, read_layout
from twin.plant.machines import BESIDE_KINDS, MACHINE_KINDS
from twin.plant.paths import path_through
from twin.plant.shipped import OUTDOOR_LINE, SHIPPED, layout_path
from twin.plant.standing import Piece, place_pitch_m, stand

DEFAULT = SHIPPED / "descriptions" / "default.toml"
PLANT = """
id = "small"
name = ["Small plant", "小工厂"]
timezone = "UTC"
namespaces = { plant = "urn:small", packml = "http://opcfoundation.org/UA/PackML/" }
areas = ["area.toml"]
common = ["common.toml"]
"""
AREA = """
id = "A"
name = ["Area", "车间"]
[lines.final]
name = ["Line {number}", "{number} 线"]
takt_s = 10
fleet = "robots"
output = { material = "box" }
conveyor = { rows_m = 8 }
rows = [["work", "pack"], ["test"]]
[[copies]]
line = "final"
numbers = [1, 2]
at = [10, 20]
step = [0, 30]
[segments.work]
name = ["Work", "加工"]
kind = "assembly_cell"
cycle = { s = 9, cv = 0.1 }
power_kw = 8
supplies = [{ material = "part", kit = 5 }]
minor_stop = { reason = "jam", every_min = 30, lasts_s = 40 }
breakdown = { reason = "drive", every_h = 10, lasts_min = 5, wear = 2 }
values = [{ id = "Force", name = ["Force", "力"], unit = "N", low = 1, result = [5, 1], drift = [0.2, 600] }]
[segments.pack]
name = ["Pack", "装箱"]
kind = "packing"
cycle = { s = 9 }
places = 3
[segments.test]
name = ["Test", "检测"]
kind = "safety_test"
cycle = { s = 9 }
rework = { to = "work", after_min = 2 }
"""
COMMON = """
materials = [{ id = "part", name = ["Part", "零件"] }, { id = "box", name = ["Box", "箱"] }]
[tag_sets]
station = [{ id = "State", name = ["State", "状态"], browse_path = "packml:StateCurrent", data_type = "Int32" }]
supply = [{ id = "Stock", name = ["Stock", "库存"], browse_path = "Stock", data_type = "Int32" }]
[[stores]]
id = "store"
name = ["Store", "库"]
pose = { x_m = 15, y_m = 2 }
stocks = [{ material = "part", capacity = 90, initial = 50 }, { material = "box", capacity = 90 }]
[[routes]]
id = "lane"
closed = true
points = [[0, 5], [60, 5], [60, 0], [0, 0]]
[[fleets]]
id = "robots"
name = ["Robot", "机器人"]
prefix = "R"
count = 2
route = "lane"
battery = {}
depots = [{ id = "depot", at = [30, 0], places = 2 }]
"""


def _composed(folder: Path, area: str = AREA, common: str = COMMON, plant: str = PLANT) -> dict[str, object]:
    for name, text in (("plant.toml", plant), ("area.toml", area), ("common.toml", common)):
        (folder / name).write_text(text, encoding="utf-8")
    return compose(folder / "plant.toml")


def test_the_shipped_layout_is_what_its_description_makes() -> None:
    assert (SHIPPED / "default.json").read_text(encoding="utf-8") == layout_text(compose(DEFAULT)) + "\n"


def test_a_small_description_makes_a_layout_that_holds(tmp_path: Path) -> None:
    layout = parse_layout(layout_text(_composed(tmp_path)))
    assert [line.id for line in layout.lines] == ["A1", "A2"]
    assert layout.lines[1].name.zh_CN == "2 线"
    work, pack, test = layout.lines[0].stations
    assert [station.segment for station in (work, pack, test)] == ["work", "pack", "test"]
    assert (work.id, work.tag_sets) == ("A1-01", ("station", "A.work", "electric-8kW"))
    assert [failure.mode for failure in work.failures] == ["minor_stop", "breakdown"]
    assert test.rework is not None
    assert (test.rework.to, test.rework.delay_s) == ("A1-01", 120)
    (supply,) = work.supplies
    assert (supply.store, supply.fleet, supply.capacity, supply.reorder_at) == ("store", "robots", 15, 10)
    served = {name for bay in layout.fleets[0].bays for name in bay.serves}
    assert served == {"store", "A1-01", "A2-01"}
    assert test.pose.heading_deg == 180
    assert test.pose.y_m == 28
    assert pack.at_m < test.at_m


@pytest.mark.parametrize(
    ("change", "file", "place", "reason"),
    [
        (("cycle = { s = 9, cv = 0.1 }", "cycle = { s = -9 }"), "area.toml", "segments.work.cycle.s", "greater than 0"),
        (('kind = "packing"', 'kind = "paking"'), "area.toml", "segments.pack.kind", "unknown machine kind"),
        (('to = "work"', 'to = "wrok"'), "area.toml", "segments.test.rework.to", "no segment 'wrok'"),
        (('["test"]', '["tset"]'), "area.toml", "lines.final.rows", "no segment 'tset'"),
        (('material = "part"', 'material = "prat"'), "area.toml", "segments.work.supplies", "no store has 'prat'"),
        (('fleet = "robots"', ""), "area.toml", "lines.final.fleet", "nobody brings"),
        (('line = "final"', 'line = "fnal"'), "area.toml", "copies.0.line", "no line 'fnal'"),
        (("power_kw = 8", "power_kv = 8"), "area.toml", "segments.work.power_kv", "not permitted"),
        (('material = "box"', 'material = "bx"'), "area.toml", "lines.final.output.material", "no store has 'bx'"),
        (("takt_s = 10", "takt_s ="), "area.toml", "file", "not TOML"),
        (('name = ["Area", "车间"]', 'name = "Area"'), "area.toml", "name", "dictionary"),
    ],
)
def test_a_mistake_is_said_with_file_key_and_reason(
    tmp_path: Path, change: tuple[str, str], file: str, place: str, reason: str
) -> None:
    assert change[0] in AREA
    with pytest.raises(LayoutError) as caught:
        _composed(tmp_path, AREA.replace(*change))
    assert caught.value.name == str(tmp_path / file)
    problems = {problem.place: problem.reason for problem in caught.value.problems}
    assert reason in problems[place]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="cannot be read"):
        _composed(tmp_path, plant=PLANT.replace("area.toml", "nowhere.toml"))


def test_the_verb_writes_a_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _composed(tmp_path)
    assert main(["compose", str(tmp_path / "plant.toml"), "-o", str(tmp_path / "out.json")]) == 0
    assert "2 lines, 6 stations" in capsys.readouterr().out
    assert read_layout(tmp_path / "out.json").id == "small"


def test_layouts_that_ship_go_by_name(tmp_path: Path) -> None:
    assert layout_path("outdoor-line") == OUTDOOR_LINE
    assert layout_path("default") == SHIPPED / "default.json"
    assert layout_path(str(tmp_path / "own.json")) == tmp_path / "own.json"


def test_json_is_read_back_as_it_was() -> None:
    value = {"a": [1, {"b": "中" * 200, "c": [0.5, None, True]}], "d": {str(k): k for k in range(60)}}
    assert json.loads(layout_text(value)) == value


pieces = st.builds(
    Piece,
    kind=st.sampled_from(sorted(MACHINE_KINDS)),
    places=st.integers(1, 6),
    buffer=st.integers(0, 5),
    beside_m=st.just(0.0),
)


@given(st.lists(st.lists(pieces, min_size=1, max_size=4), min_size=1, max_size=3), st.floats(0, 360))
def test_stations_stand_on_their_conveyor_in_flow_order(rows: list[list[Piece]], heading_deg: float) -> None:
    stood = stand(rows, 9.0, 1.2, (5.0, -3.0), heading_deg)
    path = path_through(stood.path)
    at = np.array([at_m for at_m, *_ in stood.stations])
    assert (np.diff(at) > 0).all()
    points, headings = path.locate(at)
    own = np.array([(x, y) for _, x, y, _ in stood.stations])
    assert np.abs(points - own).max() < 0.06
    turned = np.radians([heading for *_, heading in stood.stations]) - headings
    assert np.abs(np.sin(turned)).max() < 0.02
    assert at[-1] <= path.length_m


@given(st.lists(pieces, min_size=2, max_size=6))
def test_machines_of_a_row_do_not_touch(row: list[Piece]) -> None:
    stood = stand([row], 9.0, 1.2, (0.0, 0.0), 0.0)
    ends = []
    for piece, (at_m, *_) in zip(row, stood.stations, strict=True):
        length, back = MACHINE_KINDS[piece.kind][0], 0.0
        if piece.kind not in BESIDE_KINDS:
            pitch = place_pitch_m(piece.kind, piece.places, 1.2)
            length, back = max(length, piece.places * pitch), (piece.places - 1) * pitch / 2
        ends.append((at_m - back - length / 2, at_m - back + length / 2))
    assert ends[0][0] > 0
    assert all(after[0] - before[1] > 0.7 for before, after in pairwise(ends))


def test_a_bay_is_where_the_route_passes_nearest() -> None:
    path = path_through([(0, 0), (10, 0), (10, 10), (0, 10)], closed=True)
    assert nearest_m(path, (4, -3)) == 4
    assert nearest_m(path, (13, 6)) == 16
    assert nearest_m(path, (-5, 5)) == 35
    assert nearest_m(path, (-1, -1)) == 0
