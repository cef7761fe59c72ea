"""Camera: where the eye is, as pure mathematics. Orbit, pan, zoom, flights, projection and rays. No VTK.

Screen coordinates are pixels from the picture's upper left corner, x right, y down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from twin.history.batch import Floats

VIEW_ANGLE_DEG = 28.0
FLIGHT_S = 0.6
_MIN_DISTANCE_M, _MAX_DISTANCE_M = 2.0, 60_000.0
_MIN_ELEVATION, _MAX_ELEVATION = math.radians(4.0), math.radians(89.9)
OVERVIEW_RAD = (math.radians(-103.0), math.radians(38.0))
# The wider the floor, the steeper and the more squarely one has to look at it for it to fill the picture.
_OVERVIEWS_DEG = ((-103.0, 38.0), (-100.0, 44.0), (-97.0, 51.0), (-95.0, 57.0))
_FILLED = 0.84
PLAN_RAD = (math.radians(-90.0), _MAX_ELEVATION)
_ORBIT_RAD_PX = 0.006


@dataclass(frozen=True, slots=True)
class View:
    """An eye: the point it looks at (m), the direction it looks from (rad), and how far away it is (m)."""

    focus: tuple[float, float, float]
    azimuth_rad: float
    elevation_rad: float
    distance_m: float

    def tamed(self) -> View:
        """The nearest view a camera can really have: finite, above the floor, not too near."""
        values = (*self.focus, self.azimuth_rad, self.elevation_rad, self.distance_m)
        if not all(math.isfinite(value) for value in values):
            return HOME
        low, high = -_MAX_DISTANCE_M, _MAX_DISTANCE_M
        x, y, z = (min(max(value, low), high) for value in self.focus)
        elevation = min(max(self.elevation_rad, _MIN_ELEVATION), _MAX_ELEVATION)
        return View((x, y, z), self.azimuth_rad, elevation, min(max(self.distance_m, _MIN_DISTANCE_M), high))

    @property
    def axes(self) -> tuple[Floats, Floats, Floats]:
        """Unit vectors of the picture: right, up, and forward from the eye into the scene."""
        ca, sa = math.cos(self.azimuth_rad), math.sin(self.azimuth_rad)
        ce, se = math.cos(self.elevation_rad), math.sin(self.elevation_rad)
        return np.array([-sa, ca, 0.0]), np.array([-se * ca, -se * sa, ce]), np.array([-ce * ca, -ce * sa, -se])

    @property
    def eye(self) -> Floats:
        """(3,) where the eye is, metres."""
        return np.asarray(self.focus) - self.axes[2] * self.distance_m


HOME = View((0.0, 0.0, 0.0), *OVERVIEW_RAD, 40.0)


def between(first: View, last: View, share: float) -> View:
    """The view on the way from `first` (share 0) to `last` (share 1); turns the shorter way, zooms evenly."""
    if share >= 1.0:
        return last
    turn = math.remainder(last.azimuth_rad - first.azimuth_rad, 2 * math.pi)
    x, y, z = (a + (b - a) * share for a, b in zip(first.focus, last.focus, strict=True))
    return View(
        (x, y, z),
        first.azimuth_rad + turn * share,
        first.elevation_rad + (last.elevation_rad - first.elevation_rad) * share,
        first.distance_m * (last.distance_m / first.distance_m) ** share,
    )


def fitting(points: Floats, direction: tuple[float, float], aspect: float, margin: float = 1.06) -> View:
    """The view from `direction` (azimuth, elevation) that just holds all `points` (n, 3), centred in the picture."""
    known = points[np.isfinite(points).all(axis=1)]
    if not len(known):
        return HOME
    right, up, forward = View((0.0, 0.0, 0.0), *direction, 1.0).axes
    tan_y = math.tan(math.radians(VIEW_ANGLE_DEG) / 2) / margin
    middle, half = np.zeros(2), np.zeros(2)
    deep = known @ forward
    for axis, (vector, tangent) in enumerate(((right, tan_y * aspect), (up, tan_y))):
        # The two planes of the frustum that touch the points meet in the eye; each axis wants its own distance.
        high, low = (known @ vector - tangent * deep).max(), (-(known @ vector) - tangent * deep).max()
        middle[axis], half[axis] = (high - low) / 2, (high + low) / 2 / tangent
    back = float(half.max())
    centre = float(deep.mean())
    focus = right * middle[0] + up * middle[1] + forward * centre
    return View((float(focus[0]), float(focus[1]), float(focus[2])), *direction, back + centre).tamed()


def overview(points: Floats, aspect: float) -> View:
    """The flattest view of everything that leaves little of the picture's height empty."""
    camera = Camera(1000, max(1, round(1000 / aspect)))
    for azimuth, elevation in _OVERVIEWS_DEG:
        camera.view = fitting(points, (math.radians(azimuth), math.radians(elevation)), aspect)
        y = camera.project(points)[:, 1]
        if not len(y) or np.ptp(y) >= _FILLED * 1000 / aspect:
            break
    return camera.view


