"""Traffic: one vehicle to a zone whatever happens; everything called is delivered; where a vehicle is, is published."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sim.lines import MINUTE_NS, deterministic
from tests.sim.logistics.plants import bay, fleet, kanban_plant, line, plant, station, stock, store, supply
from twin.plant.layout import Layout
from twin.sim.kernel import advance, proceed, start_plant
from twin.sim.logistics.fleets import resume
from twin.sim.logistics.lane import place_of
from twin.sim.logistics.state import WAITING
from twin.sim.logistics.traffic import block_zone, halt, open_zone
from twin.sim.messages import Change
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.state import PlantState


@dataclass(frozen=True)
class Loop:
    """A loop in numbers: bays as (metres, places), for stations (with their cycles), the store and the depots."""

    vehicles: int
    zones: int
    length_m: float
    handling_s: float
    cycles: list[float]
    stations: list[tuple[float, int]]
    store: tuple[float, int]
    depots: list[tuple[float, int]]

    def layout(self) -> Layout:
        bays = [bay(at, f"A{n}", places=places) for n, (at, places) in enumerate(self.stations)]
        bays += [bay(self.store[0], "S", places=self.store[1])]
        bays += [bay(at, places=places, depot=True) for at, places in self.depots]
        for number, each in enumerate(bays):
            each["id"] = f"B{number}"
        lines = [line(f"L{n}", [station(f"A{n}", deterministic(s), supply())]) for n, s in enumerate(self.cycles)]
        zone_m = self.length_m / self.zones
        cars = fleet(bays, self.vehicles, zone_m=zone_m, handling_s=self.handling_s)
        stores = [store(stock(initial=300, capacity=300))]
        return plant(lines, length_m=self.length_m, stores=stores, fleets=[cars])


@st.composite
def loops(draw: st.DrawFn) -> Loop:
    """Any number of vehicles that fits, bays anywhere, depots with just enough places."""
    count = draw(st.integers(1, 12))
    zones = draw(st.integers(count + 1, count + 8))
    length_m = max(draw(st.sampled_from([30.0, 61.7, 120.0])), zones * 2.5)
    at = st.floats(0.0, length_m * 0.999)
    cycles = draw(st.lists(st.floats(1.0, 30.0), min_size=1, max_size=4))
    first = draw(st.integers(1, count))
    return Loop(
        count,
        zones,
        length_m,
        draw(st.floats(0.5, 40.0)),
        cycles,
        [(draw(at), draw(st.integers(1, 2))) for _ in cycles],
        (draw(at), draw(st.integers(1, 3))),
        [(draw(at), places) for places in (first, count - first) if places],
    )


def holds(plan: Plan, state: PlantState) -> None:
    """Nobody shares a zone, neither by traffic control nor where they are; places are what they say."""
    run = Run(plan, state)
    for at, traffic in zip(plan.logistics.fleets, state.logistics.fleets, strict=True):
        seen: dict[int, int] = {}
        inside = [0] * len(at.bays)
        for number in range(at.first, at.first + len(at.ids)):
            vehicle = state.logistics.vehicles[number]
            assert 0.0 <= vehicle.charge <= 1.0
            if vehicle.bay >= 0:
                inside[vehicle.bay] += 1
                assert vehicle.zone == -1
                continue
            assert traffic.holder[vehicle.zone] == number
            share = place_of(run, number) / at.zone_m
            assert vehicle.line_m / at.zone_m - 1.0 - 1e-6 <= share <= vehicle.line_m / at.zone_m + 1e-6
            assert seen.setdefault(vehicle.zone, number) == number
        assert all(
            there <= taken <= each.places for there, taken, each in zip(inside, traffic.taken, at.bays, strict=True)
        )


def pieces(plan: Plan, state: PlantState) -> int:
    """Pieces of everything everywhere: in stores, on vehicles, at stations, used up."""
    logistics = state.logistics
    orders = [order for each in logistics.fleets for order in each.orders]
    orders += [vehicle.order for vehicle in logistics.vehicles if vehicle.order is not None]
    on_way = sum(number for order in orders for _, number in order.lots)
    there = sum(each.pieces for each in logistics.stocks) + sum(each.pieces for each in logistics.supplies)
    return on_way + there + sum(each.taken for each in logistics.supplies)


@settings(max_examples=30, deadline=None)
@given(loop=loops())
def test_every_order_is_delivered_and_nobody_shares_a_zone(loop: Loop) -> None:
    plan = plan_plant(loop.layout())
    state = start_plant(plan, 1)
    before = pieces(plan, state)
    while state.heap:  # until the store is empty, and all that was in it used up
        proceed(Run(plan, state), state.heap[0][0])
        holds(plan, state)
        assert pieces(plan, state) == before
    all_delivered(state)


@settings(max_examples=30, deadline=None)
@given(loop=loops(), trouble=st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.integers(0, 99)), max_size=12))
def test_traffic_recovers_from_halted_vehicles_and_blocked_zones(
    loop: Loop, trouble: list[tuple[int, bool, int]]
) -> None:
    plan = plan_plant(loop.layout())
    state = start_plant(plan, 1)
    run, at = Run(plan, state), plan.logistics.fleets[0]
    zones: list[int] = []
    for events, blocks, number in trouble:
        for _ in range(events):
            if state.heap:
                proceed(run, state.heap[0][0])
                holds(plan, state)
        if blocks:
            zones.append(number % at.zones)
            block_zone(run, 0, zones[-1])
        else:
            halt(run, number % len(at.ids))
        holds(plan, state)
    advance(plan, state, state.now_ns + 10 * MINUTE_NS)
    for zone in zones:
        open_zone(run, 0, zone)
    for number in range(len(at.ids)):
        resume(run, number)
    while state.heap:
        proceed(run, state.heap[0][0])
        holds(plan, state)
    all_delivered(state)


def all_delivered(state: PlantState) -> None:
    """Nothing is under way any more."""
    fleet_state = state.logistics.fleets[0]
    assert fleet_state.called > 0
    assert fleet_state.orders == []
    assert fleet_state.delivered == fleet_state.called
    assert all(vehicle.order is None and vehicle.bay >= 0 for vehicle in state.logistics.vehicles)
    assert all(each.pieces < 10 for each in state.logistics.stocks)


def test_what_is_published_is_where_a_vehicle_is() -> None:
    layout = kanban_plant()
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    said: dict[str, dict[str, object]] = {"V-1": {}, "V-2": {}}
    for minute in range(1, 60):
        for change in advance(plan, state, minute * MINUTE_NS):
            if isinstance(change, Change) and change.owner in said:
                said[change.owner][change.tag] = change.value
        for number, name in enumerate(said):
            vehicle = state.logistics.vehicles[number]
            if said[name]:
                levels = {
                    "To": vehicle.to_m,
                    "Arrives": vehicle.arrives_ns,
                    "Stop": vehicle.bay,
                    "Place": vehicle.place,
                }
                assert {tag: said[name][tag] for tag in levels} == levels


def test_a_vehicle_waits_for_a_full_bay_and_those_behind_it_wait_too() -> None:
    """One place at the station, handling for two minutes: the second and the third vehicle queue on the lane."""
    bays = [bay(41, "A"), bay(10, "S", places=3), bay(70, places=4, depot=True)]
    hungry = station("A", deterministic(1.0), supply(capacity=60, initial=60, reorder_at=50))
    layout = plant(
        [line("L", [hungry])], stores=[store(stock())], fleets=[fleet(bays, 4, handling_s=120.0, zone_m=5.0)]
    )
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    run = Run(plan, state)
    lane: set[int] = set()
    while state.now_ns < 20 * MINUTE_NS:
        proceed(run, state.heap[0][0])
        holds(plan, state)
        waiting = [vehicle for vehicle in state.logistics.vehicles if vehicle.bay < 0 and vehicle.phase == WAITING]
        lane.update(vehicle.zone for vehicle in waiting)
    assert {7, 6} <= lane  # the bay is in zone 8; they stand at the ends of the two before it
    assert sum(vehicle.waited_ns for vehicle in state.logistics.vehicles) > 5 * MINUTE_NS


def test_a_blocked_zone_stops_everybody_before_it() -> None:
    plan = plan_plant(kanban_plant())
    state = start_plant(plan, 1)
    run = Run(plan, state)
    block_zone(run, 0, 19)
    advance(plan, state, 10 * MINUTE_NS)
    assert [vehicle.zone for vehicle in state.logistics.vehicles if vehicle.bay < 0] == [18, 17]
    assert state.logistics.supplies[0].short_since_ns >= 0
    open_zone(run, 0, 19)
    advance(plan, state, 20 * MINUTE_NS)
    assert state.logistics.fleets[0].delivered > 3
