"""Machines that make sheet metal parts and coat them: press line, washing tunnel, ovens, powder booth."""

from __future__ import annotations

import math

from twin.scene.machines_testing import tunnel
from twin.scene.motions import Part, Wave
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def coil_feeder(sketch: Sketch, foot: Footing) -> None:
    """A coil on a decoiler, a straightener with its rolls, the strip that hangs in a loop between them."""
    for side in (-1, 1):
        sketch.box(Material.FRAME, (-1.6, side * 0.78, 0.0), (1.0, 0.16, 1.15), 0.03)
    sketch.rod(Material.FIN, (-1.6, -0.55, 1.1), (-1.6, 0.55, 1.1), 0.92)
    sketch.rod(Material.DARK, (-1.6, -0.82, 1.1), (-1.6, 0.82, 1.1), 0.26)
    sketch.hose(Material.FIN, [(-0.9, 0.0, 0.5), (-0.3, 0.0, 0.35), (0.3, 0.0, 0.85)], 0.05)
    sketch.box(Material.FRAME, (1.1, 0.0, 0.0), (1.7, 1.5, 0.62))
    for side in (-1, 1):
        sketch.box(Material.SHELL, (1.1, side * 0.66, 0.62), (1.6, 0.16, 0.72), 0.03)
    for k in range(5):
        x = 0.5 + 0.3 * k
        for z in (0.76, 0.99):
            sketch.rod(Material.STEEL, (x, -0.58, z), (x, 0.58, z), 0.1)
    sketch.box(Material.SHELL, (1.1, 0.0, 1.34), (1.6, 1.46, 0.22), 0.05)
    sketch.cabinet((0.2, -1.08, 0.0), (0.9, 0.36, 1.6))
    sketch.panel((1.9, -1.05, 1.0))
    sketch.beacon(1.7, 0.0, 1.56)


def stamping_press(sketch: Sketch, foot: Footing) -> None:
    """A straight-sided press: bed, four uprights, a crown with its drive, the slide that strokes between them."""
    top = foot.height_m - 1.2
    sketch.box(Material.BEAM, (0.0, 0.0, 0.0), (3.4, 2.7, 0.55), 0.05)
    for x in (-1.35, 1.35):
        for y in (-1.05, 1.05):
            sketch.box(Material.BEAM, (x, y, 0.5), (0.6, 0.55, top - 0.5), 0.04)
    sketch.box(Material.BEAM, (0.0, 0.0, top), (3.5, 2.8, 0.95), 0.1)
    sketch.box(Material.SHELL, (0.0, 0.0, top + 0.95), (2.2, 1.7, 0.2), 0.06)
    sketch.cylinder(Material.SHELL, (-0.7, 0.0, top + 1.12), (0.42, 0.3), 20)
    sketch.box(Material.DARK, (0.0, 0.0, 0.55), (2.0, 1.5, 0.22), 0.02)
    for x in (-0.6, 0.0, 0.6):
        sketch.parts.append(Part("press", (x, 0.0, 1.9), travel=(0.0, 0.0, -0.42), wave=Wave.PRESS))
    sketch.box(Material.SHELL, (0.0, 0.0, 2.5), (2.2, 1.6, top - 2.5), 0.04)
    for side in (-1, 1):
        sketch.pane((0.0, side * 1.3, 0.7), (2.0, 0.02, 1.4))
    sketch.cabinet((-0.4, 1.6, 0.0), (1.5, 0.36, 1.9), 1)
    sketch.panel((1.5, -1.6, 1.0))
    sketch.beacon(1.5, 1.1, top + 0.95)


def sheet_stacker(sketch: Sketch, foot: Footing) -> None:
    """A fenced robot that stacks sheets on pallets on both sides of itself."""
    half, back = foot.length_m / 2, foot.width_m / 2
    sketch.fence((-half, back), (half, back))
    sketch.fence((-half, 0.62), (-half, back))
    sketch.fence((half, 0.62), (half, back))
    sketch.arm((0.0, 1.12, 0.0), -math.pi / 2)
    for x, sheets in ((-1.1, 5), (1.1, 9)):
        sketch.box(Material.WOOD, (x, 1.05, 0.0), (0.9, 0.9, 0.13), 0.0)
        for k in range(sheets):
            sketch.box(Material.FIN, (x, 1.05, 0.14 + 0.06 * k), (0.8, 0.74, 0.03), 0.0)
    sketch.cabinet((half - 0.35, -1.0, 0.0), (0.5, 0.4, 1.5))
    sketch.panel((-1.0, -0.95, 1.0))
    sketch.beacon(half - 0.35, -1.0, 1.5)


