"""What every Recording and Recorder must do, run against all implementations."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.conftest import Pair
from tests.history.recordings import READ_SIDES, START_NS, TAGS, Fill, Story, instants, same, stories
from twin.errors import OrderError, RecordingError
from twin.history.batch import EMPTY, make_batch
from twin.history.recording import Event, Gap, Origin, Recording, Span, TagInfo
from twin.plant import quality

Opened = Callable[[Fill], AbstractContextManager[Recording]]

S = 10**9
everywhere = pytest.mark.parametrize("opened", READ_SIDES)
some = settings(max_examples=25, deadline=None)


def event(time_ns: int, kind: str = "link") -> Event:
    return Event(time_ns, "M1", kind, 100, "it happened", time_ns - 5)


def batch_at(*times_ns: int, tag: int = 0) -> Any:
    return make_batch([(time, tag, float(time % 1000), 0, time) for time in times_ns])


@everywhere
@some
@given(st.data())
def test_any_partition_of_time_reads_every_sample_exactly_once(opened: Opened, data: st.DataObject) -> None:
    story = data.draw(stories())
    cuts = sorted({START_NS - 1, story.end_ns, *data.draw(st.lists(instants(story), max_size=8))})
    with opened(story.fill) as recording:
        recording.refresh()
        for after_ns, until_ns in pairwise(cuts):
            assert same(recording.read(after_ns, until_ns), story.between(after_ns, until_ns))
        assert recording.count_samples() == len(story.rows)
        assert recording.span() == Span(story.rows[0][0], story.end_ns)


@everywhere
@some
@given(st.data())
def test_latest_is_the_same_by_any_route_of_seeks(opened: Opened, data: st.DataObject) -> None:
    story = data.draw(stories())
    route = data.draw(st.lists(instants(story), min_size=1, max_size=12))
    with opened(story.fill) as recording:
        recording.refresh()
        for at_ns in route:
            found = recording.latest(at_ns)
            assert found.at_ns == at_ns
            assert same(found, story.latest(at_ns))


@everywhere
@some
@given(st.data())
def test_latest_moved_on_by_what_is_read_is_the_later_latest(opened: Opened, data: st.DataObject) -> None:
    story = data.draw(stories())
    first, then = sorted(data.draw(st.tuples(instants(story), instants(story))))
    with opened(story.fill) as recording:
        recording.refresh()
        moved = recording.latest(first).advanced(recording.read(first, then), then, len(TAGS))
        assert same(moved, recording.latest(then))


@everywhere
@some
@given(st.data())
def test_a_series_keeps_the_extremes_the_last_value_and_the_worst_quality(opened: Opened, data: st.DataObject) -> None:
    story, tag = data.draw(stories()), data.draw(st.integers(0, len(TAGS) - 1))
    after_ns, until_ns = sorted(data.draw(st.tuples(instants(story), instants(story))))
    pixels = data.draw(st.integers(1, 5))
    rows = [row for row in story.rows if row[1] == tag]
    inside = [row for row in rows if after_ns < row[0] <= until_ns]
    with opened(story.fill) as recording:
        recording.refresh()
        series = recording.series(tag, after_ns, until_ns, pixels)
    held = [row for row in rows if row[0] <= after_ns][-1:]
    assert len(series.time_ns) - len(held) <= 2 * pixels
    assert series.time_ns[: len(held)].tolist() == [row[0] for row in held]
    points = slice(len(held), None)
    values = [row[2] for row in inside if row[2] == row[2]]
    if values:
        assert np.nanmin(series.low[points]) == min(values)
        assert np.nanmax(series.high[points]) == max(values)
    if inside:
        assert series.bad[points].max() == max(quality.severity(row[3]) for row in inside)
        np.testing.assert_equal([series.low[-1], series.high[-1]], [inside[-1][2]] * 2)
    if len(inside) <= 2 * pixels:
        np.testing.assert_equal(series.low[points], [row[2] for row in inside])
        np.testing.assert_equal(series.high[points], [row[2] for row in inside])


@everywhere
def test_every_pixel_of_a_series_has_its_own_extremes(opened: Opened) -> None:
    values = np.random.default_rng(3).normal(size=40 * 60)
    rows = [(START_NS + i * S // 40, 1, float(value), 0, START_NS) for i, value in enumerate(values)]
    with opened(Story([make_batch(rows)], rows).fill) as recording:
        recording.refresh()
        until_ns = START_NS - 1 + 60 * S
        series = recording.series(1, START_NS - 1, until_ns, 60)
    pixel = (series.time_ns - START_NS) // S
    for second, chunk in enumerate(values.reshape(60, 40)):
        assert series.low[pixel == second].min() == chunk.min()
        assert series.high[pixel == second].max() == chunk.max()


def test_an_empty_recording_answers_everything(pair: Pair) -> None:
    recording = pair.recording
    recording.refresh()
    assert recording.span() == Span(0, 0)
    assert (len(recording.read(0, START_NS)), len(recording.latest(START_NS)), recording.count_samples()) == (0, 0, 0)
    assert not recording.events(0, START_NS)
    assert not recording.gaps(0, START_NS)
    assert len(recording.series(0, 0, START_NS, 100).time_ns) == 0
    assert (recording.origin, recording.layout) == (Origin.PLANT, "{}")
    pair.recorder.append(EMPTY)
    assert not recording.refresh()


def test_growth_is_seen_at_the_next_refresh_and_only_then(pair: Pair) -> None:
    recorder, recording = pair
    recorder.define(TAGS)
    recorder.append(batch_at(START_NS))
    assert recording.refresh()
    recorder.define([TagInfo("M2/State")])
    recorder.append(batch_at(START_NS + 1, START_NS + 90 * S))
    recorder.append_event(event(START_NS + 91 * S))
    recorder.append_gap(Gap("server", START_NS, None, "lost"))
    late = START_NS + 200 * S
    assert len(recording.read(0, late)) == 1
    assert len(recording.latest(late)) == len(recording.catalog) == len(TAGS)
    assert recording.latest(late).time_ns[0] == START_NS
    assert not recording.events(0, late)
    assert not recording.gaps(0, late)
    assert recording.span() == Span(START_NS, START_NS)
    assert recording.count_samples() == 1
    assert recording.refresh()
    assert len(recording.read(0, late)) == recording.count_samples() == 3
    assert len(recording.latest(late)) == len(TAGS) + 1
    assert len(recording.events(0, late)) == len(recording.gaps(0, late)) == 1
    assert recording.span() == Span(START_NS, START_NS + 91 * S)
    assert not recording.refresh()


def test_a_reader_that_follows_the_end_misses_nothing(pair: Pair) -> None:
    recorder, recording = pair
    recorder.define(TAGS)
    seen, at_ns = [], 0
    for step in range(200):
        recorder.append(batch_at(START_NS + step * 7 * S, START_NS + step * 7 * S + 1, tag=step % 3))
        recording.refresh()
        end_ns = recording.span().end_ns
        seen += recording.read(at_ns, end_ns).time_ns.tolist()
        at_ns = end_ns
        assert recording.latest(end_ns).time_ns[step % 3] == end_ns
    assert seen == [START_NS + step * 7 * S + i for step in range(200) for i in (0, 1)]


def test_what_does_not_come_after_everything_recorded_is_refused(pair: Pair) -> None:
    recorder, recording = pair
    recorder.define(TAGS)
    recorder.append(batch_at(START_NS))
    for bad in (batch_at(START_NS), batch_at(START_NS + 2, START_NS + 1)):
        with pytest.raises(OrderError):
            recorder.append(bad)
    with pytest.raises(OrderError):
        recorder.append_event(event(START_NS))
    recorder.heartbeat(START_NS + S)
    recorder.heartbeat(START_NS)
    with pytest.raises(OrderError):
        recorder.append(batch_at(START_NS + S))
    recording.refresh()
    assert recording.span() == Span(START_NS, START_NS + S)
    assert recorder.end_ns == START_NS + S
    assert recording.count_samples() == 1


def test_a_tag_nobody_defined_is_refused(pair: Pair) -> None:
    pair.recorder.define(TAGS)
    for tag in (-1, len(TAGS)):
        with pytest.raises(RecordingError, match="define"):
            pair.recorder.append(batch_at(START_NS, tag=tag))


def test_tags_keep_their_index_and_take_over_new_limits(pair: Pair) -> None:
    recorder, recording = pair
    assert recorder.define(TAGS).tolist() == [0, 1, 2]
    recording.refresh()
    changed = TagInfo("M1/Level", unit="kPa", low=100.0)
    assert recorder.define([TagInfo("new"), changed, changed]).tolist() == [3, 1, 1]
    assert recording.catalog.tags[1] == TAGS[1]
    assert recording.refresh()
    assert recording.catalog.tags[1] == changed
    assert [recording.catalog.index(name) for name in ("M1/Level", "new", "none")] == [1, 3, -1]


def test_texts_have_one_code_and_come_back(pair: Pair) -> None:
    recorder, recording = pair
    recorder.define(TAGS)
    texts = ["", "SN-1", "空调", "a\0b", "x" * 100_000]
    codes = [recorder.intern(text) for text in texts]
    assert codes == [recorder.intern(text) for text in texts] == [0, 1, 2, 3, 4]
    recorder.append(make_batch([(START_NS + i, 2, float(code), 0, START_NS) for i, code in enumerate(codes)]))
    recording.refresh()
    assert [recording.catalog.text(code) for code in recording.read(0, START_NS + S).value] == texts
    assert [recording.catalog.text(code) for code in (np.nan, -1.0, 5.0)] == ["", "", ""]


def test_events_are_read_half_open_in_order(pair: Pair) -> None:
    recorder, recording = pair
    events = [event(START_NS + i * S, f"kind {i}") for i in range(4)]
    for one in events:
        recorder.append_event(one)
    recording.refresh()
    assert recording.events(events[0].time_ns, events[2].time_ns) == events[1:3]
    assert recording.events(0, START_NS + 60 * S) == events


def test_an_open_gap_is_closed_by_saying_it_again(pair: Pair) -> None:
    recorder, recording = pair
    gap, other = Gap("a", START_NS, None, "link lost"), Gap("b", START_NS + S, START_NS + 2 * S, "link lost", 7)
    recorder.append_gap(other)
    recorder.append_gap(gap)
    recording.refresh()
    assert recording.gaps(START_NS, START_NS + 9 * S) == [gap, other]
    recorder.append_gap(gap.closed(START_NS + S))
    assert recording.refresh()
    assert recording.gaps(START_NS, START_NS + S) == [gap.closed(START_NS + S)]
    assert recording.gaps(START_NS + S, START_NS + 9 * S) == [other]
    assert recording.gaps(START_NS + 2 * S, START_NS + 9 * S) == []


def test_a_heartbeat_alone_makes_the_span_grow(pair: Pair) -> None:
    pair.recorder.heartbeat(START_NS)
    pair.recorder.heartbeat(START_NS + S)
    assert pair.recording.refresh()
    assert pair.recording.span() == Span(START_NS, START_NS + S)


def test_closing_twice_is_allowed(pair: Pair) -> None:
    for _ in range(2):
        pair.recording.close()
        pair.recorder.close()
