"""OPC UA values as the columns of a Batch: every kind of Variant to float64 or text, status code and source time.

A value whose kind does not fit the tag's data type is not guessed at: it is recorded as BadTypeMismatch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asyncua import ua

from twin.history.batch import EMPTY, Batch, make_batch
from twin.history.recording import Event
from twin.plant import quality

LONGEST_TEXT = 4096  # characters kept of a text value; a whole document does not belong into a tag

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UA_EPOCH = ua.DateTime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NUMBERS = (bool, int, float)
_NAN = math.nan


@dataclass(frozen=True, slots=True)
class Report:
    """What one publish response brought.

    Attributes:
        time_ns: when it arrived, UTC.
        batch: its samples, all with that arrival time; text values are NaN until they are interned.
        texts: row of `batch` → the text.
        events: its events, each with an arrival time of its own, after `time_ns`.
    """

    time_ns: int
    batch: Batch = EMPTY
    texts: tuple[tuple[int, str], ...] = ()
    events: tuple[Event, ...] = ()

    def interned(self, intern: Callable[[str], int]) -> Batch:
        """The samples, with the codes of their texts."""
        if not self.texts:
            return self.batch
        value = self.batch.value.copy()
        for row, text in self.texts:
            value[row] = intern(text)
        return Batch(self.batch.time_ns, self.batch.tag, value, self.batch.quality, self.batch.source_ns)


def unix_us(time: datetime) -> int:
    """The instant as whole UTC microseconds; a time without zone is UTC, as OPC UA has no other."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def datetime_at(time_us: int) -> ua.DateTime:
    """The UTC instant of whole microseconds, as asyncua wants it."""
    return _UA_EPOCH + timedelta(microseconds=time_us)


def source_time_ns(time: datetime | None, arrival_ns: int) -> int:
    """What the server said, or the arrival where it said nothing that a clock could show (1601, 9999)."""
    return unix_us(time) * 1000 if time is not None and 1900 < time.year < 2200 else arrival_ns


def number_of(variant: ua.Variant | None) -> float | None:
    """A scalar as float64 (DateTime as seconds since 1970), None where it is no number; a null is NaN."""
    value = None if variant is None else variant.Value
    if value is None:
        return _NAN
    if isinstance(value, _NUMBERS):
        return float(value)
    if isinstance(value, datetime):
        return unix_us(value) / 1e6
    return None


def text_of(variant: ua.Variant | None) -> str | None:
    """A scalar as text, None where it is none."""
    value = None if variant is None else variant.Value
    if isinstance(value, ua.LocalizedText):
        value = value.Text or ""
    return value[:LONGEST_TEXT] if isinstance(value, str) else None


def make_report(
    arrival_ns: int,
    readings: Iterable[tuple[int, bool, ua.DataValue]],
    events: Sequence[Event] = (),
) -> Report:
    """The report of readings (tag index, whether the tag is text, value)."""
    rows: list[tuple[int, int, float, int, int]] = []
    texts: list[tuple[int, str]] = []
    for tag, is_text, reading in readings:
        status = reading.StatusCode.value if reading.StatusCode is not None else quality.GOOD
        value: float | None = _NAN
        if is_text:
            text = text_of(reading.Value)
            if text is not None:
                texts.append((len(rows), text))
            elif reading.Value is not None and reading.Value.Value is not None:
                value = None
        else:
            value = number_of(reading.Value)
        if value is None:
            value, status = _NAN, quality.BAD_TYPE_MISMATCH if status == quality.GOOD else status
        rows.append((arrival_ns, tag, value, status, source_time_ns(reading.SourceTimestamp, arrival_ns)))
    return Report(arrival_ns, make_batch(rows), tuple(texts), tuple(events))


def bad_report(arrival_ns: int, statuses: dict[int, int]) -> Report:
    """The report that tags (index → status code) have no value."""
    rows = [(arrival_ns, tag, _NAN, status, arrival_ns) for tag, status in statuses.items()]
    return Report(arrival_ns, make_batch(rows))
