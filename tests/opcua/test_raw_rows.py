"""Which values answer a request for raw history: against the definition, and the bounding values of the standard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.opcua.raw_rows import Span, select
from twin.opcua.ring import Ring

ROWS = [(time, float(time)) for time in (10, 20, 30, 40)]


@pytest.mark.parametrize(
    ("span", "times"),
    [
        (Span(10, 40), [10, 20, 30]),
        (Span(40, 10), [40, 30, 20]),
        (Span(15, 35), [20, 30]),
        (Span(20, 20), [20]),
        (Span(25, 25), []),
        (Span(20, None, 2), [20, 30]),
        (Span(None, 30, 2), [30, 20]),
        (Span(35, None, 9), [40]),
        (Span(15, 35, bounds=True), [10, 20, 30, 40]),
        (Span(35, 15, bounds=True), [40, 30, 20, 10]),
        (Span(20, 40, bounds=True), [20, 30, 40]),
        (Span(40, 20, bounds=True), [40, 30, 20]),
        (Span(20, 20, bounds=True), [20]),
        (Span(15, None, 2, bounds=True), [10, 20]),
    ],
)
def test_what_is_asked_for_is_what_comes(span: Span, times: list[int]) -> None:
    assert select(ROWS, span) == [(time, float(time)) for time in times]


def test_a_bound_that_is_not_there_is_said_to_be_missing() -> None:
    assert select(ROWS, Span(5, 99, bounds=True)) == [(5, None), *ROWS, (99, None)]
    assert select(ROWS, Span(99, 5, bounds=True)) == [(99, None), *ROWS[::-1], (5, None)]
    assert select([], Span(5, 9, bounds=True)) == [(5, None), (9, None)]


@pytest.mark.parametrize("span", [Span(1, None), Span(None, 1), Span(None, None, 5)])
def test_two_of_three_must_be_given(span: Span) -> None:
    assert not span.holds


@given(
    times=st.lists(st.integers(0, 50)),
    start=st.none() | st.integers(-5, 55),
    end=st.none() | st.integers(-5, 55),
    count=st.integers(0, 9),
)
def test_what_is_found_is_in_the_span_and_in_order(
    times: list[int], start: int | None, end: int | None, count: int
) -> None:
    span = Span(start, end, count)
    if not span.holds:
        return
    rows = sorted((time, number) for number, time in enumerate(times))
    found = [row[0] for row in select(rows, span)]
    if start is not None and end is not None:
        inside = [t for t in times if min(start, end) <= t <= max(start, end) and (t != end or start == end)]
        assert sorted(found) == sorted(inside)
    else:
        assert len(found) == min(count, sum(t >= start if start is not None else t <= (end or 0) for t in times))
    assert found == sorted(found, reverse=start is None or (end is not None and start > end))


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9))), st.integers(1, 12))
def test_a_ring_keeps_the_newest_in_order_of_time(written: list[tuple[int, int]], size: int) -> None:
    ring = Ring(size, "q")
    for time_ns, value in written:
        ring.append(time_ns, value)
    assert ring.rows() == sorted(written[-size:], key=lambda row: row[0])


def test_texts_are_kept_as_they_are() -> None:
    ring = Ring(2, "")
    for time_ns, text in enumerate(("U-1", "U-2", "工")):
        ring.append(time_ns, text)
    assert ring.rows() == [(1, "U-2"), (2, "工")]
