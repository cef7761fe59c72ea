"""The shift calendar: when production is on, in UTC, from shifts and breaks in the plant's local time.

Not here: drawing shifts (`twin.panels.shifts`) and what a machine does in a break (`twin.sim.shifts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from twin.plant.layout import Layout, Shift

_NANOSECONDS = 1_000_000_000
_DAY = timedelta(days=1)
_AHEAD_DAYS = 8  # a calendar repeats every week, so whatever comes next comes within these


def calendar_of(layout: Layout) -> Calendar | None:
    """The layout's calendar; None where it has no shifts, and production is always on."""
    return Calendar(layout.shifts, layout.timezone) if layout.shifts else None


def offset(shift: Shift, clock: str) -> timedelta:
    """How long after the shift's start it is `clock` for the first time: 0 to 24 h, clock changes aside."""
    return (_since_midnight(clock) - _since_midnight(shift.start)) % _DAY


def length(shift: Shift) -> timedelta:
    """How long a shift lasts, clock changes aside; one that ends when it starts lasts a day."""
    return offset(shift, shift.end) or _DAY


class Calendar:
    """When production is on. Shifts that overlap help one another: a break pauses only its own shift."""

    def __init__(self, shifts: tuple[Shift, ...], timezone: str) -> None:
        self._shifts = shifts
        self._zone = ZoneInfo(timezone)

    def at(self, utc_ns: int) -> tuple[bool, int]:
        """Whether production is on at an instant, and until when that is certain: ask again then."""
        today = datetime.fromtimestamp(utc_ns // _NANOSECONDS, self._zone).date()
        days = [today + number * _DAY for number in range(-1, _AHEAD_DAYS + 1)]
        horizon_ns = _instant_ns(datetime.combine(days[-1], time(), self._zone))
        until_ns = utc_ns
        for start_ns, end_ns in sorted(stretch for day in days for stretch in self._stretches(day)):
            if start_ns > until_ns:
                return (True, until_ns) if until_ns > utc_ns else (False, min(start_ns, horizon_ns))
            until_ns = max(until_ns, end_ns)
        return (True, min(until_ns, horizon_ns)) if until_ns > utc_ns else (False, horizon_ns)

    def _stretches(self, day: date) -> Iterator[tuple[int, int]]:
        """The stretches of work of the shifts that begin on a day."""
        for shift in self._shifts:
            if day.isoweekday() not in shift.days:
                continue
            start = datetime.combine(day, time.fromisoformat(shift.start), self._zone)
            at = start
            for pause in sorted(shift.breaks, key=lambda pause: offset(shift, pause.start)):
                yield _instant_ns(at), _instant_ns(start + offset(shift, pause.start))
                at = start + offset(shift, pause.end)
            yield _instant_ns(at), _instant_ns(start + length(shift))


def _since_midnight(clock: str) -> timedelta:
    at = time.fromisoformat(clock)
    return timedelta(hours=at.hour, minutes=at.minute)


def _instant_ns(local: datetime) -> int:
    return round(local.timestamp()) * _NANOSECONDS
