"""Commands of a person: PackML's rules, and nothing that the plant does of itself undoes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, MINUTE_NS, deterministic, exponential, failure, outdoor_line, serial_line
from tests.sim.test_shifts import with_shift
from twin.plant.packml import TRANSITIONS, Command, Mode, State, after
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.losses import line_losses, line_oee
from twin.sim.messages import Change, Incident, Message
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState
from twin.sim.sums import sums
from twin.sim.training.commands import command_line, command_station, set_mode

SECOND_NS = 10**9
STOPS = [
    failure("minor_stop", exponential(200.0), exponential(20.0)),
    failure("breakdown", exponential(400.0), exponential(60.0)),
]
BUSY = with_shift(
    outdoor_line(failures=STOPS, reject_probability=0.02), "00:00", "01:00", ("00:20", "00:25"), ("00:40", "00:41")
)
ORDERS = st.tuples(
    st.integers(1, 4 * MINUTE_NS), st.integers(-1, 13), st.sampled_from([o for o in Command if o != "StateComplete"])
)
LEGAL = {(before, later) for (before, _), later in TRANSITIONS.items()}


def started(plan: Plan, until_s: float = 60.0) -> tuple[Run, PlantState]:
    state = start_plant(plan, 1)
    advance(plan, state, round(until_s * SECOND_NS))
    return Run(plan, state, []), state


def later(run: Run, seconds: float) -> list[Message]:
    return advance(run.plan, run.state, run.state.now_ns + round(seconds * SECOND_NS))


def alone(*stops: dict[str, object]) -> Plan:
    """A station that is never starved nor blocked."""
    return plan_plant(serial_line([deterministic(7.0)], 0, failures=stops))


@FEW
@given(seed=st.integers(0, 2**32), orders=st.lists(ORDERS, max_size=30))
def test_whatever_is_commanded_only_legal_transitions_happen_and_nothing_is_lost(
    seed: int, orders: list[tuple[int, int, Command]]
) -> None:
    plan = plan_plant(BUSY)
    state = start_plant(plan, seed)
    told: list[Message] = [*levels(plan, state)]
    for wait_ns, index, order in orders:
        told += advance(plan, state, state.now_ns + wait_ns)
        run = Run(plan, state, told)
        if index < 0:
            command_line(run, 0, order)
            continue
        before = State(state.stations[index].state)
        taken = command_station(run, index, order)
        if taken and state.stations[index].state != before:
            assert after(before, order) is not None
        state = restore_state(BUSY, save_state(BUSY, state))
    told += advance(plan, state, state.now_ns + 5 * MINUTE_NS)
    for at, station in zip(plan.stations, state.stations, strict=True):
        states = [State(int(m.value)) for m in told if isinstance(m, Change) and (m.owner, m.tag) == (at.id, "State")]
        assert set(pairwise(states)) <= LEGAL
        assert states[-1] == station.state
        total = sums(plan, state)
        assert sum(total["state", at.id, kind.label] for kind in State) == state.now_ns
    line, crew = state.lines[0], state.crews[0]
    assert line.entered == line.finished + line.scrapped + sum(
        len(s.units) + len(s.queue) + len(s.returning) for s in state.stations
    )
    assert crew.busy == sum(s.attended for s in state.stations) <= plan.technicians[0]


@FEW
@given(orders=st.lists(ORDERS, min_size=1, max_size=12))
def test_after_start_or_unhold_everywhere_the_line_delivers_again(orders: list[tuple[int, int, Command]]) -> None:
    layout = outdoor_line(failures=STOPS[:1])
    plan = plan_plant(layout)
    run, state = started(plan, 600.0)
    for wait_ns, index, order in orders:
        later(run, wait_ns / SECOND_NS)
        command_line(run, 0, order) if index < 0 else command_station(run, index, order)
    for order in (Command.UNHOLD, Command.UNSUSPEND, Command.CLEAR, Command.RESET, Command.START):
        later(run, 120)
        command_line(run, 0, order)
    later(run, 120)
    assert {station.kept for station in state.stations} == {0}
    before = state.lines[0].finished
    later(run, 2400)
    assert state.lines[0].finished > before + 20


@pytest.mark.parametrize(
    ("orders", "state"),
    [
        ([Command.HOLD], State.HELD),
        ([Command.STOP], State.STOPPED),
        ([Command.ABORT], State.ABORTED),
        ([Command.SUSPEND], State.SUSPENDED),
        ([Command.COMPLETE], State.COMPLETE),
        ([Command.ABORT, Command.CLEAR], State.STOPPED),
        ([Command.STOP, Command.RESET], State.IDLE),
    ],
)
def test_a_station_stays_where_it_was_commanded(orders: list[Command], state: State) -> None:
    run, plant = started(alone())
    for order in orders:
        assert command_station(run, 0, order)
    done = plant.stations[0].processed
    later(run, 3600)
    assert plant.stations[0].state == state
    assert plant.stations[0].processed == done


@pytest.mark.parametrize(
    "orders",
    [
        [Command.HOLD, Command.UNHOLD],
        [Command.SUSPEND, Command.UNSUSPEND],
        [Command.STOP, Command.RESET, Command.START],
        [Command.ABORT, Command.CLEAR, Command.RESET, Command.START],
        [Command.COMPLETE, Command.RESET, Command.START],
    ],
)
def test_the_way_back_to_work_is_the_standards_and_service_goes_on_where_it_stood(orders: list[Command]) -> None:
    run, _ = started(alone(), 60.0)
    for order in orders[:-1]:
        assert command_station(run, 0, order)
    later(run, 100)
    assert command_station(run, 0, orders[-1])
    finished = [m.time_ns / SECOND_NS for m in later(run, 20) if getattr(m, "tag", "") == "Processed"]
    assert finished == [163.0, 170.0, 177.0]


@pytest.mark.parametrize("order", [Command.UNHOLD, Command.START, Command.CLEAR, Command.COMPLETED])
def test_what_the_standard_does_not_allow_is_refused_and_changes_nothing(order: Command) -> None:
    layout = serial_line([deterministic(7.0)], 0)
    run, plant = started(plan_plant(layout))
    before = save_state(layout, plant)
    assert not command_station(run, 0, order)
    assert save_state(layout, plant) == before
    assert run.out == []


def test_a_second_hold_is_refused() -> None:
    run, _ = started(alone())
    assert command_station(run, 0, Command.HOLD)
    assert not command_station(run, 0, Command.HOLD)


def test_a_minor_stop_told_to_hold_does_not_clear_by_itself() -> None:
    run, plant = started(alone(failure("minor_stop", deterministic(50.0), deterministic(20.0))), 60.0)
    assert plant.stations[0].state == State.HELD
    assert command_station(run, 0, Command.HOLD)
    assert not command_station(run, 0, Command.UNHOLD)  # the jam is still there
    later(run, 600)
    assert plant.stations[0].state == State.HELD
    assert command_station(run, 0, Command.UNHOLD)
    assert plant.stations[0].state == State.EXECUTE


def test_a_broken_station_told_to_stop_is_repaired_and_stays_stopped() -> None:
    run, plant = started(alone(failure("breakdown", deterministic(50.0), deterministic(20.0))), 60.0)
    assert plant.stations[0].state == State.ABORTED
    assert not command_station(run, 0, Command.CLEAR)
    assert command_station(run, 0, Command.STOP)
    later(run, 600)
    assert plant.stations[0].state == State.STOPPED
    assert plant.crews[0].busy == 0


def test_a_broken_station_kept_aborted_lets_its_technician_go() -> None:
    run, plant = started(alone(failure("breakdown", deterministic(50.0), deterministic(20.0))), 60.0)
    assert command_station(run, 0, Command.ABORT)
    assert plant.crews[0].busy == 1
    later(run, 600)
    assert plant.stations[0].state == State.ABORTED
    assert plant.crews[0].busy == 0


def test_a_held_line_delivers_nothing_whatever_its_stations_did_before() -> None:
    plan = plan_plant(outdoor_line(failures=STOPS))
    run, plant = started(plan, 3000.0)
    assert command_line(run, 0, Command.HOLD)
    later(run, 900)
    done = [station.processed for station in plant.stations]
    later(run, 900)
    assert {station.state for station in plant.stations} == {State.HELD}
    assert [station.processed for station in plant.stations] == done


@pytest.mark.parametrize("order", [Command.HOLD, Command.STOP, Command.ABORT])
def test_the_calendar_does_not_undo_a_command(order: Command) -> None:
    layout = with_shift(serial_line([deterministic(7.0)] * 2, 1), "00:00", "01:00", ("00:04", "00:06"))
    run, plant = started(plan_plant(layout), 200.0)
    assert command_station(run, 1, order)
    kept = plant.stations[1].state
    later(run, 100)
    assert (plant.stations[0].state, plant.stations[1].state) == (State.STOPPED, kept)
    later(run, 100)
    assert plant.stations[0].state in (State.EXECUTE, State.SUSPENDED)
    assert plant.stations[1].state == kept


def test_a_station_released_in_a_break_waits_for_its_end() -> None:
    layout = with_shift(serial_line([deterministic(7.0)], 1), "00:00", "01:00", ("00:04", "00:06"))
    run, plant = started(plan_plant(layout), 200.0)
    command_station(run, 0, Command.HOLD)
    later(run, 100)
    assert command_station(run, 0, Command.UNHOLD)
    assert plant.stations[0].state == State.STOPPED
    later(run, 100)
    assert plant.stations[0].state == State.EXECUTE


def test_modes_change_only_where_production_is_off_and_maintenance_makes_nothing() -> None:
    run, plant = started(alone())
    assert not set_mode(run, 0, Mode.MAINTENANCE)
    command_station(run, 0, Command.STOP)
    assert not set_mode(run, 0, Mode.INVALID)
    assert set_mode(run, 0, Mode.MAINTENANCE)
    assert not command_station(run, 0, Command.RESET)
    assert {change.value for change in levels(run.plan, plant) if change.tag == "State"} == {State.STOPPED}
    assert set_mode(run, 0, Mode.PRODUCTION)
    assert command_station(run, 0, Command.RESET)
    assert command_station(run, 0, Command.START)
    assert plant.stations[0].state == State.EXECUTE


def test_maintenance_is_planned_downtime_and_losses_add_up_to_the_clock() -> None:
    plan = plan_plant(with_shift(serial_line([deterministic(7.0)], 0), "00:00", "01:00", ("00:10", "00:15")))
    run, plant = started(plan, 300.0)
    command_station(run, 0, Command.STOP)
    assert set_mode(run, 0, Mode.MAINTENANCE)
    later(run, 900)  # five minutes of it are a break, which nobody needs to maintain anything in
    assert set_mode(run, 0, Mode.MANUAL)
    later(run, 100)
    seen = sums(plan, plant)
    losses = line_losses(plan, plan.lines[0], seen)
    assert sum(losses.values()) == pytest.approx(1.0)
    assert losses["maintenance"] == pytest.approx(600 / 1300)
    assert losses["off by calendar"] == pytest.approx(300 / 1300)
    assert losses["breakdowns"] == pytest.approx(100 / 1300)
    assert line_oee(plan, plan.lines[0], seen).availability == pytest.approx(300 / 400)


def test_a_command_is_told(outdoor: Plan) -> None:
    run, _ = started(outdoor)
    command_station(run, 0, Command.HOLD)
    assert run.out is not None
    told = [m for m in run.out if isinstance(m, Incident)]
    assert [(m.source, m.kind, m.message) for m in told] == [("OF1-08", "action", "OF1-08 was told to hold")]
