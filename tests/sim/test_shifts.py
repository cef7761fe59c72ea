"""Shifts and breaks: production stops and starts by the calendar, keeps its units, and loses no time beyond."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import (
    FEW,
    HOUR_NS,
    MINUTE_NS,
    deterministic,
    exponential,
    failure,
    outdoor_line,
    serial_line,
    told_by_kernel,
)
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Message
from twin.sim.plan import plan_plant
from twin.sim.saved import restore_state, save_state
from twin.sim.sums import sums

NAME = {"en": "Shift", "zh_CN": "班次"}
STOPS = [
    failure("breakdown", exponential(900.0), exponential(300.0)),
    failure("minor_stop", exponential(300.0), exponential(20.0)),
]


def with_shift(layout: Layout, start: str, end: str, *breaks: tuple[str, str]) -> Layout:
    """The layout with one shift, in UTC."""
    raw = layout.model_dump(mode="json", by_alias=True)
    pauses = [{"start": one, "end": other} for one, other in breaks]
    shift: dict[str, Any] = {"id": "shift", "name": NAME, "start": start, "end": end, "breaks": pauses}
    return Layout.model_validate(raw | {"shifts": [shift], "timezone": "UTC"})


def entered(told: list[Message]) -> list[tuple[int, State]]:
    """When which state was entered, by any station."""
    return [(m.time_ns, State(int(m.value))) for m in told if isinstance(m, Change) and m.tag == "State"]


def test_a_break_freezes_the_service_and_the_end_of_the_shift_stops_it() -> None:
    layout = with_shift(serial_line([deterministic(7.0)], 0), "00:00", "00:10", ("00:04", "00:06"))
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    told = advance(plan, state, 25 * HOUR_NS)
    states = [(at_ns // 10**9, what) for at_ns, what in entered(told)]
    restart = [State.RESETTING, State.IDLE, State.STARTING, State.EXECUTE]
    stop = [State.STOPPING, State.STOPPED]
    day_s = 24 * 3600
    assert states == [
        (at_s, what)
        for at_s, whats in (
            (240, stop),
            (360, restart),
            (600, stop),
            (day_s, restart),
            (day_s + 240, stop),
            (day_s + 360, restart),
            (day_s + 600, stop),
        )
        for what in whats
    ]
    done = [m.time_ns // 10**9 for m in told if getattr(m, "tag", "") == "Processed"]
    assert done[33:35] == [238, 365]  # two seconds before the break, five after it
    assert len(done) == 2 * 480 // 7


def test_a_plant_opened_outside_its_shift_waits_for_it() -> None:
    plan = plan_plant(with_shift(outdoor_line(), "06:00", "14:00"))
    state = start_plant(plan, 1, epoch_ns=5 * HOUR_NS)
    advance(plan, state, HOUR_NS - 1)
    assert {station.state for station in state.stations} == {State.STOPPED}
    assert state.lines[0].entered == 0
    advance(plan, state, HOUR_NS + 5 * MINUTE_NS)
    assert state.lines[0].entered > 5
    assert State.STOPPED not in {station.state for station in state.stations}


@FEW
@given(seed=st.integers(0, 2**32), cuts=st.lists(st.integers(0, 80 * MINUTE_NS), max_size=4))
def test_breaks_stop_all_and_only_pause(seed: int, cuts: list[int]) -> None:
    layout = with_shift(
        outdoor_line(failures=STOPS, reject_probability=0.03), "00:00", "01:15", ("00:25", "00:35"), ("00:50", "00:51")
    )
    plan = plan_plant(layout)
    state, cut = start_plant(plan, seed), start_plant(plan, seed)
    before = told_by_kernel(plan, levels(plan, state))
    told = advance(plan, state, 80 * MINUTE_NS)
    pieces = []
    for until_ns in [*sorted(cuts), 80 * MINUTE_NS]:
        pieces += advance(plan, cut, until_ns)
        cut = restore_state(layout, save_state(layout, cut))
    assert pieces == told
    assert cut == state
    now = {(m.owner, m.tag): m.value for m in [*before, *(m for m in told if isinstance(m, Change))]}
    assert now == {(m.owner, m.tag): m.value for m in told_by_kernel(plan, levels(plan, state))}
    for start_ns, end_ns in ((25, 35), (50, 51), (75, 80)):
        quiet = range(start_ns * MINUTE_NS + 1_100_000_000, end_ns * MINUTE_NS)
        assert not [m for m in told if m.time_ns in quiet and getattr(m, "tag", "") in ("Processed", "CycleStarted")]
        assert (State.EXECUTE, True) not in {(what, at_ns in quiet) for at_ns, what in entered(told)}
    total = sums(plan, state)
    for at in plan.stations:
        assert sum(total["state", at.id, kind.label] for kind in State) == 80 * MINUTE_NS
    line = state.lines[0]
    inside = sum(len(s.units) + len(s.queue) + len(s.returning) for s in state.stations)
    assert line.entered == line.finished + line.scrapped + inside
    assert line.entered > 20


def test_stations_are_repaired_in_a_break_and_stay_stopped() -> None:
    stop = failure("breakdown", deterministic(230.0), deterministic(60.0))
    plan = plan_plant(
        with_shift(serial_line([deterministic(7.0)], 0, failures=[stop]), "00:00", "01:00", ("00:04", "00:10"))
    )
    state = start_plant(plan, 1)
    told = advance(plan, state, 20 * MINUTE_NS)
    states = [(at_ns // 10**9, what) for at_ns, what in entered(told)]
    assert (230, State.ABORTED) in states
    assert (290, State.STOPPED) in states
    assert (600, State.EXECUTE) in states
    assert not [at_s for at_s, _ in states if 290 < at_s < 600]
