"""Navigation: what gestures, presets and flights do to a scene's camera. No VTK."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

from twin.history.batch import Floats
from twin.scene.camera import PLAN_RAD, Camera, fitting, overview

_ZOOM_PER_STEP = 1.2
_CLOSE_ELEVATION_RAD = math.radians(26.0)


class Navigator(ABC):
    """A picture one can move about in.

    Attributes:
        camera: where the eye is; `camera.reduced_motion` makes flights instant.
        dirty: the picture would change if it were drawn now.
    """

    def __init__(self, width: int, height: int) -> None:
        self.camera = Camera(width, height)
        self.dirty = True

    @abstractmethod
    def extent(self, thing: str | None) -> Floats:
        """(n, 3) corners of a thing, or of everything there is for None or an unknown thing; metres."""

    def orbit(self, dx: float, dy: float) -> None:
        """Turn round what is in the middle, by a drag of pixels."""
        self.camera.orbit(dx, dy)
        self.dirty = True

    def pan(self, dx: float, dy: float) -> None:
        """Shift the floor by a drag of pixels."""
        self.camera.pan(dx, dy)
        self.dirty = True

    def zoom(self, steps: float, x: float, y: float) -> None:
        """Come nearer to what is at a point of the picture, by steps of a wheel; negative goes away."""
        self.camera.zoom(_ZOOM_PER_STEP**steps, x, y)
        self.dirty = True

    def look(self, preset: str) -> None:
        """Fly to a preset: `overview` or `plan`."""
        aspect = self.camera.aspect
        everything = self.extent(None)
        self.camera.fly_to(fitting(everything, PLAN_RAD, aspect) if preset == "plan" else overview(everything, aspect))
        self.dirty = True

    def fly_to(self, thing: str | None) -> None:
        """Fly to a thing, from the side one looks from now; to the overview for None."""
        if thing is None:
            self.look("overview")
            return
        direction = (self.camera.view.azimuth_rad, min(self.camera.view.elevation_rad, _CLOSE_ELEVATION_RAD))
        self.camera.fly_to(fitting(self.extent(thing), direction, self.camera.aspect, margin=1.6))
        self.dirty = True

    def advance(self, elapsed_s: float) -> bool:
        """Let a flight go on for some seconds; whether the picture changed."""
        moved = self.camera.advance(elapsed_s)
        self.dirty |= moved
        return moved
