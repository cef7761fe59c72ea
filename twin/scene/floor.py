"""The floor's texture, baked once with numpy: concrete, lanes, painted frames, soft shadows; fading at its rim."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats
from twin.plant.paths import Path
from twin.scene.placing import Spots
from twin.scene.sketch import Shadow
from twin.scene.theme import Colour, Theme

_PIXELS_M, _MOST_PIXELS = 19.0, 1_800_000
_MARGIN_M, _FADE_M = 16.0, 13.0
_LANE_M, _JOINT_M, _SOFT_M = 2.0, 4.0, 0.28
_STOP_M, _STRIPES_M = np.array([0.95, 0.7]), 0.44
Stand = tuple[float, float, float]  # x, y (m), heading (rad)
Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Floor:
    """What lies on the floor.

    Attributes:
        reach: how far it reaches (x0, y0, x1, y1), metres.
        stops: where vehicles wait.
        guarded: rows of stations with robot arms, which are hatched all round.
    """

    reach: tuple[float, float, float, float]
    spots: Spots
    routes: Sequence[Path]
    stops: Sequence[Stand]
    guarded: Collection[int]
    shadows: Sequence[Shadow]


def floor_reach(low: Floats, high: Floats) -> tuple[float, float, float, float]:
    """The stretch of floor to draw round things between `low` and `high` (x, y)."""
    return (low[0] - _MARGIN_M, low[1] - _MARGIN_M, high[0] + _MARGIN_M, high[1] + _MARGIN_M)


def bake_floor(floor: Floor, theme: Theme) -> NDArray[np.uint8]:
    """(h, w, 3) uint8 texture; its first row is the floor's southern edge."""
    canvas = _Canvas(floor.reach, theme)
    canvas.concrete()
    for route in floor.routes:
        canvas.lane(route)
    for row in range(len(floor.spots.x)):
        canvas.frame(floor.spots, row, hatched=row in floor.guarded)
    for stop in floor.stops:
        canvas.stop(stop)
    canvas.shade(floor.shadows)
    return canvas.finished()


