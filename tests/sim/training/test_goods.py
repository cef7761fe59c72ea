"""Malfunctions of material, of transport to customers and of demand: lots, suppliers, cranes, trucks, surges."""

from __future__ import annotations

import copy
from functools import cache

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, deterministic
from tests.sim.logistics.plants import NAME, TAG_SETS, bay, fleet, stock, store, supply
from tests.sim.orders.example import layout_of, line, product
from tests.sim.orders.test_delivery import WAREHOUSE
from twin.plant.layout import Layout
from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import judged_at, targets
from twin.sim.kernel import advance, start_plant
from twin.sim.logistics.state import WarehouseState
from twin.sim.messages import Alarm, Message, UnitRecord
from twin.sim.orders.book import set_demand
from twin.sim.orders.state import OrdersState
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState
from twin.sim.training.malfunctions import clear, inject

KINDS = ("wrong-lot", "supplier-late", "warehouse-cranes-out", "truck-late", "demand-surge")


@cache
def plant() -> tuple[Layout, Plan, PlantState]:
    """Four lines, of which one takes screws, a warehouse with two docks, and orders; under way for an hour."""
    lines = [{**line(each), "output": {"store": "house"}} for each in ("in1", "in2", "out1", "out2")]
    lines[0]["stations"][0]["supplies"] = [supply("screw", capacity=60, initial=20, reorder_at=20)]
    bought = {"reorder_at": 60, "quantity": 60, "lead_time": deterministic(600.0)}
    layout = layout_of(
        product(planning={"policy": "due_date", "handling_s": 600.0}),
        lines=lines,
        warehouse=WAREHOUSE,
        materials=[{"id": "screw", "name": NAME, "lot": 30}],
        stores=[store(stock("screw", initial=60, capacity=400, purchase=bought))],
        fleets=[fleet([bay(10, "in1-mount"), bay(50, "S"), bay(80, places=4, depot=True)])],
        routes=[{"id": "loop", "points": [[0, 0], [40, 0], [40, 10], [0, 10]], "closed": True}],
        tag_sets=TAG_SETS,
    )
    plan = plan_plant(layout)
    state = start_plant(plan, 3)
    advance(plan, state, HOUR_NS)
    return layout, plan, state


@cache
def after(kind: str, hours: float = 3.0) -> tuple[PlantState, list[Message]]:
    """What comes of a malfunction on its first target, or ("") of none."""
    layout, plan, state = plant()
    state = copy.deepcopy(state)
    told: list[Message] = []
    if kind:
        inject(Run(plan, state, told), kind, targets(layout, CATALOGUE[kind])[0])
    return state, told + advance(plan, state, state.now_ns + round(hours * HOUR_NS))


def book(state: PlantState) -> OrdersState:
    assert state.orders is not None
    return state.orders


def house(state: PlantState) -> WarehouseState:
    assert state.logistics.warehouse is not None
    return state.logistics.warehouse


def test_every_kind_has_a_target_here_and_no_other_place_to_be_tested() -> None:
    others = {"supply", "purchase", "warehouse", "dock", "channel"}
    assert {kind for kind, what in CATALOGUE.items() if what.hits in others} == set(KINDS)
    assert all(targets(plant()[0], CATALOGUE[kind]) for kind in KINDS)


def test_a_wrong_lot_is_in_the_as_built_records_and_fails_at_the_test_after_it() -> None:
    layout, plan, _ = plant()
    state, told = after("wrong-lot")
    (wrong,) = state.training.wrong_lots
    assert plan.stations[wrong.test].id == "in1-test"
    assert wrong.test == judged_at(layout, 0)
    records = [one for one in told if isinstance(one, UnitRecord) and one.line == "in1"]
    bad = [one for one in records if wrong.lot in {used.lot for used in one.lots}]
    assert len(bad) > 100
    assert 0.4 < sum(not one.good for one in bad) / len(bad) < 0.6
    before, otherwise = after("")
    rest = {one.serial for one in bad}
    usual = {one.serial: one.good for one in otherwise if isinstance(one, UnitRecord)}
    assert all(usual[one.serial] == one.good for one in records if one.serial not in rest and one.serial in usual)
    assert state.lines[1:2] == before.lines[1:2] or state.lines[1].scrapped < 10


