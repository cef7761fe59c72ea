"""Scene: the 3D floor. It shows frames and turns them into pixels, off screen; knows VTK, knows no Qt and no clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats
from twin.plant.layout import Layout
from twin.scene.building import build
from twin.scene.camera import overview
from twin.scene.display import Display
from twin.scene.floor import Floor, floor_reach
from twin.scene.marks import LAMPS_M
from twin.scene.moving import Conveyors, Routes
from twin.scene.navigation import Navigator
from twin.scene.placing import station_spots
from twin.scene.reading import Reader, Reading
from twin.scene.signs import Signs
from twin.scene.stage import Stage
from twin.scene.stores import store_corners
from twin.scene.theme import THEMES
from twin.scene.things import Anchors, Things
from twin.session.frame import Frame

_HIGHEST_M = 8.0  # what moves is below


class Scene(Navigator):
    """The floor of a layout: `show` frames, `render` when `dirty`, take the `pixels`.

    Positions in the picture are its own pixels, from its upper left corner.

    Attributes:
        smooth: draw with smooth edges (FXAA). Without a GPU that is a good third of the time a picture takes.
    """

    def __init__(self, layout: Layout, theme: str, width: int, height: int) -> None:
        super().__init__(width, height)
        spots = station_spots(layout)
        building = build(layout, spots)
        self._theme = THEMES[theme]
        self.smooth = True
        self._size = (width, height)
        self._reader = Reader(layout)
        self._reading: Reading | None = None
        self._conveyors, self._routes = Conveyors(layout, spots), Routes(layout)
        self._things = Things(layout, spots, building.lights[:, 2] + LAMPS_M)
        self._signs = Signs(layout, spots)
        self._stores = store_corners(layout)
        routes = [path for path in self._routes.paths if path is not None]
        corners = np.concatenate(
            [self._things.corners(None)[:, :2], *(path.points for path in routes), self._stores[:, :2]]
        )
        low, high = corners.min(0), corners.max(0)
        self._reach = np.array([*low, 0.0]), np.array([*high, _HIGHEST_M])
        floor = Floor(
            reach=floor_reach(low, high),
            spots=spots,
            routes=[
                path
                for path, height in zip(self._routes.paths, self._routes.heights, strict=True)
                if path and not height
            ],
            stops=self._routes.stops(layout),
            guarded=frozenset(building.arms.station.tolist()),
            shadows=building.shadows,
        )
        self._stage = Stage(width, height)
        self._display = Display(self._stage, building, floor, (self._reader.carriers, self._reader.hanging))
        self._display.dress(self._theme)
        self.camera.view = overview(self.extent(None), self.camera.aspect)

    def show(self, frame: Frame) -> None:
        """Take over an instant; `dirty` afterwards if the picture would differ."""
        reading = self._reader.read(frame)
        if reading is None or (self._reading is not None and reading.seen == self._reading.seen):
            return
        before, self._reading = self._reading, reading
        if before is None or not np.array_equal(reading.signals, before.signals):
            self._display.paint(reading, self._theme)
        if before is not None and reading.selection != before.selection:
            self._display.take_ring()
        self._move(reading)

    def _move(self, reading: Reading) -> None:
        carriers = self._conveyors.carriers(reading.carriers)
        vehicles = self._routes.vehicles(reading.vehicles, reading.loaded)
        self._display.move(reading, carriers, vehicles, self._theme)
        self._things.move(carriers, vehicles)
        standing = self._things.standing(reading.selection)
        if standing is None:
            self._display.take_ring()
        else:
            self._display.put_ring(standing, self._theme)
        self.dirty = True

    def set_theme(self, theme: str) -> None:
        """`light` or `dark`."""
        if THEMES[theme] is self._theme:
            return
        self._theme = THEMES[theme]
        self._display.dress(self._theme)
        if self._reading is not None:
            self._display.paint(self._reading, self._theme)
            self._move(self._reading)
        self.dirty = True

    def resize(self, width: int, height: int) -> None:
        """The size of the picture, pixels. A camera nobody has touched keeps the whole floor in view."""
        if (width, height) == self._size:
            return
        untouched = self.camera.view == overview(self.extent(None), self.camera.aspect)
        self._size = (width, height)
        self._stage.resize(width, height)
        self.camera.resize(width, height)
        if untouched:
            self.camera.view = overview(self.extent(None), self.camera.aspect)
        self.dirty = True

    def render(self) -> None:
        """Draw the picture and read it back."""
        view = self.camera.view
        self._display.look(view.eye, self._nearest_m(), self.camera.metres_per_pixel() / view.distance_m)
        self._stage.look(view)
        self._stage.render(smooth=self.smooth)
        self.dirty = False

    def _nearest_m(self) -> float:
        """How far the eye is, at least, from everything that stands or moves on the floor."""
        low, high = self._reach
        return float(np.linalg.norm(np.maximum(np.maximum(low - self.camera.view.eye, self.camera.view.eye - high), 0)))

    @property
    def triangles(self) -> int:
        """How many triangles the instant shown has, without marks of state."""
        return self._display.triangles

    def pixels(self) -> NDArray[np.uint8]:
        """(h, w, 4) RGBX of the last `render`, its first row the lowest; the next one overwrites it in place."""
        return self._stage.pixels()

    def extent(self, thing: str | None) -> Floats:
        corners = self._things.corners(thing)
        return corners if self._things.standing(thing) else np.concatenate([corners, self._stores])

    def pick(self, x: float, y: float) -> str | None:
        """Id of the station, product unit's carrier or vehicle at a point of the picture."""
        return self._things.pick(self.camera, x, y)

    def anchors(self) -> Anchors:
        """Where labels belong at the instant shown."""
        reading = self._reading
        shown = None if reading is None else reading.signals
        return self._things.anchors(self.camera, self._size, shown, reading.selection if reading else None)

    def signs(self) -> Anchors:
        """Where the names of areas and lines belong."""
        return self._signs.anchors(self.camera, self._size)

    def close(self) -> None:
        """Free what VTK holds. Nothing may be drawn afterwards; closing twice is allowed."""
        self._stage.close()
