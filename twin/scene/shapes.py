"""Shapes: meshes as numpy arrays (chamfered boxes, cylinders, rings, tubes), moved and joined. No VTK."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]
Vector = tuple[float, float, float]
CHAMFER_M = 0.03
_SIGNS = (-1, 1)


@dataclass(frozen=True, slots=True)
class Mesh:
    """A surface of triangles with one normal a vertex.

    Attributes:
        points: (n, 3) float32, metres.
        normals: (n, 3) float32, unit length.
        triangles: (t, 3) int32, counter-clockwise seen from outside.
        pieces: (t,) float32, surface (m²) of the piece that each triangle belongs to; None for a mesh of one piece.
    """

    points: Floats32
    normals: Floats32
    triangles: NDArray[np.int32]
    pieces: Floats32 | None = None

    @property
    def piece_m2(self) -> Floats32:
        """(t,) float32, surface of the piece that each triangle belongs to: how far away it is still worth drawing."""
        if self.pieces is not None:
            return self.pieces
        a, b, c = (self.points[self.triangles[:, corner]] for corner in range(3))
        surface = np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2
        return np.full(len(self.triangles), surface, np.float32)

    def moved(self, at: Vector = (0.0, 0.0, 0.0), heading_rad: float = 0.0) -> Mesh:
        """The same shape turned about the vertical axis, then shifted by `at` metres."""
        cos, sin = math.cos(heading_rad), math.sin(heading_rad)
        turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]], np.float32)
        points = self.points @ turn + np.asarray(at, np.float32)
        return Mesh(points, self.normals @ turn, self.triangles, self.piece_m2)


def join(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of all of them; an empty one of none."""
    if not meshes:
        return Mesh(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int32))
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, starts, strict=True)]).astype(np.int32),
        np.concatenate([mesh.piece_m2 for mesh in meshes]),
    )


def polygons(faces: Sequence[Sequence[Vector]]) -> Mesh:
    """Flat convex polygons, each with its own vertices and its own normal."""
    points: list[Vector] = []
    normals: list[Vector] = []
    triangles: list[tuple[int, int, int]] = []
    for face in faces:
        first = len(points)
        points += face
        normal = _normal(face)
        length = math.hypot(*normal) or 1.0
        normals += [(normal[0] / length, normal[1] / length, normal[2] / length)] * len(face)
        triangles += [(first, first + k, first + k + 1) for k in range(1, len(face) - 1)]
    return Mesh(np.array(points, np.float32), np.array(normals, np.float32), np.array(triangles, np.int32))


@lru_cache(maxsize=512)
def box(size: Vector, chamfer: float = CHAMFER_M, *, bottom: bool = False) -> Mesh:
    """A box that stands on the origin's plane, centred in x and y, its upper and upright edges chamfered."""
    cut = min(chamfer, 0.3 * min(size))
    half = (size[0] / 2, size[1] / 2, size[2] / 2)
    faces = [_side(half, cut, axis, sign) for axis in range(3) for sign in _SIGNS if bottom or (axis, sign) != (2, -1)]
    if cut > 0.0:
        faces += [_edge(half, cut, axis, signs) for axis in range(3) for signs in _pairs(axis, bottom=bottom)]
        faces += [_corner(half, cut, (a, b, c)) for a in _SIGNS for b in _SIGNS for c in (_SIGNS if bottom else (1,))]
    return polygons([_outward(face) for face in faces]).moved((0.0, 0.0, half[2]))


def _vertex(half: Vector, cut: float, signs: tuple[int, int, int], axis: int) -> Vector:
    inset = [half[k] - (0.0 if k == axis else cut) for k in range(3)]
    return (signs[0] * inset[0], signs[1] * inset[1], signs[2] * inset[2])


def _signs(axis: int, along: int, others: tuple[int, int]) -> tuple[int, int, int]:
    signs = list(others)
    signs.insert(axis, along)
    return (signs[0], signs[1], signs[2])


def _pairs(axis: int, *, bottom: bool) -> list[tuple[int, int]]:
    pairs = [(a, b) for a in _SIGNS for b in _SIGNS]
    return pairs if bottom or axis == 2 else [pair for pair in pairs if pair[1] > 0]


