"""Building: everything a layout puts on the floor, as merged meshes and columns. No VTK, nothing of an instant."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s
from twin.plant.layout import Layout
from twin.scene.conveyors import draw_conveyors
from twin.scene.machinery import ArmColumns, PartColumns, arm_columns, part_columns
from twin.scene.machines import draw_machine
from twin.scene.placing import HEIGHT_M, PITCH_M, Spots
from twin.scene.shapes import Mesh, join
from twin.scene.sketch import Shadow, Sketch
from twin.scene.states import BLUSH_OF_SIGNAL
from twin.scene.stores import draw_stores
from twin.scene.theme import GLOWING, Material, Signal, Theme

_SHADE_BELOW_M, _SHADE_LEAST = 0.9, 0.72
_STRETCH_M = 40.0


@dataclass(frozen=True, slots=True)
class Coat:
    """A merged mesh and, for each vertex, what its colour follows from.

    Attributes:
        material: (n,) uint8.
        station: (n,) int32, -1 where it belongs to none.
        shade: (n,) float32, 0 to 1: surfaces near the floor are darker, which stands for the light they do not get.
    """

    mesh: Mesh
    material: NDArray[np.uint8]
    station: Int32s
    shade: NDArray[np.float32]

    def colours(self, theme: Theme, signals: Int32s, *, lit: bool) -> Floats:
        """(n, 3) colours with their light; stale stations are bleached, those in trouble blush."""
        palette = np.array([theme.materials[material] for material in Material], float)
        table = np.repeat(palette[None], len(signals) + 1, axis=0)  # the last row is for what belongs to no station
        for signal, share in BLUSH_OF_SIGNAL.items():
            table[:-1][signals == signal] = palette * (1 - share) + np.array(theme.signals[signal]) * share
        table[:-1][signals == Signal.STALE] = theme.bleached(palette)
        colours: Floats = table[self.station, self.material]
        if lit:
            colours *= (theme.light_on(self.mesh.normals) * self.shade)[:, None]
        return np.minimum(colours, 255.0)


@dataclass(frozen=True, slots=True)
class Building:
    """What stands on the floor.

    Attributes:
        solid: opaque surfaces with their light, one coat a stretch of floor.
        glowing: opaque surfaces that need none.
        glass: panes.
        lights: (s, 3) where each station's lamps begin, metres.
    """

    solid: tuple[Coat, ...]
    glowing: Coat
    glass: Mesh
    parts: PartColumns
    arms: ArmColumns
    lights: Floats
    shadows: tuple[Shadow, ...]


def build(layout: Layout, spots: Spots) -> Building:
    """Everything a layout puts on the floor."""
    sketches = _sketches(layout)
    ground = Sketch()
    draw_conveyors(ground, layout, spots)
    draw_stores(ground, layout)
    pieces = [(material, mesh, -1) for material, mesh in ground.solids]
    glass: list[Mesh] = []
    shadows = list(ground.shadows)
    lights = []
    for row, sketch in enumerate(sketches):
        at = (float(spots.x[row]), float(spots.y[row]), 0.0)
        heading = float(spots.heading[row])
        pieces += [(material, mesh.moved(at, heading), row) for material, mesh in sketch.solids]
        glass += [mesh.moved(at, heading) for mesh in sketch.glass]
        shadows += [_moved(shadow, spots, row) for shadow in sketch.shadows]
        lights.append((*spots.placed(row, *sketch.light[:2]), sketch.light[2]))
    return Building(
        _stretches([piece for piece in pieces if piece[0] not in GLOWING]),
        _coat([piece for piece in pieces if piece[0] in GLOWING]),
        join(glass),
        part_columns([sketch.parts for sketch in sketches], spots),
        arm_columns([sketch.arms for sketch in sketches], spots),
        np.array(lights, float),
        tuple(shadows),
    )


def _sketches(layout: Layout) -> list[Sketch]:
    sketches = []
    for line in layout.lines:
        conveyor = line.conveyor
        on = (conveyor.height_m, conveyor.pitch_m) if conveyor else (HEIGHT_M, PITCH_M)
        sketches += [_machine(station.kind, station.places, *on) for station in line.stations]
    return sketches


@lru_cache(maxsize=64)
def _machine(kind: str, places: int, conveyor_m: float, pitch_m: float) -> Sketch:
    """A machine's drawing with one mesh a material, drawn once for all stations that are the same."""
    sketch = draw_machine(kind, places=places, conveyor_m=conveyor_m, pitch_m=pitch_m)
    sketch.solids = _merged(sketch.solids)
    sketch.glass = [join(sketch.glass)]
    return sketch


def _merged(solids: list[tuple[Material, Mesh]]) -> list[tuple[Material, Mesh]]:
    used = sorted({material for material, _ in solids})
    return [(material, join([mesh for other, mesh in solids if other == material])) for material in used]


def _moved(shadow: Shadow, spots: Spots, row: int) -> Shadow:
    x, y = spots.placed(row, shadow.x_m, shadow.y_m)
    heading = shadow.heading_rad + float(spots.heading[row])
    return replace(shadow, x_m=x, y_m=y, heading_rad=math.remainder(heading, math.pi))


def _stretches(pieces: list[tuple[Material, Mesh, int]]) -> tuple[Coat, ...]:
    """One coat for each square of the floor that something stands on."""
    squares: dict[tuple[int, int], list[tuple[Material, Mesh, int]]] = {}
    for piece in pieces:
        low, high = piece[1].points.min(axis=0), piece[1].points.max(axis=0)
        x, y = float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2
        squares.setdefault((math.floor(x / _STRETCH_M), math.floor(y / _STRETCH_M)), []).append(piece)
    return tuple(_coat(squares[place]) for place in sorted(squares))


def _coat(pieces: list[tuple[Material, Mesh, int]]) -> Coat:
    mesh = join([mesh for _, mesh, _ in pieces])
    sizes = [len(mesh.points) for _, mesh, _ in pieces]
    rise = np.clip(mesh.points[:, 2] / _SHADE_BELOW_M, 0.0, 1.0)
    return Coat(
        mesh,
        np.repeat(np.array([material for material, _, _ in pieces], np.uint8), sizes),
        np.repeat(np.array([station for _, _, station in pieces], np.int32), sizes),
        (_SHADE_LEAST + (1.0 - _SHADE_LEAST) * rise).astype(np.float32),
    )
