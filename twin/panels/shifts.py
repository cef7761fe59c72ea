"""Shift bands: when which shift of the calendar runs, in the plant's zone, as stretches of UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from twin.history.recording import Span
from twin.panels import words
from twin.panels.times import instant_ns, local, zone_of
from twin.plant.layout import Layout

_MOST_DAYS = 62  # more days than this on one screen are no longer told apart


@dataclass(frozen=True, slots=True)
class Band:
    """One shift of one day.

    Attributes:
        index: of the shift in the calendar.
    """

    start_ns: int
    end_ns: int
    index: int
    name: str


def shift_bands(layout: Layout | None, span: Span) -> list[Band]:
    """The shifts that overlap a span, by start. A shift over midnight belongs to the day on which it starts."""
    if layout is None:
        return []
    zone = zone_of(layout)
    first, last = local(span.start_ns, zone).date(), local(span.end_ns, zone).date()
    if (last - first).days > _MOST_DAYS:
        return []
    days = [first + timedelta(days=number) for number in range(-1, (last - first).days + 1)]
    bands = [band for day in days for band in _bands_of(layout, day)]
    return sorted(
        (band for band in bands if band.start_ns < span.end_ns and band.end_ns > span.start_ns),
        key=lambda band: band.start_ns,
    )


def _bands_of(layout: Layout, day: date) -> Iterator[Band]:
    zone = zone_of(layout)
    for index, shift in enumerate(layout.shifts):
        if day.isoweekday() not in shift.days:
            continue
        start, end = time.fromisoformat(shift.start), time.fromisoformat(shift.end)
        until = day if end > start else day + timedelta(days=1)
        yield Band(
            instant_ns(datetime.combine(day, start, zone)),
            instant_ns(datetime.combine(until, end, zone)),
            index,
            shift.name.text(words.language()),
        )
