"""Machines that pack and move finished units: packing, palletising robot, rack with crane."""

from __future__ import annotations

import math

from twin.scene.motions import Part, Wave
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def packing(sketch: Sketch, foot: Footing) -> None:
    """A carton erector with its magazine of flat blanks, and a strapping arch."""
    top = foot.height_m - 0.15
    for x in (-1.3, -0.1):
        sketch.gate(Material.SHELL, x, 1.2, top, 0.16)
    sketch.box(Material.SHELL, (-0.7, 0.0, top - 0.3), (1.45, 1.4, 0.36), 0.06)
    sketch.box(Material.FRAME, (-0.7, 0.95, 0.0), (1.3, 0.45, 0.55))
    for k in range(7):
        sketch.box(Material.CARD, (-0.7, 0.78 + 0.055 * k, 0.55), (1.1, 0.035, 0.95), 0.0)
    sketch.parts.append(Part("press", (-0.7, 0.0, 1.74), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    sketch.gate(Material.ACCENT, 0.75, 1.2, 1.85, 0.16)
    sketch.gate(Material.ACCENT, 1.05, 1.2, 1.85, 0.16)
    sketch.rod(Material.CARD, (0.78, -0.28, 2.02), (1.02, -0.28, 2.02), 0.2)
    sketch.cabinet((0.9, 0.98, 0.0), (0.7, 0.4, 1.4), 1)
    sketch.panel((0.0, -0.98, 1.0))
    sketch.beacon(-0.1, 0.0, top)


def palletiser(sketch: Sketch, foot: Footing) -> None:
    """A robot that stacks cartons on pallets beside the conveyor, behind a fence."""
    half, back = foot.length_m / 2, foot.width_m / 2
    sketch.arm((0.0, 1.12, 0.0), -math.pi / 2)
    sketch.fence((-half, back), (half, back))
    sketch.fence((-half, 0.62), (-half, back))
    for x, layers in ((1.12, 2), (-1.12, 1)):
        sketch.box(Material.WOOD, (x, 1.05, 0.0), (0.9, 1.0, 0.13), 0.0)
        for k in range(layers):
            for y in (0.8, 1.33):
                sketch.box(Material.CARD, (x, y, 0.14 + 0.5 * k), (0.84, 0.48, 0.48), 0.015)
    sketch.box(Material.FRAME, (0.0, 0.0, foot.conveyor_m - 0.18), (1.3, 1.0, 0.14))
    sketch.cabinet((half - 0.3, -0.95, 0.0), (0.5, 0.4, 1.5))
    sketch.beacon(half - 0.3, -0.95, 1.5)


def rack_crane(sketch: Sketch, foot: Footing) -> None:
    """High-bay racking on both sides of an aisle, half full, and the crane that runs in it."""
    columns, levels, depth = 4, 4, 0.85
    pitch, top = foot.length_m / columns, foot.height_m - 0.5
    step = (top - 0.2) / levels
    for side in (-1, 1):
        y = side * (foot.width_m / 2 - depth / 2)
        for k in range(columns + 1):
            for edge in (-1, 1):
                at = (-foot.length_m / 2 + k * pitch, y + edge * depth / 2, 0.0)
                sketch.box(Material.BEAM, at, (0.08, 0.08, top), 0.0)
        for level in range(levels):
            z = 0.2 + level * step
            for edge in (-1, 1):
                sketch.box(Material.BEAM, (0.0, y + edge * depth / 2, z), (foot.length_m, 0.05, 0.1), 0.0)
            for k in range(columns):
                _stack(sketch, (-foot.length_m / 2 + (k + 0.5) * pitch, y, z + 0.1), (k * 7 + level * 5 + side) % 6)
    for z in (0.0, top + 0.24):
        sketch.box(Material.STEEL, (0.0, 0.0, z), (foot.length_m, 0.12, 0.06), 0.0)
    crane = Part("crane", (-foot.length_m * 0.34, 0.0, 0.05), travel=(foot.length_m * 0.68, 0.0, 0.0), wave=Wave.PRESS)
    sketch.parts.append(crane)
    sketch.beacon(foot.length_m / 2, -foot.width_m / 2, top)


def _stack(sketch: Sketch, at: tuple[float, float, float], pick: int) -> None:
    """What lies in one bay of the rack: nothing, a low or a full pallet; the same each time."""
    if pick == 0:
        return
    x, y, z = at
    sketch.box(Material.WOOD, at, (1.05, 0.74, 0.1), 0.0)
    sketch.box(Material.CARD, (x, y, z + 0.1), (0.98, 0.7, 0.36 if pick < 3 else 0.66), 0.015)
