"""A trend as lines to draw, in numpy. Gaps and bad stretches stay gaps, the last value holds, extremes survive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int64s
from twin.history.recording import Gap, Series, Span

Bytes = NDArray[np.uint8]
_BAD = 2


@dataclass(frozen=True, slots=True)
class Line:
    """Points of a line: x in seconds from the window's start, y the value; NaN in y lifts the pen."""

    x_s: Floats
    y: Floats


def line_of(series: Series, window: Span, until_ns: int, gaps: Iterable[Gap], *, stepped: bool) -> Line:
    """The line of a series. The last value holds until `until_ns`; nothing is drawn through a gap or a bad stretch."""
    if not len(series.time_ns):
        return Line(np.empty(0), np.empty(0))
    times, low, high = _broken(series, until_ns, gaps)
    x_s = (times - window.start_ns) / 1e9
    if stepped:
        x_s, low, high = np.repeat(x_s, 2)[1:], np.repeat(low, 2)[:-1], np.repeat(high, 2)[:-1]
    if np.array_equal(low, high, equal_nan=True):
        return Line(x_s, low)
    return Line(np.repeat(x_s, 2), np.column_stack([low, high]).ravel())


def _broken(series: Series, until_ns: int, gaps: Iterable[Gap]) -> tuple[Int64s, Floats, Floats]:
    """The points with the last one held, and with breaks where gaps begin."""
    low = np.where(series.bad == _BAD, np.nan, series.low)
    high = np.where(series.bad == _BAD, np.nan, series.high)
    times = series.time_ns
    first, last = int(times[0]), int(times[-1])
    starts = [gap.start_ns for gap in gaps if first < gap.start_ns < max(until_ns, last)]
    if until_ns > last:
        times, low, high = np.append(times, until_ns), np.append(low, low[-1]), np.append(high, high[-1])
    if not starts:
        return times, low, high
    # Before a gap the value holds up to its start; from there on there is none until the next sample.
    at = np.array([start + offset for start in starts for offset in (0, 1)], np.int64)
    places = np.searchsorted(times, at)
    held = places - 1
    breaks = np.tile([True, False], len(starts))
    return (
        np.insert(times, places, at),
        np.insert(low, places, np.where(breaks, low[held], np.nan)),
        np.insert(high, places, np.where(breaks, high[held], np.nan)),
    )


def value_range(line: Line, low: float | None, high: float | None) -> tuple[float, float]:
    """What the value axis shows: all values, and limits that are not far from them, with some air."""
    known = line.y[np.isfinite(line.y)]
    limits = [limit for limit in (low, high) if limit is not None]
    if not len(known):
        bounds = limits or [0.0, 1.0]
        return _aired(min(bounds), max(bounds))
    least, most = float(known.min()), float(known.max())
    reach = 3 * max(most - least, abs(most) * 0.05, 1e-9)
    near = [limit for limit in limits if least - reach <= limit <= most + reach]
    return _aired(min([least, *near]), max([most, *near]))


def _aired(least: float, most: float) -> tuple[float, float]:
    width = most - least or max(abs(most), 1.0) * 0.1
    return least - 0.1 * width, most + 0.1 * width


def doubtful(series: Series, window: Span, columns: int, severity: int) -> Bytes:
    """(columns,) uint8: 1 where the value held in a column is of this severity (1 uncertain, 2 bad)."""
    edges = np.linspace(window.start_ns, window.end_ns, columns, endpoint=False).astype(np.int64)
    held = np.searchsorted(series.time_ns, edges, side="right") - 1
    if not len(series.time_ns):
        return np.zeros(columns, np.uint8)
    found = (held >= 0) & (series.bad[held] == severity)
    return np.asarray(found, np.uint8)
