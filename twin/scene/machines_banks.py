"""Test machines of the white-goods lines: wet run bays, leak testers, evacuation and cool-down banks, drying.

A bank has up to hundreds of places: a place costs few triangles, what rows share is drawn once a row.
"""

from __future__ import annotations

import math

from twin.scene.machines_testing import tunnel
from twin.scene.motions import Part, Wave
from twin.scene.placing import BANKS, bank_spots
from twin.scene.shapes import box, rod
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def wet_run_test(sketch: Sketch, foot: Footing) -> None:
    """Two rows of bays over a drain, each with a water post and a screen; supply pipes on portals above."""
    spots = bank_spots("wet_run_test", foot.places)
    depth = BANKS["wet_run_test"].rows[1]
    length = max(x for x, _ in spots) * 2 + 1.1
    for side in (-1, 1):
        y = side * depth
        sketch.box(Material.FRAME, (0.0, y, 0.0), (length, 0.8, foot.conveyor_m - 0.04), 0.02)
        sketch.box(Material.BELT, (0.0, y, foot.conveyor_m - 0.05), (length - 0.1, 0.7, 0.05), 0.0)
        sketch.box(Material.SHELL, (0.0, side * (depth + 0.66), 0.0), (length, 0.14, 0.8), 0.02)
        sketch.box(Material.DARK, (0.0, side * 0.72, 0.0), (length, 0.24, 0.03), 0.0)
        for z, material in ((foot.height_m - 0.4, Material.ACCENT), (foot.height_m - 0.58, Material.STEEL)):
            sketch.rod(material, (-length / 2, y + side * 0.4, z), (length / 2, y + side * 0.4, z), 0.06)
    for x, y in spots:
        side = 1 if y > 0 else -1
        back = y + side * 0.58
        sketch.solids.append((Material.DARK, box((0.36, 0.03, 0.26), 0.0).moved((x, back, 1.46))))
        sketch.solids.append((Material.SCREEN, box((0.3, 0.012, 0.18), 0.0).moved((x, back - side * 0.02, 1.5))))
        sketch.solids.append((Material.FRAME, box((0.05, 0.05, 0.7), 0.0).moved((x, back, 0.78))))
        sketch.solids.append((Material.SHELL, box((0.04, 0.6, 1.05), 0.0).moved((x + 0.55, y + side * 0.3, 0.0))))
        hose = [(x - 0.3, back - side * 0.2, foot.height_m - 0.5), (x - 0.3, back - side * 0.1, 1.1)]
        sketch.solids.append((Material.ACCENT, rod(hose[0], hose[1], 0.025, 6)))
    for x in (-length / 2, 0.0, length / 2):
        sketch.gate(Material.FRAME, x, 2 * depth + 1.44, foot.height_m - 0.2, 0.12)
    sketch.beacon(length / 2, 0.0, foot.height_m - 0.2)


def evacuation_line(sketch: Sketch, foot: Footing) -> None:
    """Rows of slow slat conveyors under vacuum manifolds: a hose to each place, pumps between the rows."""
    spots = bank_spots("evacuation_line", foot.places)
    length, top = max(x for x, _ in spots) * 2 + 0.95, foot.height_m - 0.35
    for y in BANKS["evacuation_line"].rows:
        _lane(sketch, length, y, foot.conveyor_m)
        sketch.rod(Material.ACCENT, (-length / 2, y - 0.3, top), (length / 2, y - 0.3, top), 0.07)
    for x, y in spots:
        sketch.solids.append((Material.DARK, rod((x, y - 0.3, top), (x, y - 0.34, foot.conveyor_m), 0.02, 4)))
    for x in [x for x, y in spots if y == spots[0][1]][::2]:
        for y in (-1.4, 0.0, 1.4):
            sketch.solids.append((Material.BEAM, box((0.5, 0.24, 0.3), 0.0).moved((x, y, 0.0))))
    for k in range(4):
        x = -length / 2 + k * length / 3
        sketch.gate(Material.FRAME, x, foot.width_m - 0.5, top + 0.2, 0.12)
    sketch.cabinet((length / 2 - 0.6, foot.width_m / 2 - 0.1, 0.0), (0.9, 0.4, 1.5), 1)
    sketch.beacon(length / 2, 0.0, top + 0.2)


def cool_down_test(sketch: Sketch, foot: Footing) -> None:
    """Rows on both sides of an aisle: a slat conveyor each, a tray with sockets above, screens at the ends."""
    spots = bank_spots("cool_down_test", foot.places)
    length, tray = max(x for x, _ in spots) * 2 + 0.92, foot.height_m - 0.5
    rows = BANKS["cool_down_test"].rows
    for y in rows:
        _lane(sketch, length, y, foot.conveyor_m)
        sketch.solids.append((Material.STEEL, box((length, 0.1, 0.06), 0.0).moved((0.0, y, tray))))
        for x in (-length / 2 - 0.1, length / 2 + 0.1):
            sketch.solids.append((Material.FRAME, box((0.08, 0.08, tray + 0.06), 0.0).moved((x, y, 0.0))))
        sketch.solids.append((Material.DARK, box((0.06, 0.44, 0.3), 0.0).moved((length / 2 + 0.16, y, 1.2))))
        sketch.solids.append((Material.SCREEN, box((0.012, 0.38, 0.22), 0.0).moved((length / 2 + 0.2, y, 1.24))))
    for x in (-length / 2 - 0.1, length / 2 + 0.1):
        sketch.solids.append((Material.FRAME, box((0.1, 2 * rows[-1] + 0.6, 0.1), 0.0).moved((x, 0.0, tray + 0.06))))
    sketch.box(Material.STEEL, (0.0, 0.0, tray + 0.02), (length, 0.3, 0.08), 0.0)
    sketch.beacon(length / 2 + 0.1, rows[0], tray + 0.1)


