"""Machines for boards and indoor units: printer, placer, ovens, testers; fan balancer, air volume, pairing."""

from __future__ import annotations

import math

from twin.scene.machines_testing import tunnel
from twin.scene.motions import Part, Wave
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def _cell(sketch: Sketch, size: tuple[float, float, float], material: Material = Material.WHITE) -> None:
    """A closed machine over a board conveyor: base, housing with a window in front, a screen on an arm."""
    length, width, height = size
    sketch.box(Material.FRAME, (0.0, 0.0, 0.0), (length - 0.06, width - 0.1, 0.16), 0.0)
    sketch.box(material, (0.0, 0.0, 0.16), (length, width, 0.66), 0.05)
    for side in (-1, 1):
        sketch.box(material, (side * (length / 2 - 0.16), 0.0, 0.98), (0.32, width, height - 1.0), 0.04)
        sketch.pane((0.0, side * (width / 2 - 0.04), 0.95), (length - 0.6, 0.02, height - 1.2))
    sketch.box(material, (0.0, 0.0, height - 0.24), (length, width, 0.24), 0.06)
    sketch.rod(Material.FRAME, (length / 2 - 0.3, -width / 2, 1.3), (length / 2 - 0.3, -width / 2 - 0.2, 1.3), 0.03)
    sketch.box(Material.DARK, (length / 2 - 0.3, -width / 2 - 0.22, 1.2), (0.44, 0.05, 0.32), 0.01)
    sketch.box(Material.SCREEN, (length / 2 - 0.3, -width / 2 - 0.25, 1.23), (0.38, 0.012, 0.26), 0.0)
    sketch.beacon(length / 2 - 0.2, 0.0, height)


def paste_printer(sketch: Sketch, foot: Footing) -> None:
    """A printer with its stencil frame and squeegee behind glass."""
    _cell(sketch, (foot.length_m - 0.3, 1.5, foot.height_m - 0.2))
    sketch.box(Material.STEEL, (0.0, 0.0, 1.05), (1.2, 1.0, 0.03), 0.0)
    sketch.parts.append(Part("lamp_bar", (-0.3, 0.0, 1.1), travel=(0.6, 0.0, 0.0), wave=Wave.PRESS))


def component_placer(sketch: Sketch, foot: Footing) -> None:
    """Placement heads on two gantries behind glass, banks of tape feeders on both sides."""
    _cell(sketch, (foot.length_m - 0.3, 1.5, foot.height_m - 0.2))
    for side in (-1, 1):
        for k in range(12):
            sketch.box(Material.DARK, (-1.3 + 0.2 * k, side * 0.86, 0.5), (0.07, 0.3, 0.4), 0.0)
        sketch.parts.append(Part("spindle", (-0.8 * side, 0.0, 1.25), travel=(0.9 * side, 0.1, 0.0), wave=Wave.SWEEP))


def reflow_oven(sketch: Sketch, foot: Footing) -> None:
    """A low long oven in zones with a curved hood, two exhausts."""
    length, width = foot.length_m - 0.3, 1.4
    sketch.box(Material.FRAME, (0.0, 0.0, 0.0), (length - 0.2, width - 0.2, 0.3), 0.0)
    sketch.box(Material.WHITE, (0.0, 0.0, 0.3), (length, width, 0.52), 0.04)
    sketch.box(Material.SHELL, (0.0, 0.0, 0.98), (length, width, 0.42), 0.14)
    for side in (-1, 1):
        sketch.box(Material.SHELL, (0.0, side * (width / 2 - 0.08), 0.8), (length, 0.16, 0.2), 0.0)
    zones = 8
    for k in range(zones):
        x = -length / 2 + (k + 0.5) * length / zones
        for side in (-1, 1):
            sketch.box(Material.DARK, (x, side * (width / 2 + 0.005), 0.4), (length / zones - 0.16, 0.02, 0.28), 0.0)
    for x in (-length / 2 + 0.4, length / 2 - 0.4):
        sketch.cylinder(Material.STEEL, (x, 0.0, 1.38), (0.13, 0.55), 14)
    sketch.panel((length / 2 - 0.8, -width / 2 - 0.2, 1.0))
    sketch.beacon(length / 2 - 0.9, 0.0, 1.4)


