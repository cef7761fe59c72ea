"""Where stations stand and where their places are: pure functions of the layout, as columns.

A line without conveyor and poses (an abstract one) is set up in a row. Not here: what moves (`twin.scene.moving`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twin.history.batch import Floats, Int32s
from twin.plant.layout import Layout, Line
from twin.plant.machines import BESIDE_KINDS, MACHINE_KINDS
from twin.plant.paths import Path, path_through
from twin.plant.standing import place_pitch_m
from twin.plant.stations import Station
from twin.plant.terms import Point, Pose
from twin.session.frame import Bools

CAROUSEL_RIM_M = 3.35
PITCH_M, HEIGHT_M = 1.2, 0.6  # of a line without conveyor
_FARTHEST_M = 20_000.0
_ROW_GAP_M, _ROW_DISTANCE_M = 2.5, 12.0


@dataclass(frozen=True, slots=True)
class Bank:
    """How places stand in rows beside the conveyor.

    Attributes:
        rows: y of each row in the station's own frame, metres.
        row_m: the most that a row may take.
        pitch_m: from place to place, less where a row would get too long.
        aisle: the rows on both sides face one another; otherwise all units face the same way.
    """

    rows: tuple[float, ...]
    row_m: float
    pitch_m: float = 1.2
    aisle: bool = False


BANKS = {
    "run_test_bay": Bank((-1.35, 1.35), 7.0, aisle=True),
    "wet_run_test": Bank((-1.35, 1.35), 9.6, aisle=True),
    "thermoformer": Bank((0.0,), 4.8, 2.4),
    "helium_chamber": Bank((0.0,), 5.1, 1.7),
    "evacuation_line": Bank((-2.1, -0.7, 0.7, 2.1), 13.4, 0.95),
    "cool_down_test": Bank(tuple(side * (0.95 + 1.08 * k) for side in (-1, 1) for k in range(6)), 16.4, 0.92),
}
RINGS = frozenset({"evacuation_carousel", "foaming_carousel"})


@dataclass(frozen=True, slots=True)
class Spots:
    """Columns, one row a station in the layout's order: centre of its floor (m), heading (rad), size (m)."""

    x: Floats
    y: Floats
    heading: Floats
    length: Floats
    width: Floats
    height: Floats

    def placed(self, row: int, x: float, y: float) -> tuple[float, float]:
        """A point of the station's own frame, on the plant's floor."""
        cos, sin = math.cos(self.heading[row]), math.sin(self.heading[row])
        return float(self.x[row] + cos * x - sin * y), float(self.y[row] + sin * x + cos * y)


@dataclass(frozen=True, slots=True)
class Places:
    """Columns, one row a place, those of a station together: where a product unit stands that is worked on there.

    Attributes:
        first: (s,) int32, row of each station's place 0.
        count: (s,) int32.
        ring: (s,) bool, places lie on a circle round the station.
    """

    first: Int32s
    count: Int32s
    ring: Bools
    x: Floats
    y: Floats
    heading: Floats


def carousel_angle(place: int, places: int) -> float:
    """Angle (rad) of a place on the carousel, in its own frame."""
    return math.pi / 2 + 2 * math.pi * place / places