def test_a_wrong_lot_that_is_cleared_is_exchanged_and_what_has_it_still_fails() -> None:
    layout, plan, state = plant()
    state = copy.deepcopy(state)
    number = inject(Run(plan, state, []), "wrong-lot", targets(layout, CATALOGUE["wrong-lot"])[0])
    advance(plan, state, state.now_ns + 20 * MINUTE_NS)
    lot = state.training.wrong_lots[0].lot
    supply_state = state.logistics.supplies[0]
    pieces = supply_state.pieces
    assert {row[0] for row in supply_state.lots} == {lot}
    clear(Run(plan, state, []), number)
    assert sum(row[1] for row in supply_state.lots) == supply_state.pieces == pieces
    assert lot not in {row[0] for row in supply_state.lots}
    told = advance(plan, state, state.now_ns + HOUR_NS)
    records = [one for one in told if isinstance(one, UnitRecord) and one.line == "in1"]
    assert lot not in {used.lot for one in records[-5:] for used in one.lots}


def test_a_late_supplier_leaves_stations_short_and_nothing_bought_is_lost() -> None:
    layout, plan, _ = plant()
    state, _ = after("supplier-late")
    assert state.stations[0].processed < after("")[0].stations[0].processed
    assert state.logistics.supplies[0].short_since_ns >= 0
    assert len(state.logistics.stocks[0].put_off) == state.logistics.stocks[0].on_order // 60
    state = copy.deepcopy(state)
    clear(Run(plan, state, []), state.training.active[0].number)
    advance(plan, state, state.now_ns + 9 * HOUR_NS)
    assert state.logistics.stocks[0].put_off == []
    assert state.logistics.supplies[0].short_since_ns < 0
    assert layout.stores[0].stocks[0].purchase


def test_without_cranes_nothing_moves_in_the_warehouse() -> None:
    state, told = after("warehouse-cranes-out")
    assert house(state).shipped < house(after("")[0]).shipped
    assert house(state).cycles <= house(plant()[2]).cycles + 2
    assert [one.condition for one in told if isinstance(one, Alarm)] == ["CranesOut"]
    state = copy.deepcopy(state)
    shipped = house(state).shipped
    clear(Run(plant()[1], state, []), state.training.active[0].number)
    advance(plant()[1], state, state.now_ns + 3 * HOUR_NS)
    assert house(state).shipped > shipped


def test_late_trucks_come_an_hour_later_at_their_dock_alone() -> None:
    visits = [[turn.turns_ns for turn in house(after(kind)[0]).docks] for kind in ("truck-late", "")]
    assert visits[0][0] > visits[1][0]
    assert visits[0][1] == visits[1][1]


def test_a_surge_brings_the_same_orders_sooner() -> None:
    state, _ = after("demand-surge")
    usual = after("")[0]
    begun = book(plant()[2]).channels[0].orders
    more, many = (book(each).channels[0].orders - begun for each in (state, usual))
    assert 4.0 < more / many < 6.0
    assert book(state).channels[1].units == book(usual).channels[1].units
    then, now = ({one.number: one for one in book(each).orders} for each in (usual, state))
    by_count = {(one.channel, one.count): (one.configuration, one.quantity) for one in now.values()}
    both = [one for one in then.values() if (one.channel, one.count) in by_count]
    assert both
    assert all(by_count[one.channel, one.count] == (one.configuration, one.quantity) for one in both)


@pytest.mark.parametrize("factor", [0.25, 3.0])
def test_demand_that_is_set_and_set_back_at_once_changes_nothing(factor: float) -> None:
    _, plan, state = plant()
    state = copy.deepcopy(state)
    due_ns = book(state).channels[0].due_ns
    set_demand(Run(plan, state), 0, demand=factor)
    left_ns = book(state).channels[0].due_ns - state.now_ns
    assert left_ns == pytest.approx((due_ns - state.now_ns) / factor, abs=1)
    set_demand(Run(plan, state), 0, demand=1.0)
    assert book(state).channels[0].due_ns == pytest.approx(due_ns, abs=4)
    orders = book(state).channels[0].orders
    advance(plan, state, due_ns + 4)
    assert book(state).channels[0].orders == orders + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_plant_with_it_is_saved_and_goes_on_alike_and_nothing_is_left_of_it(kind: str) -> None:
    layout, plan, state = plant()
    state = copy.deepcopy(state)
    inject(Run(plan, state, []), kind, targets(layout, CATALOGUE[kind])[-1], 0.7, 25 * MINUTE_NS)
    advance(plan, state, state.now_ns + 11 * MINUTE_NS)
    again = restore_state(layout, save_state(layout, state))
    until_ns = state.now_ns + HOUR_NS
    assert advance(plan, again, until_ns) == advance(plan, state, until_ns)
    assert again == state
    assert state.training.active == []
    assert (house(state).cranes_out, [dock.late_ns for dock in house(state).docks]) == (0, [0, 0])
    assert [each.late_ns for each in state.logistics.stocks] == [0]
    assert [each.wrong_lot for each in state.logistics.supplies] == [0]
    assert [each.surge for each in book(state).channels] == [1.0, 1.0]