def pretreatment(sketch: Sketch, foot: Footing) -> None:
    """A long washing tunnel in zones over its tanks, pumps along one side, steam ducts on the roof."""
    size = (foot.length_m - 0.2, 1.9, foot.height_m - 0.6)
    tunnel(sketch, size, window=False, material=Material.SHELL)
    zones = 7
    for k in range(zones):
        x = -size[0] / 2 + (k + 0.5) * size[0] / zones
        sketch.box(Material.STEEL, (x, 0.0, 0.02), (size[0] / zones - 0.3, 2.3, 0.7), 0.03)
        for side in (-1, 1):
            sketch.box(Material.FRAME, (x, side * 0.97, 1.0), (0.7, 0.03, 0.9), 0.0)
        sketch.cylinder(Material.BEAM, (x, 1.12, 0.0), (0.2, 0.7), 14)
        if k in {0, 2, 4, 6}:
            sketch.cylinder(Material.STEEL, (x, 0.0, size[2]), (0.2, 0.5), 16)
    sketch.rod(Material.ACCENT, (-size[0] / 2, 1.1, 1.75), (size[0] / 2, 1.1, 1.75), 0.07)
    sketch.panel((size[0] / 2 - 0.6, -1.2, 1.0))
    sketch.beacon(size[0] / 2 - 0.3, 0.0, size[2])


def tunnel_oven(sketch: Sketch, foot: Footing) -> None:
    """A drying or cooling tunnel: panelled modules, a fan on each, a duct along the roof."""
    size = (foot.length_m - 0.2, foot.width_m - 0.6, foot.height_m - 0.55)
    tunnel(sketch, size, window=False, material=Material.SHELL)
    modules = max(2, round(size[0] / 2.6))
    for k in range(modules):
        x = -size[0] / 2 + (k + 0.5) * size[0] / modules
        for side in (-1, 1):
            sketch.box(Material.STEEL, (x, side * (size[1] / 2 + 0.01), 0.3), (size[0] / modules - 0.2, 0.03, 1.4), 0.0)
        sketch.box(Material.FRAME, (x, 0.0, size[2]), (0.9, 0.9, 0.2))
        sketch.parts.append(Part("fan", (x, 0.0, size[2] + 0.22), turn_rad=28 * math.pi, wave=Wave.TURN))
    duct = (-size[0] / 2 + 0.4, size[1] / 3, size[2] + 0.2)
    sketch.rod(Material.STEEL, duct, (size[0] / 2 - 0.4, size[1] / 3, size[2] + 0.2), 0.16)
    sketch.panel((size[0] / 2 - 0.5, -size[1] / 2 - 0.3, 1.0))
    sketch.beacon(size[0] / 2 - 0.3, 0.0, size[2])


def powder_oven(sketch: Sketch, foot: Footing) -> None:
    """A curing oven: a long insulated housing, burner boxes beside it, two stacks."""
    tunnel_oven(sketch, foot)
    height = foot.height_m - 0.55
    for x in (-foot.length_m / 4, foot.length_m / 4):
        sketch.box(Material.BEAM, (x, foot.width_m / 2 - 0.15, 0.0), (1.5, 0.5, 1.7), 0.05)
        sketch.rod(
            Material.COPPER, (x + 0.9, foot.width_m / 2 - 0.1, 0.1), (x + 0.9, foot.width_m / 2 - 0.1, 1.5), 0.05
        )
        sketch.cylinder(Material.STEEL, (x, -0.5, height), (0.22, 0.9), 18)


def powder_booth(sketch: Sketch, foot: Footing) -> None:
    """A booth with windows, guns on reciprocators on both sides, two cyclones for the powder behind."""
    size = (foot.length_m - 0.4, 2.0, foot.height_m - 0.5)
    tunnel(sketch, size, window=True, material=Material.WHITE)
    for side in (-1, 1):
        for x in (-1.2, 0.4):
            at = (x, side * 1.3, 0.0)
            sketch.box(Material.FRAME, at, (0.3, 0.3, 2.3), 0.02)
            travel = (0.0, 0.0, 0.6)
            sketch.parts.append(Part("lamp_bar", (x, side * 0.62, 1.1), travel=travel, wave=Wave.SWEEP))
            sketch.rod(Material.DARK, (x, side * 1.3, 1.5), (x, side * 0.7, 1.5), 0.04)
    for x in (1.5, 2.3):
        sketch.cylinder(Material.STEEL, (x, 1.55, 0.9), (0.34, 1.8), 18)
        sketch.cylinder(Material.STEEL, (x, 1.55, 0.1), (0.14, 0.8), 12)
    sketch.hose(Material.STEEL, [(1.5, 1.55, 2.7), (1.2, 1.2, 2.95), (0.8, 0.6, 2.9)], 0.14)
    sketch.panel((-2.4, -1.4, 1.0))
    sketch.beacon(2.4, 0.0, size[2])
