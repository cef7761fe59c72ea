"""Picking: which thing a ray meets first, by numpy on upright boxes. No VTK."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.history.batch import Floats


@dataclass(frozen=True, slots=True)
class Boxes:
    """Columns: upright boxes by the centre of their base (m), heading (rad) and size (m)."""

    x: Floats
    y: Floats
    z: Floats
    heading: Floats
    length: Floats
    width: Floats
    height: Floats


def crossings(boxes: Boxes, origin: Floats, direction: Floats) -> tuple[Floats, Floats]:
    """(n,) where a ray enters and leaves each box, metres from its origin; entering is infinite where it misses."""
    cos, sin = np.cos(boxes.heading), np.sin(boxes.heading)
    dx, dy = origin[0] - boxes.x, origin[1] - boxes.y
    start = np.stack([cos * dx + sin * dy, cos * dy - sin * dx, origin[2] - boxes.z - boxes.height / 2])
    along = np.full_like(cos, direction[2])
    step = np.stack([cos * direction[0] + sin * direction[1], cos * direction[1] - sin * direction[0], along])
    step = np.where(np.abs(step) < 1e-12, 1e-12, step)
    half = np.stack([boxes.length, boxes.width, boxes.height]) / 2
    first, second = (-half - start) / step, (half - start) / step
    enter = np.minimum(first, second).max(axis=0)
    leave = np.maximum(first, second).min(axis=0)
    missed = ~((enter <= leave) & (leave > 0.0))
    return np.where(missed, np.inf, np.maximum(enter, 0.0)), np.where(missed, np.inf, leave)
