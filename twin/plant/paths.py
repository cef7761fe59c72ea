"""Geometry of paths on the floor: a polyline as arrays, and the point and heading at a distance along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Path:
    """A polyline on the floor.

    Attributes:
        points: (n, 2) float64, metres; a closed path repeats its first point at the end.
        at: (n,) float64, metres from the first point to each point along the path.
        closed: whether distances wrap round at `length_m`.
    """

    points: Floats
    at: Floats
    closed: bool

    @property
    def length_m(self) -> float:
        """Length of the whole path, metres."""
        return float(self.at[-1])

    def locate(self, distance_m: Floats) -> tuple[Floats, Floats]:
        """Points (n, 2) in metres and headings (n,) in radians at distances (n,) metres along the path.

        Distances beyond an open path stay at its ends; on a closed one they wrap.
        """
        along = np.mod(distance_m, self.length_m) if self.closed else np.clip(distance_m, 0.0, self.length_m)
        segment = np.clip(np.searchsorted(self.at, along, side="right") - 1, 0, len(self.at) - 2)
        start, step = self.points[segment], self.points[segment + 1] - self.points[segment]
        share = (along - self.at[segment]) / (self.at[segment + 1] - self.at[segment])
        return start + step * share[:, None], np.arctan2(step[:, 1], step[:, 0])


def path_through(points: Sequence[tuple[float, float]], *, closed: bool = False) -> Path:
    """The path through `points` in metres; points that repeat the one before are dropped."""
    raw = [*points, points[0]] if closed else list(points)
    kept = [point for index, point in enumerate(raw) if index == 0 or point != raw[index - 1]]
    array = np.asarray(kept, np.float64)
    steps = np.hypot(*np.diff(array, axis=0).T)
    return Path(array, np.concatenate([[0.0], np.cumsum(steps)]), closed)
