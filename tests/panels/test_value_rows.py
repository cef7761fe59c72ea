"""Rows of the inspector: a material is one row, which says what comes, which lot it is, and whether it is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.scene.frames import frame, shipped_layout
from twin.history.batch import Snapshot
from twin.history.recording import Catalog, TagInfo
from twin.panels.names import Directory, Kind
from twin.panels.value_rows import value_rows

VALUES = {"Stock": 0.0, "OnTheWay": 24.0, "Lot": 7.0, "Short": 1.0}


def test_a_missing_material_is_said_in_its_row() -> None:
    layout = shipped_layout("default")
    station = next(station for station in layout.stations if station.supplies)
    supply, now_ns = f"{station.id}/{station.supplies[0].material}", 1_000_000_000
    catalog = Catalog()
    for tag in VALUES:
        catalog.add_tag(TagInfo(f"{supply}/{tag}", data_type="Int32"))
    times = np.full(len(VALUES), now_ns)
    state = Snapshot(now_ns, times, np.array(list(VALUES.values())), np.zeros(len(VALUES), np.uint32), times)
    shown = replace(frame(layout), catalog=catalog, state=state, stale=np.zeros(len(VALUES), bool))
    row = next(row for row in value_rows(shown, Directory(layout), station.id, ()) if row.tag == f"{supply}/Stock")
    assert row.name == Directory(layout).name(station.supplies[0].material)
    assert row.reading.text == "0"
    assert row.note == "▲ Missing · Pieces on the way 24 · Lot in use 7"


def test_a_station_of_the_plant_has_its_values_by_kind() -> None:
    directory = Directory(shipped_layout("default"))
    kinds = directory.values("OF1-18")
    assert list(kinds) == [Kind.PROCESS, Kind.CONSUMED, Kind.COUNTED]
    assert "OF1-18/Serial" not in kinds[Kind.COUNTED]
    assert directory.values("Some/Tag") == {Kind.PROCESS: ["Some/Tag"]}
