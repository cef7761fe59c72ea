"""Shift bands: in the plant's zone, over midnight, over a change of the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twin.history.recording import Span
from twin.panels.shifts import shift_bands
from twin.plant.layout import Layout, Shift
from twin.plant.terms import Name

if TYPE_CHECKING:
    from tests.panels.frames import FrameMaker

HOUR_NS = 3600 * 1_000_000_000
DAY_NS = 24 * HOUR_NS
START_NS = 1_795_327_200 * 1_000_000_000  # 2026-11-22 14:00 in Shanghai


def in_zone(maker: FrameMaker, zone: str, *shifts: Shift) -> Layout:
    assert maker.layout
    return maker.layout.model_copy(update={"timezone": zone, **({"shifts": shifts} if shifts else {})})


def test_shifts_cover_the_day_without_overlap(maker: FrameMaker) -> None:
    bands = shift_bands(maker.layout, Span(START_NS, START_NS + DAY_NS))
    assert [band.name for band in bands] == ["Day shift", "Night shift", "Day shift"]
    assert [band.end_ns for band in bands[:-1]] == [band.start_ns for band in bands[1:]]
    assert bands[1].start_ns == START_NS + 6 * HOUR_NS


def test_a_night_in_which_the_clock_goes_back_lasts_an_hour_longer(maker: FrameMaker) -> None:
    spring_ns = 1_792_879_200 * 1_000_000_000  # 2026-10-25 00:00 in Berlin, summer time ends at 03:00
    bands = shift_bands(in_zone(maker, "Europe/Berlin"), Span(spring_ns, spring_ns + HOUR_NS))
    assert [(band.name, band.end_ns - band.start_ns) for band in bands] == [("Night shift", 13 * HOUR_NS)]


def test_a_shift_that_does_not_run_today_has_no_band(maker: FrameMaker) -> None:
    monday = Shift(id="m", name=Name(en="Monday", zh_CN="周一"), start="00:00", end="23:00", days=(1,))
    layout = in_zone(maker, "Asia/Shanghai", monday)
    assert shift_bands(layout, Span(START_NS, START_NS + HOUR_NS)) == []  # a Sunday
    assert len(shift_bands(layout, Span(START_NS, START_NS + DAY_NS))) == 1


def test_no_layout_has_no_shifts() -> None:
    assert shift_bands(None, Span(START_NS, START_NS + DAY_NS)) == []