class Camera:
    """The camera of a picture: a view that changes by gestures and flights."""

    def __init__(self, width: int, height: int) -> None:
        self.view = HOME
        self.reduced_motion = False
        self._size = (max(width, 1), max(height, 1))
        self._flight: tuple[View, View, float] | None = None

    @property
    def aspect(self) -> float:
        """Width over height of the picture."""
        return self._size[0] / self._size[1]

    @property
    def flying(self) -> bool:
        """Whether a flight is under way: call `advance` on every tick until it is over."""
        return self._flight is not None

    def resize(self, width: int, height: int) -> None:
        """Tell the size of the picture, pixels."""
        self._size = (max(width, 1), max(height, 1))

    def orbit(self, dx: float, dy: float) -> None:
        """Turn round the focus by a drag of pixels."""
        if not math.isfinite(dx + dy):
            return
        azimuth = self.view.azimuth_rad - dx * _ORBIT_RAD_PX
        self._put(replace(self.view, azimuth_rad=azimuth, elevation_rad=self.view.elevation_rad + dy * _ORBIT_RAD_PX))

    def pan(self, dx: float, dy: float) -> None:
        """Shift so that the floor under the cursor follows a drag of pixels."""
        if not math.isfinite(dx + dy):
            return
        right, _, forward = self.view.axes
        level = np.array([forward[0], forward[1], 0.0])
        level /= np.linalg.norm(level)
        scale = self.metres_per_pixel()
        step = (-dx * right + dy * level / max(math.sin(self.view.elevation_rad), 0.2)) * scale
        self._shift(step)

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Come `factor` times as near; what is under the cursor stays under it."""
        if not math.isfinite(factor + x + y):
            return
        before = self.view
        after = replace(before, distance_m=before.distance_m / factor).tamed()
        self._put(after)
        right, up, _ = before.axes
        scale = (before.distance_m - after.distance_m) / before.distance_m * self.metres_per_pixel(before)
        self._shift(right * (x - self._size[0] / 2) * scale - up * (y - self._size[1] / 2) * scale)

    def fly_to(self, goal: View) -> None:
        """Start a flight; with reduced motion, be there at once."""
        self._flight = (self.view, goal.tamed(), 0.0)
        if self.reduced_motion:
            self.advance(FLIGHT_S)

    def advance(self, elapsed_s: float) -> bool:
        """Let time pass in a flight; whether the view changed."""
        if self._flight is None:
            return False
        start, goal, flown = self._flight
        flown += max(elapsed_s, 0.0)
        share = min(flown / FLIGHT_S, 1.0)
        self.view = between(start, goal, share * share * (3.0 - 2.0 * share))
        self._flight = None if share >= 1.0 else (start, goal, flown)
        return True

    def metres_per_pixel(self, view: View | None = None) -> float:
        """How much of the scene one pixel shows at the distance of the focus."""
        distance = (view or self.view).distance_m
        return 2 * distance * math.tan(math.radians(VIEW_ANGLE_DEG) / 2) / self._size[1]

    def project(self, points: Floats) -> Floats:
        """(n, 3) screen x, screen y (pixels) and depth (m, negative behind the eye) of points (n, 3)."""
        right, up, forward = self.view.axes
        offset = points - self.view.eye
        depth = offset @ forward
        scale = self._size[1] / 2 / math.tan(math.radians(VIEW_ANGLE_DEG) / 2)
        over = scale / np.where(np.abs(depth) < 1e-6, 1e-6, depth)
        x = self._size[0] / 2 + (offset @ right) * over
        y = self._size[1] / 2 - (offset @ up) * over
        return np.stack([x, y, depth], 1)

    def ray(self, x: float, y: float) -> tuple[Floats, Floats]:
        """Origin and unit direction of what is seen at a point of the picture."""
        right, up, forward = self.view.axes
        scale = math.tan(math.radians(VIEW_ANGLE_DEG) / 2) / (self._size[1] / 2)
        towards = forward + right * (x - self._size[0] / 2) * scale - up * (y - self._size[1] / 2) * scale
        return self.view.eye, towards / np.linalg.norm(towards)

    def _shift(self, step: Floats) -> None:
        x, y, z = (float(value) for value in np.asarray(self.view.focus) + step)
        self._put(replace(self.view, focus=(x, y, z)))

    def _put(self, view: View) -> None:
        self._flight = None
        self.view = view.tamed()
