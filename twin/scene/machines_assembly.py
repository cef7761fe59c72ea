"""Machines that put units together: robot assembly cell, brazing, wiring benches."""

from __future__ import annotations

import math

from twin.scene.motions import Part, Wave
from twin.scene.shapes import cylinder
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material

_TO_CONVEYOR = -math.pi / 2


def assembly_cell(sketch: Sketch, foot: Footing) -> None:
    """A fenced robot beside the conveyor, a screwdriving gantry above it, compressors waiting in a rack."""
    half, back = foot.length_m / 2, foot.width_m / 2
    sketch.fence((-half, back), (half, back))
    sketch.fence((-half, 0.62), (-half, back))
    sketch.fence((half, 0.62), (half, back))
    sketch.arm((-0.35, 1.06, 0.0), _TO_CONVEYOR)
    sketch.box(Material.FRAME, (0.78, 1.02, 0.0), (0.74, 0.62, 0.5))
    for x in (0.62, 0.94):
        for y in (0.88, 1.16):
            sketch.cylinder(Material.DARK, (x, y, 0.5), (0.11, 0.28), 12)
    sketch.cabinet((-1.3, 1.16, 0.0), (0.42, 0.5, 1.6))
    _gantry(sketch, foot)
    sketch.panel((1.2, -0.86, 1.0))
    sketch.beacon(1.0, 0.66, foot.height_m - 0.1)


def _gantry(sketch: Sketch, foot: Footing) -> None:
    top = foot.height_m - 0.1
    for x in (0.45, 1.0):
        sketch.gate(Material.SHELL, x, 1.1, top, 0.1)
    sketch.box(Material.SHELL, (0.72, 0.0, top - 0.16), (0.62, 0.34, 0.14))
    for y in (-0.12, 0.12):
        sketch.parts.append(Part("spindle", (0.72, y, 1.62), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))


def brazing_station(sketch: Sketch, foot: Footing) -> None:
    """A hood with exhaust over the conveyor, a dark flame shield behind, torches and gas bottles."""
    half, top = foot.length_m / 2, foot.height_m - 0.35
    for x in (-half + 0.1, half - 0.1):
        for y in (-0.72, 0.86):
            sketch.box(Material.FRAME, (x, y, 0.0), (0.1, 0.1, top), 0.0)
    sketch.box(Material.SHELL, (0.0, 0.07, top - 0.1), (foot.length_m, 1.8, 0.22))
    sketch.box(Material.SHELL, (0.0, 0.07, top + 0.12), (foot.length_m * 0.55, 0.95, 0.2), 0.09)
    sketch.cylinder(Material.STEEL, (0.0, 0.07, top + 0.3), (0.22, 0.5), 18)
    sketch.box(Material.DARK, (0.0, 0.84, 0.55), (foot.length_m - 0.3, 0.05, 1.2), 0.0)
    for x in (-half + 0.12, half - 0.12):
        sketch.box(Material.DARK, (x, 0.6, 0.55), (0.05, 0.5, 1.2), 0.0)
    for x in foot.row:
        sketch.parts.append(Part("torch", (x - 0.2, 0.26, 1.36), travel=(0.3, 0.0, 0.0), wave=Wave.SWEEP))
        flame = Part("flame", (x - 0.2, 0.26, 1.36), travel=(0.3, 0.0, 0.0), wave=Wave.SWEEP, running_only=True)
        sketch.parts.append(flame)
    for k, material in enumerate((Material.STEEL, Material.STEEL, Material.COPPER)):
        sketch.cylinder(material, (-0.9 + 0.34 * k, 1.14, 0.0), (0.14, 1.15))
        sketch.solids.append((material, cylinder(0.14, 0.14, 16, 0.4).moved((-0.9 + 0.34 * k, 1.14, 1.15))))
    sketch.cabinet((0.9, 1.12, 0.0), (0.7, 0.4, 1.3))
    sketch.panel((half - 0.3, -0.98, 1.0))
    sketch.beacon(half - 0.25, 0.07, top + 0.12)


def wiring_station(sketch: Sketch, foot: Footing) -> None:
    """Manual benches on both sides with bins, lights and tools on a rail above, and the people who work there."""
    half, top = foot.length_m / 2, foot.height_m
    for side in (-1, 1):
        for x in (-half + 0.1, half - 0.1):
            sketch.box(Material.FRAME, (x, side * 0.66, 0.0), (0.08, 0.08, top - 0.12), 0.0)
        sketch.box(Material.FRAME, (0.0, side * 0.66, top - 0.14), (foot.length_m, 0.1, 0.1), 0.0)
    for x in (-half + 0.1, 0.0, half - 0.1):
        sketch.box(Material.FRAME, (x, 0.0, top - 0.12), (0.08, 1.3, 0.06), 0.0)
    for x in foot.row:
        sketch.parts.append(Part("lamp_bar", (x, 0.0, top - 0.2)))
        _bench(sketch, x)
        _person(sketch, x + 0.25, -0.92)
        sketch.parts.append(Part("spindle", (x, 0.22, 1.62), travel=(0.0, 0.0, -0.16), wave=Wave.PRESS))
    sketch.beacon(half - 0.1, 0.66, top - 0.04)


def _bench(sketch: Sketch, x: float) -> None:
    y = 0.98
    sketch.box(Material.SHELL, (x, y, 0.82), (1.1, 0.44, 0.06), 0.015)
    for k in (-1, 1):
        sketch.box(Material.FRAME, (x + k * 0.5, y, 0.0), (0.06, 0.4, 0.82), 0.0)
    for k in range(4):
        sketch.box(Material.BEAM, (x - 0.39 + 0.26 * k, y + 0.08, 0.88), (0.21, 0.24, 0.16), 0.0)
    sketch.box(Material.FRAME, (x, y + 0.2, 0.88), (1.1, 0.03, 0.62), 0.0)
    for k in range(4):
        sketch.box(Material.BEAM, (x - 0.39 + 0.26 * k, y + 0.08, 1.2), (0.21, 0.2, 0.14), 0.0)


def _person(sketch: Sketch, x: float, y: float) -> None:
    for k in (-1, 1):
        sketch.box(Material.FRAME, (x + k * 0.09, y, 0.0), (0.13, 0.17, 0.8), 0.02)
        sketch.rod(Material.CLOTH, (x + k * 0.23, y, 1.32), (x + k * 0.17, y + 0.34, 1.12), 0.05)
    sketch.box(Material.CLOTH, (x, y, 0.78), (0.42, 0.24, 0.6), 0.07)
    sketch.cylinder(Material.SKIN, (x, y, 1.4), (0.1, 0.2), 12)
    sketch.cylinder(Material.CLOTH, (x, y, 1.56), (0.115, 0.08), 12)
