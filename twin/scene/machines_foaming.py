"""Machines that foam with polyurethane: the carousel of cabinet fixtures, the door foaming press."""

from __future__ import annotations

import math

from twin.scene.motions import Part, Wave
from twin.scene.placing import CAROUSEL_RIM_M, carousel_angle
from twin.scene.shapes import Mesh, Vector, box
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def foaming_carousel(sketch: Sketch, foot: Footing) -> None:
    """Fixtures on a round table, each a jacket round one cabinet; hoses from the dosing tanks in the middle."""
    level = foot.conveyor_m
    sketch.ring(
        Material.FRAME, (0.0, 0.0, 0.0), (CAROUSEL_RIM_M + 0.62, CAROUSEL_RIM_M - 0.62), max(level - 0.04, 0.08)
    )
    for place in range(foot.places):
        _fixture(sketch, carousel_angle(place, foot.places), level)
    sketch.cylinder(Material.FRAME, (0.0, 0.0, 0.0), (1.7, 0.16), 36)
    for k, material in enumerate((Material.SHELL, Material.BEAM)):
        x = -0.62 + 1.24 * k
        sketch.cylinder(material, (x, 0.0, 0.16), (0.5, 1.7), 24)
        sketch.cylinder(Material.STEEL, (x, 0.0, 1.86), (0.4, 0.12), 20)
    sketch.cabinet((0.0, -1.15, 0.16), (1.2, 0.45, 1.4))
    sketch.parts.append(Part("rotor", (0.0, 0.0, 2.3), turn_rad=4 * math.pi, wave=Wave.TURN))
    sketch.cylinder(Material.STEEL, (0.0, 0.0, 0.16), (0.1, 2.14), 12)
    sketch.beacon(0.0, -1.15, 1.56)


def _fixture(sketch: Sketch, angle: float, level: float) -> None:
    """Two side plugs, a back plate, a lid on two posts; open to the outside, where the unit is seen."""

    def put(material: Material, mesh: Mesh, out: float, z: float, aside: float = 0.0) -> None:
        cos, sin = math.cos(angle), math.sin(angle)
        at: Vector = (out * cos - aside * sin, out * sin + aside * cos, z)
        sketch.solids.append((material, mesh.moved(at, angle)))

    rim = CAROUSEL_RIM_M
    for side in (-1, 1):
        put(Material.SHELL, box((0.5, 0.07, 1.2), 0.0), rim, level, side * 0.42)
        put(Material.ACCENT, box((0.3, 0.03, 0.3), 0.0), rim, level + 0.7, side * 0.47)
    put(Material.FRAME, box((0.1, 0.84, 1.7), 0.0), rim - 0.48, level)
    put(Material.SHELL, box((0.95, 0.9, 0.12), 0.0), rim, level + 1.62)


def door_foaming(sketch: Sketch, foot: Footing) -> None:
    """A book press of stacked platens that foams doors behind the line, a robot that hands them over."""
    half, back, top = foot.length_m / 2, foot.width_m / 2, foot.height_m - 0.1
    sketch.box(Material.FRAME, (-0.85, 1.0, 0.0), (1.5, 0.9, 0.3))
    for x in (-1.5, -0.2):
        for y in (0.62, 1.38):
            sketch.box(Material.FRAME, (x, y, 0.3), (0.1, 0.1, top - 0.3), 0.0)
    for k in range(4):
        sketch.box(Material.SHELL, (-0.85, 1.0, 0.42 + 0.4 * k), (1.16, 0.74, 0.14), 0.02)
        sketch.box(Material.WHITE, (-0.85, 1.0, 0.56 + 0.4 * k), (1.0, 0.6, 0.06), 0.0)
    sketch.box(Material.SHELL, (-0.85, 1.0, top - 0.2), (1.5, 0.9, 0.24), 0.05)
    sketch.arm((0.5, 1.06, 0.0), -math.pi / 2)
    sketch.fence((0.0, back), (half, back))
    sketch.fence((half, 0.62), (half, back))
    sketch.cylinder(Material.BEAM, (1.3, 1.1, 0.0), (0.28, 1.2), 18)
    for x in (0.1, 0.9):
        sketch.gate(Material.SHELL, x, 1.14, top - 0.15, 0.1)
    sketch.box(Material.SHELL, (0.5, 0.0, top - 0.3), (0.9, 0.34, 0.14), 0.03)
    sketch.parts.append(Part("lamp_bar", (0.5, 0.0, top - 0.42)))
    sketch.panel((-0.9, -0.95, 1.0))
    sketch.beacon(-0.3, 1.0, top + 0.04)