def optical_inspection(sketch: Sketch, foot: Footing) -> None:
    """A dark closed camera cell with a lit slot and a review screen."""
    _cell(sketch, (foot.length_m - 0.3, 1.4, foot.height_m - 0.2), Material.SHELL)
    sketch.cylinder(Material.DARK, (0.0, 0.0, 1.3), (0.2, 0.4), 18)
    sketch.parts.append(Part("lamp_bar", (0.0, 0.0, 1.24), running_only=True))


def wave_solder(sketch: Sketch, foot: Footing) -> None:
    """A soldering machine: fluxer, preheating, the pot under a hood with a window, exhausts."""
    size = (foot.length_m - 0.3, 1.5, foot.height_m - 0.3)
    tunnel(sketch, (size[0], size[1], size[2] + 0.1), window=True, material=Material.SHELL)
    sketch.box(Material.STEEL, (0.9, 0.0, 0.1), (1.2, 1.0, 0.6), 0.02)
    sketch.box(Material.FRAME, (-1.2, 0.0, 0.1), (1.8, 1.0, 0.6), 0.02)
    for x in (-1.6, 1.2):
        sketch.cylinder(Material.STEEL, (x, 0.0, size[2]), (0.16, 0.5), 14)
    for x in (-0.8, 0.0):
        sketch.parts.append(Part("lamp_bar", (x, 0.0, 0.84), running_only=True))
    sketch.panel((size[0] / 2 - 0.5, -1.0, 1.0))
    sketch.beacon(size[0] / 2 - 0.3, 0.0, size[2] + 0.1)


def board_tester(sketch: Sketch, foot: Footing) -> None:
    """Test fixtures in a row with lids that press boards onto needles, cabinets of instruments behind."""
    pitch = (foot.length_m - 0.4) / max(foot.places, 1)
    sketch.box(Material.FRAME, (0.0, 0.0, 0.0), (foot.length_m - 0.2, 1.1, foot.conveyor_m - 0.06), 0.02)
    for k in range(foot.places):
        x = -foot.length_m / 2 + 0.2 + (k + 0.5) * pitch
        wide = min(pitch - 0.12, 1.0)
        sketch.box(Material.DARK, (x, 0.3, 1.5), (wide, 0.5, 0.16), 0.02)
        sketch.box(Material.SHELL, (x, 0.95, 0.0), (wide, 0.5, 1.9), 0.03)
        sketch.box(Material.SCREEN, (x, 0.69, 1.55), (wide * 0.6, 0.012, 0.22), 0.0)
        sketch.parts.append(Part("spindle", (x, 0.0, 1.25), travel=(0.0, 0.0, -0.12), wave=Wave.PRESS))
    for x in (-foot.length_m / 2 + 0.16, foot.length_m / 2 - 0.16):
        sketch.gate(Material.SHELL, x, 1.3, foot.height_m - 0.2, 0.12)
    sketch.box(Material.SHELL, (0.0, 0.0, foot.height_m - 0.36), (foot.length_m - 0.4, 0.3, 0.14), 0.03)
    sketch.beacon(foot.length_m / 2 - 0.2, 0.0, foot.height_m - 0.2)


