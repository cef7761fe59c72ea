"""Thinning a tag's samples to what a plot of some pixels can show, without losing any extreme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Batch, Int64s
from twin.history.recording import Series

_BAD = 2


def thin(held: Batch, samples: Batch, span: tuple[int, int], pixels: int) -> Series:
    """One tag's samples in the interval `span = (after, until]`, at most two points a pixel, and what held before it.

    A pixel with more than two samples becomes a point with the extremes of all but its last sample, and that last
    sample by itself: it is the level that holds until the next pixel.

    Args:
        held: the sample that held when the interval began, or none.
        samples: those in the interval, in order of arrival.
        span: the interval in ns UTC.
        pixels: width of the plot, at least 1.
    """
    edges = _edges(samples.time_ns, span, max(1, pixels))
    bad = _severity(samples)
    return Series(
        np.concatenate([held.time_ns, samples.time_ns[edges]]),
        np.concatenate([held.value, np.fmin.reduceat(samples.value, edges) if len(edges) else samples.value]),
        np.concatenate([held.value, np.fmax.reduceat(samples.value, edges) if len(edges) else samples.value]),
        np.concatenate([_severity(held), np.maximum.reduceat(bad, edges) if len(edges) else bad]),
    )


def _edges(time_ns: Int64s, span: tuple[int, int], pixels: int) -> NDArray[np.intp]:
    """Where each point's stretch of samples begins; fmin and fmax then pass over the NaN of samples without a value."""
    rows = len(time_ns)
    if rows <= 2 * pixels:
        return np.arange(rows)
    after_ns, until_ns = span
    width = -(-(until_ns - after_ns) // pixels)
    pixel = (time_ns - (after_ns + 1)) // width
    starts = np.flatnonzero(np.diff(pixel, prepend=-1))
    lasts = np.append(starts[1:], rows) - 1
    return np.union1d(starts, lasts)


def _severity(samples: Batch) -> NDArray[np.uint8]:
    severity: NDArray[np.uint8] = np.minimum(samples.quality >> 30, _BAD).astype(np.uint8)
    return severity
