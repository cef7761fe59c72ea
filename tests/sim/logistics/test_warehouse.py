"""Warehouse and docks: cranes are the queue of the textbook, trucks take the oldest goods, every unit is somewhere."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, deterministic, exponential
from tests.sim.logistics.plants import NAME, bay, fleet, line, plant, station
from twin.plant.layout import Layout
from twin.sim.kernel import advance, proceed, start_plant
from twin.sim.logistics.state import STORED, WarehouseState
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState


def shipping(cranes: int = 1, cells: int = 500, **output: Any) -> Layout:
    """A line of one unit in 60 s whose goods go to a warehouse with a truck every 20 minutes at either dock."""
    docks = [
        {"id": f"D{n}", "name": NAME, "interval_s": 1200, "stay_s": 300, "capacity": 12, "tag_sets": ["dock"]}
        for n in (1, 2)
    ]
    house = {
        "id": "W", "name": NAME, "cells": cells, "cranes": cranes, "docks": docks, "tag_sets": ["warehouse"],
        "crane_cycle": deterministic(25.0),
    }  # fmt: skip
    maker = line("L", [station("M", deterministic(60.0))], output={"store": "W", **output})
    cars = fleet([bay(10, "M"), bay(50, "W"), bay(80, places=2, depot=True)])
    return plant([maker], warehouse=house, fleets=[cars])


def of_state(state: PlantState) -> WarehouseState:
    assert state.logistics.warehouse is not None
    return state.logistics.warehouse


@pytest.mark.parametrize("output", [{}, {"fleet": "F", "load": 3}], ids=["at once", "by vehicle"])
def test_every_finished_unit_is_on_its_way_stored_staged_or_shipped_once(output: dict[str, Any]) -> None:
    layout = shipping(**output)
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    for hour in range(1, 9):
        advance(plan, state, hour * HOUR_NS)
        state = restore_state(layout, save_state(layout, state))
        logistics, house = state.logistics, of_state(state)
        there = set(range(len(logistics.goods))) - set(logistics.free_goods)
        assert len(there) + sum(dock.shipped for dock in house.docks) == state.lines[0].finished
        assert house.stored == [number for number in house.stored if logistics.goods[number].where == STORED]
        assert len(logistics.goods) < 80  # numbers are used again: memory is bounded
    assert sum(dock.shipped for dock in of_state(state).docks) > 400


def test_a_full_warehouse_blocks_its_line() -> None:
    plan = plan_plant(shipping(cells=5))
    state = start_plant(plan, 1)
    advance(plan, state, 10 * MINUTE_NS)
    assert of_state(state).cells <= 5
    advance(plan, state, 4 * HOUR_NS)
    assert state.lines[0].finished > 100  # room for one more wakes it every time


@pytest.mark.parametrize(("cranes", "load"), [(1, 0.7), (3, 0.8)])
def test_cranes_are_a_queue_with_many_servers(cranes: int, load: float) -> None:
    """Goods that come at random to cranes with exponential cycles: M/M/c, mean wait by Erlang's C."""
    cycle_s = 30.0
    layout = shipping(cranes, cells=10**6)
    raw = layout.model_dump(mode="json", by_alias=True)
    raw["warehouse"] |= {"docks": [], "crane_cycle": exponential(cycle_s)}
    raw["areas"][0]["lines"][0]["stations"][0]["cycle"] = exponential(cycle_s / cranes / load)
    plan = plan_plant(Layout.model_validate(raw))
    state = start_plant(plan, 5)
    run = Run(plan, state)
    proceed(run, 1 << 62, 40_000)
    stored = [goods for goods in state.logistics.goods if goods.where == STORED]
    wait_s = sum(goods.stored_ns - goods.finished_ns for goods in stored) / len(stored) / 1e9 - cycle_s
    assert wait_s == pytest.approx(_erlang_wait_s(cranes, load, cycle_s), rel=0.12)


def _erlang_wait_s(servers: int, load: float, service_s: float) -> float:
    offered = servers * load
    last = offered**servers / math.factorial(servers) / (1 - load)
    waits = last / (sum(offered**n / math.factorial(n) for n in range(servers)) + last)
    return waits * service_s / (servers * (1 - load))
