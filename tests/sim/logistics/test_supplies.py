"""Stores and line-side supplies: exact stock-out times, lots first in first out, nothing lost, nothing below zero."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, MINUTE_NS, deterministic
from tests.sim.logistics.plants import bay, fleet, kanban_plant, line, plant, station, stock, store, supply
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.logistics.supplies import take
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.state import Unit

SECOND_NS = 1_000_000_000


def test_a_kit_comes_when_the_arithmetic_says_so() -> None:
    """From 80 m to the store at 50 m is 70 m at 1 m/s, to the station 60 m; 10 s of handling at either end."""
    plan = plan_plant(kanban_plant())
    state = start_plant(plan, 1)
    told = advance(plan, state, 300 * SECOND_NS)
    called = next(m.time_ns for m in told if isinstance(m, Change) and (m.tag, m.value) == ("OnTheWay", 10))
    came = next(m.time_ns for m in told if isinstance(m, Change) and (m.tag, m.value) == ("Load", ""))
    assert called == 45 * SECOND_NS  # the tenth of twenty is taken at 9 × 5 s
    assert came == called + (70 + 10 + 60 + 10) * SECOND_NS


def test_stock_runs_out_exactly_when_lead_time_exceeds_what_the_reorder_point_covers() -> None:
    """Ten parts left last 50 s and the kit takes 150 s: the last is begun at 95 s, short from 100 s on."""
    plan = plan_plant(kanban_plant())
    state = start_plant(plan, 1)
    told = advance(plan, state, 196 * SECOND_NS)
    short = [m for m in told if isinstance(m, Change) and m.tag == "Short"]
    assert [(m.time_ns, m.value) for m in short[:2]] == [(100 * SECOND_NS, True), (195 * SECOND_NS, False)]
    assert state.logistics.supplies[0].short_ns == 95 * SECOND_NS
    assert [m.kind for m in told if isinstance(m, Incident)] == ["shortage"]
    assert state.stations[0].admitted == 21


@pytest.mark.parametrize(("reorder_at", "short"), [(29, True), (30, False)])
def test_a_reorder_point_above_the_lead_time_demand_never_runs_out(reorder_at: int, short: bool) -> None:
    """Lead time 150 s, a thousandth of a millisecond more: 30 parts at 5 s each last it out, 29 do not."""
    hungry = station("A", deterministic(5.0), supply(capacity=80, initial=41, reorder_at=reorder_at, kit=40))
    bays = [bay(10, "A"), bay(50, "S"), bay(80, places=2, depot=True)]
    layout = plant([line("L", [hungry])], stores=[store(stock())], fleets=[fleet(bays, handling_s=10.000001)])
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    advance(plan, state, 60 * MINUTE_NS)
    assert (state.logistics.supplies[0].short_ns > 0) == short


def test_lots_are_used_in_the_order_they_came_and_noted_on_the_unit() -> None:
    plan = plan_plant(kanban_plant())
    state = start_plant(plan, 1)
    used = []
    for second in range(0, 1000, 5):
        advance(plan, state, second * SECOND_NS)
        used += [tuple(unit.lots) for unit in state.stations[0].units]
    lots = [lot for _, _, lot, _ in used]
    assert lots[:20] == [1] * 20  # what was here first; the lots of the store come after it
    assert lots == sorted(lots)
    assert {1, 2, 3} <= set(lots)
    assert {row[:2] + row[3:] for row in used} == {(0, 0, 1)}


def test_what_is_missing_takes_nothing() -> None:
    two = station("A", deterministic(5.0), supply("part"), supply("made", initial=0))
    bays = [bay(10, "A"), bay(50, "S"), bay(80, places=2, depot=True)]
    layout = plant([line("L", [two])], stores=[store(stock("part"), stock("made", initial=0))], fleets=[fleet(bays)])
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    assert not take(Run(plan, state), 0, Unit(1, -1, 0))
    assert [each.pieces for each in state.logistics.supplies] == [20, 0]
    advance(plan, state, 10 * MINUTE_NS)
    assert state.stations[0].admitted == 0
    assert state.logistics.stocks[1].requests == [1, 1]


def chain(**output: Any) -> Layout:
    """A line that makes two pieces a unit, into a store whose capacity is small, for another that uses them."""
    makes: dict[str, Any] = {"store": "S", "material": "made", "pieces": 2}
    maker = line("L", [station("M", deterministic(20.0))], output=makes | output)
    user = line("K", [station("A", deterministic(15.0), supply("made", initial=0, reorder_at=4, kit=4))])
    bays = [bay(10, "A"), bay(30, "M"), bay(50, "S", places=2), bay(80, places=2, depot=True)]
    stocks = [stock("made", capacity=12, initial=0), stock("part", capacity=60, initial=0, purchase=PURCHASE)]
    eater = line("E", [station("B", deterministic(9.0), supply("part", initial=0))])
    bays += [bay(70, "B")]
    return plant([maker, user, eater], stores=[store(*stocks)], fleets=[fleet(bays)])


PURCHASE = {"reorder_at": 30, "quantity": 25, "lead_time": {"kind": "exponential", "mean_s": 120.0}}


@FEW
@given(seed=st.integers(0, 2**32), cuts=st.lists(st.integers(1, 40 * MINUTE_NS), max_size=4), carried=st.booleans())
def test_pieces_are_conserved_and_a_restored_plant_lives_on_the_same(seed: int, cuts: list[int], carried: bool) -> None:
    layout = chain(fleet="F", load=4) if carried else chain()
    plan = plan_plant(layout)
    state, whole = start_plant(plan, seed), start_plant(plan, seed)
    told = []
    for until_ns in [*sorted(cuts), 41 * MINUTE_NS]:
        told += advance(plan, state, until_ns)
        state = restore_state(layout, save_state(layout, state))
        logistics = state.logistics
        orders = [order for each in logistics.fleets for order in each.orders]
        orders += [vehicle.order for vehicle in logistics.vehicles if vehicle.order is not None]
        on_way = sum(pieces for order in orders for _, pieces in order.lots)
        there = sum(each.pieces for each in logistics.stocks) + sum(each.pieces for each in logistics.outputs)
        used = sum(each.pieces + each.taken for each in logistics.supplies)
        bought = 25 * logistics.stocks[1].purchases - logistics.stocks[1].on_order
        assert on_way + there + used == logistics.outputs[0].made + bought
        assert logistics.outputs[0].made == 2 * state.lines[0].finished
        for at, holds in zip(plan.logistics.stocks, logistics.stocks, strict=True):
            assert 0 <= holds.pieces == sum(pieces for _, pieces in holds.lots) <= at.capacity
        for need, has in zip(plan.logistics.supplies, logistics.supplies, strict=True):
            assert 0 <= has.pieces == sum(pieces for _, pieces in has.lots) <= need.capacity
    assert told == advance(plan, whole, 41 * MINUTE_NS)
    assert state == whole
    assert state.lines[0].finished > 30


def test_a_full_store_blocks_the_line_that_fills_it() -> None:
    maker = line("L", [station("M", deterministic(1.0))], output={"store": "S", "material": "made", "pieces": 2})
    plan = plan_plant(plant([maker], stores=[store(stock("made", capacity=11, initial=0))]))
    state = start_plant(plan, 1)
    advance(plan, state, MINUTE_NS)
    assert (state.lines[0].finished, state.logistics.stocks[0].pieces) == (5, 10)
    assert levels(plan, state)  # all of it can be told
    assert [row[0] for row in state.logistics.stocks[0].lots] == [1, 2]  # a lot of "made" is 8 pieces
