"""PackML in the simulated plant: legal transitions only, the right ones for each cause, and ageing only at work."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, deterministic, exponential, failure, outdoor_line, serial_line
from twin.plant.layout import Layout
from twin.plant.packml import TRANSITIONS, State
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident
from twin.sim.plan import Plan, plan_plant
from twin.sim.sums import sums

LEGAL = {(before, after) for (before, _), after in TRANSITIONS.items()}
FAULTY = [
    failure("minor_stop", exponential(300.0), exponential(20.0)),
    failure("breakdown", exponential(600.0), exponential(60.0)),
]


def histories(plan: Plan, seed: int, until_ns: int) -> dict[str, list[State]]:
    """The states of each station, in order, the first included."""
    state = start_plant(plan, seed)
    told = [*levels(plan, state), *advance(plan, state, until_ns)]
    return {
        at.id: [State(int(m.value)) for m in told if isinstance(m, Change) and (m.owner, m.tag) == (at.id, "State")]
        for at in plan.stations
    }


@FEW
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize(
    "layout", [outdoor_line(failures=FAULTY), serial_line([exponential()] * 3, 1, failures=FAULTY)]
)
def test_every_change_of_state_is_a_legal_transition(layout: Layout, seed: int) -> None:
    seen = set()
    for states in histories(plan_plant(layout), seed, HOUR_NS // 2).values():
        seen |= set(pairwise(states))
    assert seen <= LEGAL
    assert (State.ABORTED, State.CLEARING) in seen
    assert (State.HELD, State.UNHOLDING) in seen
    assert (State.SUSPENDED, State.UNSUSPENDING) in seen


@pytest.mark.parametrize(
    ("mode", "way"),
    [
        ("minor_stop", [State.EXECUTE, State.HOLDING, State.HELD, State.UNHOLDING, State.EXECUTE]),
        (
            "breakdown",
            [
                State.EXECUTE, State.ABORTING, State.ABORTED, State.CLEARING, State.STOPPED,
                State.RESETTING, State.IDLE, State.STARTING, State.EXECUTE,
            ],
        ),
    ],
)  # fmt: skip
def test_a_stop_takes_the_way_of_its_kind_and_is_reported(mode: str, way: list[State]) -> None:
    stops = [failure(mode, deterministic(100.5), deterministic(10.0))]
    plan = plan_plant(serial_line([deterministic()], 0, failures=stops))
    state = start_plant(plan, 1)
    messages = advance(plan, state, 150_000_000_000)
    states = [m.value for m in messages if isinstance(m, Change) and m.tag == "State"]
    assert states == way[1:]
    told = [(m.time_ns, m.source, m.kind) for m in messages if isinstance(m, Incident)]
    assert told == [(100_500_000_000, "M1", mode), (110_500_000_000, "M1", "repaired")]


def test_a_stop_freezes_the_service_and_repair_lets_it_go_on() -> None:
    stops = [failure("minor_stop", deterministic(100.5), deterministic(10.0))]
    plan = plan_plant(serial_line([deterministic(2.0)], 0, failures=stops))
    state = start_plant(plan, 1)
    finished = [m.time_ns / 1e9 for m in advance(plan, state, 120 * 10**9) if getattr(m, "tag", "") == "Processed"]
    assert finished[49:52] == [100.0, 112.0, 114.0]


def test_a_station_ages_only_while_it_executes() -> None:
    stops = [failure("minor_stop", deterministic(10.0), deterministic(1.0))]
    plan = plan_plant(serial_line([deterministic(4.0), deterministic(1.0)], 0, failures=stops))
    state = start_plant(plan, 1)
    told = [m for m in advance(plan, state, 200 * 10**9) if isinstance(m, Incident) and m.source == "M2"]
    worked = sums(plan, state)["state", "M2", "Execute"] / 1e9
    assert [m.kind for m in told].count("minor_stop") == worked // 10


@FEW
@given(seed=st.integers(0, 2**32))
def test_time_in_state_sums_to_the_clock(outdoor: Plan, seed: int) -> None:
    state = start_plant(outdoor, seed)
    advance(outdoor, state, HOUR_NS)
    total = sums(outdoor, state)
    for at in outdoor.stations:
        assert sum(total["state", at.id, kind.label] for kind in State) == HOUR_NS


def test_starved_and_blocked_stations_are_suspended_and_say_why(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    seen = set()
    for _ in range(300):
        advance(outdoor, state, state.now_ns + 20 * 10**9)
        now = {(change.owner, change.tag): change.value for change in levels(outdoor, state)}
        for at in outdoor.stations:
            assert not (now[at.id, "Starved"] and now[at.id, "Blocked"])
            assert now[at.id, "Starved"] == (now[at.id, "Units"] == 0)
            if now[at.id, "State"] == State.SUSPENDED:
                assert now[at.id, "Starved"] or now[at.id, "Blocked"]
                seen.add("starved" if now[at.id, "Starved"] else "blocked")
    assert seen == {"starved", "blocked"}
