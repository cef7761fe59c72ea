"""The product unit of an indoor line in its stages: a slim white box, from a bare chassis to the carton."""

from __future__ import annotations

from twin.scene.shapes import box, cylinder, join, rod, tube
from twin.scene.theme import Material
from twin.scene.units import PALLET_M, Product, facing_front

_SHAPES = {
    "pallet": (Material.FRAME, box((1.04, 0.5, PALLET_M), 0.0)),
    "chassis": (
        Material.STEEL,
        join(
            [
                box((0.9, 0.06, 0.3), 0.02).moved((0.0, -0.12, 0.0)),
                box((0.9, 0.26, 0.04), 0.0),
                *(box((0.03, 0.24, 0.28), 0.0).moved((x, 0.0, 0.0)) for x in (-0.435, 0.435)),
            ]
        ),
    ),
    "evaporator": (
        Material.FIN,
        join(
            [
                box((0.68, 0.05, 0.2), 0.0).moved((0.06, 0.02, 0.12)),
                box((0.68, 0.16, 0.05), 0.0).moved((0.06, -0.04, 0.28)),
            ]
        ),
    ),
    "pipes": (
        Material.COPPER,
        tube([(-0.3, 0.02, 0.2), (-0.38, 0.02, 0.2), (-0.38, -0.06, 0.1), (-0.38, -0.18, 0.1)], 0.016),
    ),
    "fan": (
        Material.DARK,
        join(
            [rod((-0.26, -0.02, 0.12), (0.38, -0.02, 0.12), 0.05, 10), cylinder(0.06, 0.14, 10).moved((-0.36, 0, 0.1))]
        ),
    ),
    "body": (Material.WHITE, box((0.92, 0.28, 0.32), 0.05)),
    "louvre": (
        Material.DARK,
        join(
            [box((0.78, 0.012, 0.04), 0.0).moved((0.02, 0.142, 0.04)), box((0.8, 0.2, 0.008), 0.0).moved((0, 0, 0.321))]
        ),
    ),
    "display": (Material.SCREEN, facing_front(box((0.1, 0.03, 0.006), 0.0), (0.34, 0.14, 0.2))),
    "carton": (Material.CARD, box((1.0, 0.4, 0.4), 0.015)),
    "print": (
        Material.DARK,
        join(
            [box((0.26, 0.42, 0.07), 0.0).moved((-0.2, 0.0, 0.1)), box((0.06, 0.42, 0.1), 0.0).moved((0.34, 0.0, 0.25))]
        ),
    ),
}
_OPEN = ("pallet", "chassis", "evaporator", "pipes")
INDOOR_UNIT = Product(
    _SHAPES,
    (
        ("pallet", "chassis"),
        _OPEN,
        (*_OPEN, "fan"),
        ("pallet", "body", "louvre"),
        ("pallet", "body", "louvre", "display"),
        ("pallet", "carton", "print"),
    ),
    {"assembly_cell": 1, "fan_balancer": 2, "safety_test": 3, "door_align": 4, "packing": 5},
    (1.0, 0.5, 0.5),
)
