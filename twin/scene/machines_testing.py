"""Machines that test units: electrical safety, run test bays, noise booth, vision tunnel; and the generic machine."""

from __future__ import annotations

from twin.scene.motions import Part, Wave
from twin.scene.placing import BANKS, bank_spots
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def tunnel(sketch: Sketch, size: tuple[float, float, float], *, window: bool, material: Material) -> None:
    """A housing over the conveyor: side walls with an opening at each end, a roof, perhaps windows."""
    length, width, height = size
    sill, lintel = 0.78, height - 0.42
    for side in (-1, 1):
        y = side * (width / 2 - 0.06)
        if window:
            sketch.box(material, (0.0, y, 0.0), (length, 0.12, sill))
            sketch.box(material, (0.0, y, lintel), (length, 0.12, height - lintel - 0.1), 0.0)
            for x in (-length / 2 + 0.14, length / 2 - 0.14):
                sketch.box(material, (x, y, sill), (0.28, 0.12, lintel - sill), 0.0)
            sketch.pane((0.0, y, sill), (length - 0.5, 0.02, lintel - sill))
        else:
            sketch.box(material, (0.0, y, 0.0), (length, 0.12, height - 0.1))
    for x in (-length / 2 + 0.06, length / 2 - 0.06):
        sketch.box(material, (x, 0.0, 1.55), (0.12, width - 0.2, height - 1.65), 0.0)
        for side in (-1, 1):
            sketch.box(material, (x, side * (width / 4 + 0.27), 0.0), (0.12, width / 2 - 0.62, 1.56), 0.0)
    sketch.box(material, (0.0, 0.0, height - 0.14), (length + 0.06, width + 0.06, 0.16), 0.05)


def safety_test(sketch: Sketch, foot: Footing) -> None:
    """A closed cabin for high voltage: windows, a warning band, test cabinet beside it."""
    size = (foot.length_m - 0.3, 1.5, foot.height_m - 0.1)
    tunnel(sketch, size, window=True, material=Material.SHELL)
    for side in (-1, 1):
        sketch.box(Material.FRAME, (0.0, side * 0.76, 0.66), (size[0] - 0.1, 0.02, 0.07), 0.0)
    sketch.parts.append(Part("press", (0.0, 0.0, 1.62), travel=(0.0, 0.0, -0.16), wave=Wave.PRESS))
    sketch.cabinet((0.5, 0.98, 0.0), (0.8, 0.4, 1.5), 1)
    sketch.panel((-0.75, -0.95, 1.0))
    sketch.beacon(0.75, 0.0, size[2] + 0.02)


