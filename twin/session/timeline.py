"""The state timeline: every station's changes of state over the whole recording, read piece by piece and kept.

The newest end is read at once on every update; the past is filled in backwards, one stretch an update, so that opening
a long recording never makes the window wait.
"""

from __future__ import annotations

import numpy as np

from twin.history.batch import Batch, Int32s, Int64s
from twin.history.recording import Recording, Span
from twin.plant.packml import states_of
from twin.session.binding import picked
from twin.session.floor_state import good_values
from twin.session.frame import Timeline

STRETCH_NS = 600 * 1_000_000_000

Changes = tuple[Int64s, Int32s]  # times and the state from each time on
_NOTHING: Changes = (np.empty(0, np.int64), np.empty(0, np.int32))


class TimelineReader:
    """Keeps the timeline of the tags `index` (one a station, -1 for none) up to date with a recording."""

    def __init__(self, recording: Recording, index: Int32s, at_ns: int) -> None:
        self._recording = recording
        self._index = index
        self._columns = self._held(at_ns)  # what held there may have been written at that very instant
        self._covered = Span(at_ns, at_ns)
        self.timeline = self._frozen()

    def update(self) -> Timeline:
        """Read what has been added at the end, and one more stretch of the past."""
        span = self._recording.span()
        before = self._covered
        if span.end_ns > before.end_ns:
            newer = self._piece(before.end_ns, span.end_ns)
            pairs = zip(self._columns, newer, strict=True)
            self._columns = [_joined(kept, new) if len(new[0]) else kept for kept, new in pairs]
            self._covered = Span(before.start_ns, span.end_ns)
        if before.start_ns > span.start_ns:
            start = max(before.start_ns - STRETCH_NS, span.start_ns)
            older = zip(self._held(start), self._piece(start, before.start_ns), self._columns, strict=True)
            self._columns = [_joined(*parts) for parts in older]
            self._covered = Span(start, self._covered.end_ns)
        if self._covered != before:
            self.timeline = self._frozen()
        return self.timeline

    def _piece(self, after_ns: int, until_ns: int) -> list[Changes]:
        batch = self._recording.read(after_ns, until_ns)
        chosen = np.isin(batch.tag, self._index[self._index >= 0])
        batch = batch.rows(chosen)
        return [_states(batch.rows(batch.tag == tag)) for tag in self._index]

    def _held(self, at_ns: int) -> list[Changes]:
        """What held at `at_ns`, as one entry a station."""
        states = states_of(picked(good_values(self._recording.latest(at_ns)), self._index))
        return [(np.array([at_ns], np.int64), states[row : row + 1]) for row in range(len(states))]

    def _frozen(self) -> Timeline:
        return Timeline(
            self._covered,
            tuple(times for times, _ in self._columns),
            tuple(states for _, states in self._columns),
        )


def _joined(*parts: Changes) -> Changes:
    """The parts one after the other, without entries that repeat the state before them."""
    times = np.concatenate([part[0] for part in parts])
    states = np.concatenate([part[1] for part in parts])
    changed = np.ones(len(states), np.bool_)
    changed[1:] = states[1:] != states[:-1]
    return times[changed], states[changed]


def _states(batch: Batch) -> Changes:
    if not len(batch):
        return _NOTHING
    return batch.time_ns, states_of(np.where(batch.quality >> 31, np.nan, batch.value))
