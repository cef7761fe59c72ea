"""Things: stations, product units, vehicles, stores and docks as boxes on the floor: to pick, fly to, label. No VTK."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s
from twin.plant.layout import Layout, carrier_ids
from twin.scene.camera import Camera
from twin.scene.machines import OPEN_KINDS
from twin.scene.moving import Poses
from twin.scene.picking import Boxes, crossings
from twin.scene.placing import Spots
from twin.scene.products import PRODUCTS
from twin.scene.states import PRIORITY_OF_SIGNAL, PRIORITY_OTHERS, PRIORITY_PLACES, PRIORITY_SELECTED, PRIORITY_VEHICLES
from twin.scene.stores import placed
from twin.session.frame import Bools

VEHICLE_SIZE_M = (1.36, 0.86, 1.15)
_ABOVE_M = 0.25
_LOWEST_VIEW_M = 3.0


@dataclass(frozen=True, slots=True)
class Anchors:
    """Columns: where labels belong, one row a station, vehicle, store or dock, and the product unit if one is selected.

    Attributes:
        ids: what the label is for.
        x, y: (n,) pixels from the picture's upper left corner.
        depth: (n,) metres from the eye along the view; nearer labels go over farther ones.
        visible: (n,) bool, in front of the eye, inside the picture, and there.
        priority: (n,) int32, higher matters more: selected, aborted, held, stale, service, waiting, others, vehicles.
        size_px: (n,) how large the thing itself is in the picture.
    """

    ids: tuple[str, ...]
    x: Floats
    y: Floats
    depth: Floats
    visible: Bools
    priority: Int32s
    size_px: Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thing stands, and how much floor it takes."""

    x_m: float
    y_m: float
    z_m: float
    heading_rad: float
    length_m: float
    width_m: float


