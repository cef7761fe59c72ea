"""Batteries: never below nothing or above full, charged before they are flat, and flat ones stand still."""

from __future__ import annotations

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS
from tests.sim.logistics.plants import bay, fleet, kanban_plant, stock, store
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.logistics.batteries import charge_at, set_charge
from twin.sim.logistics.fleets import resume
from twin.sim.logistics.state import PARKED
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant
from twin.sim.run import Run

BATTERY = {"run_s": 3000.0, "charge_s": 900.0, "low": 0.3, "enough": 0.8}


def weary(count: int = 3) -> Layout:
    """Vehicles that drive for fifty minutes and charge for fifteen, for a station that never has enough."""
    bays = [bay(10, "A"), bay(50, "S"), bay(80, places=4, depot=True)]
    endless = store(stock(capacity=50_000, initial=50_000))
    return kanban_plant(fleets=[fleet(bays, count, battery=BATTERY)], stores=[endless])


def test_charge_is_what_driving_standing_and_charging_leave() -> None:
    plan = plan_plant(weary(1))
    state = start_plant(plan, 1)
    set_charge(Run(plan, state), 0, 1.0)
    advance(plan, state, 195 * 10**9)  # called at 45 s, full; driven 70 s and 60 s; handled twice for 10 s
    exact = 1.0 - (130 + 0.15 * 20) / 3000
    assert charge_at(Run(plan, state), 0) == pytest.approx(exact, abs=1e-9)


def test_a_vehicle_charges_in_time_and_takes_orders_again() -> None:
    plan = plan_plant(weary(1))
    state = start_plant(plan, 1)
    least, charging = 1.0, 0
    for minute in range(1, 6 * 60):
        told = advance(plan, state, minute * MINUTE_NS)
        assert {m.kind for m in told if isinstance(m, Incident)} <= {"shortage"}
        least = min(least, charge_at(Run(plan, state), 0))
        charging += state.logistics.vehicles[0].tired and state.logistics.vehicles[0].phase == PARKED
    assert 0.2 < least < 0.3
    assert 30 < charging < 90  # it charges .55 of 900 s after .5 of 3000 s of driving: more than an hour in six
    assert state.logistics.fleets[0].delivered > 60


def test_battery_is_a_level_that_ends_where_its_changes_do() -> None:
    plan = plan_plant(weary())
    state = start_plant(plan, 1)
    told = {(m.owner, m.tag): m.value for m in levels(plan, state)}
    told |= {(m.owner, m.tag): m.value for m in advance(plan, state, 2 * HOUR_NS) if isinstance(m, Change)}
    now = {(m.owner, m.tag): m.value for m in levels(plan, state)}
    assert {key: told[key] for key in now} == now


def test_a_flat_vehicle_stands_still_until_somebody_helps_it() -> None:
    plan = plan_plant(weary(1))
    state = start_plant(plan, 1)
    advance(plan, state, MINUTE_NS)
    set_charge(Run(plan, state), 0, 0.001)
    told = advance(plan, state, 30 * MINUTE_NS)
    assert [m.source for m in told if isinstance(m, Incident) and m.kind == "battery_flat"] == ["V-1"]
    assert state.logistics.vehicles[0].halted
    assert state.logistics.fleets[0].delivered == 0
    set_charge(Run(plan, state), 0, 0.9)
    resume(Run(plan, state), 0)
    advance(plan, state, 40 * MINUTE_NS)
    assert state.logistics.fleets[0].delivered >= 2
