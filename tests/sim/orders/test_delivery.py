"""Orders and logistics together: goods through the warehouse onto trucks, bills and lots from the line side."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sim.lines import HOUR_NS, deterministic
from tests.sim.logistics.plants import NAME, bay, fleet, stock, store, supply
from tests.sim.orders.example import layout_of, line, part, product, run_for
from twin.plant.layout import Layout
from twin.sim.comparison import POLICIES
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import OrderRecord, UnitRecord
from twin.sim.plan import plan_plant

DOCK = {"name": NAME, "interval_s": 1200.0, "stay_s": 600.0, "capacity": 30}
WAREHOUSE = {
    "id": "house",
    "name": NAME,
    "cells": 5000,
    "cranes": 2,
    "crane_cycle": deterministic(8.0),
    "docks": [{"id": "D1", **DOCK}, {"id": "D2", **DOCK}],
}


def with_warehouse(policy: str = "due_date", **changes: Any) -> Layout:
    lines = [{**line(each), "output": {"store": "house"}} for each in ("in1", "in2", "out1", "out2")]
    made = product(planning={"policy": policy, "stock_days": 0.1, "handling_s": 600.0}, **changes)
    return layout_of(made, lines=lines, warehouse=WAREHOUSE)


@pytest.mark.parametrize("policy", POLICIES)
def test_goods_are_put_away_picked_and_shipped_and_all_adds_up(policy: str) -> None:
    _, state, orders = run_for(with_warehouse(policy), 8)
    arrived = sum(each.orders for each in orders.channels)
    turned_away = sum(each.orders_turned_away for each in orders.channels)
    assert arrived == orders.totals.delivered + len(orders.orders) + turned_away
    assert orders.totals.delivered > 300
    house = state.logistics.warehouse
    assert house is not None
    stored = {goods.stored: goods for goods in orders.goods if goods.stored >= 0}
    held = [each for dock in house.docks for each in dock.staged]
    held += [task[1] for task in (*house.tasks, *house.cranes) if task and task[0] == 1]
    waiting = {number for number in (*house.stored, *held) if number in stored}
    assert len(waiting) == len([*house.stored, *held])
    assert {number for number, goods in stored.items() if goods.order < 0} <= set(house.stored)
    leaving = {order.number: order.leaving for order in orders.orders if order.leaving >= 0}
    on_docks = [stored[number].order for number in held]
    assert set(on_docks) <= set(leaving)


def test_an_order_has_left_when_its_last_unit_is_on_a_truck_that_left() -> None:
    plan = plan_plant(with_warehouse())
    told = advance(plan, start_plant(plan, 2), 6 * HOUR_NS)
    left = [record for record in told if isinstance(record, OrderRecord)]
    assert len(left) > 200
    trucks_leave = {(1200 * visit // 2 + 600) * 10**9 for visit in range(1, 60)}
    assert {record.time_ns for record in left} <= trucks_leave
    assert any(len(record.items) == 20 for record in left), "orders of more units than crane moves between two trucks"


def supplied(changes: list[dict[str, Any]]) -> Layout:
    """Indoor line 1 takes screws from its line side, in lots of 30 by kits of 10; large ones take twice as many."""
    lines = [line(each, cycle=deterministic(40.0)) for each in ("in1", "out1")]
    lines[0]["stations"][0]["supplies"] = [supply("screw", capacity=60, initial=20, reorder_at=20, per_unit=3)]
    large = {"material": "screw", "quantity": 2, "segment": "mount", "when": {"size": ["l"]}}
    bill = [{"material": "screw", "quantity": 1, "segment": "mount"}, large]
    revisions = [{"id": name, "name": NAME, "bill": bill} for name in "AB"]
    bays = [bay(10, "in1-mount"), bay(50, "S"), bay(80, places=4, depot=True)]
    parts = [part("in", lines=["in1"], revisions=revisions), part("out", lines=["out1"])]
    return layout_of(
        product(parts=parts, changes=changes),
        lines=lines,
        materials=[{"id": "screw", "name": NAME, "lot": 30}],
        stores=[store(stock("screw"))],
        fleets=[fleet(bays)],
        routes=[{"id": "loop", "points": [[0, 0], [40, 0], [40, 10], [0, 10]], "closed": True}],
        tag_sets={name: [] for name in ("stock", "supply", "vehicle")},
    )


def test_a_unit_takes_what_its_bill_says_and_its_record_names_the_lots() -> None:
    plan = plan_plant(supplied([]))
    records = [r for r in advance(plan, start_plant(plan, 2), 3 * HOUR_NS) if isinstance(r, UnitRecord)]
    indoor = [record for record in records if record.part == "in"]
    assert len(indoor) > 50
    for record in indoor:
        taken = sum(used.pieces for used in record.lots)
        assert taken == (2 if dict(record.configuration)["size"] == "l" else 1)
        assert {(used.station, used.material) for used in record.lots} == {("in1-mount", "screw")}
    assert len({used.lot for record in indoor for used in record.lots}) > 3


def test_a_change_by_lot_holds_from_the_first_unit_that_starts_on_that_lot() -> None:
    eco = {"kind": "lot", "material": "screw", "lot": 3}
    change = {"id": "eco", "name": NAME, "part": "in", "revision": "B", "effectivity": eco}
    plan = plan_plant(supplied([change]))
    records = [r for r in advance(plan, start_plant(plan, 2), 3 * HOUR_NS) if isinstance(r, UnitRecord)]
    indoor = sorted((r for r in records if r.part == "in"), key=lambda r: r.begun_ns)
    assert {record.revision for record in indoor} == {"A", "B"}
    for record in indoor:
        assert (record.lots[0].lot >= 3) == (record.revision == "B")
