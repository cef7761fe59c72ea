"""Machines that make heat exchangers, and the injection machine: fin press, hairpin bender, expander, ring brazing."""

from __future__ import annotations

from twin.scene.motions import Part, Wave
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def fin_press(sketch: Sketch, foot: Footing) -> None:
    """A coil of fin stock, a high-speed press, and the pins on which fins are stacked."""
    top = foot.height_m - 0.7
    for side in (-1, 1):
        sketch.box(Material.FRAME, (-1.9, side * 0.5, 0.0), (0.5, 0.1, 1.0), 0.0)
    sketch.rod(Material.FIN, (-1.9, -0.36, 0.95), (-1.9, 0.36, 0.95), 0.5)
    sketch.box(Material.FIN, (-1.0, 0.0, 1.02), (1.3, 0.6, 0.012), 0.0)
    sketch.box(Material.BEAM, (0.0, 0.0, 0.0), (1.9, 2.0, 0.8), 0.05)
    for x in (-0.7, 0.7):
        for y in (-0.75, 0.75):
            sketch.rod(Material.STEEL, (x, y, 0.7), (x, y, top), 0.11)
    sketch.box(Material.BEAM, (0.0, 0.0, top - 0.2), (2.0, 2.1, 0.8), 0.08)
    sketch.cylinder(Material.SHELL, (0.0, 0.0, top + 0.58), (0.5, 0.12), 24)
    sketch.parts.append(Part("press", (0.0, 0.0, 1.55), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    sketch.box(Material.FRAME, (1.75, 0.0, 0.0), (1.1, 1.5, 0.5))
    for k in range(4):
        x = 1.4 + 0.25 * k
        sketch.box(Material.FIN, (x, 0.0, 0.5), (0.14, 1.2, 0.3 + 0.14 * k), 0.0)
    sketch.cabinet((-0.2, 1.25, 0.0), (1.2, 0.36, 1.8), 1)
    sketch.panel((1.2, -1.25, 1.0))
    sketch.beacon(0.7, 0.75, top + 0.6)


def hairpin_bender(sketch: Sketch, foot: Footing) -> None:
    """Tubes from a rack of coils through a straightener into a bending head; hairpins lie ready on a table."""
    half = foot.length_m / 2
    for k in range(4):
        sketch.ring(Material.COPPER, (-half + 0.75, 0.85, 0.12 + 0.2 * k), (0.4, 0.22), 0.15)
    sketch.cylinder(Material.FRAME, (-half + 0.75, 0.85, 0.0), (0.18, 1.1), 12)
    sketch.box(Material.FRAME, (0.1, 0.0, 0.0), (foot.length_m - 0.6, 1.0, 0.72))
    for k in range(6):
        y = -0.3 + 0.12 * k
        sketch.rod(Material.COPPER, (-half + 0.5, y, 0.86), (half - 0.6, y, 0.86), 0.018)
    for x in (-1.4, -0.5):
        sketch.box(Material.SHELL, (x, 0.0, 0.72), (0.5, 0.9, 0.4), 0.04)
    sketch.box(Material.SHELL, (half - 0.75, 0.0, 0.6), (0.7, 1.3, 0.7), 0.05)
    sketch.parts.append(Part("spindle", (half - 0.75, 0.0, 1.3), travel=(0.0, 0.0, -0.1), wave=Wave.PRESS))
    for side in (-1, 1):
        sketch.pane((0.3, side * 0.55, 0.75), (2.6, 0.02, 0.6))
    sketch.cabinet((0.6, 1.0, 0.0), (1.0, 0.36, 1.5), 1)
    sketch.panel((-0.2, -1.0, 1.0))
    sketch.beacon(half - 0.75, 0.0, 1.3)


def expander(sketch: Sketch, foot: Footing) -> None:
    """A tall vertical expander: guide columns, a ram above the bullets on their rods, the coil clamped below."""
    top = foot.height_m - 0.5
    sketch.box(Material.BEAM, (0.0, 0.0, 0.0), (2.2, 1.5, 0.5), 0.05)
    for x in (-0.95, 0.95):
        sketch.box(Material.BEAM, (x, 0.0, 0.4), (0.3, 0.9, top - 0.4), 0.04)
    sketch.box(Material.BEAM, (0.0, 0.0, top - 0.3), (2.4, 1.2, 0.5), 0.08)
    for side in (-1, 1):
        sketch.cylinder(Material.SHELL, (side * 0.45, 0.0, top + 0.18), (0.16, 0.4), 16)
    for k in range(7):
        x = -0.6 + 0.2 * k
        sketch.rod(Material.STEEL, (x, 0.0, 1.5), (x, 0.0, top - 0.3), 0.025)
    for x in (-0.4, 0.4):
        sketch.parts.append(Part("platen", (x, 0.0, 2.35), travel=(0.0, 0.0, -0.5), wave=Wave.PRESS))
    sketch.box(Material.FIN, (0.0, 0.0, 0.55), (1.3, 0.3, 0.8), 0.0)
    for side in (-1, 1):
        sketch.pane((0.0, side * 0.7, 0.6), (1.7, 0.02, 1.6))
    sketch.cabinet((0.4, 1.15, 0.0), (1.2, 0.4, 1.8), 1)
    sketch.panel((1.3, -1.1, 1.0))
    sketch.beacon(0.95, 0.0, top + 0.2)


def ring_brazing(sketch: Sketch, foot: Footing) -> None:
    """A row of burners on both sides of the conveyor under a hood, gas and nitrogen along it."""
    half, top = foot.length_m / 2, foot.height_m - 0.3
    for x in (-half + 0.15, half - 0.15):
        for y in (-0.95, 0.95):
            sketch.box(Material.FRAME, (x, y, 0.0), (0.12, 0.12, top), 0.0)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.12), (foot.length_m - 0.1, 2.1, 0.26))
    sketch.box(Material.SHELL, (0.0, 0.0, top + 0.14), (foot.length_m * 0.5, 1.1, 0.2), 0.08)
    sketch.cylinder(Material.STEEL, (0.0, 0.0, top + 0.3), (0.24, 0.5), 18)
    for side in (-1, 1):
        sketch.rod(Material.COPPER, (-half + 0.3, side * 0.85, 1.5), (half - 0.3, side * 0.85, 1.5), 0.04)
        for k in range(5):
            x = -half + 0.7 + 0.8 * k
            sketch.rod(Material.DARK, (x, side * 0.85, 1.5), (x, side * 0.45, 1.3), 0.03)
    for k in range(5):
        at = (-half + 0.7 + 0.8 * k, 0.42, 1.3)
        sketch.parts.append(Part("flame", at, running_only=True, wave=Wave.FLICKER, travel=(0.0, 0.0, 0.02)))
    for k, material in enumerate((Material.STEEL, Material.STEEL, Material.COPPER)):
        sketch.cylinder(material, (-1.6 + 0.34 * k, 1.22, 0.0), (0.14, 1.25), 14)
    sketch.cabinet((1.2, 1.15, 0.0), (0.8, 0.36, 1.4), 1)
    sketch.panel((1.4, -1.15, 1.0))
    sketch.beacon(half - 0.2, 0.0, top + 0.12)


