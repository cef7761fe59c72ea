"""Machines that form sheet metal and plastics: roll former, drum welder, thermoformer, pre-heating oven."""

from __future__ import annotations

from twin.scene.machines_testing import tunnel
from twin.scene.motions import Part, Wave
from twin.scene.placing import bank_spots
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def roll_former(sketch: Sketch, foot: Footing) -> None:
    """Sheet from a decoiler through a row of roll stands onto the conveyor, where a head bends and clinches it."""
    back, top = 0.86, 1.5
    sketch.box(Material.FRAME, (0.2, back, 0.0), (3.6, 0.6, 0.62))
    for k in range(6):
        x = -0.95 + 0.42 * k
        for side in (-1, 1):
            sketch.box(Material.SHELL, (x, back + side * 0.26, 0.62), (0.2, 0.1, 0.52), 0.02)
        for z in (0.74, 0.96):
            sketch.rod(Material.STEEL, (x, back - 0.22, z), (x, back + 0.22, z), 0.09)
    sketch.box(Material.STEEL, (0.1, back, 0.84), (3.4, 0.4, 0.02), 0.0)
    for side in (-1, 1):
        sketch.box(Material.FRAME, (-1.9, back + side * 0.26, 0.0), (0.3, 0.06, 0.8), 0.0)
    sketch.rod(Material.FIN, (-1.9, back - 0.21, 0.78), (-1.9, back + 0.21, 0.78), 0.5)
    sketch.rod(Material.DARK, (-1.9, back - 0.24, 0.78), (-1.9, back + 0.24, 0.78), 0.16)
    for x in (1.0, 1.9):
        sketch.gate(Material.SHELL, x, 1.2, foot.height_m - 0.1, 0.16)
    sketch.box(Material.SHELL, (1.45, 0.0, foot.height_m - 0.28), (1.06, 0.9, 0.26), 0.05)
    sketch.parts.append(Part("press", (1.45, 0.0, top), travel=(0.0, 0.0, -0.1), wave=Wave.PRESS))
    sketch.cabinet((-0.4, -1.0, 0.0), (0.8, 0.36, 1.3))
    sketch.panel((0.8, -0.95, 1.0))
    sketch.beacon(1.9, 0.0, foot.height_m - 0.1)


def drum_welder(sketch: Sketch, foot: Footing) -> None:
    """A mandrel beside the conveyor that a sheet is rolled round, a seam welder over it, a robot that hands over."""
    half, back = foot.length_m / 2, foot.width_m / 2
    sketch.fence((-half, back), (half, back))
    sketch.fence((-half, 0.62), (-half, back))
    sketch.fence((half, 0.62), (half, back))
    sketch.box(Material.FRAME, (-1.0, 1.0, 0.0), (1.3, 0.6, 0.62))
    sketch.rod(Material.STEEL, (-1.45, 1.0, 1.0), (-0.5, 1.0, 1.0), 0.24)
    for x in (-1.55, -0.42):
        sketch.box(Material.SHELL, (x, 1.0, 0.62), (0.14, 0.56, 0.9))
    sketch.box(Material.SHELL, (-0.98, 1.0, 1.52), (1.3, 0.5, 0.3), 0.05)
    sketch.parts.append(Part("torch", (-1.35, 0.98, 1.27), travel=(0.7, 0.0, 0.0), wave=Wave.SWEEP))
    flame = Part("flame", (-1.35, 0.98, 1.3), travel=(0.7, 0.0, 0.0), wave=Wave.SWEEP, running_only=True)
    sketch.parts.append(flame)
    sketch.arm((0.45, 1.06, 0.0), -1.5707963)
    sketch.cabinet((1.4, 1.1, 0.0), (0.6, 0.4, 1.7))
    sketch.cabinet((-1.2, -1.0, 0.0), (0.8, 0.4, 1.2))
    for x in (0.1, 0.8):
        sketch.gate(Material.SHELL, x, 1.14, foot.height_m - 0.25, 0.12)
    sketch.box(Material.SHELL, (0.45, 0.0, foot.height_m - 0.41), (0.8, 0.5, 0.2), 0.04)
    sketch.panel((1.3, -0.9, 1.0))
    sketch.beacon(0.8, 0.0, foot.height_m - 0.25)


def thermoformer(sketch: Sketch, foot: Footing) -> None:
    """A heater for plastic sheet in the middle, a vacuum mould on either side, a stack of sheets behind."""
    top = foot.height_m - 0.15
    half = foot.length_m / 2 - 0.15
    for x in (-half, -0.55, 0.55, half):
        for y in (-0.85, 0.85):
            sketch.box(Material.FRAME, (x, y, 0.0), (0.12, 0.12, top), 0.0)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.34), (1.5, 1.9, 0.4), 0.06)
    for y in (-0.85, 0.85):
        sketch.box(Material.FRAME, (0.0, y, top - 0.06), (2 * half + 0.12, 0.14, 0.14), 0.0)
    for x, _ in bank_spots("thermoformer", foot.places):
        sketch.box(Material.FRAME, (x, 0.0, 0.0), (1.3, 1.3, foot.conveyor_m - 0.03))
        sketch.box(Material.SHELL, (x, 0.0, top - 0.2), (0.5, 1.8, 0.2), 0.03)
        sketch.cylinder(Material.STEEL, (x, 0.0, top), (0.16, 0.3), 14)
        sketch.parts.append(Part("platen", (x, 0.0, top - 0.75), travel=(0.0, 0.0, -0.3), wave=Wave.PRESS))
    sketch.box(Material.SHELL, (0.0, 0.0, 0.0), (0.9, 1.5, 1.5), 0.05)
    sketch.box(Material.DARK, (0.0, 0.0, 1.5), (0.8, 1.3, 0.12), 0.0)
    sketch.box(Material.FRAME, (0.0, 1.3, 0.0), (1.5, 0.5, 0.3))
    sketch.box(Material.WHITE, (0.0, 1.3, 0.3), (1.4, 0.46, 0.5), 0.0)
    sketch.cabinet((-1.7, 1.3, 0.0), (1.0, 0.45, 1.7), 1)
    sketch.panel((half - 0.3, -1.25, 1.0))
    sketch.beacon(half, 0.85, top + 0.06)


def preheat_oven(sketch: Sketch, foot: Footing) -> None:
    """A long closed tunnel with warm air: modules with panels outside, fans and a duct on the roof."""
    size = (foot.length_m - 0.3, foot.width_m - 0.4, foot.height_m - 0.45)
    tunnel(sketch, size, window=False, material=Material.SHELL)
    modules = max(2, round(size[0] / 1.6))
    for k in range(modules):
        x = -size[0] / 2 + (k + 0.5) * size[0] / modules
        for side in (-1, 1):
            panel = (size[0] / modules - 0.14, 0.03, 1.5)
            sketch.box(Material.STEEL, (x, side * (size[1] / 2 + 0.01), 0.3), panel, 0.0)
        sketch.box(Material.FRAME, (x, 0.0, size[2]), (0.8, 0.8, 0.16))
        sketch.parts.append(Part("fan", (x, 0.0, size[2] + 0.18), turn_rad=88.0, wave=Wave.TURN))
    sketch.rod(
        Material.STEEL, (-size[0] / 2 + 0.3, 0.55, size[2] + 0.2), (size[0] / 2 - 0.3, 0.55, size[2] + 0.2), 0.14
    )
    sketch.panel((size[0] / 2 - 0.4, -size[1] / 2 - 0.3, 1.0))
    sketch.beacon(size[0] / 2 - 0.2, 0.0, size[2] + 0.02)
