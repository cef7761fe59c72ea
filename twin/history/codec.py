"""How samples lie in a blob: a checked header, then columns that zstd can squeeze. Not here: files and tables.

Header (little-endian): version byte, number of samples, CRC32 of all that follows it. Then one zstd frame holding
- arrival times as differences, in order of arrival
- tags in order of arrival
- values and qualities tag by tag: neighbours of the same tag resemble each other
- source times tag by tag as "arrival minus source", divided by their largest common unit (OPC UA: 100 ns)

each with its bytes shuffled: first bytes of all numbers, then second bytes, and so on. All differences are taken modulo
2**64, so any int64 survives, also the absurd times of broken servers.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from twin.errors import RecordingError
from twin.history.batch import EMPTY, Batch, Floats, Int32s, Int64s, UInt32s

VERSION = 1
QUICK, DENSE = 1, 3  # zstd levels: for the journal, which waits for nobody, and for what is kept

_HEADER = struct.Struct("<BII")
_BASES = struct.Struct("<qq")  # first arrival time, unit of the source times
_ROW_BYTES = 8 + 4 + 8 + 4 + 8
_WIDTHS = (8, 4, 8, 4, 8)
_MOST_ROWS = 100_000_000  # beyond any minute or keyframe; a damaged header must not ask for all memory


class Codec:
    """Encodes and decodes batches. For one thread: it keeps its compressors."""

    def __init__(self, level: int = DENSE) -> None:
        self._compressor = zstandard.ZstdCompressor(level)
        self._decompressor = zstandard.ZstdDecompressor()

    def encode(self, batch: Batch) -> bytes:
        """The batch as a blob."""
        order = _by_tag(batch.tag)
        first = int(batch.time_ns[0]) if len(batch) else 0
        late = np.ascontiguousarray((batch.time_ns - batch.source_ns)[order])
        unit = max(1, int(np.gcd.reduce(late))) if len(batch) else 1
        columns: tuple[NDArray[Any], ...] = (
            np.diff(batch.time_ns, prepend=np.int64(first)),
            batch.tag,
            batch.value[order],
            batch.quality[order],
            late // unit,
        )
        raw = _BASES.pack(first, unit) + b"".join(_shuffled(column) for column in columns)
        return _sealed(len(batch), self._compressor.compress(raw))

    def decode(self, blob: bytes) -> Batch:
        """The batch in a blob.

        Raises:
            RecordingError: with the reason alone, if the blob is not what was written; the caller knows where it lay.
        """
        rows, body = _opened(blob)
        try:
            raw = self._decompressor.decompress(body, max_output_size=_BASES.size + rows * _ROW_BYTES)
        except zstandard.ZstdError as error:
            raise RecordingError(f"it cannot be unpacked ({error})") from error
        if len(raw) != _BASES.size + rows * _ROW_BYTES:
            raise RecordingError(f"it unpacks to {len(raw)} bytes, not to {rows} samples")
        return _from_columns(raw, rows) if rows else EMPTY


def _sealed(rows: int, body: bytes) -> bytes:
    return _HEADER.pack(VERSION, rows, zlib.crc32(body, rows)) + body


def _opened(blob: bytes) -> tuple[int, memoryview]:
    if len(blob) < _HEADER.size:
        raise RecordingError(f"it is cut short to {len(blob)} bytes")
    version, rows, checksum = _HEADER.unpack_from(blob)
    body = memoryview(blob)[_HEADER.size :]
    if version > VERSION:
        raise RecordingError(f"it was written by a newer program (coding {version})")
    if version != VERSION or rows > _MOST_ROWS or zlib.crc32(body, rows) != checksum:
        raise RecordingError("its checksum does not match")
    return rows, body


def _from_columns(raw: bytes, rows: int) -> Batch:
    first, unit = _BASES.unpack_from(raw)
    columns, at = [], _BASES.size
    for width in _WIDTHS:
        columns.append(_unshuffled(raw, at, rows, width))
        at += rows * width
    time_ns: Int64s = np.cumsum(columns[0].view(np.int64)) + np.int64(first)
    tag: Int32s = columns[1].view(np.int32)
    if rows and int(tag.min()) < 0:
        raise RecordingError("it names a tag below zero")
    order = _by_tag(tag)
    value: Floats = np.empty(rows, np.float64)
    quality: UInt32s = np.empty(rows, np.uint32)
    late: Int64s = np.empty(rows, np.int64)
    value[order] = columns[2].view(np.float64)
    quality[order] = columns[3].view(np.uint32)
    late[order] = columns[4].view(np.int64) * np.int64(unit)
    return Batch(time_ns, tag, value, quality, time_ns - late)


def _by_tag(tag: Int32s) -> NDArray[np.intp]:
    """The stable order by tag. Below 65,536 tags numpy sorts 16-bit numbers by radix, ten times faster."""
    narrow = len(tag) > 0 and int(tag.max()) < 1 << 16 and int(tag.min()) >= 0
    return np.argsort(tag.astype(np.uint16) if narrow else tag, kind="stable")


def _shuffled(column: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(column).view(np.uint8).reshape(len(column), column.itemsize).T.tobytes()


def _unshuffled(raw: bytes, at: int, rows: int, width: int) -> NDArray[np.uint8]:
    column = np.zeros((rows, width), np.uint8)
    for index, plane in enumerate(np.frombuffer(raw, np.uint8, rows * width, at).reshape(width, rows)):
        if plane.any():  # the upper bytes of small numbers are all zero, and scattering bytes is what costs
            column[:, index] = plane
    return column.reshape(-1)