def injection_machine(sketch: Sketch, foot: Footing) -> None:
    """Clamp with the mould behind glass, barrel and hopper; a robot on a beam puts parts on the conveyor beside."""
    half, y = foot.length_m / 2, 1.15
    sketch.box(Material.BEAM, (0.0, y, 0.0), (foot.length_m - 0.4, 1.25, 0.7), 0.05)
    sketch.box(Material.SHELL, (-half + 1.0, y, 0.7), (1.5, 1.3, 1.3), 0.06)
    for x in (-half + 2.0, -half + 3.5):
        sketch.box(Material.FRAME, (x, y, 0.7), (0.35, 1.2, 1.25), 0.03)
    for side in (-1, 1):
        for z in (0.95, 1.7):
            sketch.rod(Material.STEEL, (-half + 1.6, y + side * 0.45, z), (-half + 3.6, y + side * 0.45, z), 0.07)
    for side, x in ((-1, -half + 2.42), (1, -half + 3.06)):
        sketch.box(Material.DARK, (x, y, 0.9), (0.4, 0.8, 0.9), 0.02)
        sketch.parts.append(Part("platen", (x, y, 1.84), travel=(side * 0.02, 0.0, 0.0), wave=Wave.PRESS))
    sketch.pane((-half + 2.75, y - 0.66, 0.75), (1.5, 0.02, 1.2))
    sketch.box(Material.SHELL, (half - 2.2, y, 0.7), (2.6, 0.9, 0.5), 0.05)
    sketch.rod(Material.STEEL, (-half + 3.6, y, 1.4), (half - 1.0, y, 1.4), 0.16)
    sketch.cylinder(Material.WHITE, (half - 1.6, y, 1.55), (0.4, 0.8), 20)
    sketch.box(Material.SHELL, (half - 0.7, y, 1.1), (0.9, 0.8, 0.7), 0.05)
    mould, beam = -half + 2.75, foot.height_m - 0.5
    sketch.box(Material.ACCENT, (mould, 0.5, beam), (0.3, 2.6, 0.24), 0.02)
    for at in (-0.7, 1.7):
        sketch.box(Material.FRAME, (mould, at, 0.0), (0.24, 0.24, beam), 0.0)
    sketch.parts.append(Part("spindle", (mould, y, beam - 0.6), travel=(0.0, -y, 0.0), wave=Wave.PRESS))
    sketch.panel((-half + 1.2, -0.8, 1.1))
    sketch.cabinet((half - 0.6, -1.1, 0.0), (0.9, 0.5, 1.8))
    sketch.beacon(-half + 1.0, y, 2.0)
