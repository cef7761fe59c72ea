"""The names beside the state timeline, where rows are lower than text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from twin.panels.row_names import Row, placed_rows
from twin.plant.packml import State

RUN, DOWN, HELD = int(State.EXECUTE), int(State.ABORTED), int(State.HELD)
TEXT_PX = 16.0


def rows_of(states: list[int], selected: int = -1) -> list[Row]:
    return [Row(f"S{n}", f"S{n}", state, False, False, n == selected) for n, state in enumerate(states)]


def test_high_rows_are_all_named_in_their_middle() -> None:
    assert placed_rows(rows_of([RUN] * 3), 20.0, TEXT_PX, 60.0) == [(0, 10.0), (1, 30.0), (2, 50.0)]


@given(st.lists(st.sampled_from([RUN, HELD, DOWN]), min_size=20, max_size=120), st.integers(-1, 19))
def test_names_never_touch_and_none_leaves_the_panel(states: list[int], selected: int) -> None:
    height = 280.0
    placed = placed_rows(rows_of(states, selected), height / len(states), TEXT_PX, height)
    middles = [middle for _, middle in placed]
    assert all(later - earlier >= TEXT_PX - 1e-9 for earlier, later in pairwise(middles))
    assert TEXT_PX / 2 - 1e-9 <= min(middles) <= max(middles) <= height - TEXT_PX / 2 + 1e-9
    assert [row for row, _ in placed] == sorted({row for row, _ in placed})


def test_the_selected_and_the_abnormal_are_named_even_side_by_side() -> None:
    states = [RUN] * 70
    states[7] = HELD
    states[8] = states[60] = DOWN
    placed = placed_rows(rows_of(states, selected=9), 4.0, TEXT_PX, 280.0)
    assert {7, 8, 9, 60} <= {row for row, _ in placed}
    assert len(placed) > 10


def test_where_not_even_all_faults_fit_the_worst_are_named() -> None:
    placed = placed_rows(rows_of([HELD] * 30 + [DOWN] * 10), 1.0, TEXT_PX, 40.0)
    assert {row for row, _ in placed} <= set(range(30, 40))
