"""The kernel's promises: one future for each state, however it is reached, and messages that tell all of it."""

from __future__ import annotations

import copy
import json
import pickle
from collections import deque
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import (
    FEW,
    HOUR_NS,
    MINUTE_NS,
    exponential,
    failure,
    outdoor_line,
    serial_line,
    told_by_kernel,
)
from twin.sim.kernel import advance, next_event_ns, proceed, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Value
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.signals.observe import observe
from twin.sim.state import PlantState


def written(state: PlantState) -> str:
    return json.dumps(asdict(state), default=lambda it: list(it) if isinstance(it, deque) else asdict(it))


def known(changes: list[Change]) -> dict[tuple[str, str], Value]:
    return {(change.owner, change.tag): change.value for change in changes}


@FEW
@given(seed=st.integers(0, 2**63), cuts=st.lists(st.integers(0, 35 * MINUTE_NS), max_size=6))
def test_however_the_way_is_cut_the_plant_is_the_same(outdoor: Plan, seed: int, cuts: list[int]) -> None:
    straight, stepwise = start_plant(outdoor, seed), start_plant(outdoor, seed)
    messages = advance(outdoor, straight, 35 * MINUTE_NS)
    pieces = [message for cut in [*sorted(cuts), 35 * MINUTE_NS] for message in advance(outdoor, stepwise, cut)]
    assert pieces == messages
    assert written(stepwise) == written(straight)


@FEW
@given(seed=st.integers(0, 2**32), at_ns=st.integers(0, 30 * MINUTE_NS))
def test_a_fork_lives_as_the_original_does(outdoor: Plan, seed: int, at_ns: int) -> None:
    original = start_plant(outdoor, seed)
    advance(outdoor, original, at_ns)
    fork, saved = copy.deepcopy(original), pickle.dumps(original)
    messages = advance(outdoor, original, 35 * MINUTE_NS)
    assert advance(outdoor, fork, 35 * MINUTE_NS) == messages
    assert advance(plan_plant(outdoor_line()), pickle.loads(saved), 35 * MINUTE_NS) == messages
    assert written(fork) == written(original)


@FEW
@given(seed=st.integers(0, 2**32), at_ns=st.integers(0, HOUR_NS))
def test_levels_and_the_changes_after_them_are_the_levels_later(outdoor: Plan, seed: int, at_ns: int) -> None:
    state = start_plant(outdoor, seed)
    advance(outdoor, state, at_ns)
    before = known(told_by_kernel(outdoor, levels(outdoor, state)))
    changes = [m for m in advance(outdoor, state, at_ns + 20 * MINUTE_NS) if isinstance(m, Change)]
    after = known(told_by_kernel(outdoor, levels(outdoor, state)))
    assert before | known(changes) == after


def test_messages_come_in_order_of_time_and_within_the_span_asked_for(outdoor: Plan) -> None:
    state = start_plant(outdoor, 5)
    advance(outdoor, state, 10 * MINUTE_NS)
    times = [message.time_ns for message in advance(outdoor, state, 30 * MINUTE_NS)]
    assert times == sorted(times)
    assert 10 * MINUTE_NS < times[0] <= times[-1] <= 30 * MINUTE_NS


def test_listening_changes_nothing(outdoor: Plan) -> None:
    heard, unheard = start_plant(outdoor, 3), start_plant(outdoor, 3)
    advance(outdoor, heard, HOUR_NS)
    proceed(Run(outdoor, unheard), HOUR_NS)
    unheard.now_ns = HOUR_NS
    assert written(heard) == written(unheard)


def test_seeds_make_different_plants(outdoor: Plan) -> None:
    one, other = start_plant(outdoor, 1), start_plant(outdoor, 2)
    assert advance(outdoor, one, MINUTE_NS) != advance(outdoor, other, MINUTE_NS)


def test_nothing_happens_between_events(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    advance(outdoor, state, HOUR_NS)
    for _ in range(200):
        due_ns = next_event_ns(state)
        assert due_ns is not None
        assert due_ns > state.now_ns
        assert advance(outdoor, state, due_ns - 1) == []
        advance(outdoor, state, due_ns)


def test_every_tag_told_is_one_the_layout_has_and_every_tag_gets_a_value(outdoor: Plan) -> None:
    layout = outdoor_line()
    tags = {(owner.id, tag.id) for owner in layout.owners for tag in owner.tags}
    state = start_plant(outdoor, 1)
    told = {(m.owner, m.tag) for m in observe(outdoor, state, HOUR_NS).in_order(outdoor) if isinstance(m, Change)}
    assert told <= tags
    assert known(levels(outdoor, state)).keys() == tags


def test_futures_that_differ_in_one_fault_share_all_other_chances() -> None:
    faulty = [failure("breakdown", exponential(50.0), exponential(20.0))]
    cycles = []
    for failures in ([], faulty):
        plan = plan_plant(serial_line([exponential()] * 2, 4, failures=failures))
        state = start_plant(plan, 1)
        messages = advance(plan, state, 20 * MINUTE_NS)
        cycles.append([m.value for m in messages if isinstance(m, Change) and (m.owner, m.tag) == ("M2", "CycleTime")])
    shorter = min(map(len, cycles))
    assert shorter > 100
    assert cycles[0][:shorter] == cycles[1][:shorter]
    assert len(cycles[0]) > len(cycles[1])


def test_heap_holds_what_is_due_and_little_else(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    advance(outdoor, state, 4 * HOUR_NS)
    assert len(state.heap) < 200
