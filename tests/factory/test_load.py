"""Synthetic load: which variable changes when to what, and that a client hears of every change."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.errors import SimulationError
from twin.factory.load import MOST_TAGS, VALUES, Load

SECOND_NS = 10**9


def test_the_mixture_is_mostly_doubles() -> None:
    assert Counter(Load(1000, 1).data_types) == {
        "Double": 700,
        "Float": 100,
        "Int32": 100,
        "Boolean": 40,
        "String": 40,
        "DateTime": 20,
    }


@given(st.integers(1, 500), st.integers(0, 20_000), st.lists(st.integers(0, SECOND_NS // 2), max_size=20))
def test_however_it_is_asked_the_same_changes_happen(tags: int, rate_hz: int, steps_ns: list[int]) -> None:
    instants_ns = list(accumulate(steps_ns))
    in_steps, at_once = Load(tags, rate_hz), Load(tags, rate_hz)
    stepped = [change for now_ns in instants_ns for change in in_steps.due(now_ns)]
    last_ns = instants_ns[-1] if instants_ns else 0
    seconds = range(SECOND_NS // 2, last_ns, SECOND_NS // 2)
    assert stepped == [change for now_ns in (*seconds, last_ns) for change in at_once.due(now_ns)]
    assert in_steps.done == len(stepped) == last_ns * rate_hz // SECOND_NS


def test_every_change_of_a_variable_differs_from_the_one_before() -> None:
    load = Load(100, 1000)
    last = dict(load.first())
    for second in range(1, 4):
        for number, value in load.due(second * SECOND_NS):
            assert value != last[number]
            last[number] = value
    assert load.done == 3000
    assert last == {number: VALUES[name](30) for number, name in enumerate(load.data_types)}


def test_who_asks_late_gets_a_seconds_changes_at_a_time() -> None:
    load = Load(10, 50)
    assert len(list(load.due(10 * SECOND_NS))) == 50
    assert len(list(load.due(10 * SECOND_NS))) == 50


@pytest.mark.parametrize(("tags", "rate_hz"), [(0, 1.0), (MOST_TAGS + 1, 1.0), (1, -1.0), (1, 1e6), (1, float("nan"))])
def test_loads_that_cannot_be_are_refused(tags: int, rate_hz: float) -> None:
    with pytest.raises(SimulationError, match=r"--tags|--rate"):
        Load(tags, rate_hz)
