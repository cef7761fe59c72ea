"""Time as people read it: plant-local clock, durations, ticks of a time axis. Pure functions of UTC nanoseconds."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from twin.history.recording import Span
from twin.plant.layout import Layout

SECOND_NS = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800)


def zone_of(layout: Layout | None) -> tzinfo:
    """The plant's time zone; UTC where no layout names one."""
    return ZoneInfo(layout.timezone) if layout else UTC


def local(at_ns: int, zone: tzinfo) -> datetime:
    """The instant in a zone, to the microsecond."""
    return (_EPOCH + timedelta(microseconds=at_ns // 1000)).astimezone(zone)


def instant_ns(moment: datetime) -> int:
    """UTC nanoseconds of an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000


def clock_text(at_ns: int, zone: tzinfo) -> str:
    """`14:05:07`."""
    return local(at_ns, zone).strftime("%H:%M:%S")


def date_clock_text(at_ns: int, zone: tzinfo) -> str:
    """`2026-11-22 14:05:07.123`."""
    return local(at_ns, zone).isoformat(" ", "milliseconds")[:23]


def zone_text(at_ns: int, zone: tzinfo) -> str:
    """`UTC+8`, `UTC−3:30`, `UTC`: offsets are never ambiguous, abbreviations are."""
    offset = local(at_ns, zone).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def duration_text(duration_ns: int) -> str:
    """`7 s`, `3 min 07 s`, `2 h 05 min`, `3 d 04 h`; tenths below ten seconds."""
    tenths = abs(duration_ns) // (SECOND_NS // 10)
    if tenths < 100:
        return f"{tenths // 10}.{tenths % 10} s"
    seconds = tenths // 10
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    if seconds < 86400:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
    return f"{seconds // 86400} d {seconds % 86400 // 3600:02d} h"


def axis_ticks(window: Span, zone: tzinfo, most: int) -> list[tuple[int, str]]:
    """At most `most` (instant, label) pairs at round local times; midnight reads as its date."""
    width_s = max((window.end_ns - window.start_ns) / SECOND_NS, 1e-3)
    weeks = _STEPS_S[-1] * math.ceil(width_s / _STEPS_S[-1] / max(most, 1))
    step_s = next((step for step in _STEPS_S if width_s / step <= most), weeks)
    offset = local(window.start_ns, zone).utcoffset() or timedelta()
    offset_ns, step_ns = round(offset.total_seconds()) * SECOND_NS, step_s * SECOND_NS
    first = -((-window.start_ns - offset_ns) // step_ns) * step_ns - offset_ns
    return [(at_ns, _tick_text(local(at_ns, zone), step_s)) for at_ns in range(first, window.end_ns + 1, step_ns)]


def _tick_text(moment: datetime, step_s: int) -> str:
    if step_s >= 3600 and not (moment.hour or moment.minute):
        return moment.strftime("%m-%d")
    return moment.strftime("%H:%M:%S" if step_s < 60 else "%H:%M")
