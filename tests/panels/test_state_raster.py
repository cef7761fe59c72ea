"""The raster of the state timeline, against its definition."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twin.history.recording import Gap, Span
from twin.panels import state_raster as raster
from twin.panels.colours import Group, group_of
from twin.plant.packml import State
from twin.session.frame import Timeline

RUN, DOWN = int(State.EXECUTE), int(State.ABORTED)
SECOND_NS = 1_000_000_000
ALWAYS = Span(0, 10**18)


def timeline_of(*rows: list[tuple[int, int]], covered: Span = ALWAYS) -> Timeline:
    times = tuple(np.array([at for at, _ in row], np.int64) for row in rows)
    return Timeline(covered, times, tuple(np.array([state for _, state in row], np.int32) for row in rows))


changes = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from([int(state) for state in State])),
    min_size=1,
    max_size=12,
    unique_by=lambda change: change[0],
).map(sorted)


@given(changes, st.integers(0, 20), st.integers(1, 12), st.integers(1, 25))
def test_the_worst_state_of_every_cell_wins(row: list[tuple[int, int]], first: int, columns: int, step: int) -> None:
    found = raster.worst_groups(timeline_of(row), raster.Grid(first, columns, step))[0]
    for column in range(columns):
        start, end = (first + column) * step, (first + column + 1) * step
        held = [state for at, state in row if at <= start][-1:]
        groups = [group_of(state) for state in held] or [Group.UNKNOWN]
        groups += [group_of(state) for at, state in row if start < at < end]
        assert found[column] == max(groups)


def test_one_second_of_fault_in_eight_hours_takes_one_cell() -> None:
    hours = 8 * 3600 * SECOND_NS
    timeline = timeline_of([(0, RUN), (12_000 * SECOND_NS, DOWN), (12_001 * SECOND_NS, RUN)])
    found = raster.worst_groups(timeline, raster.grid_over(Span(0, hours), 1200))[0]
    assert list(np.flatnonzero(found == Group.DOWN)) == [500]
    assert (found[found != Group.DOWN] == Group.RUN).all()


def test_what_has_not_been_read_is_unknown() -> None:
    timeline = timeline_of([(0, RUN)], covered=Span(300, 700))
    found = raster.worst_groups(timeline, raster.Grid(0, 10, 100))[0]
    assert list(np.flatnonzero(found == Group.RUN)) == [3, 4, 5, 6]
    assert set(found) == {Group.RUN, Group.UNKNOWN}


def test_a_gap_hides_what_it_covers_but_not_the_fault_before_it() -> None:
    grid = raster.Grid(0, 10, 100)
    rows = raster.worst_groups(timeline_of([(0, RUN), (310, DOWN), (320, RUN)]), grid)
    shaded = raster.shaded(rows, grid, Span(0, 1000), [Gap("server", 350, 650, "cable")])[0]
    expected = [Group.RUN] * 3 + [Group.DOWN] + [Group.UNKNOWN] * 3 + [Group.RUN] * 3
    assert list(shaded) == expected


def test_an_open_gap_lasts_until_the_end_of_the_recording_and_beyond_it_nothing_is_drawn() -> None:
    grid = raster.Grid(0, 10, 100)
    rows = raster.worst_groups(timeline_of([(0, RUN)]), grid)
    shaded = raster.shaded(rows, grid, Span(100, 800), [Gap("server", 600, None, "cable")])[0]
    assert list(shaded) == [raster.GROUND] + [Group.RUN] * 5 + [Group.UNKNOWN] * 2 + [raster.GROUND] * 2


@given(st.integers(0, 10**15), st.integers(1, 10**12), st.integers(1, 2000))
def test_the_grid_does_not_move_with_the_window(start: int, width: int, columns: int) -> None:
    grid = raster.grid_over(Span(start, start + width), columns)
    later = raster.grid_over(Span(start + 3 * grid.step_ns, start + 3 * grid.step_ns + width), columns)
    assert later.step_ns == grid.step_ns
    assert later.first == grid.first + 3
    assert 0 <= grid.start_ns - start < grid.step_ns


def test_worse_states_are_drawn_taller() -> None:
    rows = np.array([[Group.RUN, Group.WAIT, Group.HELD, Group.DOWN]], np.uint8)
    image = raster.picture(rows, 20, 0)
    heights = [int((image[:, column] == rows[0, column]).sum()) for column in range(4)]
    assert heights == sorted(set(heights))
    assert image.shape == (20, 4)


def test_every_state_is_seen_in_the_lowest_rows() -> None:
    rows = np.array([[group] for group in Group], np.uint8)
    image = raster.picture(rows, 3, 0).reshape(len(Group), 3)
    for group, row in zip(Group, image, strict=True):
        wanted = {raster.STRIPE, raster.STRIPE_GROUND} if group is Group.UNKNOWN else {int(group)}
        assert set(row) & wanted
