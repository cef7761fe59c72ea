"""Sketch: what a machine is drawn from, in its own frame: x along the flow, y to its left, z up, metres.

A builder fills one with solids, glass, moving parts, arms and one stack light. Shadows follow from the solids.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from twin.scene.arms import SHOULDER_M, Arm
from twin.scene.motions import Part
from twin.scene.shapes import CHAMFER_M, Mesh, Vector, box, cylinder, ring, rod, tube
from twin.scene.theme import Material

_SHADOW_BELOW_M = 1.2
_SHADOW_AREA_M2 = 0.02


@dataclass(frozen=True, slots=True)
class Footing:
    """What a builder is told: the floor it has, its places, and the conveyor that passes through (surface height)."""

    length_m: float
    width_m: float
    height_m: float
    places: int = 1
    conveyor_m: float = 0.6
    pitch_m: float = 1.2

    @property
    def row(self) -> list[float]:
        """Where each place is along x, of a station whose places lie in a row on the conveyor."""
        return [((self.places - 1) / 2 - place) * self.pitch_m for place in range(self.places)]


@dataclass(frozen=True, slots=True)
class Shadow:
    """A rectangle (or ellipse) on the floor with something on or above it: centre, sides, heading; how dark, 0 to 1."""

    x_m: float
    y_m: float
    length_m: float
    width_m: float
    heading_rad: float = 0.0
    depth: float = 1.0
    round: bool = False


@dataclass(slots=True)
class Sketch:
    """The drawing of one machine, in its own frame."""

    solids: list[tuple[Material, Mesh]] = field(default_factory=list)
    glass: list[Mesh] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    arms: list[Arm] = field(default_factory=list)
    shadows: list[Shadow] = field(default_factory=list)
    light: Vector = (0.0, 0.0, 2.2)

    def add(self, material: Material, mesh: Mesh, *, round_shadow: bool = False) -> None:
        """A solid, with its shadow where it is near the floor."""
        self.solids.append((material, mesh))
        low, high = mesh.points.min(axis=0), mesh.points.max(axis=0)
        length, width = float(high[0] - low[0]), float(high[1] - low[1])
        if low[2] < _SHADOW_BELOW_M and length * width > _SHADOW_AREA_M2:
            x, y = float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2
            depth = 1.0 - float(low[2]) / _SHADOW_BELOW_M * 0.7
            self.shadows.append(Shadow(x, y, length, width, depth=depth, round=round_shadow))

    def box(self, material: Material, at: Vector, size: Vector, chamfer: float = CHAMFER_M) -> None:
        """A box whose bottom is centred at `at`; a large one that hangs has its underside drawn too."""
        hangs = at[2] > 0.9 and size[0] * size[1] > 0.5
        self.add(material, box(size, chamfer, bottom=hangs).moved(at))

    def cylinder(self, material: Material, at: Vector, size: tuple[float, float], sides: int = 16) -> None:
        """An upright cylinder, `size` = (radius, height), whose bottom is centred at `at`."""
        self.add(material, cylinder(size[0], size[1], sides).moved(at), round_shadow=True)

    def ring(self, material: Material, at: Vector, radii: tuple[float, float], height: float) -> None:
        """A flat ring, `radii` = (outer, inner)."""
        self.add(material, ring(radii[0], radii[1], height).moved(at), round_shadow=True)

    def rod(self, material: Material, start: Vector, end: Vector, radius: float) -> None:
        """A rod between two points."""
        self.add(material, rod(start, end, radius))

    def hose(self, material: Material, points: list[Vector], radius: float) -> None:
        """A hose through some points."""
        self.add(material, tube(points, radius))

    def pane(self, at: Vector, size: Vector) -> None:
        """A pane of glass whose bottom is centred at `at`."""
        self.glass.append(box(size, 0.0).moved(at))

    def fence(self, start: tuple[float, float], end: tuple[float, float], height: float = 1.35) -> None:
        """A safety fence: posts, a rail on top, panes between."""
        length = math.dist(start, end)
        heading = math.atan2(end[1] - start[1], end[0] - start[0])
        count = max(1, round(length / 1.2))
        for k in range(count + 1):
            x, y = (start[i] + (end[i] - start[i]) * k / count for i in (0, 1))
            self.solids.append((Material.FRAME, box((0.06, 0.06, height), 0.0).moved((x, y, 0.0))))
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        rail = box((length, 0.05, 0.06), 0.0)
        self.solids.append((Material.FRAME, rail.moved((*middle, height - 0.06), heading)))
        self.solids.append((Material.FRAME, rail.moved((*middle, 0.12), heading)))
        self.glass.append(box((length, 0.02, height - 0.3), 0.0).moved((*middle, 0.2), heading))

    def panel(self, at: Vector, facing: int = -1, size: tuple[float, float] = (0.46, 0.32)) -> None:
        """An operator's panel on a slim post, its screen facing -y or +y."""
        x, y, z = at
        self.box(Material.FRAME, (x, y, 0.0), (0.08, 0.08, z), 0.0)
        self.box(Material.DARK, (x, y, z), (size[0] + 0.06, 0.07, size[1] + 0.06), 0.015)
        self.box(Material.SCREEN, (x, y + facing * 0.037, z + 0.03), (size[0], 0.012, size[1]), 0.0)

    def cabinet(self, at: Vector, size: Vector, facing: int = -1) -> None:
        """A control cabinet with plinth, door seam, and a small screen."""
        x, y, z = at
        self.box(Material.FRAME, (x, y, z), (size[0] - 0.04, size[1] - 0.04, 0.1), 0.0)
        self.box(Material.SHELL, (x, y, z + 0.1), (size[0], size[1], size[2] - 0.1))
        front = y + facing * (size[1] / 2 + 0.004)
        self.box(Material.FRAME, (x, front, z + 0.2), (0.015, 0.012, size[2] - 0.3), 0.0)
        self.box(Material.DARK, (x - size[0] / 4, front, z + size[2] * 0.68), (size[0] * 0.34, 0.02, 0.2), 0.0)

    def arm(self, at: Vector, heading_rad: float, side: int = 1) -> None:
        """A robot arm that faces `heading_rad` and picks from its left (1) or right (-1)."""
        self.cylinder(Material.FRAME, at, (0.34, 0.12), 20)
        self.cylinder(Material.FRAME, (at[0], at[1], at[2] + 0.12), (0.25, SHOULDER_M - 0.46), 20)
        self.arms.append(Arm(at, heading_rad, side))

    def gate(self, material: Material, x: float, inside: float, height: float, thick: float = 0.14) -> None:
        """A portal across the conveyor at `x`: two posts `inside` metres apart and a beam."""
        for side in (-1, 1):
            self.box(material, (x, side * (inside + thick) / 2, 0.0), (thick, thick, height - 0.2))
        self.box(material, (x, 0.0, height - 0.2), (thick * 1.15, inside + 2.3 * thick, 0.2))

    def beacon(self, x: float, y: float, z: float) -> None:
        """The stack light's pole, on top of something at height `z`; the lamps above it are drawn by state."""
        self.solids.append((Material.STEEL, cylinder(0.03, 0.3, 8).moved((x, y, z))))
        self.light = (x, y, z + 0.3)
