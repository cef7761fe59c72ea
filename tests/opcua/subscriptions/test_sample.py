"""Samples on the wire, against asyncua's own encoding and decoding."""

from __future__ import annotations

import math

import pytest
from asyncua import ua
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.ua_binary import struct_to_binary
from hypothesis import given
from hypothesis import strategies as st

from tests.opcua.subscriptions.engine import data_value
from twin.opcua.subscriptions.sample import BOTH, GOOD, NEITHER, OVERFLOW, SERVER, SOURCE, Sample, ticks_of
from twin.opcua.values import datetime_at

K = ua.VariantType
NS = 1_767_225_600_123_456_789
SCALARS = {
    K.Boolean: st.booleans(),
    K.SByte: st.integers(-128, 127),
    K.Byte: st.integers(0, 255),
    K.Int16: st.integers(-(2**15), 2**15 - 1),
    K.UInt16: st.integers(0, 2**16 - 1),
    K.Int32: st.integers(-(2**31), 2**31 - 1),
    K.UInt32: st.integers(0, 2**32 - 1),
    K.Int64: st.integers(-(2**63), 2**63 - 1),
    K.UInt64: st.integers(0, 2**64 - 1),
    K.Float: st.floats(width=32, allow_nan=False),
    K.Double: st.floats(allow_nan=False),
    K.String: st.none() | st.text(),
    K.ByteString: st.none() | st.binary(),
    K.DateTime: st.integers(-(10**15), 10**16).map(datetime_at),
}
Typed = tuple[ua.VariantType, object]


def typed() -> st.SearchStrategy[Typed]:
    scalars = [st.tuples(st.just(kind), values) for kind, values in SCALARS.items()]
    arrays = [st.tuples(st.just(kind), st.lists(values, max_size=5)) for kind, values in SCALARS.items()]
    return st.one_of(*scalars, *arrays)


@given(typed(), st.sampled_from([GOOD, 0x80000000, 0x40000000]), st.sampled_from([BOTH, SOURCE, SERVER, NEITHER]))
def test_a_client_reads_what_was_sampled(one: Typed, status: int, timestamps: int) -> None:
    kind, value = one
    source, server = ticks_of(NS), ticks_of(NS) + 10
    got = data_value(Sample(value, kind.value, source, server, status).encoded(timestamps))
    assert got.Value == ua.Variant(value, kind, is_array=isinstance(value, list))
    assert (got.StatusCode.value if got.StatusCode else GOOD) == status
    times = [ua.datetime_to_win_epoch(time) if time else 0 for time in (got.SourceTimestamp, got.ServerTimestamp)]
    assert times == [source * (timestamps in {BOTH, SOURCE}), server * (timestamps in {BOTH, SERVER})]


@given(typed())
def test_asyncuas_values_keep_their_bytes(one: Typed) -> None:
    kind, value = one
    time = datetime_at(NS // 1000)
    data = ua.DataValue(ua.Variant(value, kind), ua.StatusCode(ua.UInt32(0x40000000)), time, time)
    assert Sample.of(data).encoded(BOTH) == struct_to_binary(data)
    assert struct_to_binary(Sample.of(data).data_value()) == struct_to_binary(data)


def test_nan_arrives_as_nan() -> None:
    variant = data_value(Sample(math.nan, K.Double.value, 1, 1).encoded(BOTH)).Value
    assert variant is not None
    assert math.isnan(variant.Value)


def test_overflow_sets_the_info_bits_and_leaves_the_sample_as_it_was() -> None:
    sample = Sample(1.5, K.Double.value, 5, 6)
    got = data_value(sample.encoded_with_overflow(BOTH))
    assert got.StatusCode is not None
    assert got.StatusCode.value == OVERFLOW == 0x480
    assert got.StatusCode.is_good()
    assert data_value(sample.encoded(BOTH)).StatusCode is None or sample.status == GOOD


@pytest.mark.expect_log("cannot be sent")
@pytest.mark.parametrize("timestamps", [BOTH, NEITHER])
@pytest.mark.parametrize(("kind", "value"), [(K.Float, 1e300), (K.Int32, 2**40), (K.Int32, "x"), (K.Double, [None])])
def test_a_value_that_does_not_fit_its_type_is_bad_and_stops_nothing(
    kind: ua.VariantType, value: object, timestamps: int
) -> None:
    got = data_value(Sample(value, kind.value, 1, 1).encoded(timestamps))
    assert got.StatusCode == ua.StatusCode(ua.UInt32(StatusCodes.BadEncodingError))


def test_a_list_that_its_writer_changes_later_stays_as_it_was_sampled() -> None:
    values = [1.0, 2.0]
    sample = Sample.of(ua.DataValue(ua.Variant(values, K.Double)))
    values[0] = 9.0
    assert sample.value == [1.0, 2.0]


@pytest.mark.parametrize(("time_ns", "expected"), [(0, 0), (999, 0), (1_000, 10), (NS, (NS // 1000) * 10)])
def test_ticks_are_whole_microseconds_since_1601(time_ns: int, expected: int) -> None:
    assert ticks_of(time_ns) - 116_444_736_000_000_000 == expected
