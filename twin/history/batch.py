"""Batch: samples as columns in order of arrival. Snapshot: the newest value of every tag at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.plant import quality

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
UInt32s = NDArray[np.uint32]
Floats = NDArray[np.float64]

Column = TypeVar("Column", bound=np.generic)
NEVER_NS = np.iinfo(np.int64).min  # the time of a tag that has had no value yet


def _frozen(array: NDArray[Column]) -> NDArray[Column]:
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples in order of arrival, as columns of equal length n.

    Attributes:
        time_ns: (n,) int64, arrival at the gateway, UTC; never falling. The playhead runs on it.
        tag: (n,) int32, index into the recording's catalogue.
        value: (n,) float64. Boolean as 0/1, DateTime as seconds since 1970 UTC, text as the code of an interned string;
            NaN where the server sent no value.
        quality: (n,) uint32, OPC UA status code.
        source_ns: (n,) int64, what the server said, UTC; the arrival time where it said nothing.
    """

    time_ns: Int64s
    tag: Int32s
    value: Floats
    quality: UInt32s
    source_ns: Int64s

    def __post_init__(self) -> None:
        columns = (self.time_ns, self.tag, self.value, self.quality, self.source_ns)
        if len({len(column) for column in columns}) != 1:
            raise ValueError(f"columns of a batch differ in length: {[len(column) for column in columns]}")
        for column in columns:
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.time_ns)

    def between(self, after_ns: int, until_ns: int) -> Batch:
        """The samples that arrived in the half-open interval `(after_ns, until_ns]`, as views."""
        first, last = np.searchsorted(self.time_ns, [after_ns, until_ns], side="right")
        return self.rows(slice(int(first), max(int(first), int(last))))

    def rows(self, which: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Batch:
        """The chosen rows, in the same order."""
        return Batch(
            self.time_ns[which], self.tag[which], self.value[which], self.quality[which], self.source_ns[which]
        )


def make_batch(rows: Sequence[tuple[int, int, float, int, int]]) -> Batch:
    """A batch from rows of (time_ns, tag, value, quality, source_ns)."""
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    return Batch(
        np.array(columns[0], np.int64),
        np.array(columns[1], np.int32),
        np.array(columns[2], np.float64),
        np.array(columns[3], np.uint32),
        np.array(columns[4], np.int64),
    )


EMPTY = make_batch(())


def join_batches(batches: Sequence[Batch]) -> Batch:
    """One batch with all rows of `batches`, which are in order of arrival."""
    if len(batches) < 2:
        return batches[0] if batches else EMPTY
    return Batch(
        np.concatenate([batch.time_ns for batch in batches]),
        np.concatenate([batch.tag for batch in batches]),
        np.concatenate([batch.value for batch in batches]),
        np.concatenate([batch.quality for batch in batches]),
        np.concatenate([batch.source_ns for batch in batches]),
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest sample of every tag at or before `at_ns`, as columns indexed by tag.

    A tag without any sample yet has time NEVER_NS, value NaN and quality BadWaitingForInitialData.
    """

    at_ns: int
    time_ns: Int64s
    value: Floats
    quality: UInt32s
    source_ns: Int64s

    def __len__(self) -> int:
        return len(self.time_ns)

    def advanced(self, batch: Batch, at_ns: int, tags: int) -> Snapshot:
        """The snapshot after `batch` at `at_ns`, of `tags` tags. The batch must begin after `self.at_ns`."""
        grown = empty_snapshot(at_ns, max(tags, len(self)))
        size = len(self)
        pairs = (
            (grown.time_ns, self.time_ns, batch.time_ns),
            (grown.value, self.value, batch.value),
            (grown.quality, self.quality, batch.quality),
            (grown.source_ns, self.source_ns, batch.source_ns),
        )
        for column, before, new in pairs:
            column.flags.writeable = True
            column[:size] = before
            column[batch.tag] = new  # numpy assigns in order: of several samples of a tag the last one stays
            column.flags.writeable = False
        return grown


def empty_snapshot(at_ns: int, tags: int) -> Snapshot:
    """A snapshot of `tags` tags that have had no value yet."""
    return Snapshot(
        at_ns,
        _frozen(np.full(tags, NEVER_NS, np.int64)),
        _frozen(np.full(tags, np.nan)),
        _frozen(np.full(tags, quality.BAD_WAITING, np.uint32)),
        _frozen(np.full(tags, NEVER_NS, np.int64)),
    )