class _Canvas:
    """A picture of the floor, with drawing in metres."""

    def __init__(self, reach: tuple[float, float, float, float], theme: Theme) -> None:
        x0, y0, x1, y1 = reach
        area = max((x1 - x0) * (y1 - y0), 1.0)
        self._scale = min(_PIXELS_M, math.sqrt(_MOST_PIXELS / area))
        width = min(max(int((x1 - x0) * self._scale), 2), 8192)
        height = min(max(int((y1 - y0) * self._scale), 2), 8192)
        self._x = (x0 + (np.arange(width) + 0.5) * (x1 - x0) / width).astype(np.float32)
        self._y = (y0 + (np.arange(height) + 0.5) * (y1 - y0) / height).astype(np.float32)
        self._theme = theme
        self._picture: Picture = np.empty((3, height, width), np.float32)

    def concrete(self) -> None:
        """Grey with faint clouds, and joints every few metres."""
        height, width = len(self._y), len(self._x)
        clouds = 1.0 + 0.016 * (_noise(height, width, 90) + 0.6 * _noise(height, width, 22))
        np.multiply(clouds, _planes(self._theme.floor), out=self._picture)
        joint = _planes(self._theme.joint)
        across, along = (self._cover(0.035 - _off_joint(values)) for values in (self._y, self._x))
        rows, columns = np.flatnonzero(across), np.flatnonzero(along)
        self._picture[:, rows] += across[rows, None] * (joint - self._picture[:, rows])
        self._picture[:, :, columns] += along[columns] * (joint - self._picture[:, :, columns])

    def lane(self, path: Path) -> None:
        """A driving lane along a route: a darker band between two painted lines, the route itself in its middle."""
        low, high = path.points.min(axis=0) - 2.0, path.points.max(axis=0) + 2.0
        view, (x, y) = self._window(low, high)
        if view.size == 0:
            return
        off = np.full((len(y), len(x)), np.inf, np.float32)
        for start, end in zip(path.points, path.points[1:], strict=False):
            np.minimum(off, _distance(x[None, :], y[:, None], start, end), out=off)
        self._paint(view, self._theme.lane, self._cover(_LANE_M / 2 - off))
        self._paint(view, self._theme.marking, self._cover(0.05 - np.abs(off - _LANE_M / 2)))
        self._paint(view, self._theme.guide, self._cover(0.045 - off))

    def stop(self, stop: Stand) -> None:
        """The painted place where a vehicle waits."""
        view, (off, _) = self._local(stop[:2], stop[2], _STOP_M + 0.2)
        if view.size:
            edge = np.max(np.abs(off) - _STOP_M[:, None, None].astype(np.float32), axis=0)
            corner = np.min(np.abs(off), axis=0) > 0.35
            self._paint(view, self._theme.marking, self._cover(0.06 - np.abs(edge)) * corner)

    def frame(self, spots: Spots, row: int, *, hatched: bool) -> None:
        """The painted frame round a station; hatched to its foot where arms move."""
        half = np.array([spots.length[row], spots.width[row]]) / 2 + 0.32
        view, (off, _) = self._local((spots.x[row], spots.y[row]), spots.heading[row], half + 0.3)
        if view.size:
            edge = np.max(np.abs(off) - half[:, None, None].astype(np.float32), axis=0)
            self._paint(view, self._theme.marking, 0.75 * self._cover(0.04 - np.abs(edge)))
            if hatched:
                stripe = np.abs(np.mod(off[0] + off[1], _STRIPES_M) - _STRIPES_M / 2) - _STRIPES_M / 4
                band = self._cover(0.16 - np.abs(edge + 0.16))
                self._paint(view, self._theme.marking, 0.75 * self._cover(stripe) * band)

    def shade(self, shadows: Sequence[Shadow]) -> None:
        """Darken the floor under things: a tight contact shadow and a wide soft one."""
        light = np.ones(self._picture.shape[1:], np.float32)
        for shadow in shadows:
            half = np.array([shadow.length_m, shadow.width_m]) / 2
            view, (off, _) = self._local((shadow.x_m, shadow.y_m), shadow.heading_rad, half + 3 * _SOFT_M, light)
            if view.size == 0:
                continue
            inside = _depth_inside(off, half, shadow)
            tight = np.prod(_ramp(inside / (0.6 * _SOFT_M)), axis=0)
            wide = np.prod(_ramp(inside / (2.4 * _SOFT_M)), axis=0)
            share = min(1.0, 2.5 * min(shadow.length_m, shadow.width_m) + 0.15)
            dark = self._theme.shadow * shadow.depth * share * (0.55 * tight + 0.45 * wide)
            np.minimum(view, 1.0 - dark, out=view)
        self._picture *= light

    def finished(self) -> NDArray[np.uint8]:
        """The picture, fading into the background towards its rim."""
        x0, x1, y0, y1 = self._x[0], self._x[-1], self._y[0], self._y[-1]
        over = np.minimum(_FADE_M, 0.45 * min(x1 - x0, y1 - y0))
        aside = np.clip(1.0 - np.minimum(self._x - x0, x1 - self._x) / over, 0.0, 1.0)
        ahead = np.clip(1.0 - np.minimum(self._y - y0, y1 - self._y) / over, 0.0, 1.0)
        fade = np.clip(1.0 - np.hypot(aside[None, :], ahead[:, None]), 0.0, 1.0)
        fade = fade * fade * (3.0 - 2.0 * fade)
        background = _planes(self._theme.background)
        self._picture -= background
        self._picture *= fade
        self._picture += background + 0.5
        np.clip(self._picture, 0.0, 255.0, out=self._picture)
        return np.ascontiguousarray(np.moveaxis(self._picture.astype(np.uint8), 0, 2))

    def _window(
        self, low: Floats, high: Floats, onto: Picture | None = None
    ) -> tuple[Picture, tuple[Picture, Picture]]:
        columns = slice(*np.searchsorted(self._x, (low[0], high[0])))
        rows = slice(*np.searchsorted(self._y, (low[1], high[1])))
        picture = self._picture if onto is None else onto
        return picture[..., rows, columns], (self._x[columns], self._y[rows])

    def _local(
        self, centre: tuple[float, float], heading: float, half: Floats, onto: Picture | None = None
    ) -> tuple[Picture, tuple[Picture, Picture]]:
        """The window round a turned rectangle, and (2, h, w) metres along and across it; and again the rows' y."""
        cos, sin = math.cos(heading), math.sin(heading)
        reach = np.array([abs(cos) * half[0] + abs(sin) * half[1], abs(sin) * half[0] + abs(cos) * half[1]])
        view, (x, y) = self._window(np.subtract(centre, reach), np.add(centre, reach), onto)
        dx, dy = (x - np.float32(centre[0]))[None, :], (y - np.float32(centre[1]))[:, None]
        return view, (np.stack([cos * dx + sin * dy, cos * dy - sin * dx]).astype(np.float32), y)

    def _cover(self, inside: Picture) -> Picture:
        """How much of each pixel is covered, from how far (m) its middle lies inside an edge."""
        cover: Picture = np.clip(inside * self._scale + 0.5, 0.0, 1.0)
        return cover

    @staticmethod
    def _paint(view: Picture, colour: Colour, cover: Picture) -> None:
        view += cover * (_planes(colour) - view)


