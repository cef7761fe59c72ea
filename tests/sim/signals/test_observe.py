"""Samples: the same however a stretch is cut, saved or forked; on multiples of their periods; in order of time."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, MINUTE_NS, outdoor_line
from tests.sim.signals.plants import EVERY_KIND, every_kind, joined, table
from twin.sim.disturbance import Disturbance
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.saved import restore_state, save_state
from twin.sim.signals.observe import observe
from twin.sim.signals.reading import read_now, read_one
from twin.sim.signals.samples import Samples, changes

PLAN = plan_plant(every_kind())
STRETCH_NS = 12 * MINUTE_NS


@FEW
@given(
    seed=st.integers(0, 2**64),
    at_ns=st.integers(0, HOUR_NS),
    cuts=st.lists(st.integers(0, STRETCH_NS), max_size=8),
)
def test_however_a_stretch_is_cut_the_samples_are_the_same(seed: int, at_ns: int, cuts: list[int]) -> None:
    straight = start_plant(PLAN, seed)
    straight.disturbances.append(Disturbance(3, "noise", 1.0, 20 * MINUTE_NS, 50 * MINUTE_NS))
    advance(PLAN, straight, at_ns)
    stepwise = copy.deepcopy(straight)
    whole = observe(PLAN, straight, at_ns + STRETCH_NS)
    pieces = [observe(PLAN, stepwise, at_ns + cut) for cut in [*sorted(cuts), STRETCH_NS]]
    assert table(joined([piece.samples for piece in pieces])) == table(whole.samples)
    assert [message for piece in pieces for message in piece.messages] == whole.messages
    assert straight == stepwise
    assert len(whole.samples) > 1000


@FEW
@given(seed=st.integers(0, 2**64), at_ns=st.integers(0, HOUR_NS))
def test_a_restored_plant_reads_what_the_original_would(seed: int, at_ns: int) -> None:
    state = start_plant(PLAN, seed)
    state.disturbances.append(Disturbance(1, "offset", 2.5, at_ns))
    advance(PLAN, state, at_ns)
    again = restore_state(every_kind(), save_state(every_kind(), state))
    assert table(read_now(PLAN, again)) == table(read_now(PLAN, state))
    until_ns = at_ns + 10 * MINUTE_NS
    assert table(observe(PLAN, again, until_ns).samples) == table(observe(PLAN, state, until_ns).samples)


def test_observing_changes_nothing(outdoor: Plan) -> None:
    seen, unseen = start_plant(outdoor, 3), start_plant(outdoor, 3)
    assert observe(outdoor, seen, HOUR_NS).messages == advance(outdoor, unseen, HOUR_NS)
    assert seen == unseen


def test_samples_fall_on_multiples_of_their_period_and_miss_none() -> None:
    samples = observe(PLAN, start_plant(PLAN, 1), HOUR_NS).samples
    for number, plan in enumerate(PLAN.signals):
        if plan.signal.kind != "result":
            period_ns = round(plan.signal.period_s * 1e9)
            times = samples.time_ns[samples.signal == number]
            assert (np.diff(times) == period_ns).all()
            assert times[0] <= period_ns
            assert times[-1] > HOUR_NS - period_ns


def test_the_instruments_do_not_all_read_at_one_instant() -> None:
    samples = observe(PLAN, start_plant(PLAN, 1), MINUTE_NS).samples
    sampled = [number for number, plan in enumerate(PLAN.signals) if plan.signal.kind != "result"]
    firsts = [int(samples.time_ns[samples.signal == number][0]) for number in sampled]
    assert len(set(firsts)) > 0.8 * len(firsts)


def test_samples_come_in_order_of_time_within_the_stretch_and_so_do_messages_among_them() -> None:
    state = start_plant(PLAN, 1)
    advance(PLAN, state, 5 * MINUTE_NS)
    observed = observe(PLAN, state, 9 * MINUTE_NS)
    times = observed.samples.time_ns
    assert (np.diff(times) >= 0).all()
    assert 5 * MINUTE_NS < times[0] <= times[-1] <= 9 * MINUTE_NS
    merged = [message.time_ns for message in observed.in_order(PLAN)]
    assert merged == sorted(merged)
    assert len(merged) == len(observed.messages) + len(observed.samples)


def test_a_result_reads_as_it_was_written_last() -> None:
    state = start_plant(PLAN, 1)
    samples = observe(PLAN, state, HOUR_NS).samples
    written = {number: value for _, number, value in table(samples)}
    results = {number for number, plan in enumerate(PLAN.signals) if plan.signal.kind == "result"}
    now = {number: value for _, number, value in table(read_now(PLAN, state)) if number in results}
    assert now == {number: written[number] for number in results}


def test_a_sample_of_this_very_instant_is_what_is_read_now() -> None:
    state = start_plant(PLAN, 2)
    samples = observe(PLAN, start_plant(PLAN, 2), 20 * MINUTE_NS).samples
    at_ns = int(samples.time_ns[-1])
    advance(PLAN, state, at_ns)
    assert table(samples)[-1] in table(read_now(PLAN, state))


def test_every_signal_is_read_from_the_start_but_results() -> None:
    read = read_now(PLAN, start_plant(PLAN, 1))
    assert {PLAN.signals[number].signal.kind for number in read.signal} == set(EVERY_KIND) - {"result"}


def test_a_signal_keeps_its_values_when_another_is_added() -> None:
    more = plan_plant(every_kind(extra={"kind": "level", "mean": 1.0, "deviation": 1.0}))
    with_more = observe(more, start_plant(more, 1), 20 * MINUTE_NS)
    without = observe(PLAN, start_plant(PLAN, 1), 20 * MINUTE_NS)
    told = set(without.in_order(PLAN))
    assert told < set(with_more.in_order(more))


def test_whole_numbers_stay_whole() -> None:
    layout = every_kind(data_type="Int32")
    plan = plan_plant(layout)
    told = changes(plan, observe(plan, start_plant(plan, 1), MINUTE_NS).samples)
    assert len(told) > 60
    assert all(isinstance(change.value, int) for change in told)


def test_no_more_is_written_down_than_is_worth_it() -> None:
    samples = observe(PLAN, start_plant(PLAN, 1), HOUR_NS).samples
    for number, plan in enumerate(PLAN.signals):
        values = samples.value[samples.signal == number]
        assert [round(value, plan.decimals) for value in values.tolist()] == values.tolist()


@pytest.mark.parametrize("at_ns", [0, 1])
def test_an_empty_stretch_has_no_samples(at_ns: int) -> None:
    state = start_plant(PLAN, 1)
    advance(PLAN, state, at_ns)
    assert len(observe(PLAN, state, at_ns).samples) == 0


def test_a_plant_without_signals_has_no_samples() -> None:
    plan = plan_plant(outdoor_line(tags=[], tag_sets=["station"]))
    observed = observe(plan, start_plant(plan, 1), HOUR_NS)
    assert isinstance(observed.samples, Samples)
    assert len(observed.samples) == 0
    assert len(observed.messages) > 1000


def test_one_instrument_reads_what_all_read() -> None:
    state = start_plant(PLAN, 1)
    assert read_one(PLAN, state, next(n for n, one in enumerate(PLAN.signals) if one.signal.kind == "result")) is None
    observe(PLAN, state, 40 * MINUTE_NS)
    state.disturbances.append(Disturbance(2, "missing", 0.0, 0))
    now = {number: value for _, number, value in table(read_now(PLAN, state))}
    assert 2 not in now
    assert len(now) > 5
    assert {n: read_one(PLAN, state, n) for n in range(len(PLAN.signals))} == {
        n: now.get(n) for n in range(len(PLAN.signals))
    }