class Things:
    """Where everything is at the last instant shown. Rows: stations, carriers, vehicles, places (stores)."""

    def __init__(self, layout: Layout, spots: Spots, tops_m: Floats) -> None:
        stations = [station.id for station in layout.stations]
        carriers = [carrier for line in layout.lines for carrier in carrier_ids(line)]
        vehicles = [vehicle.id for vehicle in layout.vehicles]
        places = list(placed(layout))
        self.ids = (*stations, *carriers, *vehicles, *(thing for thing, *_ in places))
        self.rows = {thing: row for row, thing in enumerate(self.ids)}
        self._stations, self._carriers, self._vehicles = len(stations), len(carriers), len(vehicles)
        units = [PRODUCTS[line.product_kind].size for line in layout.lines for _ in carrier_ids(line)]
        movers = len(units) + self._vehicles
        sizes = np.array([*units, *[VEHICLE_SIZE_M] * self._vehicles, *(size for *_, size in places)], float)
        sizes = sizes.reshape(-1, 3)
        stands = np.array([(p.x_m, p.y_m, 0.0, math.radians(p.heading_deg)) for _, p, _ in places]).reshape(-1, 4)
        fixed = (spots.x, spots.y, np.zeros(len(stations)), spots.heading)
        size = (spots.length, spots.width, spots.height)
        still = np.zeros(movers)
        self._boxes = Boxes(
            *(np.concatenate([column, still, stand]) for column, stand in zip(fixed, stands.T, strict=True)),
            *(np.concatenate([column, sizes[:, axis]]) for axis, column in enumerate(size)),
        )
        self._there = np.concatenate([np.ones(len(stations), bool), still > 0, np.ones(len(places), bool)])
        self._open = np.array([station.kind in OPEN_KINDS for station in layout.stations] + [False] * len(sizes))
        self._top = np.concatenate([tops_m, sizes[:, 2]]) + _ABOVE_M

    def move(self, carriers: Poses, vehicles: Poses) -> None:
        """Take over where the moving things are."""
        for first, poses in ((self._stations, carriers), (self._stations + self._carriers, vehicles)):
            rows = slice(first, first + len(poses.x))
            self._boxes.x[rows], self._boxes.y[rows], self._boxes.z[rows] = poses.x, poses.y, poses.z
            self._boxes.heading[rows], self._there[rows] = poses.heading, poses.present

    def standing(self, thing: str | None) -> Standing | None:
        """Where a thing is, None if it is not there."""
        row = self.rows.get(thing or "", -1)
        if row < 0 or not self._there[row]:
            return None
        boxes = self._boxes
        columns = (boxes.x, boxes.y, boxes.z, boxes.heading, boxes.length, boxes.width)
        return Standing(*(float(column[row]) for column in columns))

    def pick(self, camera: Camera, x: float, y: float) -> str | None:
        """What is at a point of the picture. Into open machines one sees: a unit inside goes before the machine."""
        enter, leave = crossings(self._boxes, *camera.ray(x, y))
        distance = np.where(self._open & np.isfinite(enter), leave, enter)
        distance[~self._there] = np.inf
        nearest = int(np.argmin(distance)) if len(distance) else -1
        return self.ids[nearest] if nearest >= 0 and np.isfinite(distance[nearest]) else None

    def corners(self, thing: str | None) -> Floats:
        """(n, 3) corners round a thing, never less than a few metres; round all stations for None or an unknown one."""
        row = self.rows.get(thing or "", -1)
        rows = np.array([row]) if row >= 0 and self._there[row] else np.arange(self._stations)
        boxes = self._boxes
        half_x = np.maximum(boxes.length[rows], _LOWEST_VIEW_M) / 2
        half_y = np.maximum(boxes.width[rows], _LOWEST_VIEW_M) / 2
        cos, sin = np.cos(boxes.heading[rows]), np.sin(boxes.heading[rows])
        points = []
        for i in (-1, 1):
            for j in (-1, 1):
                x = boxes.x[rows] + i * half_x * cos - j * half_y * sin
                y = boxes.y[rows] + i * half_x * sin + j * half_y * cos
                points += [np.stack([x, y, z], 1) for z in (boxes.z[rows], boxes.z[rows] + self._top[rows])]
        return np.concatenate(points)

    def anchors(self, camera: Camera, size: tuple[int, int], signals: Int32s | None, selection: str | None) -> Anchors:
        """Where the labels belong."""
        selected = self.rows.get(selection or "", -1)
        later = np.arange(self._stations + self._carriers, len(self.ids))
        unit = [selected] if self._stations <= selected < self._stations + self._carriers else []
        rows = np.concatenate([np.arange(self._stations), later, unit]).astype(int)
        boxes = self._boxes
        points = np.stack([boxes.x[rows], boxes.y[rows], boxes.z[rows] + self._top[rows]], 1)
        x, y, depth = camera.project(points).T
        inside = in_picture(x, y, depth, size)
        priority = np.full(len(rows), PRIORITY_VEHICLES, np.int32)
        if signals is not None:
            priority[: self._stations] = _priorities(signals)
        priority[rows >= self._stations + self._carriers + self._vehicles] = PRIORITY_PLACES
        priority[rows == selected] = PRIORITY_SELECTED
        size_px = seen_px(camera, np.maximum(boxes.length[rows], boxes.width[rows]), depth)
        ids = tuple(self.ids[row] for row in rows)
        return Anchors(ids, x, y, depth, inside & self._there[rows], priority, size_px)


def in_picture(x: Floats, y: Floats, depth: Floats, size: tuple[int, int]) -> Bools:
    """Whether projected points are in front of the eye and inside a picture of this size."""
    inside: Bools = (depth > 0.0) & (x >= 0) & (x < size[0]) & (y >= 0) & (y < size[1])
    return inside


def seen_px(camera: Camera, size_m: Floats, depth: Floats) -> Floats:
    """How many pixels something so large takes so far away."""
    a_metre_away = camera.metres_per_pixel() / camera.view.distance_m
    size: Floats = size_m / np.maximum(np.abs(depth) * a_metre_away, 1e-9)
    return size


def _priorities(signals: Int32s) -> NDArray[np.int32]:
    priorities = np.full(len(signals), PRIORITY_OTHERS, np.int32)
    for signal, priority in PRIORITY_OF_SIGNAL.items():
        priorities[signals == signal] = priority
    return priorities
