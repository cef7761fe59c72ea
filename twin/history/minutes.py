"""Whole minutes of samples, the unit in which recordings are kept and decoded, and the questions answered over them.

Not here: where the minutes come from (`memory`, `sqlite_days`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np

from twin.history.batch import EMPTY, NEVER_NS, Batch, Snapshot, empty_snapshot, join_batches
from twin.history.downsampling import thin
from twin.history.growing import GrowingBatch
from twin.history.recording import Catalog, Series, Span

MINUTE_NS = 60_000_000_000
_FEWEST_ROWS = 4096  # replaying fewer rows than this is not worth a mark


def minute_of(time_ns: int) -> int:
    """The number of the minute, since 1970, that a time lies in."""
    return time_ns // MINUTE_NS


def split_minutes(batch: Batch) -> Iterator[tuple[int, Batch]]:
    """The batch cut where a minute begins, with the number of each minute."""
    numbers = batch.time_ns // MINUTE_NS
    cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(batch)]
    for first, last in pairwise(cuts):
        yield int(numbers[first]), batch.rows(slice(first, last))


class Minute:
    """One minute's samples, and the state at any instant from its first sample on.

    Every so many rows it keeps the state as a mark, so that any instant is a short replay away, backwards as well as
    forwards. The marks together take no more room than the samples.
    """

    def __init__(self, number: int, before: Callable[[], Snapshot]) -> None:
        self.number = number
        self._before = before  # asked once, when first needed: plain reading does not need it
        self._samples = GrowingBatch()
        self._marks: list[Snapshot] = []
        self._newest: tuple[int, Snapshot] | None = None

    def __len__(self) -> int:
        return len(self._samples.rows)

    def append(self, batch: Batch) -> None:
        """Add samples that arrived after those here."""
        self._samples.append(batch)

    @property
    def samples(self) -> Batch:
        """All samples of the minute so far."""
        return self._samples.rows

    def state_at(self, at_ns: int, tags: int) -> Snapshot:
        """The newest sample of every tag at or before `at_ns`, for a catalogue of `tags` tags."""
        rows = self._samples.rows
        row = int(np.searchsorted(rows.time_ns, at_ns, side="right"))
        start, state = self._mark(row, tags)
        if self._newest and start <= self._newest[0] <= row and len(self._newest[1]) <= tags:
            start, state = self._newest
        if start == row and len(state) == tags:
            state = replace(state, at_ns=at_ns)
        else:
            state = state.advanced(rows.rows(slice(start, row)), at_ns, tags)
        self._newest = (row, state)
        return state

    def _mark(self, row: int, tags: int) -> tuple[int, Snapshot]:
        """The last mark at or before a row, and the row at which it stands."""
        if not self._marks:
            self._marks.append(self._before())
        step = max(_FEWEST_ROWS, 2 * len(self._marks[0]))
        rows = self._samples.rows
        while len(self._marks) * step <= row:
            stretch = rows.rows(slice((len(self._marks) - 1) * step, len(self._marks) * step))
            self._marks.append(self._marks[-1].advanced(stretch, int(stretch.time_ns[-1]), tags))
        index = min(row // step, len(self._marks) - 1)
        return index * step, self._marks[index]


class Minutes(Protocol):
    """Where minutes come from. Only minutes that have samples exist."""

    def between(self, first: int, last: int) -> Iterator[Minute]:
        """The minutes numbered `first` to `last`, both included, in order."""

    def holding(self, number: int) -> Minute | None:
        """The last minute numbered `number` or less."""


class MinuteRecording:
    """The part of the Recording contract that is the same wherever minutes come from.

    Samples may have arrived since the last refresh; they are all later than the span's end, so clipping hides them.
    """

    def __init__(self, minutes: Minutes) -> None:
        self.catalog = Catalog()
        self._minutes = minutes
        self._span = Span(0, 0)

    def span(self) -> Span:
        return self._span

    def read(self, after_ns: int, until_ns: int) -> Batch:
        return join_batches(list(self._pieces(after_ns, until_ns)))

    def latest(self, at_ns: int) -> Snapshot:
        seen_ns, tags = min(at_ns, self._span.end_ns), len(self.catalog)
        minute = self._minutes.holding(minute_of(seen_ns))
        if minute is None:
            return empty_snapshot(at_ns, tags)
        return replace(minute.state_at(seen_ns, tags), at_ns=at_ns)

    def series(self, tag: int, after_ns: int, until_ns: int, pixels: int) -> Series:
        known = [piece.rows(piece.tag == tag) for piece in self._pieces(after_ns, until_ns)]
        return thin(self._held(tag, after_ns), join_batches(known), (after_ns, until_ns), pixels)

    def _pieces(self, after_ns: int, until_ns: int) -> Iterator[Batch]:
        first, last = max(after_ns, self._span.start_ns - 1), min(until_ns, self._span.end_ns)
        for minute in self._minutes.between(minute_of(first + 1), minute_of(last)) if first < last else ():
            piece = minute.samples.between(first, last)
            if len(piece):
                yield piece

    def _held(self, tag: int, at_ns: int) -> Batch:
        state = self.latest(at_ns)
        if not 0 <= tag < len(state) or state.time_ns[tag] == NEVER_NS:
            return EMPTY
        one = slice(tag, tag + 1)
        tags = np.array([tag], np.int32)
        return Batch(state.time_ns[one], tags, state.value[one], state.quality[one], state.source_ns[one])
