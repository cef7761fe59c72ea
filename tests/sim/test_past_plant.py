"""The whole default plant from a recording: it is as it was, nothing is lost, and it goes on as the plant does."""

from __future__ import annotations

import copy
from collections import defaultdict

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, told_by_kernel
from tests.sim.test_past import EPOCH_NS
from twin.history.memory import MemoryRecording
from twin.history.recording import Gap, Origin
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import advance
from twin.sim.levels import levels
from twin.sim.logistics.state import STORED
from twin.sim.past.known import plant_speed
from twin.sim.past.recovery import Recovered, state_from_recording
from twin.sim.plan import Plan, plan_plant
from twin.sim.recorded import PlantRecorder
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState
from twin.sim.statistics import warm_plant

INSTANTS = {"Departed", "Arrives", "CycleStarted", "TruckTurns"}
FINAL_LINES = slice(-8, None)


class Lived:
    """The default plant, recorded for five minutes once its lines are full, and what is recovered of it."""

    def __init__(self) -> None:
        self.layout: Layout = read_layout(SHIPPED / "default.json")
        self.plan: Plan = plan_plant(self.layout)
        self.state: PlantState = warm_plant(self.plan, 3, 0.7, EPOCH_NS)
        self.recording = MemoryRecording(Origin.SIMULATION)
        recorder = PlantRecorder(self.layout, self.plan, self.state, self.recording)
        recorder.write_levels()
        recorder.run(self.state.now_ns + 5 * MINUTE_NS)
        self.recording.refresh()
        self.recovered: Recovered = state_from_recording(self.plan, self.recording, self.now_ns, seed=5)

    @property
    def now_ns(self) -> int:
        return self.state.now_ns + EPOCH_NS


@pytest.fixture(scope="module")
def lived() -> Lived:
    return Lived()


@pytest.fixture(scope="module")
def later(lived: Lived) -> PlantState:
    """The recovered plant an hour on."""
    state = copy.deepcopy(lived.recovered.state)
    advance(lived.plan, state, state.now_ns + HOUR_NS)
    return state


def test_every_level_is_as_it_was(lived: Lived) -> None:
    """Instants to the microsecond, which is as well as a recording knows them."""
    state = lived.recovered.state
    found = {(each.owner, each.tag): each.value for each in told_by_kernel(lived.plan, levels(lived.plan, state))}
    true = told_by_kernel(lived.plan, levels(lived.plan, lived.state))
    assert len(true) > 10_000
    for level in true:
        value = found[level.owner, level.tag]
        if level.tag in INSTANTS:
            age_ns, true_age_ns = state.now_ns - int(value), lived.state.now_ns - int(level.value)
            assert abs(age_ns - true_age_ns) < 1000, level
        else:
            assert value == level.value, level


def test_the_recording_knows_all_that_is_asked_of_it(lived: Lived) -> None:
    assert lived.recovered.unknown == ()
    assert lived.recovered.speed == 1.0


def balances(plan: Plan, state: PlantState) -> None:
    """Nothing is lost: units of lines, kits, goods in cells."""
    inside: dict[int, int] = defaultdict(int)
    serials: dict[int, list[int]] = defaultdict(list)
    for at, station in zip(plan.stations, state.stations, strict=True):
        units = [*station.units, *station.queue, *station.returning]
        inside[at.line] += len(units)
        serials[at.line] += [unit.serial for unit in units]
    for number, line in enumerate(state.lines):
        assert line.entered == line.finished + line.scrapped + inside[number], plan.lines[number].id
        assert len(set(serials[number])) == len(serials[number]), plan.lines[number].id
    coming: dict[int, int] = defaultdict(int)
    for stock in state.logistics.stocks:
        for supply in stock.requests:
            coming[supply] += 1
    orders = [order for fleet in state.logistics.fleets for order in fleet.orders]
    orders += [vehicle.order for vehicle in state.logistics.vehicles if vehicle.order is not None]
    for order in orders:
        coming[order.what] += order.kind == 0
    for number, line_side in enumerate(state.logistics.supplies):
        kit = plan.logistics.supplies[number]
        assert line_side.on_way == coming[number] * kit.kit, kit.id
        assert line_side.pieces == sum(pieces for _, pieces in line_side.lots)
    house = state.logistics.warehouse
    assert house is not None
    carried = sum(len(vehicle.order.goods) for vehicle in state.logistics.vehicles if vehicle.order is not None)
    at_ends = sum(len(output.goods) for output in state.logistics.outputs)
    tasks = len(house.tasks) + sum(bool(crane) for crane in house.cranes)
    assert house.cells == carried + at_ends + tasks + len(house.stored)


