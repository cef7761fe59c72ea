"""The product unit of an air-conditioner line in its stages: an outdoor unit, from a bare base to the carton."""

from __future__ import annotations

import math

from twin.scene.shapes import Mesh, box, cylinder, join, ring, tube
from twin.scene.theme import Material
from twin.scene.units import PALLET_M, Product, facing_front


def _blades() -> Mesh:
    blade = box((0.2, 0.12, 0.02), 0.0).moved((0.1, 0.0, 0.0))
    return join([blade.moved(heading_rad=2 * math.pi * k / 3 + 0.3) for k in range(3)])


_FAN_AT = (0.12, 0.0, 0.36)
_SHAPES: dict[str, tuple[Material, Mesh]] = {
    "pallet": (Material.FRAME, box((1.0, 0.62, PALLET_M), 0.0)),
    "base": (Material.STEEL, join([box((0.9, 0.44, 0.07), 0.02), box((0.9, 0.03, 0.12), 0.0).moved((0.0, 0.2, 0.0))])),
    "compressor": (
        Material.DARK,
        join(
            [
                cylinder(0.115, 0.3, 14).moved((-0.29, 0.02, 0.07)),
                cylinder(0.115, 0.06, 14, 0.4).moved((-0.29, 0.02, 0.37)),
                cylinder(0.045, 0.24, 8).moved((-0.14, 0.08, 0.07)),
            ]
        ),
    ),
    "coil": (
        Material.FIN,
        join(
            [
                box((0.86, 0.05, 0.56), 0.0).moved((0.0, -0.18, 0.07)),
                box((0.05, 0.32, 0.56), 0.0).moved((0.41, -0.04, 0.07)),
            ]
        ),
    ),
    "pipes": (
        Material.COPPER,
        join(
            [
                tube([(-0.29, 0.02, 0.42), (-0.29, 0.02, 0.52), (-0.38, -0.12, 0.52), (-0.38, -0.12, 0.2)], 0.018),
                *(box((0.03, 0.26, 0.025), 0.0).moved((0.43, -0.04, 0.14 + 0.15 * k)) for k in range(4)),
                tube([(-0.14, 0.08, 0.3), (-0.14, -0.1, 0.46), (-0.4, -0.1, 0.46)], 0.018),
            ]
        ),
    ),
    "fan": (
        Material.DARK,
        join(
            [
                box((0.05, 0.1, 0.5), 0.0).moved((0.12, -0.1, 0.07)),
                facing_front(_blades(), (_FAN_AT[0], 0.02, _FAN_AT[2])),
                box((0.2, 0.16, 0.14), 0.0).moved((-0.26, 0.02, 0.5)),
            ]
        ),
    ),
    "panels": (Material.WHITE, box((0.92, 0.45, 0.66), 0.03)),
    "grille": (
        Material.DARK,
        join(
            [
                facing_front(cylinder(0.25, 0.008, 20), (_FAN_AT[0], 0.225, _FAN_AT[2] - 0.02)),
                box((0.8, 0.012, 0.5), 0.0).moved((0.0, -0.226, 0.08)),
            ]
        ),
    ),
    "guard": (
        Material.STEEL,
        join([facing_front(ring(r, r - 0.02, 0.016, 16), (0.12, 0.226, 0.34)) for r in (0.26, 0.14)]),
    ),
    "carton": (Material.CARD, box((1.0, 0.54, 0.76), 0.015)),
    "print": (
        Material.DARK,
        join(
            [box((0.26, 0.56, 0.1), 0.0).moved((-0.2, 0.0, 0.2)), box((0.06, 0.56, 0.14), 0.0).moved((0.34, 0.0, 0.52))]
        ),
    ),
}
_OPEN = ("pallet", "base", "compressor", "coil", "pipes")
OUTDOOR_UNIT = Product(
    _SHAPES,
    (
        ("pallet", "base"),
        ("pallet", "base", "compressor"),
        _OPEN,
        (*_OPEN, "fan"),
        ("pallet", "base", "panels", "grille", "guard"),
        ("pallet", "carton", "print"),
    ),
    {"assembly_cell": 1, "brazing_station": 2, "wiring_station": 3, "sealing": 4, "packing": 5},
    (1.0, 0.62, 0.85),
)
