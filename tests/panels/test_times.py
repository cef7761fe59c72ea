"""Time as people read it."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.history.recording import Span
from twin.panels.times import axis_ticks, date_clock_text, duration_text, instant_ns, local, zone_text

SECOND_NS = 1_000_000_000
SHANGHAI, BERLIN, DELHI = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
AT_NS = 1_795_327_200_123_456_789  # 2026-11-22 06:00:00.123 UTC


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.25, "0.2 s"),
        (9.99, "9.9 s"),
        (10, "10 s"),
        (603, "10 min 03 s"),
        (3599, "59 min 59 s"),
        (7500, "2 h 05 min"),
        (273_600, "3 d 04 h"),
        (-603, "10 min 03 s"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration_text(round(seconds * SECOND_NS)) == text


def test_the_clock_is_the_plants() -> None:
    assert date_clock_text(AT_NS, SHANGHAI) == "2026-11-22 14:00:00.123"
    assert [zone_text(AT_NS, zone) for zone in (SHANGHAI, BERLIN, DELHI, ZoneInfo("UTC"))] == [
        "UTC+8",
        "UTC+1",
        "UTC+5:30",
        "UTC",
    ]


@given(st.integers(0, 4 * 10**18), st.sampled_from([SHANGHAI, BERLIN, DELHI]))
def test_local_time_and_back_loses_less_than_a_microsecond(at_ns: int, zone: ZoneInfo) -> None:
    assert 0 <= at_ns - instant_ns(local(at_ns, zone)) < 1000


@given(st.integers(0, 4 * 10**18), st.integers(2, 400 * 86400), st.integers(1, 20))
def test_ticks_lie_in_the_window_are_few_and_evenly_spaced(start_ns: int, width_s: int, most: int) -> None:
    window = Span(start_ns, start_ns + width_s * SECOND_NS)
    at = [tick for tick, _ in axis_ticks(window, SHANGHAI, most)]
    assert all(window.start_ns <= tick <= window.end_ns for tick in at)
    assert len(at) <= most + 1
    assert len({later - earlier for earlier, later in pairwise(at)}) <= 1


def test_ticks_are_round_in_local_time_and_midnight_reads_as_its_date() -> None:
    start_ns = AT_NS // SECOND_NS * SECOND_NS
    labels = [text for _, text in axis_ticks(Span(start_ns, start_ns + 24 * 3600 * SECOND_NS), DELHI, 9)]
    assert labels == ["12:00", "15:00", "18:00", "21:00", "11-23", "03:00", "06:00", "09:00"]
