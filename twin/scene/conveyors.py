"""Conveyors as meshes: beams, rollers, legs along a line's path, and the spurs to stations that stand beside it."""

from __future__ import annotations

import math

import numpy as np

from twin.history.batch import Floats
from twin.plant.layout import Layout, Line
from twin.plant.paths import Path, path_through
from twin.scene.placing import BANKS, CAROUSEL_RIM_M, RINGS, Spots, conveyor_path, floor_path
from twin.scene.shapes import Mesh, box, rod
from twin.scene.sketch import Shadow, Sketch
from twin.scene.theme import Material

_HALF_WIDTH_M = 0.47
_ROLLER_M, _LEG_M = 0.3, 2.0
_SPUR_FROM_M = 1.2
_MOST_ROLLERS = 2000
_POST_M, _POST_ASIDE_M = 8.0, 0.9


def draw_conveyors(sketch: Sketch, layout: Layout, spots: Spots) -> None:
    """All conveyors of a layout, overhead ones included."""
    for route in layout.routes:
        rail = floor_path(route.points, closed=route.closed)
        if route.height_m and rail is not None:
            _draw_rail(sketch, rail, route.height_m)
    row = 0
    for line in layout.lines:
        path = conveyor_path(line)
        if path is not None and line.conveyor is not None:
            _draw(sketch, path, line.conveyor.height_m)
            for spur in _spurs(line, path, spots, row):
                _draw(sketch, spur, line.conveyor.height_m)
        row += len(line.stations)


def _draw(sketch: Sketch, path: Path, height: float) -> None:
    last = len(path.points) - 2
    for number in range(last + 1):
        _straight(sketch, path.points[number], path.points[number + 1], height)
        if number < last:
            _corner(sketch, path.points[number + 1], height)


def _draw_rail(sketch: Sketch, path: Path, height: float) -> None:
    """The rail of an overhead conveyor on posts that stand beside it."""
    for start, end in zip(path.points, path.points[1:], strict=False):
        length = float(np.hypot(*(end - start)))
        heading = math.atan2(end[1] - start[1], end[0] - start[0])
        x, y = (start + end) / 2
        rail = box((length + 0.1, 0.1, 0.16), 0.0).moved((float(x), float(y), height), heading)
        sketch.solids.append((Material.RAIL, rail))
    for at in np.arange(_POST_M / 2, path.length_m, _POST_M):
        (point,), (along,) = path.locate(np.array([at]))
        x, y, top = float(point[0]), float(point[1]), height + 0.1
        foot_x, foot_y = x + _POST_ASIDE_M * math.sin(along), y - _POST_ASIDE_M * math.cos(along)
        sketch.box(Material.RAIL, (foot_x, foot_y, 0.0), (0.14, 0.14, top), 0.0)
        sketch.rod(Material.RAIL, (foot_x, foot_y, top), (x, y, top), 0.05)


def _straight(sketch: Sketch, start: Floats, end: Floats, height: float) -> None:
    length = float(np.hypot(*(end - start)))
    heading = math.atan2(end[1] - start[1], end[0] - start[0])
    along = np.array([math.cos(heading), math.sin(heading)])
    aside = np.array([-along[1], along[0]])

    def put(material: Material, mesh: Mesh, at: float, off: float, z: float) -> None:
        x, y = start + along * at + aside * off
        sketch.solids.append((material, mesh.moved((float(x), float(y), z), heading)))

    put(Material.BELT, box((length, 2 * _HALF_WIDTH_M - 0.08, 0.03), 0.0), length / 2, 0.0, height - 0.1)
    for side in (-1, 1):
        put(Material.BEAM, box((length, 0.07, 0.17), 0.02), length / 2, side * _HALF_WIDTH_M, height - 0.17)
    rollers = min(int(length / _ROLLER_M), _MOST_ROLLERS)
    for k in range(rollers):
        put(Material.STEEL, _roller(), (k + 0.5) * length / rollers, 0.0, height - 0.05)
    legs = min(max(2, round(length / _LEG_M) + 1), _MOST_ROLLERS)
    for k in range(legs):
        for side in (-1, 1):
            leg = box((0.07, 0.07, height - 0.17), 0.0)
            put(Material.FRAME, leg, 0.3 + (length - 0.6) * k / (legs - 1), side * (_HALF_WIDTH_M - 0.04), 0.0)
    x, y = (start + end) / 2
    sketch.shadows.append(Shadow(float(x), float(y), length, 2 * _HALF_WIDTH_M, heading, 0.8))


def _corner(sketch: Sketch, at: Floats, height: float) -> None:
    """A transfer table, where one stretch follows another."""
    x, y = float(at[0]), float(at[1])
    sketch.box(Material.BEAM, (x, y, height - 0.2), (1.16, 1.16, 0.19))
    sketch.box(Material.BELT, (x, y, height - 0.015), (0.98, 0.98, 0.02), 0.0)
    sketch.box(Material.FRAME, (x, y, 0.0), (0.5, 0.5, height - 0.2), 0.0)


def _roller() -> Mesh:
    """The upper half of a roller across the conveyor: what can be seen of it."""
    whole = rod((0.0, 0.05 - _HALF_WIDTH_M, 0.0), (0.0, _HALF_WIDTH_M - 0.05, 0.0), 0.045, 8)
    upper = (whole.points[whole.triangles][:, :, 2] > -0.01).all(axis=1)
    return Mesh(whole.points, whole.normals, whole.triangles[upper], whole.piece_m2[upper])


def _spurs(line: Line, path: Path, spots: Spots, first: int) -> list[Path]:
    """The ways from the conveyor to stations that stand beside it."""
    spurs = []
    for number, station in enumerate(line.stations, first):
        (point,), _ = path.locate(np.array([station.at_m]))
        way = np.array([spots.x[number], spots.y[number]]) - point
        distance = float(np.hypot(*way))
        inside = _inside_m(station.kind, float(spots.width[number]))
        if _SPUR_FROM_M + inside < distance < 30.0:
            end = point + way * (1.0 - inside / distance)
            spurs.append(path_through([(float(point[0]), float(point[1])), (float(end[0]), float(end[1]))]))
    return spurs


def _inside_m(kind: str, width_m: float) -> float:
    """How far from a station's middle the way to it ends."""
    if kind in RINGS:
        return CAROUSEL_RIM_M
    return width_m / 2 - 0.2 if kind in BANKS else 0.4
