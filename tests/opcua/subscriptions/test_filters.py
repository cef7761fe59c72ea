"""DataChangeFilter: what is a change, and which filters are refused with which status code."""

from __future__ import annotations

import math

import pytest
from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.ua.status_codes import StatusCodes

from tests.opcua.subscriptions.engine import DOUBLE, double
from twin.opcua.subscriptions.filters import IsChange, data_change_filter
from twin.opcua.subscriptions.sample import Sample

NAN, BAD = math.nan, 0x80000000
T = ua.DataChangeTrigger
LIMITS = ua.Range(-50.0, 150.0)


def made(
    trigger: T = T.StatusValue,
    deadband: int = 0,
    value: float = 0.0,
    *,
    number: bool = True,
    limits: ua.Range | None = None,
) -> IsChange:
    wanted = ua.DataChangeFilter(trigger, ua.UInt32(deadband), value)
    return data_change_filter(wanted, lambda: number, lambda: limits)


@pytest.mark.parametrize(
    ("trigger", "changes"),
    [(T.Status, [True, False, False]), (T.StatusValue, [True, True, False]), (T.StatusValueTimestamp, [True] * 3)],
)
def test_triggers(trigger: T, changes: list[bool]) -> None:
    changed, first = made(trigger), double(1.0)
    status, value, time = double(1.0, BAD), double(2.0), Sample(1.0, DOUBLE, 2, 1)
    assert [changed(first, other) for other in (status, value, time)] == changes
    assert not changed(first, double(1.0))


def test_without_a_filter_status_and_value_count() -> None:
    changed = data_change_filter(None, lambda: False, lambda: None)
    assert changed(double(1.0), double(2.0))
    assert not changed(double(1.0), Sample(1.0, DOUBLE, 9, 9))


@pytest.mark.parametrize(
    ("last", "value", "expected"),
    [(10.0, 12.0, False), (10.0, 12.5, True), (10.0, 7.5, True), (NAN, NAN, False), (NAN, 1.0, True), (1.0, NAN, True)],
)
def test_an_absolute_deadband_must_be_exceeded(last: float, value: float, expected: bool) -> None:
    assert made(deadband=1, value=2.0)(double(last), double(value)) is expected


def test_a_percent_deadband_is_of_the_range() -> None:
    changed = made(deadband=2, value=10.0, limits=LIMITS)  # 10 % of 200
    assert not changed(double(0.0), double(20.0))
    assert changed(double(0.0), double(20.1))


def test_arrays_change_with_any_element_and_with_their_length() -> None:
    changed = made(deadband=1, value=1.0)

    def array(*values: float) -> Sample:
        return Sample(list(values), DOUBLE, 1, 1)

    assert not changed(array(1, 2, 3), array(2, 1, 3.5))
    assert changed(array(1, 2, 3), array(1, 2, 4.5))
    assert changed(array(1, 2, 3), array(1, 2))
    assert not made()(array(1, NAN), array(1, NAN))


def test_deadbands_leave_the_other_triggers_alone() -> None:
    assert not made(T.Status, 1, 0.0)(double(0.0), double(9.0))
    assert made(T.StatusValue, 1, 100.0)(double(0.0), double(0.0, BAD))
    assert made(T.StatusValueTimestamp, 1, 100.0)(double(0.0), Sample(0.0, DOUBLE, 2, 1))


@pytest.mark.parametrize(
    ("deadband", "value", "number", "code"),
    [
        (1, -1.0, True, StatusCodes.BadDeadbandFilterInvalid),
        (1, NAN, True, StatusCodes.BadDeadbandFilterInvalid),
        (2, 101.0, True, StatusCodes.BadDeadbandFilterInvalid),
        (3, 1.0, True, StatusCodes.BadDeadbandFilterInvalid),
        (2, 10.0, True, StatusCodes.BadMonitoredItemFilterUnsupported),
        (1, 1.0, False, StatusCodes.BadFilterNotAllowed),
        (2, 1.0, False, StatusCodes.BadFilterNotAllowed),
    ],
)
def test_refused(deadband: int, value: float, number: bool, code: int) -> None:
    with pytest.raises(ServiceError) as refused:
        made(deadband=deadband, value=value, number=number)
    assert refused.value.code == code


def test_filters_for_something_else_are_refused() -> None:
    for wanted in (ua.EventFilter(), ua.AggregateFilter()):
        with pytest.raises(ServiceError) as refused:
            data_change_filter(wanted, lambda: True, lambda: LIMITS)
        assert refused.value.code == StatusCodes.BadMonitoredItemFilterUnsupported
