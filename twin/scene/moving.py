"""Where product units and vehicles are at an instant: pure functions of a frame's columns and of the layout. No VTK."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s
from twin.plant.layout import Layout
from twin.plant.paths import Path
from twin.scene.motions import smooth
from twin.scene.parts import HANG_M
from twin.scene.placing import HEIGHT_M, Places, Spots, conveyor_path, floor_path, station_places
from twin.scene.products import stage_marks
from twin.session.frame import Bools, Movers

Rows = NDArray[np.signedinteger]
GLIDE_S = 1.5
_HALF_UNIT_M, _HALF_VEHICLE_M = 0.45, 0.6
# Where places of a bay are, left of the lane in the direction of travel: the first row, from row to row, in a row.
_ASIDE_M, _ROW_M, _BEHIND_M, _ROW_PLACES = 1.5, 1.3, 1.8, 6


@dataclass(frozen=True, slots=True)
class Poses:
    """Columns: point (m), heading (rad) and whether there is something to draw.

    Attributes:
        kind: (m,) int32, carriers: stage of the product (`products.STAGES`); vehicles: 1 where loaded.
    """

    x: Floats
    y: Floats
    z: Floats
    heading: Floats
    present: Bools
    kind: Int32s


class Conveyors:
    """The lines' conveyors and places, prepared once; `carriers` answers for an instant."""

    def __init__(self, layout: Layout, spots: Spots) -> None:
        self.paths = [conveyor_path(line) for line in layout.lines]
        self._heights = [line.conveyor.height_m if line.conveyor else HEIGHT_M for line in layout.lines]
        self._places: Places = station_places(layout, spots)
        self._spots = spots
        counts = [len(line.stations) for line in layout.lines]
        self._first_station = np.cumsum([0, *counts[:-1]])
        self._stations = np.array(counts)
        lengths = [path.length_m if path else 1.0 for path in self.paths]
        marks = [stage_marks(line, length) for line, length in zip(layout.lines, lengths, strict=True)]
        self._marks = [(np.array([at for at, _ in m]), np.array([stage for _, stage in m], np.int32)) for m in marks]

    def carriers(self, movers: Movers) -> Poses:
        """Where the product units are, and in which stage."""
        poses = _along(movers, self.paths, _HALF_UNIT_M)
        for line, (at, stages) in enumerate(self._marks):
            rows = movers.path == line
            poses.z[rows] = self._heights[line]
            poses.kind[rows] = stages[np.searchsorted(at, movers.at_m[rows] - 1e-6, side="right") - 1]
        self._put_in_places(movers, poses)
        return poses

    def _put_in_places(self, movers: Movers, poses: Poses) -> None:
        """Units that a station holds glide from the conveyor to their place during their first seconds there."""
        line = np.clip(movers.path, 0, len(self._stations) - 1)
        held = poses.present & (movers.station >= 0) & (movers.station < self._stations[line])
        rows = np.flatnonzero(held)
        station = self._first_station[movers.path[rows]] + movers.station[rows]
        place = np.clip(movers.place[rows], 0, self._places.count[station] - 1) + self._places.first[station]
        rest = np.nan_to_num(movers.rest_s[rows], nan=GLIDE_S)
        share = smooth(np.clip(rest / GLIDE_S, 0.0, 1.0))
        x, y = poses.x[rows], poses.y[rows]
        turn = _wrapped(self._places.heading[place] - poses.heading[rows])
        poses.heading[rows] += turn * share
        poses.x[rows] = x + (self._places.x[place] - x) * share
        poses.y[rows] = y + (self._places.y[place] - y) * share
        gliding = self._places.ring[station] & (share < 1.0)
        self._swing_round(
            poses, rows[gliding], station[gliding], (place[gliding], share[gliding], x[gliding], y[gliding])
        )

    def _swing_round(self, poses: Poses, rows: Rows, station: Rows, way: tuple[Rows, Floats, Floats, Floats]) -> None:
        """On a carousel the way leads round the middle, not through it."""
        place, share, x, y = way
        centre_x, centre_y = self._spots.x[station], self._spots.y[station]
        start = np.arctan2(y - centre_y, x - centre_x)
        goal = np.arctan2(self._places.y[place] - centre_y, self._places.x[place] - centre_x)
        angle = start + _wrapped(goal - start) * share
        first = np.hypot(x - centre_x, y - centre_y)
        last = np.hypot(self._places.x[place] - centre_x, self._places.y[place] - centre_y)
        radius = first + (last - first) * np.minimum(1.0, share * 2.0)
        poses.x[rows] = centre_x + radius * np.cos(angle)
        poses.y[rows] = centre_y + radius * np.sin(angle)


