"""Marks of state: stack lights, tinted plates, halos and hatching on the floor, and the selection's ring."""

from __future__ import annotations

import numpy as np

from twin.history.batch import Floats, Int32s
from twin.scene.actors import Painted
from twin.scene.placing import Spots
from twin.scene.shapes import Mesh, box, cylinder, disc, join, polygons
from twin.scene.states import HALO_OF_SIGNAL, SEGMENT_OF_SIGNAL, SEGMENTS, TINT_OF_SIGNAL
from twin.scene.theme import Signal, Theme

_LAMP_RADIUS_M, _LAMP_M = 0.12, 0.19
_RIM_M, _BORDER_M = 0.32, 0.1
_STRIPE_M, _STRIPE_EVERY_M = 0.14, 0.7
_FILL, _BORDER, _HALO, _HALO_RIM, _HATCH = range(5)
LAMPS_M = SEGMENTS * _LAMP_M


class Lamps:
    """The stack lights of all stations: four lamps each, at most one of them lit."""

    def __init__(self, lights: Floats) -> None:
        lamp = cylinder(_LAMP_RADIUS_M, _LAMP_M - 0.015, 10)
        meshes = [lamp.moved((x, y, z + k * _LAMP_M)) for x, y, z in lights.tolist() for k in range(SEGMENTS)]
        self._lamp = np.repeat(np.arange(len(meshes)), len(lamp.points))
        self._count = len(lights)
        self._painted = Painted(join(meshes))
        self.actor = self._painted.actor

    def paint(self, signals: Int32s, theme: Theme) -> None:
        """Light what the signals (s,) say."""
        table = np.empty((self._count, SEGMENTS, 3))
        table[:] = theme.unlit
        for signal, segment in SEGMENT_OF_SIGNAL.items():
            table[signals == signal, segment] = theme.signals[signal]
        self._painted.paint(table.reshape(-1, 3)[self._lamp])


class Plates:
    """What the floor under the stations says: tint and border, a halo round a fault, hatching where data are stale."""

    def __init__(self, spots: Spots) -> None:
        pieces = [piece for row in range(len(spots.x)) for piece in _plate(spots, row)]
        sizes = [len(mesh.points) for _, _, mesh in pieces]
        self._row = np.repeat(np.array([row for row, _, _ in pieces]), sizes)
        self._slot = np.repeat(np.array([slot for _, slot, _ in pieces]), sizes)
        centres = np.concatenate([np.array([slot == _HALO, *[False] * (len(m.points) - 1)]) for _, slot, m in pieces])
        self._slot[(self._slot == _HALO) & ~centres] = _HALO_RIM
        self._count = len(spots.x)
        self._painted = Painted(join([mesh for _, _, mesh in pieces]), alpha=True)
        self.actor = self._painted.actor

    def paint(self, signals: Int32s, theme: Theme) -> None:
        """Tint what the signals (s,) say; what is normal stays clear."""
        table = np.zeros((self._count, 5, 4))
        for signal, tint in TINT_OF_SIGNAL.items():
            rows = np.flatnonzero(signals == signal)
            table[rows, :, :3] = theme.signals[signal]
            table[rows, _FILL, 3] = 255 * tint * 0.45
            table[rows, _BORDER, 3] = 255
            table[rows, _HALO, 3] = 255 * HALO_OF_SIGNAL.get(signal, 0.0)
        stale = np.flatnonzero(signals == Signal.STALE)
        table[stale, :, :3] = theme.signals[Signal.STALE]
        table[stale, _HATCH, 3] = 150
        table[stale, _BORDER, 3] = 200
        self._painted.paint(table[self._row, self._slot])


class Ring:
    """The frame round the selected thing."""

    def __init__(self, size: tuple[float, float], theme: Theme) -> None:
        mesh = join([_frame(size[0] / 2 + 0.16, size[1] / 2 + 0.16, 0.12, 0.04), *_corners(size)])
        painted = Painted(mesh)
        painted.paint(np.tile(np.array(theme.accent, np.uint8), (len(mesh.points), 1)))
        self._painted = painted
        self.actor = painted.actor

    def put(self, at: tuple[float, float, float], heading_rad: float) -> None:
        """Move it round a thing."""
        self.actor.SetPosition(*at)
        self.actor.SetOrientation(0.0, 0.0, float(np.degrees(heading_rad)))


def _plate(spots: Spots, row: int) -> list[tuple[int, int, Mesh]]:
    """(row, slot, mesh) of everything that may show on the floor under one station; lowest first."""
    half_x, half_y = spots.length[row] / 2 + _RIM_M, spots.width[row] / 2 + _RIM_M
    at = (float(spots.x[row]), float(spots.y[row]), 0.0)
    flat = [
        (_HALO, disc(float(max(half_x, half_y)) * 1.9, 48).moved((0.0, 0.0, 0.006))),
        (_FILL, polygons([_rectangle(-half_x, -half_y, half_x, half_y, 0.01)])),
        (_HATCH, polygons(_stripes(half_x, half_y))),
        (_BORDER, _frame(half_x, half_y, _BORDER_M, 0.02)),
    ]
    return [(row, slot, mesh.moved(at, float(spots.heading[row]))) for slot, mesh in flat]


def _rectangle(x0: float, y0: float, x1: float, y1: float, z: float) -> list[tuple[float, float, float]]:
    return [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]


def _frame(half_x: float, half_y: float, border: float, z: float) -> Mesh:
    x, y, b = half_x, half_y, border
    sides = [(-x - b, -y - b, x + b, -y), (-x - b, y, x + b, y + b), (-x - b, -y, -x, y), (x, -y, x + b, y)]
    return polygons([_rectangle(*side, z) for side in sides])


def _corners(size: tuple[float, float]) -> list[Mesh]:
    """Short upright posts at the corners, so that the ring is found from low angles too."""
    x, y = size[0] / 2 + 0.22, size[1] / 2 + 0.22
    post = box((0.12, 0.12, 0.45), 0.0)
    return [post.moved((sx * x, sy * y, 0.0)) for sx in (-1, 1) for sy in (-1, 1)]


def _stripes(half_x: float, half_y: float) -> list[list[tuple[float, float, float]]]:
    """Diagonal stripes across a rectangle: each is the part of a slanted band that lies inside."""
    stripes = []
    for offset in np.arange(-half_x - half_y + 0.2, half_x + half_y, _STRIPE_EVERY_M):
        low, high = max(-half_y, -half_x - offset), min(half_y, half_x - _STRIPE_M - offset)
        if high > low:
            ends = [(offset + low, low), (offset + low + _STRIPE_M, low), (offset + high + _STRIPE_M, high)]
            stripes.append([(float(x), float(y), 0.014) for x, y in [*ends, (offset + high, high)]])
    return stripes
