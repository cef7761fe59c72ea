"""Effects of malfunctions beyond stations: conveyors, robots, wires, technicians, floods of alarms."""

from __future__ import annotations

import copy

from tests.sim.lines import MINUTE_NS, deterministic, failure, serial_line
from tests.sim.training.factory import WARM_NS, changes, fork, hit, mean, plant, undisturbed
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Alarm, Change, Message
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.signals.observe import observe
from twin.sim.signals.reading import read_one
from twin.sim.training.malfunctions import active_alarms, clear, inject


def test_a_slow_conveyor_takes_longer_between_stations() -> None:
    def moves(told: list[Message]) -> list[float]:
        ends = zip(changes(told, "OF1/C01", "Departed"), changes(told, "OF1/C01", "Arrives"), strict=False)
        return [abs(arrives - departed) for departed, arrives in ends]

    _, state, told = hit("conveyor-slow")
    assert state.lines[0].slower == 3.0
    assert mean(moves(told)) > 2 * mean(moves(undisturbed()[1]))


def test_a_stopped_robot_stands_still_until_it_is_cleared() -> None:
    target, state, told = hit("robot-stopped")
    plan = plant()[1]
    state = copy.deepcopy(state)
    assert state.logistics.vehicles[0].halted
    assert len(changes(told, target, "Departed")) <= 1
    out: list[Message] = []
    clear(Run(plan, state, out), state.training.active[0].number)
    out += advance(plan, state, state.now_ns + 30 * MINUTE_NS)
    assert len(changes(out, target, "Departed")) > 3


def test_a_lost_network_and_a_wrong_clock_are_faults_of_the_wire() -> None:
    (silent,), (skew,) = hit("network-loss")[1].wire_faults, hit("clock-skew")[1].wire_faults
    assert (silent.line, silent.kind, silent.since_ns, silent.until_ns) == (0, "silent", WARM_NS, -1)
    assert (skew.kind, skew.amount_s) == ("skew", 60.0)


def test_absent_technicians_let_stations_wait() -> None:
    stop = failure("breakdown", deterministic(50.0), deterministic(20.0))
    raw = serial_line([deterministic(7.0)], 0, failures=[stop]).model_dump(mode="json", by_alias=True)
    raw["areas"][0]["technicians"] = 1
    plan = plan_plant(Layout.model_validate(raw))
    state = start_plant(plan, 1)
    number = inject(Run(plan, state), "technician-absent", "area")
    advance(plan, state, 10 * MINUTE_NS)
    assert (state.stations[0].state, state.stations[0].processed) == (State.ABORTED, 7)
    clear(Run(plan, state), number)
    advance(plan, state, state.now_ns + MINUTE_NS)
    assert state.stations[0].processed > 7


def test_air_loss_is_a_flood_of_alarms_that_ends_with_it() -> None:
    plan, state = fork()
    told: list[Message] = []
    number = inject(Run(plan, state, told), "air-loss", "area-OF1")
    told += advance(plan, state, WARM_NS + MINUTE_NS)
    alarms = [m for m in told if isinstance(m, Alarm)]
    assert len(alarms) >= 40
    assert len({m.time_ns for m in alarms}) > 30
    assert len({(m.source, m.condition) for m in alarms}) == len(alarms)
    assert {state.stations[at.index].state for at in plan.stations if at.line == 0} == {State.HELD}
    assert len(active_alarms(Run(plan, state))) == len(alarms)
    out: list[Message] = []
    clear(Run(plan, state, out), number)
    assert {(m.source, m.condition) for m in out if isinstance(m, Alarm) and not m.active} == {
        (m.source, m.condition) for m in alarms
    }
    assert active_alarms(Run(plan, state)) == []


def test_a_weaker_air_loss_reaches_fewer_stations() -> None:
    counts = []
    for severity in (0.3, 1.0):
        plan, state = fork()
        inject(Run(plan, state), "air-loss", "area-WM1", severity)
        advance(plan, state, WARM_NS + 2 * MINUTE_NS)
        counts.append(sum(station.forced > 0 for station in state.stations))
    assert 0 < counts[0] < counts[1] == 22


def test_a_breakdown_takes_a_technician_for_as_long_as_it_lasts() -> None:
    plan = plan_plant(serial_line([deterministic(7.0)], 0))
    state = start_plant(plan, 1)
    advance(plan, state, MINUTE_NS)
    told: list[Message] = []
    inject(Run(plan, state, told), "breakdown", "M1", 1.0, 5 * MINUTE_NS)
    assert state.crews[0].busy == 1
    told += advance(plan, state, 10 * MINUTE_NS)
    assert state.crews[0].busy == 0
    states = [(m.time_ns // 10**9, m.value) for m in told if isinstance(m, Change) and m.tag == "State"]
    assert states[:3] == [(60, State.ABORTING), (60, State.ABORTED), (360, State.CLEARING)]


def test_a_flat_robot_stands_where_it_is() -> None:
    target, state, _ = hit("robot-battery")
    number = [vehicle.id for vehicle in plant()[0].vehicles].index(target)
    before, vehicle = undisturbed()[0].logistics.vehicles[number], state.logistics.vehicles[number]
    assert before.charge > 0.2
    assert vehicle.charge < before.charge


def test_nobody_enters_a_blocked_zone_until_it_is_open_again() -> None:
    target, state, _ = hit("blocked-aisle")
    assert target == plant()[0].fleets[0].id
    assert sum(state.logistics.fleets[0].blocked_zones) == 1
    delivered = state.logistics.fleets[0].delivered
    assert delivered < undisturbed()[0].logistics.fleets[0].delivered
    plan, state = plant()[1], copy.deepcopy(state)
    clear(Run(plan, state), state.training.active[0].number)
    advance(plan, state, state.now_ns + 30 * MINUTE_NS)
    assert sum(state.logistics.fleets[0].blocked_zones) == 0
    assert state.logistics.fleets[0].delivered > delivered


def test_an_empty_store_lets_stations_wait_for_what_is_bought() -> None:
    plan, state = fork()
    inject(Run(plan, state), "store-empty", plant()[0].stores[0].id)
    for at, stock in zip(plan.logistics.stocks, state.logistics.stocks, strict=True):
        assert (stock.pieces, stock.lots) == (0, [])
        assert stock.on_order > at.reorder_at
    asked = sum(len(stock.requests) for stock in hit("store-empty")[1].logistics.stocks)
    assert asked > sum(len(stock.requests) for stock in undisturbed()[0].logistics.stocks)


def test_a_stuck_sensor_goes_on_reading_what_it_read() -> None:
    plan, state = fork()
    signal = next(n for n, at in enumerate(plan.signals) if (at.owner, at.tag.id) == ("OF1-14", "Background"))
    before = read_one(plan, state, signal)
    inject(Run(plan, state), "sensor-stuck", "OF1-14/Background")
    later = observe(plan, state, state.now_ns + 2 * MINUTE_NS).samples
    assert set(later.value[later.signal == signal]) == {before}
