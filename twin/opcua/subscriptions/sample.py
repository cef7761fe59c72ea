"""One sampled value, with its bytes: a DataValue is encoded once, however many monitored items report it.

Not here: what is a change (`filters`), and which samples are kept (`items`).
"""

from __future__ import annotations

import logging
import struct
from copy import deepcopy
from datetime import datetime
from struct import Struct
from typing import Any, cast

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.ua_binary import variant_to_binary
from asyncua.ua.uaerrors import UaError

_log = logging.getLogger(__name__)

SOURCE, SERVER, BOTH, NEITHER = range(4)  # TimestampsToReturn
GOOD = 0
OVERFLOW = 0x480  # InfoType DataValue with the Overflow bit, Part 4 table 177

_VALUE, _STATUS, _SOURCE_TIME, _SERVER_TIME = 1, 2, 4, 8  # encoding mask of a DataValue, Part 6 section 5.2.2.17
_TIMES = {SOURCE: _SOURCE_TIME, SERVER: _SERVER_TIME, BOTH: _SOURCE_TIME | _SERVER_TIME, NEITHER: 0}
_CODES = {
    ua.VariantType.Boolean: "?",
    ua.VariantType.SByte: "b",
    ua.VariantType.Byte: "B",
    ua.VariantType.Int16: "h",
    ua.VariantType.UInt16: "H",
    ua.VariantType.Int32: "i",
    ua.VariantType.UInt32: "I",
    ua.VariantType.Int64: "q",
    ua.VariantType.UInt64: "Q",
    ua.VariantType.Float: "f",
    ua.VariantType.Double: "d",
}
# Value and both times of a Good scalar, by the number of its type: mask, type, value, source time, server time.
_SCALARS = [Struct(f"<BB{_CODES[kind]}qq") if kind in _CODES else None for kind in map(ua.VariantType, range(26))]
_STATUS_FIELD, _TIME_FIELD = Struct("<I"), Struct("<q")
_IMMUTABLE = (int, float, str, bytes, datetime, type(None))
_EPOCH_TICKS = ua.datetime_to_win_epoch(ua.DateTime(1970, 1, 1))


class Sample:
    """A value at an instant.

    Attributes:
        value: as asyncua's Variant holds it; a list where it is an array.
        kind: number of its built-in type.
        status: its status code.
        source: source time in ticks of 100 ns since 1601 UTC, 0 for none.
        server: server time, the same way.
    """

    __slots__ = ("_encoded", "_variant", "kind", "server", "source", "status", "value")

    def __init__(self, value: Any, kind: int, source: int, server: int, status: int = GOOD) -> None:
        self.value = value
        self.kind = kind
        self.status = status
        self.source = source
        self.server = server
        self._variant: ua.Variant | None = None
        self._encoded: bytes | None = None

    @classmethod
    def of(cls, data: ua.DataValue) -> Sample:
        """The sample that asyncua's DataValue is."""
        variant = data.Value if data.Value is not None else ua.Variant()
        source = ua.datetime_to_win_epoch(data.SourceTimestamp) if data.SourceTimestamp else 0
        server = ua.datetime_to_win_epoch(data.ServerTimestamp) if data.ServerTimestamp else 0
        status = data.StatusCode.value if data.StatusCode else GOOD
        if not isinstance(variant.Value, _IMMUTABLE):
            variant = deepcopy(variant)  # whoever wrote it may change a list or structure and write it again
        sample = cls(variant.Value, variant.VariantType.value, source, server, status)
        sample._variant = variant
        return sample

    def data_value(self) -> ua.DataValue:
        """The same as asyncua has it, for the Read service."""
        return ua.DataValue(
            self._as_variant(),
            ua.StatusCode(ua.UInt32(self.status)),
            _datetime(self.source),
            _datetime(self.server),
        )

    def encoded(self, timestamps: int) -> bytes:
        """The DataValue in OPC UA Binary, with the times that `timestamps` (TimestampsToReturn) names."""
        if timestamps != BOTH:
            return self._encode(timestamps, self.status)
        if self._encoded is None:
            self._encoded = self._encode(BOTH, self.status)
        return self._encoded

    def encoded_with_overflow(self, timestamps: int) -> bytes:
        """The same with the Overflow bit, which says that samples next to this one were discarded."""
        return self._encode(timestamps, self.status | OVERFLOW)

    def _encode(self, timestamps: int, status: int) -> bytes:
        """A value that does not fit its type goes out as BadEncodingError: one bad variable stops no other."""
        try:
            return self._encode_value(timestamps, status)
        except (UaError, struct.error, ArithmeticError, TypeError, ValueError, AttributeError) as error:
            _log.error("A value cannot be sent: %r as built-in type %d (%s)", self.value, self.kind, error)
            return bytes([_STATUS]) + _STATUS_FIELD.pack(StatusCodes.BadEncodingError)

    def _encode_value(self, timestamps: int, status: int) -> bytes:
        scalar = _SCALARS[self.kind] if self.kind < len(_SCALARS) else None
        if scalar and timestamps == BOTH and status == GOOD and self.source and self.server and self._is_scalar():
            return scalar.pack(_VALUE | _TIMES[BOTH], self.kind, self.value, self.source, self.server)
        mask, parts = _VALUE, [variant_to_binary(self._as_variant())]
        if status != GOOD:
            mask |= _STATUS
            parts.append(_STATUS_FIELD.pack(status))
        for bit, ticks in ((_SOURCE_TIME, self.source), (_SERVER_TIME, self.server)):
            if ticks and _TIMES[timestamps] & bit:
                mask |= bit
                parts.append(_TIME_FIELD.pack(ticks))
        return b"".join([bytes([mask]), *parts])

    def _is_scalar(self) -> bool:
        return self.value is not None and not isinstance(self.value, list)

    def _as_variant(self) -> ua.Variant:
        return self._variant or ua.Variant(self.value, ua.VariantType(self.kind))


def _datetime(ticks: int) -> ua.DateTime | None:
    return cast("ua.DateTime", ua.win_epoch_to_datetime(ticks)) if ticks else None


def ticks_of(time_ns: int) -> int:
    """Ticks of 100 ns since 1601 of a time in ns since 1970, in whole microseconds, the finest that a Read carries."""
    return _EPOCH_TICKS + time_ns // 1000 * 10