class Routes:
    """The vehicles' routes, prepared once; `vehicles` answers for an instant."""

    def __init__(self, layout: Layout) -> None:
        self.paths = [floor_path(route.points, closed=route.closed) for route in layout.routes]
        self.heights = np.array([route.height_m for route in layout.routes])

    def stops(self, layout: Layout) -> list[tuple[float, float, float]]:
        """(x, y, heading) of every place where a vehicle stops on the floor."""
        stops: list[tuple[float, float, float]] = []
        numbers = {route.id: number for number, route in enumerate(layout.routes)}
        for fleet in layout.fleets:
            path, height = self.paths[numbers[fleet.route]], self.heights[numbers[fleet.route]]
            if path is None or height:
                continue
            for bay in fleet.bays:
                places = np.arange(bay.places)
                points, headings = path.locate(np.full(bay.places, bay.at_m))
                x, y = _beside(points[:, 0], points[:, 1], headings, places, np.ones(bay.places))
                stops += zip(x.tolist(), y.tolist(), headings.tolist(), strict=True)
        return stops

    def vehicles(self, movers: Movers, loaded: Bools) -> Poses:
        """Where the vehicles are; `loaded` says which of them carry something.

        Who arrives in a bay glides to its place beside the lane, and back when it leaves.
        """
        poses = _along(movers, self.paths, _HALF_VEHICLE_M)
        poses.kind[:] = loaded
        if len(self.heights):
            rail = self.heights[np.clip(movers.path, 0, len(self.heights) - 1)]
            poses.z[:] = np.where(rail > 0.0, rail - HANG_M, 0.0)
        seconds = np.where(movers.station >= 0, movers.rest_s, GLIDE_S - movers.moved_s)
        share = smooth(np.clip(seconds / GLIDE_S, 0.0, 1.0)) * (movers.place >= 0)
        poses.x[:], poses.y[:] = _beside(poses.x, poses.y, poses.heading, movers.place, share)
        return poses


def _beside(x: Floats, y: Floats, heading: Floats, place: Rows, share: Floats) -> tuple[Floats, Floats]:
    """Points on a lane moved by a share of the way to places of a bay there."""
    aside = (_ASIDE_M + _ROW_M * (place // _ROW_PLACES)) * share
    behind = _BEHIND_M * (place % _ROW_PLACES) * share
    cos, sin = np.cos(heading), np.sin(heading)
    return x - cos * behind - sin * aside, y - sin * behind + cos * aside


def _along(movers: Movers, paths: Sequence[Path | None], half_m: float) -> Poses:
    """Points of the paths at `at_m`; the heading is that of the chord over the thing's length, so corners are round."""
    count = len(movers.at_m)
    x, y, heading = np.zeros(count), np.zeros(count), np.zeros(count)
    known = movers.present & np.isfinite(movers.at_m)
    for number, path in enumerate(paths):
        rows = np.flatnonzero(known & (movers.path == number))
        if path is None:
            known[rows] = False
        elif len(rows):
            at = movers.at_m[rows]
            points, _ = path.locate(np.concatenate([at, at - half_m, at + half_m]))
            x[rows], y[rows] = points[: len(rows)].T
            chord = points[2 * len(rows) :] - points[len(rows) : 2 * len(rows)]
            heading[rows] = np.arctan2(chord[:, 1], chord[:, 0])
    known &= (movers.path >= 0) & (movers.path < len(paths))
    return Poses(x, y, np.zeros(count), heading, known, np.zeros(count, np.int32))


def _wrapped(angle: Floats) -> Floats:
    """The same angle between -π and π."""
    return np.mod(angle + np.pi, 2 * np.pi) - np.pi
