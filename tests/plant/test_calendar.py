"""The shift calendar: against its plain definition, over midnight, over breaks, over a change of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from twin.plant.calendar import Calendar, calendar_of
from twin.plant.layout import Break, Shift
from twin.plant.layout_file import read_layout
from twin.plant.shipped import OUTDOOR_LINE, SHIPPED
from twin.plant.terms import Name

MINUTE_NS = 60 * 1_000_000_000
HOUR_NS = 60 * MINUTE_NS
NAME = Name(en="Shift", zh_CN="班次")
MONDAY_NS = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()) * 1_000_000_000
clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))


def shift(start: str, end: str, *breaks: tuple[str, str], days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)) -> Shift:
    pauses = tuple(Break(start=one, end=other) for one, other in breaks)
    return Shift(id="shift", name=NAME, start=start, end=end, days=days, breaks=pauses)


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def at_work(shifts: tuple[Shift, ...], local: datetime) -> bool:
    """The definition: some shift of today or yesterday runs at this minute."""
    for one in shifts:
        for days_ago in (0, 1):
            day = local.isoweekday() - days_ago or 7
            now = local.hour * 60 + local.minute + 1440 * days_ago
            start, end = minutes(one.start), minutes(one.end)
            if day in one.days and start <= now < (end if end > start else end + 1440):
                return True
    return False


@given(
    st.lists(st.tuples(clocks, clocks, st.sets(st.integers(1, 7), min_size=1)), min_size=1, max_size=3),
    st.integers(0, 14 * 1440),
    st.sampled_from(["UTC", "Asia/Shanghai"]),
)
def test_production_is_on_while_some_shift_runs(drawn: list[tuple[str, str, set[int]]], minute: int, zone: str) -> None:
    shifts = tuple(shift(start, end, days=tuple(days)) for start, end, days in drawn)
    calendar, now_ns = Calendar(shifts, zone), MONDAY_NS + minute * MINUTE_NS
    on, until_ns = calendar.at(now_ns)
    here = datetime.fromtimestamp(now_ns // 10**9, ZoneInfo(zone))
    assert on == at_work(shifts, here)
    lasts = (until_ns - now_ns) // MINUTE_NS
    assert 0 < lasts <= 9 * 1440
    assert all(at_work(shifts, here + timedelta(minutes=later)) == on for later in range(0, lasts, 7))
    if lasts < 7 * 1440:
        assert at_work(shifts, here + timedelta(minutes=lasts)) != on


def changes(calendar: Calendar, from_ns: int, count: int) -> list[tuple[bool, float]]:
    """What is so from an instant on, and how many hours after it that changes."""
    found, now_ns = [], from_ns
    for _ in range(count):
        on, until_ns = calendar.at(now_ns)
        found.append((on, (until_ns - from_ns) / HOUR_NS))
        now_ns = until_ns
    return found


def test_breaks_pause_a_shift_also_after_midnight() -> None:
    calendar = Calendar((shift("20:00", "06:00", ("01:00", "01:30"), ("23:00", "23:15"), days=(1,)),), "UTC")
    assert changes(calendar, MONDAY_NS, 6) == [
        (False, 20.0), (True, 23.0), (False, 23.25), (True, 25.0), (False, 25.5), (True, 30.0),
    ]  # fmt: skip


def test_shifts_that_meet_are_one_stretch_and_a_break_pauses_its_own_shift_only() -> None:
    shifts = (shift("08:00", "20:00", ("12:00", "13:00")), shift("11:00", "12:30"))
    assert changes(Calendar(shifts, "UTC"), MONDAY_NS, 4) == [
        (False, 8.0), (True, 12.5), (False, 13.0), (True, 20.0),
    ]  # fmt: skip


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    calendar = Calendar((shift("22:00", "06:00"),), "Europe/Berlin")
    evening_ns = int(datetime(2026, 10, 24, 22, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()) * 10**9
    assert calendar.at(evening_ns) == (True, evening_ns + 9 * HOUR_NS)


def test_the_shipped_line_works_round_the_clock_and_a_layout_without_shifts_has_no_calendar() -> None:
    calendar = calendar_of(read_layout(OUTDOOR_LINE))
    assert calendar is not None
    assert all(on for on, _ in changes(calendar, MONDAY_NS, 5))
    assert calendar_of(read_layout(SHIPPED / "abstract-line.json")) is None
