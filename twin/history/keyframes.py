"""Keyframes: the full state in which a minute begins, stored as a batch with one row for each tag that has a value."""

from __future__ import annotations

import numpy as np

from twin.history.batch import NEVER_NS, Batch, Snapshot, empty_snapshot
from twin.history.minutes import MINUTE_NS


def no_state(minute: int) -> Snapshot:
    """The state before the first minute of a recording."""
    return empty_snapshot(minute * MINUTE_NS - 1, 0)


def to_rows(state: Snapshot) -> Batch:
    """The state as rows in order of tag; unlike samples, not in order of arrival."""
    tags = np.flatnonzero(state.time_ns != NEVER_NS)
    columns = (state.time_ns[tags], tags.astype(np.int32), state.value[tags], state.quality[tags])
    return Batch(*columns, state.source_ns[tags])


def from_rows(rows: Batch, minute: int) -> Snapshot:
    """The state in which a minute begins."""
    return _advanced(no_state(minute), rows, minute)


def after_minute(state: Snapshot, minute: int, samples: Batch) -> Snapshot:
    """The state at the end of a minute that began with `state`."""
    return _advanced(state, samples, minute + 1)


def _advanced(state: Snapshot, rows: Batch, minute: int) -> Snapshot:
    tags = int(rows.tag.max()) + 1 if len(rows) else 0
    return state.advanced(rows, minute * MINUTE_NS - 1, max(tags, len(state)))
