"""Logistics that cannot work is said with its place: in layout files, and by whoever makes a plan of such a layout."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sim.logistics.plants import NAME, bay, fleet, kanban_plant
from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.logistics_problems import logistics_problems
from twin.sim.plan import plan_plant

STATION = ("areas", 0, "lines", 0, "stations", 0)
SUPPLY = (*STATION, "supplies", 0)
PLACE = "areas[0].lines[0].stations[0].supplies[0]"
STOCK = ("stores", 0, "stocks", 0)
BUY = {"reorder_at": 900, "quantity": 200, "lead_time": {"kind": "deterministic", "value_s": 1.0}}
DOCK = {"id": "A", "name": NAME, "interval_s": 1.0, "stay_s": 1.0, "capacity": 1}
HOUSE = {"id": "W", "name": NAME, "cells": 9, "cranes": 1, "crane_cycle": {"kind": "deterministic", "value_s": 1.0}}


@pytest.mark.parametrize(
    ("path", "value", "place", "reason"),
    [
        ((*SUPPLY, "material"), "gold", f"{PLACE}.material", "store 'S' has no 'gold'"),
        ((*SUPPLY, "store"), "T", f"{PLACE}.store", "no store 'T'"),
        ((*SUPPLY, "fleet"), "G", f"{PLACE}.fleet", "no fleet 'G'"),
        ((*SUPPLY, "kit"), 11, f"{PLACE}.kit", "21 pieces may be here"),
        ((*SUPPLY, "initial"), 21, f"{PLACE}.initial", "more than fit"),
        ((*SUPPLY, "per_unit"), 21, f"{PLACE}.per_unit", "never here"),
        ((*STOCK, "material"), "gold", "stores[0].stocks[0].material", "no material 'gold'"),
        ((*STOCK, "capacity"), 9, f"{PLACE}.kit", "more than the store ever has"),
        ((*STOCK, "initial"), 2000, "stores[0].stocks[0].initial", "capacity"),
        ((*STOCK, "purchase"), BUY, "stores[0].stocks[0].purchase", "1100 pieces may come in"),
        (("routes", 0, "closed"), False, "fleets[0].route", "open"),
        (("fleets", 0, "route"), "way", "fleets[0].route", "no route 'way'"),
        (("fleets", 0, "count"), 20, "fleets[0].count", "more than 20 zones"),
        (("fleets", 0, "count"), 5, "fleets[0].bays", "4 places for 5 vehicles"),
        (("fleets", 0, "id"), "S", "fleets[0].id", "already the id of something else"),
        (("fleets", 0, "bays", 0), bay(10), "fleets[0].bays[0]", "either be a depot or serve"),
        (
            ("fleets", 0, "bays", 0, "serves"),
            ["A", "B"],
            "fleets[0].bays[0].serves",
            "no store, station or",
        ),
        (("fleets", 0, "bays", 0, "serves"), ["S"], f"{PLACE}.fleet", "no bay of fleet 'F' serves 'A'"),
        (("fleets", 0, "bays", 0, "at_m"), 100.0, "fleets[0].bays[0].at_m", "beyond the route"),
        (("fleets", 0, "battery"), {"run_s": 1000.0}, "fleets[0].battery.low", "200 s"),
        (("warehouse",), HOUSE | {"docks": [DOCK]}, "warehouse.docks[0].id", "already the id"),
        ((*STATION[:-2], "output"), {"store": "W"}, "areas[0].lines[0].output.store", "goods go to the warehouse"),
        (
            (*STATION[:-2], "output"),
            {"store": "S", "material": "made"},
            "areas[0].lines[0].output.material",
            "has no 'made'",
        ),
    ],
)
def test_each_problem_has_its_place(path: tuple[str | int, ...], value: Any, place: str, reason: str) -> None:
    raw = kanban_plant().model_dump(mode="json", by_alias=True)
    node: Any = raw
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    layout = Layout.model_validate(raw)
    found = {problem.place: problem.reason for problem in logistics_problems(layout)}
    assert reason in found[place]
    with pytest.raises(SimulationError, match="logistics of layout 'logistics' cannot work"):
        plan_plant(layout)


def test_what_works_has_no_problems() -> None:
    assert list(logistics_problems(kanban_plant())) == []
    bays = [bay(10, "A"), bay(50, "S"), bay(80, places=19, depot=True)]
    assert list(logistics_problems(kanban_plant(fleets=[fleet(bays, 19)]))) == []