def run_test_bay(sketch: Sketch, foot: Footing) -> None:
    """Two rows of bays with partitions and a screen each, an aisle between, cable trays on portals above."""
    spots, depth = bank_spots("run_test_bay", foot.places), BANKS["run_test_bay"].rows[1]
    pitch = spots[2][0] - spots[0][0] if len(spots) > 2 else 1.2
    for x, y in spots:
        side = 1 if y > 0 else -1
        sketch.box(Material.FRAME, (x, y, 0.0), (1.06, 0.8, foot.conveyor_m - 0.04), 0.02)
        sketch.box(Material.BELT, (x, y, foot.conveyor_m - 0.05), (1.0, 0.7, 0.05), 0.0)
        back = y + side * 0.62
        sketch.box(Material.SHELL, (x, back, 0.0), (pitch - 0.1, 0.16, 1.9), 0.02)
        sketch.box(Material.DARK, (x, back - side * 0.09, 1.46), (0.46, 0.02, 0.28), 0.0)
        sketch.box(Material.SCREEN, (x, back - side * 0.105, 1.49), (0.4, 0.012, 0.22), 0.0)
        sketch.box(Material.DARK, (x, back + side * 0.09, 1.3), (0.5, 0.02, 0.4), 0.0)
    length = (len(spots) + 1) // 2 * pitch
    for k in range((len(spots) + 1) // 2 + 1):
        for side in (-1, 1):
            x = -length / 2 + k * pitch
            sketch.box(Material.SHELL, (x, side * (depth + 0.3), 0.0), (0.06, 0.8, 1.9), 0.0)
    for x in (-length / 2, length / 2):
        sketch.gate(Material.FRAME, x, 2 * depth + 1.4, foot.height_m - 0.2, 0.12)
    for side in (-1, 1):
        sketch.box(Material.STEEL, (0.0, side * depth, foot.height_m - 0.42), (length, 0.34, 0.1), 0.0)
    sketch.beacon(length / 2, 0.0, foot.height_m - 0.2)


def noise_booth(sketch: Sketch, foot: Footing) -> None:
    """A thick-walled semi-anechoic room with a door, a small window and an air duct."""
    size = (foot.length_m - 0.2, foot.width_m - 0.5, foot.height_m - 0.25)
    tunnel(sketch, size, window=False, material=Material.SHELL)
    for side in (-1, 1):
        y = side * size[1] / 2
        for k in range(3):
            sketch.box(Material.STEEL, (-1.06 + 1.06 * k, y + side * 0.01, 0.25), (0.94, 0.03, 2.1), 0.0)
        sketch.box(Material.DARK, (0.0, y + side * 0.03, 1.35), (0.6, 0.02, 0.5), 0.0)
        sketch.box(Material.FRAME, (0.34, y + side * 0.04, 1.0), (0.05, 0.05, 0.22), 0.0)
    sketch.box(Material.STEEL, (-0.6, 0.0, size[2]), (1.2, 0.7, 0.25))
    sketch.rod(Material.STEEL, (-1.2, 0.0, size[2] + 0.14), (-0.3, 0.95, size[2] + 0.14), 0.13)
    sketch.panel((size[0] / 2 - 0.3, -size[1] / 2 - 0.35, 1.0))
    sketch.beacon(1.2, 0.0, size[2] + 0.02)


def vision_tunnel(sketch: Sketch, foot: Footing) -> None:
    """A white tunnel of light portals with cameras on all sides."""
    size = (foot.length_m - 0.3, 1.7, foot.height_m - 0.3)
    tunnel(sketch, size, window=True, material=Material.WHITE)
    for x in (-0.8, 0.0, 0.8):
        light = Part("lamp_bar", (x, 0.0, size[2] - 0.3), travel=(0.12, 0.0, 0.0), wave=Wave.SWEEP, running_only=True)
        sketch.parts.append(light)
    for x in (-0.7, 0.0, 0.7):
        sketch.box(Material.DARK, (x, 0.0, size[2]), (0.18, 0.26, 0.2), 0.02)
        for side in (-1, 1):
            sketch.box(Material.DARK, (x, side * 0.96, 1.62), (0.14, 0.24, 0.14), 0.02)
            sketch.box(Material.FRAME, (x, side * 0.87, 1.66), (0.06, 0.1, 0.06), 0.0)
    for side in (-1, 1):
        sketch.box(Material.ACCENT, (0.0, side * 0.86, size[2] - 0.36), (size[0] - 0.1, 0.02, 0.1), 0.0)
    sketch.cabinet((0.9, 1.2, 0.0), (0.6, 0.4, 1.5), 1)
    sketch.panel((-0.9, -1.1, 1.0))
    sketch.beacon(1.15, 0.0, size[2] + 0.02)


def generic(sketch: Sketch, foot: Footing) -> None:
    """A plain machine over the conveyor: portal, head, cabinet. For kinds that this version does not know."""
    top = foot.height_m - 0.1
    for x in (-0.7, 0.7):
        sketch.gate(Material.SHELL, x, 1.14, top, 0.16)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.22), (1.6, 1.0, 0.3), 0.05)
    sketch.parts.append(Part("press", (0.0, 0.0, 1.62), travel=(0.0, 0.0, -0.18), wave=Wave.PRESS))
    sketch.cabinet((0.0, 0.88, 0.0), (0.9, 0.4, 1.5), 1)
    sketch.panel((0.85, -0.85, 1.0))
    sketch.beacon(0.7, 0.0, top)