def fan_balancer(sketch: Sketch, foot: Footing) -> None:
    """A balancing cell: a spindle pair that spins the cross-flow fan behind glass, a clip robot, a screen."""
    top, half, back = foot.height_m - 0.2, foot.length_m / 2, foot.width_m / 2
    sketch.fence((-half, back), (half, back))
    sketch.arm((-0.5, 0.95, 0.0), -math.pi / 2)
    sketch.box(Material.BEAM, (0.55, 0.9, 0.0), (1.0, 0.45, 0.8))
    for x in (0.15, 0.95):
        sketch.box(Material.SHELL, (x, 0.9, 0.8), (0.18, 0.3, 0.34), 0.03)
    sketch.rod(Material.DARK, (0.24, 0.9, 1.02), (0.86, 0.9, 1.02), 0.09)
    for x in (-0.75, 0.75):
        sketch.gate(Material.SHELL, x, 1.1, top, 0.12)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.16), (1.6, 0.4, 0.16), 0.04)
    sketch.parts.append(Part("spindle", (0.0, 0.0, 1.6), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    for side in (-1, 1):
        sketch.pane((0.0, side * 0.62, 0.8), (1.3, 0.02, 0.8))
    sketch.panel((0.85, -0.9, 1.0))
    sketch.beacon(0.75, 0.0, top)


def air_volume_rig(sketch: Sketch, foot: Footing) -> None:
    """A lined test chamber over the conveyor and a round nozzle duct with its fan on top."""
    size = (foot.length_m - 0.3, foot.width_m - 0.8, foot.height_m - 0.7)
    tunnel(sketch, size, window=False, material=Material.SHELL)
    for k in range(4):
        x = -size[0] / 2 + (k + 0.5) * size[0] / 4
        for side in (-1, 1):
            sketch.box(Material.FRAME, (x, side * (size[1] / 2 + 0.01), 0.4), (size[0] / 4 - 0.2, 0.04, 1.3), 0.0)
    sketch.rod(Material.STEEL, (-1.5, 0.0, size[2] + 0.36), (1.2, 0.0, size[2] + 0.36), 0.34)
    sketch.box(Material.FRAME, (1.5, 0.0, size[2]), (0.7, 0.9, 0.72), 0.05)
    sketch.parts.append(Part("fan", (1.5, 0.0, size[2] + 0.74), turn_rad=28 * math.pi, wave=Wave.TURN))
    sketch.cabinet((-0.9, size[1] / 2 + 0.35, 0.0), (0.9, 0.36, 1.5), 1)
    sketch.panel((1.4, -size[1] / 2 - 0.25, 1.0))
    sketch.beacon(-size[0] / 2 + 0.3, 0.0, size[2])


def pairing_bench(sketch: Sketch, foot: Footing) -> None:
    """Shielded positions on the conveyor, each with an antenna, a power tap and a screen."""
    pitch = (foot.length_m - 0.4) / max(foot.places, 1)
    top = foot.height_m - 0.2
    for k in range(foot.places):
        x = -foot.length_m / 2 + 0.2 + (k + 0.5) * pitch
        sketch.box(Material.SHELL, (x, 0.95, 0.0), (pitch - 0.16, 0.3, 1.7), 0.03)
        sketch.box(Material.DARK, (x, 0.78, 1.2), (0.46, 0.03, 0.32), 0.0)
        sketch.box(Material.SCREEN, (x, 0.76, 1.24), (0.4, 0.012, 0.24), 0.0)
        sketch.rod(Material.DARK, (x, 0.0, top - 0.1), (x, 0.0, top - 0.5), 0.04)
        sketch.parts.append(Part("lamp_bar", (x, 0.0, top - 0.22), running_only=True))
        sketch.pane((x, -0.7, 0.7), (pitch - 0.1, 0.02, 1.0))
    for x in (-foot.length_m / 2 + 0.16, foot.length_m / 2 - 0.16):
        sketch.gate(Material.SHELL, x, 1.5, top, 0.12)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.12), (foot.length_m - 0.3, 1.4, 0.12), 0.03)
    sketch.panel((foot.length_m / 2 - 0.5, -1.0, 1.0))
    sketch.beacon(foot.length_m / 2 - 0.2, 0.0, top)
