"""DataChangeFilter, Part 4 section 7.22.2: whether a sample differs from the last one reported.

Deadbands compare with the last *reported* value, so that a slow ramp is reported each time it has come far enough.
A change of status is always a change. Not here: filters for events (`events`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaprotocol_auto import DataChangeFilter  # what is read from the wire; `ua` has a subclass of it

from twin.opcua.subscriptions.sample import Sample

IsChange = Callable[[Sample, Sample], bool]
"""Whether the second sample is a change from the first, the last one reported."""

_NONE, _ABSOLUTE, _PERCENT = range(3)  # DeadbandType


def status_changed(last: Sample, sample: Sample) -> bool:
    """Trigger Status."""
    return sample.status != last.status


def value_changed(last: Sample, sample: Sample) -> bool:
    """Trigger StatusValue, and what holds without a filter. NaN is no change from NaN."""
    return sample.status != last.status or (sample.value != last.value and not _both_nan(last.value, sample.value))


def time_changed(last: Sample, sample: Sample) -> bool:
    """Trigger StatusValueTimestamp."""
    return sample.source != last.source or value_changed(last, sample)


_TRIGGERS: dict[int, IsChange] = {0: status_changed, 1: value_changed, 2: time_changed}


def beyond(deadband: float, trigger: IsChange) -> IsChange:
    """Values that differ by more than `deadband` (in any element, of arrays), and what `trigger` adds beside values."""

    def changed(last: Sample, sample: Sample) -> bool:
        if sample.status != last.status:
            return True
        if trigger is status_changed:
            return False
        if trigger is time_changed and sample.source != last.source:
            return True
        return _apart(last.value, sample.value, deadband)

    return changed


def data_change_filter(
    wanted: object, is_number: Callable[[], bool], range_of: Callable[[], ua.Range | None]
) -> IsChange:
    """What a client asked for.

    Args:
        wanted: the filter of the request, None for the default.
        is_number: whether the variable's data type is one; asked for only when a deadband needs it.
        range_of: EURange of the variable; asked for only when a percent deadband needs it.

    Raises:
        ServiceError: with the status code of this monitored item.
    """
    if wanted is None:
        return value_changed
    if not isinstance(wanted, DataChangeFilter):
        raise ServiceError(StatusCodes.BadMonitoredItemFilterUnsupported)
    trigger, kind = _TRIGGERS[int(wanted.Trigger)], int(wanted.DeadbandType)
    if kind == _NONE:
        return trigger
    if not is_number():
        raise ServiceError(StatusCodes.BadFilterNotAllowed)
    return beyond(_deadband(kind, float(wanted.DeadbandValue), range_of), trigger)


def _deadband(kind: int, value: float, range_of: Callable[[], ua.Range | None]) -> float:
    if kind not in {_ABSOLUTE, _PERCENT} or not value >= 0 or (kind == _PERCENT and value > 100):
        raise ServiceError(StatusCodes.BadDeadbandFilterInvalid)
    if kind == _ABSOLUTE:
        return value
    limits = range_of()
    if limits is None:
        raise ServiceError(StatusCodes.BadMonitoredItemFilterUnsupported)
    return value / 100 * abs(float(limits.High) - float(limits.Low))


def _apart(last: Any, value: Any, deadband: float) -> bool:
    if isinstance(last, list) and isinstance(value, list):
        return len(last) != len(value) or any(map(_apart, last, value, [deadband] * len(last)))
    if not isinstance(last, int | float) or not isinstance(value, int | float):
        return bool(last != value)
    if last != last or value != value:
        return not _both_nan(last, value)
    return abs(value - last) > deadband


def _both_nan(last: Any, value: Any) -> bool:
    if isinstance(last, list) and isinstance(value, list):
        return len(last) == len(value) and all(a == b or _both_nan(a, b) for a, b in zip(last, value, strict=True))
    return bool(last != last and value != value)
