"""The trace: what it says of a stretch and the state before it say together is what the state after it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, MINUTE_NS, bernoulli_line, deterministic, exponential, failure, serial_line
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import advance, proceed, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.state import OFF, PlantState
from twin.sim.trace import COURSE, FINISH, Trace, columns, course, courses, finish

STOPS = [failure("breakdown", exponential(300.0), exponential(100.0))]
BUSY = serial_line([exponential()] * 4, 2, failures=STOPS, carriers=9, places=3, reject_probability=0.1)
PARALLEL = serial_line([exponential()] * 3, 2, failures=STOPS, places=4, order="parallel")
EXECUTE = int(State.EXECUTE)


def rows(flat: list[int], width: int) -> list[tuple[int, ...]]:
    return [tuple(flat[at : at + width]) for at in range(0, len(flat), width)]


def later(row: tuple[int, ...], now_ns: int) -> tuple[int, ...]:
    """A course some time later."""
    time_ns, index, state, work, off_ns, *unit = row
    since_ns = now_ns - time_ns
    return (
        now_ns, index, state, work + since_ns * (state == EXECUTE), off_ns + since_ns * (state in OFF), *unit,
    )  # fmt: skip


def traced(plan: Plan, state: PlantState, until_ns: int) -> Trace:
    trace = Trace()
    proceed(Run(plan, state, None, trace), until_ns)
    state.now_ns = until_ns
    return trace


@FEW
@given(seed=st.integers(0, 2**32), at_ns=st.integers(0, 20 * MINUTE_NS), lasts_ns=st.integers(0, 5 * MINUTE_NS))
@pytest.mark.parametrize("layout", [BUSY, bernoulli_line(2), PARALLEL], ids=["carousels", "slotted", "parallel"])
def test_courses_and_the_trace_after_them_are_the_courses_later(
    layout: Layout, seed: int, at_ns: int, lasts_ns: int
) -> None:
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    advance(plan, state, at_ns)
    newest = {row[1]: row for row in rows(courses(state), len(COURSE))}
    trace = traced(plan, state, at_ns + lasts_ns)
    newest |= {row[1]: row for row in rows(trace.courses, len(COURSE))}
    assert [later(newest[at], state.now_ns) for at in sorted(newest)] == rows(courses(state), len(COURSE))


def test_finishes_are_every_unit_in_turn_and_how_it_came_out() -> None:
    plan = plan_plant(BUSY)
    state = start_plant(plan, 1)
    finishes = columns(traced(plan, state, HOUR_NS).finishes, FINISH)
    for index, station in enumerate(state.stations):
        here = finishes["station"] == index
        assert finishes["number"][here].tolist() == list(range(station.processed))
        assert finishes["rejected"][here].sum() == station.defective > 0
        assert [int(column[here][-1]) for column in finishes.values()] == list(finish(station, index))
    assert (finishes["time_ns"][1:] >= finishes["time_ns"][:-1]).all()


def test_the_unit_in_the_first_place_is_known_by_its_serial() -> None:
    """Three places: units 1, 4, 7, … come to the first one, and each stays there until it is finished."""
    plan = plan_plant(serial_line([deterministic(30.0)], 0, places=3))
    state = start_plant(plan, 1)
    trace = columns(traced(plan, state, 5 * MINUTE_NS).courses, COURSE)
    units = [serial for serial in trace["serial"].tolist() if serial >= 0]
    assert sorted(set(units)) == [*range(4, 34, 3)]
    here = trace["serial"] == 10
    assert (trace["end_work"][here] - trace["begun_work"][here] == 30 * 10**9).all()


def test_an_empty_station_has_no_unit_in_its_course() -> None:
    plan = plan_plant(serial_line([deterministic(10.0)] * 2, 2))
    state = start_plant(plan, 1)
    assert course(state.stations[1], 1, 0)[3:] == (0, 0, -1, -1, -1, -1)


def test_tracing_changes_nothing() -> None:
    plan = plan_plant(BUSY)
    one, other = start_plant(plan, 5), start_plant(plan, 5)
    traced(plan, one, HOUR_NS)
    advance(plan, other, HOUR_NS)
    assert one == other
