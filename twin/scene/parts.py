"""Shapes of machine parts that move, of robot arms, vehicles and their loads: name → material and mesh."""

from __future__ import annotations

import math

from twin.scene.arms import FORE_M, TOOL_M, UPPER_M
from twin.scene.shapes import Mesh, box, cylinder, join, rod
from twin.scene.theme import Material


def _fan(blades: int, radius: float) -> Mesh:
    blade = box((radius, 0.16, 0.03), 0.0).moved((radius / 2, 0.0, 0.0))
    return join([blade.moved(heading_rad=2 * math.pi * k / blades) for k in range(blades)])


def _wheels() -> Mesh:
    return join([rod((x, y * 0.28, 0.1), (x, y * 0.43, 0.1), 0.1, 12) for x in (-0.42, 0.42) for y in (-1, 1)])


def _cartons() -> Mesh:
    layer = [box((0.42, 0.33, 0.3), 0.02).moved((x, y, 0.0)) for x in (-0.22, 0.22) for y in (-0.175, 0.175)]
    return join([*layer, box((0.42, 0.33, 0.3), 0.02).moved((-0.22, -0.02, 0.3))])


# Arm members: a link stands on its own lower joint and points up; the turret stands on the floor of the arm.
_ARM: dict[str, tuple[Material, Mesh]] = {
    "arm_turret": (
        Material.ARM,
        join([cylinder(0.23, 0.2, 18).moved((0.0, 0.0, 0.46)), rod((0.0, -0.2, 0.78), (0.0, 0.2, 0.78), 0.2, 18)]),
    ),
    "arm_upper": (
        Material.ARM,
        join([box((0.2, 0.17, UPPER_M), 0.05), rod((0, -0.17, UPPER_M), (0, 0.17, UPPER_M), 0.15)]),
    ),
    "arm_fore": (Material.ARM, box((0.15, 0.15, FORE_M - 0.08), 0.045)),
    "arm_tool": (
        Material.DARK,
        join(
            [
                rod((0.0, -0.1, 0.0), (0.0, 0.1, 0.0), 0.1, 12),
                rod((0.0, 0.0, 0.0), (0.0, 0.0, 0.1 - TOOL_M), 0.055),
                box((0.3, 0.22, 0.1), 0.02).moved((0.0, 0.0, -TOOL_M)),
            ]
        ),
    ),
}

_MACHINE: dict[str, tuple[Material, Mesh]] = {
    "press": (Material.STEEL, join([cylinder(0.07, 0.75, 12), box((0.62, 0.5, 0.1)).moved((0.0, 0.0, -0.1))])),
    "platen": (Material.STEEL, join([box((0.9, 0.8, 0.08)), cylinder(0.06, 0.5, 10).moved((0.0, 0.0, 0.08))])),
    "spindle": (Material.DARK, join([cylinder(0.05, 0.6, 10), cylinder(0.085, 0.26, 10).moved((0.0, 0.0, 0.2))])),
    "torch": (
        Material.COPPER,
        join([rod((0, 0.32, 0.24), (0, 0, 0), 0.03), rod((0, 0.32, 0.24), (0, 0.5, 0.24), 0.05)]),
    ),
    "flame": (Material.FLAME, rod((0.0, 0.02, -0.02), (0.0, -0.16, -0.16), 0.045)),
    "lamp_bar": (Material.LIGHT, box((0.07, 1.0, 0.05), 0.0, bottom=True)),
    "rotor": (Material.ACCENT, join([_fan(4, 2.35), cylinder(0.34, 0.14, 20)])),
    "fan": (Material.DARK, _fan(3, 0.42)),
    "crane": (
        Material.ACCENT,
        join(
            [
                box((0.7, 0.5, 0.3)),
                box((0.2, 0.2, 4.5)).moved((-0.2, 0.0, 0.3)),
                box((0.2, 0.2, 4.5)).moved((0.2, 0.0, 0.3)),
                box((0.62, 0.3, 0.16)).moved((0.0, 0.0, 4.72)),
                box((0.9, 0.9, 0.12)).moved((0.0, 0.0, 1.9)),
            ]
        ),
    ),
}

_ROBOT: dict[str, tuple[Material, Mesh]] = {
    "amr_body": (Material.FRAME, box((1.34, 0.84, 0.2), 0.06).moved((0.0, 0.0, 0.07))),
    "amr_deck": (Material.ACCENT, box((1.24, 0.74, 0.07), 0.03).moved((0.0, 0.0, 0.27))),
    "amr_wheels": (Material.DARK, join([_wheels(), cylinder(0.09, 0.1, 14).moved((0.5, 0.0, 0.34))])),
    "amr_lights": (
        Material.SCREEN,
        join([box((0.02, 0.62, 0.05), 0.0).moved((x, 0.0, 0.15)) for x in (-0.675, 0.675)]),
    ),
    "load_pallet": (Material.WOOD, box((0.96, 0.76, 0.1), 0.0).moved((-0.08, 0.0, 0.34))),
    "load_cartons": (Material.CARD, _cartons().moved((-0.08, 0.0, 0.44))),
}

HANG_M = 1.2  # how far below its rail a hanger stands on its own floor, as everything else does
_HANGER: dict[str, tuple[Material, Mesh]] = {
    "hanger_trolley": (
        Material.DARK,
        join(
            [
                box((0.5, 0.2, 0.16), 0.03).moved((0.0, 0.0, 0.96)),
                *(rod((x, -0.14, 1.18), (x, 0.14, 1.18), 0.06) for x in (-0.16, 0.16)),
            ]
        ),
    ),
    "hanger_arm": (
        Material.ACCENT,
        join(
            [
                box((0.06, 0.06, 0.9), 0.0).moved((0.0, 0.0, 0.06)),
                box((0.7, 0.5, 0.05), 0.0).moved((0.0, 0.0, 0.01)),
                *(rod((x, 0.0, 0.5), (x, 0.0, 0.05), 0.02) for x in (-0.33, 0.33)),
                box((0.7, 0.04, 0.04), 0.0).moved((0.0, 0.0, 0.48)),
            ]
        ),
    ),
    "hung_cartons": (Material.CARD, box((0.62, 0.44, 0.4), 0.02).moved((0.0, 0.0, 0.06))),
}

SHAPES = {**_ARM, **_MACHINE, **_ROBOT, **_HANGER}
ROBOT_PARTS = ("amr_body", "amr_deck", "amr_wheels", "amr_lights")
HANGER_PARTS = ("hanger_trolley", "hanger_arm")
HUNG_PARTS = ("hung_cartons",)
LOAD_PARTS = ("load_pallet", "load_cartons")
ARM_PARTS = ("arm_turret", "arm_upper", "arm_fore", "arm_tool")