def _lane(sketch: Sketch, length: float, y: float, level: float) -> None:
    """One row of a bank: a low slat conveyor."""
    sketch.box(Material.FRAME, (0.0, y, 0.0), (length, 0.62, level - 0.03), 0.0)
    sketch.box(Material.BELT, (0.0, y, level - 0.03), (length - 0.04, 0.5, 0.03), 0.0)


def helium_chamber(sketch: Sketch, foot: Footing) -> None:
    """A row of closed vacuum chambers with round doors at the end, a helium recovery skid behind."""
    spots = bank_spots("helium_chamber", foot.places)
    pitch = spots[0][0] - spots[1][0] if len(spots) > 1 else 1.5
    wide = min(abs(pitch) - 0.16, 1.5)
    for x, _ in spots:
        sketch.box(Material.SHELL, (x, 0.0, 0.0), (wide, 1.5, 1.9), 0.07)
        for side in (-1, 1):
            sketch.box(Material.STEEL, (x, side * 0.76, 0.2), (wide - 0.3, 0.06, 1.5), 0.02)
            sketch.box(Material.DARK, (x, side * 0.8, 1.1), (0.3, 0.02, 0.34), 0.0)
        sketch.cylinder(Material.STEEL, (x, 0.0, 1.9), (0.2, 0.24), 14)
        sketch.parts.append(Part("lamp_bar", (x, -0.3, 1.9), running_only=True))
    reach = max(abs(x) for x, _ in spots) + 0.6
    sketch.rod(Material.COPPER, (-reach, 0.5, 2.1), (reach, 0.5, 2.1), 0.05)
    for k in range(4):
        sketch.cylinder(Material.BEAM, (-0.75 + 0.5 * k, 1.15, 0.0), (0.19, 1.4), 16)
    sketch.panel((reach - 0.2, -1.2, 1.0))
    sketch.beacon(reach - 0.3, 0.0, 1.9)


def leak_tester(sketch: Sketch, foot: Footing) -> None:
    """A bell that comes down and seals the unit, an air tank with regulator, a gauge panel."""
    top = foot.height_m - 0.1
    for x in (-0.7, 0.7):
        sketch.gate(Material.SHELL, x, 1.2, top, 0.14)
    sketch.box(Material.SHELL, (0.0, 0.0, top - 0.24), (1.6, 0.9, 0.3), 0.05)
    sketch.parts.append(Part("platen", (0.0, 0.0, 1.66), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    for side in (-1, 1):
        sketch.pane((0.0, side * 0.64, 0.7), (1.24, 0.02, 0.9))
    sketch.rod(Material.BEAM, (-0.8, 0.9, 0.5), (0.2, 0.9, 0.5), 0.22)
    for x in (-0.6, 0.0):
        sketch.box(Material.FRAME, (x, 0.9, 0.0), (0.1, 0.34, 0.34), 0.0)
    sketch.hose(Material.DARK, [(-0.3, 0.9, 0.72), (-0.3, 0.85, 1.8), (-0.1, 0.4, top)], 0.025)
    sketch.cabinet((0.75, 0.92, 0.0), (0.5, 0.36, 1.4), 1)
    sketch.panel((-0.9, -0.92, 1.0))
    sketch.beacon(0.7, 0.0, top)


def drain_station(sketch: Sketch, foot: Footing) -> None:
    """A tunnel with windows over a sump: suction lances, blowers on the roof, a water tank beside."""
    size = (foot.length_m - 0.3, 1.6, foot.height_m - 0.3)
    tunnel(sketch, size, window=True, material=Material.SHELL)
    for x in (-0.7, 0.7):
        sketch.box(Material.FRAME, (x, 0.0, size[2]), (0.8, 0.8, 0.1))
        sketch.parts.append(Part("fan", (x, 0.0, size[2] + 0.12), turn_rad=28 * math.pi, wave=Wave.TURN))
    sketch.box(Material.ACCENT, (0.0, 1.0, 0.0), (1.6, 0.3, 0.9))
    sketch.hose(Material.DARK, [(0.5, 0.95, 0.8), (0.5, 0.9, 1.3), (0.5, 0.78, 1.3)], 0.05)
    sketch.parts.append(Part("spindle", (0.0, 0.0, 1.55), travel=(0.0, 0.0, -0.1), wave=Wave.PRESS))
    sketch.panel((-1.0, -1.0, 1.0))
    sketch.beacon(1.2, 0.0, size[2] + 0.02)
