"""Columns that grow at their end. What was handed out before stays as it was: views of the rows there were then."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import EMPTY, Batch

_SMALLEST = 256


class GrowingBatch:
    """A batch to which more can be appended, at a cost that does not depend on how much there is already."""

    def __init__(self) -> None:
        self._rows = EMPTY
        self._columns: tuple[NDArray[Any], ...] = ()  # spare room behind the rows; empty while there is none

    @property
    def rows(self) -> Batch:
        """All rows there are now."""
        return self._rows

    def append(self, batch: Batch) -> None:
        """Add the rows of a batch that arrived after those here. A first batch is kept as it is, not copied."""
        if not len(self._rows):
            self._rows = batch
            return
        have, need = len(self._rows), len(self._rows) + len(batch)
        if not self._columns or need > len(self._columns[0]):
            self._make_room(max(_SMALLEST, 2 * need))
        for column, new in zip(self._columns, _columns(batch), strict=True):
            column[have:need] = new
        time_ns, tag, value, quality, source_ns = (column[:need] for column in self._columns)
        self._rows = Batch(time_ns, tag, value, quality, source_ns)

    def _make_room(self, rows: int) -> None:
        self._columns = tuple(np.empty(rows, column.dtype) for column in _columns(self._rows))
        for column, old in zip(self._columns, _columns(self._rows), strict=True):
            column[: len(old)] = old


def _columns(batch: Batch) -> tuple[NDArray[Any], ...]:
    return batch.time_ns, batch.tag, batch.value, batch.quality, batch.source_ns