def test_nothing_is_lost(lived: Lived, later: PlantState) -> None:
    balances(lived.plan, lived.state)
    balances(lived.plan, lived.recovered.state)
    balances(lived.plan, later)


def test_nobody_shares_a_zone_or_a_place(lived: Lived) -> None:
    logistics = lived.recovered.state.logistics
    for plan, fleet in zip(lived.plan.logistics.fleets, logistics.fleets, strict=True):
        own = range(plan.first, plan.first + len(plan.ids))
        zones = [logistics.vehicles[number].zone for number in own if logistics.vehicles[number].bay < 0]
        assert len(set(zones)) == len(zones)
        assert all(fleet.holder[logistics.vehicles[n].zone] == n for n in own if logistics.vehicles[n].bay < 0)
        places = [
            (logistics.vehicles[n].bay, logistics.vehicles[n].place) for n in own if logistics.vehicles[n].bay >= 0
        ]
        assert len(set(places)) == len(places)
        assert all(taken <= bay.places for taken, bay in zip(fleet.taken, plan.bays, strict=True))


def test_the_book_agrees_with_the_warehouse(lived: Lived) -> None:
    state = lived.recovered.state
    orders, true = state.orders, lived.state.orders
    assert orders is not None
    assert true is not None
    assert len(orders.orders) == len(true.orders)
    stored = {number for number, goods in enumerate(state.logistics.goods) if goods.where == STORED}
    assert stored <= {goods.stored for goods in orders.goods}
    assert all(unit.job < 0 or any(job.number == unit.job for job in orders.jobs) for unit in state.stations[-1].units)


def test_the_final_lines_go_on_as_they_would_have(lived: Lived, later: PlantState) -> None:
    true = copy.deepcopy(lived.state)
    advance(lived.plan, true, true.now_ns + HOUR_NS)
    made = [now.finished - then.finished for now, then in zip(later.lines, lived.recovered.state.lines, strict=True)]
    would = [now.finished - then.finished for now, then in zip(true.lines, lived.state.lines, strict=True)]
    assert sum(would[FINAL_LINES]) > 700
    assert sum(made[FINAL_LINES]) == pytest.approx(sum(would[FINAL_LINES]), rel=0.1)


def test_nobody_waits_for_ever_for_a_kit(later: PlantState) -> None:
    waits = [supply.short_since_ns for supply in later.logistics.supplies if supply.short_since_ns >= 0]
    assert all(later.now_ns - since_ns < HOUR_NS // 2 for since_ns in waits)


def test_it_can_be_saved(lived: Lived) -> None:
    state = lived.recovered.state
    assert restore_state(lived.layout, save_state(lived.layout, state)) == state


def test_the_speed_of_a_recorded_plant_shows_in_its_moves(lived: Lived) -> None:
    assert plant_speed(lived.plan, lived.recording, lived.now_ns) == 1.0


def test_what_a_gap_makes_stale_is_not_known(lived: Lived) -> None:
    """Recorded until somebody pulled the plug: a minute later nobody knows anything any more."""
    start_ns = lived.recording.end_ns
    lived.recording.append_gap(Gap("recorder", start_ns, start_ns + 2 * MINUTE_NS, "killed"))
    lived.recording.heartbeat(start_ns + 2 * MINUTE_NS)
    lived.recording.refresh()
    recovered = state_from_recording(lived.plan, lived.recording, start_ns + MINUTE_NS)
    assert len(recovered.unknown) > 5000
    balances(lived.plan, recovered.state)