def bank_spots(kind: str, places: int) -> list[tuple[float, float]]:
    """(x, y) of each place of a bank in the station's own frame: filled from the entry, row by row in turn."""
    bank = BANKS[kind]
    rows = len(bank.rows)
    columns = -(-places // rows)
    pitch = min(bank.pitch_m, bank.row_m / columns)
    return [((p // rows - (columns - 1) / 2) * pitch, bank.rows[p % rows]) for p in range(places)]


def row_length_m(kind: str, places: int, pitch_m: float) -> float:
    """Length of a station along the line: long enough for its places in a row."""
    length = MACHINE_KINDS.get(kind, MACHINE_KINDS["generic"])[0]
    return length if kind in BESIDE_KINDS else max(length, places * place_pitch_m(kind, places, pitch_m))


def conveyor_path(line: Line) -> Path | None:
    """The line's conveyor on the floor, None where it has none (or one without length)."""
    return floor_path(line.conveyor.path) if line.conveyor else None


def floor_path(points: Sequence[Point], *, closed: bool = False) -> Path | None:
    """The path through `points`, as far as the floor reaches; None where it has no length."""
    path = path_through([(_near(x), _near(y)) for x, y in points], closed=closed)
    return path if len(path.points) > 1 else None


def station_spots(layout: Layout) -> Spots:
    """Where every station stands."""
    rows: list[tuple[float, ...]] = []
    for number, line in enumerate(layout.lines):
        on_line_m = line.conveyor.pitch_m if line.conveyor else PITCH_M
        for station, (x, y, heading) in zip(line.stations, _poses(line, number), strict=True):
            _, width, height = MACHINE_KINDS.get(station.kind, MACHINE_KINDS["generic"])
            length = row_length_m(station.kind, station.places, on_line_m)
            pitch = place_pitch_m(station.kind, station.places, on_line_m)
            back = 0.0 if station.kind in BESIDE_KINDS else -(station.places - 1) * pitch / 2
            rows.append((x + math.cos(heading) * back, y + math.sin(heading) * back, heading, length, width, height))
    return Spots(*np.array(rows, np.float64).T.copy())


def station_places(layout: Layout, spots: Spots) -> Places:
    """Every place of every station."""
    rows: list[tuple[float, float, float]] = []
    counts: list[int] = []
    number = 0
    for line in layout.lines:
        path = conveyor_path(line)
        for station in line.stations:
            rows += _station_places(station, number, spots, (line, path))
            counts.append(station.places)
            number += 1
    count = np.array(counts, np.int32)
    ring = np.array([station.kind in RINGS for station in layout.stations])
    x, y, heading = np.array(rows, np.float64).T.copy()
    return Places((np.cumsum(count) - count).astype(np.int32), count, ring, x, y, heading)


def _station_places(
    station: Station, row: int, spots: Spots, on: tuple[Line, Path | None]
) -> list[tuple[float, float, float]]:
    line, path = on
    heading = float(spots.heading[row])
    if station.kind in RINGS:
        angles = [carousel_angle(place, station.places) for place in range(station.places)]
        ring = [(CAROUSEL_RIM_M * math.cos(a), CAROUSEL_RIM_M * math.sin(a)) for a in angles]
        return [(*spots.placed(row, *xy), heading + a) for xy, a in zip(ring, angles, strict=True)]
    if station.kind in BANKS:
        aisle = BANKS[station.kind].aisle
        bays = bank_spots(station.kind, station.places)
        return [(*spots.placed(row, x, y), heading + (math.pi if aisle and y > 0 else 0.0)) for x, y in bays]
    on_line_m = line.conveyor.pitch_m if line.conveyor else PITCH_M
    pitch = place_pitch_m(station.kind, station.places, on_line_m)
    back = np.arange(station.places, dtype=np.float64) * pitch
    if path is None:
        front = (station.places - 1) * pitch / 2
        return [(*spots.placed(row, front - float(b), 0.0), heading) for b in back]
    points, headings = path.locate(station.at_m - back)
    return [(float(p[0]), float(p[1]), float(h)) for p, h in zip(points, headings, strict=True)]


def _poses(line: Line, number: int) -> list[tuple[float, float, float]]:
    """(x, y, heading in rad) of a line's stations: their own, or on the conveyor, or in a row where none has one."""
    if len(line.stations) == 1 or any(station.pose != Pose() for station in line.stations):
        own = [station.pose for station in line.stations]
        return [(_near(p.x_m), _near(p.y_m), math.radians(math.fmod(p.heading_deg, 360.0))) for p in own]
    path = conveyor_path(line)
    if path is not None:
        points, headings = path.locate(np.array([station.at_m for station in line.stations]))
        return [(float(p[0]), float(p[1]), float(h)) for p, h in zip(points, headings, strict=True)]
    poses, x = [], 0.0
    for station in line.stations:
        length = row_length_m(station.kind, station.places, PITCH_M)
        poses.append((x + length / 2, -number * _ROW_DISTANCE_M, 0.0))
        x += length + _ROW_GAP_M
    return poses


def _near(value: float) -> float:
    """A coordinate kept where float32 still resolves a millimetre or so."""
    return min(max(value, -_FARTHEST_M), _FARTHEST_M)
