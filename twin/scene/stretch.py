"""Stretch: what stands on one square of the floor, in VTK; painted on its own, it loses detail with distance."""

from __future__ import annotations

import numpy as np

from twin.history.batch import Floats, Int32s
from twin.scene.actors import Painted
from twin.scene.building import Coat
from twin.scene.states import BLUSH_OF_SIGNAL
from twin.scene.theme import Signal, Theme

_LEAST_PIXELS = 20.0  # surface of the smallest piece that is drawn: a cube of two pixels
_LOUD = [int(signal) for signal in (*BLUSH_OF_SIGNAL, Signal.STALE)]


class Stretch:
    """One coat on the stage; painting it again with what it wears costs nothing."""

    def __init__(self, coat: Coat) -> None:
        self._coat, self._painted = coat, Painted(coat.mesh)
        self._stations = np.unique(coat.station[coat.station >= 0])
        low, high = coat.mesh.points.min(axis=0), coat.mesh.points.max(axis=0)
        self._middle, self._radius_m = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
        self._worn: tuple[str, bytes] | None = None
        self.actor = self._painted.actor

    @property
    def triangles(self) -> int:
        """How many there are to be drawn."""
        return self._painted.triangles

    def paint(self, signals: Int32s, theme: Theme) -> None:
        """Colour by the stations' signals (s,)."""
        own = signals[self._stations]
        worn = (theme.name, np.where(np.isin(own, _LOUD), own, -1).tobytes())
        if worn != self._worn:
            self._worn = worn
            self._painted.paint(self._coat.colours(theme, signals, lit=True))

    def look(self, eye: Floats, pixel_rad: float) -> None:
        """Leave out what an eye (3,) sees too small; `pixel_rad` is the angle of a pixel."""
        near_m = float(np.linalg.norm(self._middle - eye)) - self._radius_m
        self._painted.leave_out(least_m2(near_m, pixel_rad))


def least_m2(distance_m: float, pixel_rad: float) -> float:
    """Surface of the smallest piece worth drawing so far away; in steps, so that it seldom changes in a flight."""
    pixel_m = max(distance_m, 0.0) * pixel_rad
    return float(_LEAST_PIXELS * 2.0 ** np.floor(2.0 * np.log2(pixel_m))) if pixel_m > 0.0 else 0.0
