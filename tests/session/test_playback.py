"""The playhead: exact positions for exact amounts of time, and what happens at both ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.history.recording import Span
from twin.session.commands import Pause, Play, SetRate, TogglePlay
from twin.session.playback import FOLLOW_BEHIND_NS, Playback, clamped, follow, moved, with_rate

S = 1_000_000_000
SPAN = Span(100 * S, 200 * S)


@pytest.mark.parametrize(
    ("rate", "expected_s"), [(1.0, 150.5), (10.0, 155.0), (-2.0, 149.0), (0.0, 150.0), (0.1, 150.05)]
)
def test_half_a_second_at_each_rate(rate: float, expected_s: float) -> None:
    after = moved(Playback(150 * S, rate), S // 2, SPAN, growing=True)
    assert after.playhead_ns == round(expected_s * S)


def test_playing_into_a_growing_end_becomes_following() -> None:
    after = moved(Playback(199 * S, 20.0), S, SPAN, growing=True)
    assert after == Playback(SPAN.end_ns, 1.0, following=True)


def test_playing_into_a_finished_end_pauses_there() -> None:
    assert moved(Playback(199 * S, 20.0), S, SPAN, growing=False) == Playback(200 * S)


def test_playing_back_into_the_beginning_pauses_there() -> None:
    assert moved(Playback(101 * S, -100.0), S, SPAN, growing=True) == Playback(100 * S)


def test_following_settles_a_little_behind_the_end_and_never_passes_it() -> None:
    playback, span = follow(Playback(0), SPAN), SPAN
    for tick in range(400):
        span = replace(span, end_ns=SPAN.end_ns + tick // 2 * S // 10)  # data every 0.1 s, ticks every 0.05 s
        before = playback.playhead_ns
        playback = moved(playback, S // 20, span, growing=True)
        assert before <= playback.playhead_ns <= span.end_ns
    assert abs(span.end_ns - playback.playhead_ns - FOLLOW_BEHIND_NS) < S // 10


def test_following_waits_at_an_end_that_stopped_growing() -> None:
    playback = follow(Playback(0), SPAN)
    for _ in range(40):
        playback = moved(playback, S // 10, SPAN, growing=False)
    assert playback == Playback(SPAN.end_ns, 1.0, following=True)


@given(st.integers(-(10**20), 10**20))
def test_clamped_is_always_inside(at_ns: int) -> None:
    assert SPAN.start_ns <= clamped(at_ns, SPAN) <= SPAN.end_ns


def test_rates() -> None:
    here = Playback(150 * S)
    assert with_rate(here, Play()).rate == 1.0
    assert with_rate(here, SetRate(-5.0)).rate == -5.0
    assert with_rate(replace(here, rate=-5.0), TogglePlay()).rate == 0.0
    assert not with_rate(follow(here, SPAN), Pause()).following
    assert with_rate(follow(here, SPAN), SetRate(1.0)).following
    assert not with_rate(follow(here, SPAN), SetRate(2.0)).following
