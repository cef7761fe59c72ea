"""Variants become float64, text and status; nothing is guessed."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from twin.opcua.values import LONGEST_TEXT, bad_report, make_report, number_of, source_time_ns, unix_us
from twin.plant import quality

AT_NS = 1_700_000_000_000_000_000
NOON = datetime(2024, 1, 2, 12, 0, 0, 250_000, tzinfo=UTC)


def reading(value: object, status: int = 0, time: datetime | None = None) -> ua.DataValue:
    answer = ua.DataValue(ua.Variant(value), ua.StatusCode(ua.UInt32(status)))
    return answer if time is None else replace(answer, SourceTimestamp=cast("ua.DateTime", time))


def test_numbers_booleans_and_times_become_float64() -> None:
    values = [True, 7, 2.5, NOON]
    report = make_report(AT_NS, [(tag, False, reading(value)) for tag, value in enumerate(values)])
    assert report.batch.value.tolist() == [1.0, 7.0, 2.5, NOON.timestamp()]
    assert report.batch.tag.tolist() == [0, 1, 2, 3]
    assert set(report.batch.time_ns.tolist()) == {AT_NS}
    assert report.batch.quality.tolist() == [0, 0, 0, 0]


def test_texts_are_interned_by_the_recorder_and_not_before() -> None:
    report = make_report(AT_NS, [(0, True, reading("a")), (1, False, reading(1)), (2, True, reading("b"))])
    assert report.texts == ((0, "a"), (2, "b"))
    codes = {"a": 10, "b": 11}
    assert report.interned(codes.__getitem__).value.tolist() == [10.0, 1.0, 11.0]
    assert math.isnan(report.batch.value[0])


def test_localized_text_counts_as_text_and_long_text_is_cut() -> None:
    long = "x" * (LONGEST_TEXT + 1)
    report = make_report(AT_NS, [(0, True, reading(ua.LocalizedText("温度"))), (1, True, reading(long))])
    assert report.texts == ((0, "温度"), (1, long[:-1]))


@pytest.mark.parametrize(
    ("is_text", "value"), [(False, "text"), (False, [1, 2]), (True, 3), (False, ua.NodeId(ua.Int32(1)))]
)
def test_a_value_of_another_kind_is_a_type_mismatch(is_text: bool, value: object) -> None:
    report = make_report(AT_NS, [(0, is_text, reading(value))])
    assert math.isnan(report.batch.value[0])
    assert report.batch.quality.tolist() == [quality.BAD_TYPE_MISMATCH]
    assert report.texts == ()


@pytest.mark.parametrize("is_text", [False, True])
def test_no_value_keeps_what_the_server_says_about_it(is_text: bool) -> None:
    report = make_report(AT_NS, [(0, is_text, reading(None, quality.BAD_NO_COMMUNICATION))])
    assert math.isnan(report.batch.value[0])
    assert report.batch.quality.tolist() == [quality.BAD_NO_COMMUNICATION]


@pytest.mark.parametrize("time", [None, datetime(1601, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_source_time_that_says_nothing_is_the_arrival(time: datetime | None) -> None:
    assert source_time_ns(time, AT_NS) == AT_NS


def test_the_source_time_is_kept_to_the_microsecond() -> None:
    report = make_report(AT_NS, [(0, False, reading(1.0, time=NOON))])
    assert report.batch.source_ns.tolist() == [1_704_196_800_250_000_000]


@given(st.integers(-(2**50), 2**50))
def test_times_survive_the_way_to_integers(microseconds: int) -> None:
    time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert unix_us(time) == microseconds
    assert unix_us(time.replace(tzinfo=None)) == microseconds


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_double_passes_unchanged(number: float) -> None:
    passed = number_of(ua.Variant(number, ua.VariantType.Double))
    assert np.array(passed).tobytes() == np.array(number).tobytes()


def test_what_the_link_itself_knows_is_reported_too() -> None:
    report = bad_report(AT_NS, {3: quality.BAD_NODE_UNKNOWN})
    assert report.batch.tag.tolist() == [3]
    assert report.batch.quality.tolist() == [quality.BAD_NODE_UNKNOWN]
