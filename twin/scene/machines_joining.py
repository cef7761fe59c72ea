"""Machines that join and align: screwdriving portal, bearing press, tub welder, Lokring press, door alignment."""

from __future__ import annotations

import math

from twin.scene.motions import Part, Wave
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material

_TO_CONVEYOR = -math.pi / 2


def screwdriving_portal(sketch: Sketch, foot: Footing) -> None:
    """Two portals with a head of four spindles that comes down, and the bowls that feed it with screws."""
    top = foot.height_m - 0.1
    for x in (-0.6, 0.6):
        sketch.gate(Material.SHELL, x, 1.14, top, 0.14)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.2), (1.4, 0.7, 0.26), 0.05)
    for x in (-0.2, 0.2):
        for y in (-0.18, 0.18):
            sketch.parts.append(Part("spindle", (x, y, 1.62), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    sketch.box(Material.FRAME, (-0.55, 0.88, 0.0), (1.0, 0.4, 0.85))
    for x in (-0.78, -0.32):
        sketch.cylinder(Material.STEEL, (x, 0.88, 0.85), (0.17, 0.16), 16)
        sketch.hose(Material.DARK, [(x, 0.88, 1.0), (x * 0.8, 0.7, 1.85), (x * 0.5, 0.3, top)], 0.02)
    sketch.cabinet((0.55, 0.88, 0.0), (0.6, 0.4, 1.5), 1)
    sketch.panel((0.9, -0.88, 1.0))
    sketch.beacon(0.6, 0.0, top)


def bearing_press(sketch: Sketch, foot: Footing) -> None:
    """A four-column servo press, taller than its neighbours, with its cylinder on top and a rack of bearings."""
    top = foot.height_m - 0.75
    for x in (-0.55, 0.55):
        for y in (-0.62, 0.62):
            sketch.rod(Material.STEEL, (x, y, 0.0), (x, y, top), 0.09)
    sketch.box(Material.BEAM, (0.0, 0.0, 0.0), (1.5, 1.6, 0.3))
    sketch.box(Material.BEAM, (0.0, 0.0, top - 0.34), (1.5, 1.6, 0.42), 0.06)
    sketch.cylinder(Material.SHELL, (0.0, 0.0, top + 0.08), (0.26, 0.55), 20)
    sketch.cylinder(Material.STEEL, (0.0, 0.0, top + 0.63), (0.12, 0.12), 14)
    sketch.parts.append(Part("press", (0.0, 0.0, 1.68), travel=(0.0, 0.0, -0.26), wave=Wave.PRESS))
    for k in range(3):
        sketch.box(Material.FRAME, (-0.9, 1.02, 0.36 + 0.32 * k), (0.5, 0.36, 0.04), 0.0)
        for x in (-1.03, -0.77):
            sketch.cylinder(Material.STEEL, (x, 1.02, 0.4 + 0.32 * k), (0.1, 0.1), 12)
    for x in (-1.14, -0.66):
        sketch.box(Material.FRAME, (x, 1.02, 0.0), (0.05, 0.36, 1.4), 0.0)
    sketch.cabinet((0.5, 1.02, 0.0), (0.9, 0.4, 1.7), 1)
    sketch.panel((0.95, -1.0, 1.0))
    sketch.beacon(0.6, 0.6, top + 0.08)


def tub_welder(sketch: Sketch, foot: Footing) -> None:
    """A portal that lowers the upper tub half, a hot plate that goes in between the halves, extraction above."""
    top = foot.height_m - 0.4
    for x in (-0.85, 0.85):
        sketch.gate(Material.SHELL, x, 1.24, top, 0.18)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.3), (1.9, 1.1, 0.36), 0.06)
    sketch.cylinder(Material.STEEL, (0.0, 0.0, top + 0.06), (0.2, 0.3), 18)
    sketch.parts.append(Part("press", (0.0, 0.0, 1.7), travel=(0.0, 0.0, -0.24), wave=Wave.PRESS))
    sketch.parts.append(Part("platen", (0.0, 1.15, 1.12), travel=(0.0, -0.34, 0.0), wave=Wave.PRESS))
    for x in (-0.6, 0.6):
        sketch.box(Material.FRAME, (x, 1.05, 0.0), (0.1, 0.5, 1.12), 0.0)
        sketch.box(Material.STEEL, (x, 0.85, 1.06), (0.08, 0.9, 0.06), 0.0)
    sketch.cabinet((1.15, 1.05, 0.0), (0.5, 0.4, 1.6), 1)
    sketch.panel((-1.1, -0.98, 1.0))
    sketch.beacon(0.85, 0.0, top)


def lokring_press(sketch: Sketch, foot: Footing) -> None:
    """A robot with the Lokring pliers at the unit's back, a hanging hand tool, gas bottles for the brazed joint."""
    half, back, top = foot.length_m / 2, foot.width_m / 2, foot.height_m - 0.1
    sketch.fence((-half, back), (half, back))
    sketch.arm((-0.4, 1.05, 0.0), _TO_CONVEYOR)
    for x in (-half + 0.1, half - 0.1):
        sketch.gate(Material.FRAME, x, 1.14, top, 0.09)
    sketch.box(Material.STEEL, (0.0, -0.4, top - 0.14), (foot.length_m - 0.2, 0.08, 0.1), 0.0)
    sketch.parts.append(Part("spindle", (0.5, -0.4, 1.5), travel=(0.0, 0.0, -0.14), wave=Wave.PRESS))
    for k, material in enumerate((Material.STEEL, Material.COPPER)):
        sketch.cylinder(material, (0.5 + 0.34 * k, 0.9, 0.0), (0.14, 1.2))
    sketch.panel((0.9, -0.95, 1.0))
    sketch.beacon(half - 0.1, 0.0, top)


def door_align(sketch: Sketch, foot: Footing) -> None:
    """A robot that sets the door, a rack of doors, and two gap cameras on a portal."""
    half, back, top = foot.length_m / 2, foot.width_m / 2, foot.height_m - 0.1
    sketch.fence((-half, back), (half, back))
    sketch.fence((-half, 0.62), (-half, back))
    sketch.arm((-0.3, 1.06, 0.0), _TO_CONVEYOR)
    sketch.box(Material.FRAME, (0.9, 1.02, 0.0), (0.9, 0.62, 0.24))
    for k in range(6):
        sketch.box(Material.WHITE, (0.56 + 0.13 * k, 1.02, 0.24), (0.05, 0.56, 0.8), 0.0)
    for x in (0.3, 0.9):
        sketch.gate(Material.SHELL, x, 1.14, top, 0.1)
    sketch.box(Material.SHELL, (0.6, 0.0, top - 0.14), (0.74, 0.4, 0.14), 0.03)
    for y in (-0.66, 0.66):
        sketch.box(Material.DARK, (0.6, y, 1.3), (0.16, 0.16, 0.2), 0.02)
        sketch.box(Material.FRAME, (0.6, y, 0.0), (0.06, 0.06, 1.3), 0.0)
    sketch.parts.append(Part("lamp_bar", (0.6, 0.0, top - 0.26)))
    sketch.cabinet((-1.2, 1.1, 0.0), (0.42, 0.42, 1.5))
    sketch.panel((1.1, -0.95, 1.0))
    sketch.beacon(0.9, 0.0, top)