def _off_joint(values: Picture) -> Picture:
    """How far (m) coordinates are from the nearest joint between two slabs."""
    off: Picture = np.abs(np.mod(values + _JOINT_M / 2, _JOINT_M) - _JOINT_M / 2)
    return off


def _depth_inside(off: Picture, half: Floats, shadow: Shadow) -> Picture:
    """(1 or 2, h, w) how far (m) points lie inside the sides of a rectangle, or the rim of a round thing."""
    if shadow.round:
        rim: Picture = np.float32(half.min()) - np.hypot(off[0], off[1])[None]
        return rim
    sides: Picture = half[:, None, None].astype(np.float32) - np.abs(off)
    return sides


def _planes(colour: Colour) -> Picture:
    """A colour to paint with: (3, 1, 1). Colours lie in planes, which numpy is several times as quick with."""
    return np.array(colour, np.float32)[:, None, None]


def _ramp(share: Picture) -> Picture:
    """Soft edge: 0 well outside, 1/2 on the edge, 1 well inside."""
    ramp: Picture = np.clip(0.5 + 0.5 * share, 0.0, 1.0)
    return ramp * ramp * (3.0 - 2.0 * ramp)


def _distance(x: Picture, y: Picture, start: Floats, end: Floats) -> Picture:
    """Distance (m) of points from a stretch, as float32."""
    step = (end - start).astype(np.float32)
    x, y = x - np.float32(start[0]), y - np.float32(start[1])
    share = np.clip((x * step[0] + y * step[1]) / np.float32(step @ step), 0.0, 1.0)
    distance: Picture = np.hypot(x - share * step[0], y - share * step[1])
    return distance


def _noise(height: int, width: int, cell: int) -> Picture:
    """Smooth clouds, -1 to 1: random values every `cell` pixels, blended between; the same each time."""
    grid = np.random.default_rng(cell).uniform(-1.0, 1.0, (height // cell + 2, width // cell + 2)).astype(np.float32)
    y, x = np.arange(height, dtype=np.float32) / cell, np.arange(width, dtype=np.float32) / cell
    row, column = y.astype(int), x.astype(int)
    v, u = _ramp(2 * (y - row) - 1)[:, None], _ramp(2 * (x - column) - 1)[None, :]
    rows = grid[row] * (1 - v) + grid[row + 1] * v
    clouds: Picture = rows[:, column] * (1 - u) + rows[:, column + 1] * u
    return clouds
