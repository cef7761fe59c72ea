"""Time in state: the books balance whatever happened, and each state counts where the standard puts it."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twin.kpi.time_in_state import TimeElements, time_elements, time_in_state
from twin.plant.packml import State

_HOUR_NS = 3_600_000_000_000


def test_a_shift_with_a_breakdown() -> None:
    times = np.array([0, 10, 40, 70], np.int64)
    states = np.array([State.EXECUTE, State.ABORTED, State.SUSPENDED, State.EXECUTE], np.int32)
    elements = time_elements(time_in_state(times, states, (0, 100)))
    assert elements == TimeElements(production=40, waiting=30, held=0, down=30, idle=0, unknown=0)


def test_before_the_first_change_nothing_is_known() -> None:
    spent = time_in_state(np.array([60], np.int64), np.array([State.EXECUTE], np.int32), (0, 100))
    assert (spent[State.UNDEFINED], spent[State.EXECUTE]) == (60, 40)


def test_in_a_gap_nothing_is_known_whatever_held_before() -> None:
    times, states = np.array([0, 50], np.int64), np.array([State.EXECUTE, State.HELD], np.int32)
    spent = time_in_state(times, states, (0, 100), [(-20, 10), (40, 60), (90, 200)])
    assert (spent[State.EXECUTE], spent[State.HELD], spent[State.UNDEFINED]) == (30, 30, 40)


@given(
    st.lists(st.tuples(st.integers(0, _HOUR_NS), st.sampled_from(list(State))), max_size=30),
    st.tuples(st.integers(0, _HOUR_NS), st.integers(0, _HOUR_NS)).map(sorted),
)
def test_the_elements_always_add_up_to_the_interval(changes: list[tuple[int, State]], bounds: list[int]) -> None:
    changes.sort()
    times = np.array([time for time, _ in changes], np.int64)
    states = np.array([int(state) for _, state in changes], np.int32)
    spent = time_in_state(times, states, (bounds[0], bounds[1]))
    assert sum(astuple(time_elements(spent))) == int(spent.sum()) == bounds[1] - bounds[0]
