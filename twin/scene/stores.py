"""Stores, the warehouse and its docks: quiet things that stand on the floor, with nothing of an instant. No VTK."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from twin.history.batch import Floats
from twin.plant.layout import Layout
from twin.plant.terms import Pose
from twin.scene.shapes import Mesh, box
from twin.scene.sketch import Shadow, Sketch
from twin.scene.theme import Material

# Length, width and height, metres, of what the layout gives a pose only (estimates).
STORE_M = (14.0, 2.4, 3.0)
WAREHOUSE_M = (92.0, 22.0, 9.6)
DOCK_M = (4.6, 7.0, 5.0)
_STORE_BAY_M, _WAREHOUSE_BAY_M = 2.0, 4.0


def draw_stores(sketch: Sketch, layout: Layout) -> None:
    """All of a layout's stores, its warehouse and its docks."""
    for store in layout.stores:
        _put(sketch, _store(), store.pose, STORE_M)
    if house := layout.warehouse:
        _put(sketch, _warehouse(), house.pose, WAREHOUSE_M)
        for dock in house.docks:
            _put(sketch, _dock(), dock.pose, DOCK_M)


def placed(layout: Layout) -> Iterator[tuple[str, Pose, tuple[float, float, float]]]:
    """Id, place, and length, width and height in metres, of everything that `draw_stores` draws."""
    for store in layout.stores:
        yield store.id, store.pose, STORE_M
    if house := layout.warehouse:
        yield house.id, house.pose, WAREHOUSE_M
        for dock in house.docks:
            yield dock.id, dock.pose, DOCK_M


def store_corners(layout: Layout) -> Floats:
    """(n, 3) corners of the floor of everything that `draw_stores` draws."""
    found: list[tuple[float, float, float]] = []
    for _, pose, (length, width, _) in placed(layout):
        cos, sin = math.cos(math.radians(pose.heading_deg)), math.sin(math.radians(pose.heading_deg))
        for x, y in ((i * length / 2, j * width / 2) for i in (-1, 1) for j in (-1, 1)):
            found.append((pose.x_m + cos * x - sin * y, pose.y_m + sin * x + cos * y, 0.0))
    return np.array(found, np.float64).reshape(-1, 3)


def _put(sketch: Sketch, solids: list[tuple[Material, Mesh]], pose: Pose, size: tuple[float, float, float]) -> None:
    heading = math.radians(pose.heading_deg)
    sketch.solids += [(material, mesh.moved((pose.x_m, pose.y_m, 0.0), heading)) for material, mesh in solids]
    sketch.shadows.append(Shadow(pose.x_m, pose.y_m, size[0], size[1], math.remainder(heading, math.pi), 0.7))


def _store() -> list[tuple[Material, Mesh]]:
    """A double rack of three levels with boxes in it."""
    return [piece for side in (-1, 1) for piece in _rack(STORE_M, side * 0.6, _STORE_BAY_M, 3)]


def _warehouse() -> list[tuple[Material, Mesh]]:
    """High-bay racks with aisles between them, a crane in each, under a roof beam at both ends."""
    length, width, height = WAREHOUSE_M
    solids: list[tuple[Material, Mesh]] = []
    aisles = 4
    pitch = width / aisles
    for aisle in range(aisles):
        y = (aisle + 0.5) * pitch - width / 2
        for side in (-1, 1):
            solids += _rack((length, 1.3, height), y + side * (pitch / 2 - 0.75), _WAREHOUSE_BAY_M, 5)
        for z in (0.0, height):
            solids.append((Material.STEEL, box((length, 0.14, 0.08), 0.0).moved((0.0, y, z))))
        crane = (aisle * 0.37 % 1.0 - 0.5) * length * 0.9
        solids.append((Material.ACCENT, box((1.0, 0.5, 0.4), 0.0).moved((crane, y, 0.08))))
        solids += [(Material.ACCENT, box((0.24, 0.3, height), 0.0).moved((crane + x, y, 0.08))) for x in (-0.3, 0.3)]
        solids.append((Material.ACCENT, box((1.3, 1.0, 0.16), 0.0).moved((crane, y, height * 0.45))))
    return solids


def _rack(size: tuple[float, float, float], y: float, bay_m: float, levels: int) -> list[tuple[Material, Mesh]]:
    """A rack along x at `y`: uprights, beams, and what lies in it; the same each time."""
    length, depth, height = size[0], min(size[1], 1.1), size[2]
    bays = round(length / bay_m)
    step = height / levels
    solids: list[tuple[Material, Mesh]] = []
    for k in range(bays + 1):
        at = (-length / 2 + k * length / bays, y, 0.0)
        solids.append((Material.BEAM, box((0.1, depth, height), 0.0).moved(at)))
    for level in range(levels):
        z = level * step + 0.12
        solids.append((Material.BEAM, box((length, depth, 0.08), 0.0).moved((0.0, y, z))))
        for k in range(bays):
            fill = (k * 7 + level * 5 + round(y * 3)) % 6
            if fill:
                load = (length / bays - 0.5, depth - 0.2, step * (0.4 if fill < 3 else 0.68))
                at = (-length / 2 + (k + 0.5) * length / bays, y, z + 0.08)
                solids.append((Material.CARD, box(load, 0.0).moved(at)))
    return solids


def _dock() -> list[tuple[Material, Mesh]]:
    """A gate in a piece of wall, bumpers, and a roller conveyor that leads to it."""
    wall, gate = DOCK_M[2], (3.0, 3.6)
    solids = [
        (Material.SHELL, box((0.3, (DOCK_M[1] - gate[0]) / 2, wall), 0.0).moved((2.0, side * 2.5, 0.0)))
        for side in (-1, 1)
    ]
    solids += [
        (Material.SHELL, box((0.3, gate[0], wall - gate[1]), 0.0).moved((2.0, 0.0, gate[1]))),
        (Material.DARK, box((0.16, gate[0], gate[1]), 0.0).moved((2.1, 0.0, 0.0))),
        (Material.FRAME, box((3.6, 1.6, 0.7), 0.0).moved((-0.1, 0.0, 0.0))),
        (Material.BELT, box((3.6, 1.4, 0.06), 0.0).moved((-0.1, 0.0, 0.7))),
    ]
    for side in (-1, 1):
        solids.append((Material.DARK, box((0.3, 0.3, 0.6), 0.0).moved((2.25, side * 1.2, 0.6))))
        solids.append((Material.ACCENT, box((0.2, 0.14, gate[1]), 0.0).moved((1.8, side * 1.56, 0.0))))
    return solids