def _side(half: Vector, cut: float, axis: int, sign: int) -> list[Vector]:
    return [_vertex(half, cut, _signs(axis, sign, pair), axis) for pair in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def _edge(half: Vector, cut: float, axis: int, others: tuple[int, int]) -> list[Vector]:
    first, second = (k for k in range(3) if k != axis)
    low, high = _signs(axis, -1, others), _signs(axis, 1, others)
    ends = ((low, first), (high, first), (high, second), (low, second))
    return [_vertex(half, cut, signs, which) for signs, which in ends]


def _corner(half: Vector, cut: float, signs: tuple[int, int, int]) -> list[Vector]:
    return [_vertex(half, cut, signs, axis) for axis in range(3)]


def _outward(face: list[Vector]) -> list[Vector]:
    """The face wound so that its normal points away from the origin, which lies inside the shape."""
    middle = [sum(point[axis] for point in face[:3]) for axis in range(3)]
    return face if sum(map(mul, _normal(face), middle)) >= 0.0 else face[::-1]


def _normal(face: Sequence[Vector]) -> Vector:
    """The normal of a face, not of unit length. In plain numbers: for three of them numpy takes far longer."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = face[:3]
    ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
    return (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)


@lru_cache(maxsize=512)
def cylinder(radius: float, length: float, sides: int = 16, taper: float = 1.0) -> Mesh:
    """An upright cylinder on the origin's plane with a lid on top; `taper` is the top radius over the lower one."""
    angle = np.linspace(0.0, 2 * math.pi, sides + 1)
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros_like(angle)], 1)
    rise = np.array([0.0, 0.0, length])
    slope = np.array([0.0, 0.0, radius * (1.0 - taper) / length])
    points = np.concatenate([ring * radius, ring * radius * taper + rise, ring * radius * taper + rise, [rise]])
    side = (ring + slope) / np.linalg.norm(ring + slope, axis=1)[:, None]
    normals = np.concatenate([side, side, np.tile([0.0, 0.0, 1.0], (sides + 2, 1))])
    k, n = np.arange(sides), sides + 1
    triangles = np.concatenate(
        [
            np.stack([k, k + 1, k + n + 1], 1),
            np.stack([k, k + n + 1, k + n], 1),
            np.stack([k + 2 * n, k + 2 * n + 1, np.full(sides, 3 * n)], 1),
        ]
    )
    return Mesh(points.astype(np.float32), normals.astype(np.float32), triangles.astype(np.int32))


def rod(start: Vector, end: Vector, radius: float, sides: int = 8) -> Mesh:
    """A cylinder from `start` to `end`, metres."""
    step = np.subtract(end, start).astype(float)
    length = float(np.linalg.norm(step))
    axis = step / length
    aside = np.cross([1.0, 0.0, 0.0] if abs(axis[0]) < 0.9 else [0.0, 0.0, 1.0], axis)
    aside /= np.linalg.norm(aside)
    turn = np.stack([aside, np.cross(axis, aside), axis]).astype(np.float32)
    upright = cylinder(radius, length, sides)
    return Mesh(upright.points @ turn + np.asarray(start, np.float32), upright.normals @ turn, upright.triangles)


def tube(points: Sequence[Vector], radius: float, sides: int = 6) -> Mesh:
    """A hose through `points`."""
    return join([rod(start, end, radius, sides) for start, end in pairwise(points)])


@lru_cache(maxsize=64)
def ring(outer: float, inner: float, height: float, sides: int = 48) -> Mesh:
    """A flat ring that stands on the origin's plane: its top, its outer and its inner wall."""
    angle = np.linspace(0.0, 2 * math.pi, sides + 1)
    around = np.stack([np.cos(angle), np.sin(angle), np.zeros_like(angle)], 1)
    rise, up = np.array([0.0, 0.0, height]), np.tile([0.0, 0.0, 1.0], (sides + 1, 1))
    low, high = (around * outer, around * inner), (around * outer + rise, around * inner + rise)
    strips = ((low[0], high[0], around), (high[0], high[1], up), (high[1], low[1], -around))
    k, n = np.arange(sides), sides + 1
    quads = np.concatenate([np.stack([k, k + 1, k + n + 1], 1), np.stack([k, k + n + 1, k + n], 1)])
    pieces = [
        Mesh(
            np.concatenate([first, second]).astype(np.float32),
            np.concatenate([normal, normal]).astype(np.float32),
            quads.astype(np.int32),
        )
        for first, second, normal in strips
    ]
    return join(pieces)


@lru_cache(maxsize=64)
def disc(radius: float, sides: int = 32) -> Mesh:
    """A flat disc that faces up; its first vertex is the centre."""
    angle = np.linspace(0.0, 2 * math.pi, sides + 1)
    rim = np.stack([np.cos(angle) * radius, np.sin(angle) * radius, np.zeros_like(angle)], 1)
    k = np.arange(1, sides + 1)
    points = np.concatenate([[[0.0, 0.0, 0.0]], rim]).astype(np.float32)
    normals = np.tile(np.array([0.0, 0.0, 1.0], np.float32), (len(points), 1))
    return Mesh(points, normals, np.stack([np.zeros_like(k), k, k + 1], 1).astype(np.int32))
