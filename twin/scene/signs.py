"""Signs: names of areas and lines on the floor in front of them, for who looks from afar. No VTK, no text."""

from __future__ import annotations

import numpy as np

from twin.history.batch import Floats
from twin.plant.layout import Layout
from twin.scene.camera import Camera
from twin.scene.placing import Spots
from twin.scene.states import PRIORITY_AREAS, PRIORITY_LINES
from twin.scene.things import Anchors, in_picture, seen_px

_IN_FRONT_M = 1.5


class Signs:
    """Where the names of areas and lines belong. Areas that are one line, and lines of one station, have none."""

    def __init__(self, layout: Layout, spots: Spots) -> None:
        first, found = 0, []
        for area in layout.areas:
            start = first
            for line in area.lines:
                if len(line.stations) > 1 and len(layout.lines) > 1:
                    found.append((line.id, PRIORITY_LINES, first, first + len(line.stations)))
                first += len(line.stations)
            if len(area.lines) > 1 and len(layout.areas) > 1:
                found.append((area.id, PRIORITY_AREAS, start, first))
        self._ids = tuple(thing for thing, *_ in found)
        self._priority = np.array([priority for _, priority, *_ in found], np.int32)
        places = [_in_front(spots, slice(start, end)) for *_, start, end in found]
        self._points = np.array([(x, y, 0.0) for x, y, _ in places], np.float64).reshape(-1, 3)
        self._size_m = np.array([size for *_, size in places], np.float64)

    def anchors(self, camera: Camera, size: tuple[int, int]) -> Anchors:
        """Where they are in the picture, by how much of it what they name takes."""
        x, y, depth = camera.project(self._points).T
        size_px = seen_px(camera, self._size_m, depth)
        visible = in_picture(x, y, depth, size) & (size_px < size[0])  # of what is all round nobody needs the name
        return Anchors(self._ids, x, y, depth, visible, self._priority, size_px)


def _in_front(spots: Spots, rows: slice) -> tuple[float, float, float]:
    """x, y before the southern edge of some stations, and how far these reach from west to east or south to north."""
    reach = np.hypot(spots.length[rows], spots.width[rows]) / 2
    west, east = (spots.x[rows] - reach).min(), (spots.x[rows] + reach).max()
    south, north = (spots.y[rows] - reach).min(), (spots.y[rows] + reach).max()
    middle: Floats = (west + east) / 2
    return float(middle), float(south) - _IN_FRONT_M, float(max(east - west, north - south))
