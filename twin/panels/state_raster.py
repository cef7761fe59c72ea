"""The state timeline as pixels, in numpy. The worst state of a pixel's stretch wins: short stops survive zooming out.

Pixels are cells of a fixed grid in time (cell k covers `[k, k+1) * step_ns`), so a moving window does not shimmer.
Indices in the picture: 0 to 6 the groups of `twin.panels.colours`, then the ground and the stripes below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.recording import Gap, Span
from twin.panels.colours import GROUPS, Group
from twin.plant.packml import State
from twin.session.frame import Timeline

Bytes = NDArray[np.uint8]

GROUND, STRIPE, STRIPE_GROUND = 7, 8, 9
COLOURS = 10  # how many indices the picture uses
_BLANK = GROUND
_GROUP_OF = np.array([GROUPS[State(number)] for number in range(len(State))], np.uint8)
# Height of a bar, as a share of its row: the worse, the taller, so that colour is not the only sign.
_SHARE = {Group.RUN: 0.36, Group.RAMP: 0.36, Group.IDLE: 0.36, Group.WAIT: 0.6, Group.HELD: 0.84}


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of time: `columns` of them, `step_ns` each, from cell number `first`."""

    first: int
    columns: int
    step_ns: int

    @property
    def start_ns(self) -> int:
        """Where the first cell begins."""
        return self.first * self.step_ns

    @property
    def end_ns(self) -> int:
        """Where the last cell ends."""
        return (self.first + self.columns) * self.step_ns


def grid_over(window: Span, columns: int) -> Grid:
    """The grid of `columns` cells that covers a window, but for less than one cell."""
    step = max(1, round((window.end_ns - window.start_ns) / max(columns, 1)))
    return Grid(-(-window.start_ns // step), columns, step)


def worst_groups(timeline: Timeline, grid: Grid) -> Bytes:
    """(stations, columns) uint8: the worst group in every cell; UNKNOWN where the timeline has not been read."""
    edges = (grid.first + np.arange(grid.columns, dtype=np.int64)) * grid.step_ns
    rows = np.full((len(timeline.time_ns), grid.columns), np.uint8(Group.UNKNOWN))
    for row, times, states in zip(rows, timeline.time_ns, timeline.state, strict=True):
        if not len(times):
            continue
        groups = _GROUP_OF[states]
        held = np.searchsorted(times, edges, side="right") - 1
        row[:] = np.where(held >= 0, groups[held], np.uint8(Group.UNKNOWN))
        first, last = np.searchsorted(times, [grid.start_ns, grid.end_ns])
        cells = times[first:last] // grid.step_ns - grid.first
        np.maximum.at(row, cells, groups[first:last])
    covered = timeline.covered
    rows[:, (edges + grid.step_ns <= covered.start_ns) | (edges >= covered.end_ns)] = Group.UNKNOWN
    return rows


def cells_in(grid: Grid, start_ns: int, end_ns: int) -> slice:
    """The cells that a stretch touches."""
    first = max(0, start_ns // grid.step_ns - grid.first)
    last = min(grid.columns, -(-end_ns // grid.step_ns) - grid.first)
    return slice(first, max(first, last))


def shaded(rows: Bytes, grid: Grid, span: Span, gaps: Iterable[Gap]) -> Bytes:
    """The rows with gaps unknown (a worse state sharing a cell with a gap stays), blank where nothing was recorded."""
    for gap in gaps:
        end_ns = span.end_ns if gap.end_ns is None else gap.end_ns
        touched = rows[:, cells_in(grid, gap.start_ns, end_ns)]
        np.maximum(touched, np.uint8(Group.UNKNOWN), out=touched)
        inner = cells_in(grid, gap.start_ns + grid.step_ns - 1, end_ns - grid.step_ns + 1)
        rows[:, inner] = Group.UNKNOWN
    rows[:, : cells_in(grid, grid.start_ns, max(grid.start_ns, span.start_ns)).stop] = _BLANK
    rows[:, cells_in(grid, max(span.end_ns, grid.start_ns), grid.end_ns)] = _BLANK
    return rows


def picture(rows: Bytes, row_px: int, first_cell: int) -> Bytes:
    """(stations * row_px, columns) uint8 indices: one bar a station, stripes where its state is unknown."""
    share = np.ones(COLOURS)
    for group, part in _SHARE.items():
        share[group] = part
    bar = max(row_px - 1, 1)  # one line of ground between rows
    heights = np.maximum(1, np.round(share * bar)).astype(np.int64)
    heights += (bar - heights) % 2  # of the same parity as the row, or they could not stand in its middle
    depth = np.arange(row_px)
    from_middle = np.abs(2 * depth - (bar - 1))  # bars stand in the middle of their row
    drawn = (from_middle[None, :, None] < heights[rows][:, None, :]) & (depth < bar)[None, :, None]
    image = np.where(drawn, rows[:, None, :], np.uint8(GROUND)).reshape(-1, rows.shape[1])
    unknown = image == Group.UNKNOWN
    if unknown.any():
        lines, columns = np.arange(image.shape[0])[:, None], np.arange(first_cell, first_cell + image.shape[1])[None, :]
        stripes = np.where((lines + columns) % 7 < 2, np.uint8(STRIPE), np.uint8(STRIPE_GROUND))
        image = np.where(unknown, stripes, image)
    return image
