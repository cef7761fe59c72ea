"""Product units of the white-goods lines in their stages: washing machine and refrigerator, from shell to carton.

Hundreds of refrigerators stand in a cool-down test at one time: few triangles each.
"""

from __future__ import annotations

from twin.scene.shapes import box, cylinder, join, rod, tube
from twin.scene.theme import Material
from twin.scene.units import PALLET_M, Product, facing_front

_WASHER_SHELL = ("pallet", "cabinet")
WASHING_MACHINE = Product(
    {
        "pallet": (Material.FRAME, box((0.74, 0.74, PALLET_M), 0.0)),
        "cabinet": (
            Material.WHITE,
            join(
                [
                    *(box((0.025, 0.56, 0.84), 0.0).moved((x, 0.0, 0.0)) for x in (-0.29, 0.29)),
                    box((0.6, 0.025, 0.84), 0.0).moved((0.0, -0.28, 0.0)),
                    box((0.58, 0.56, 0.05), 0.0),
                    box((0.58, 0.03, 0.06), 0.0).moved((0.0, 0.26, 0.78)),
                ]
            ),
        ),
        "drum": (Material.STEEL, rod((0.0, -0.2, 0.44), (0.0, 0.23, 0.44), 0.22, 14)),
        "tub": (Material.BEAM, rod((0.0, -0.25, 0.44), (0.0, 0.2, 0.44), 0.27, 14)),
        "fittings": (
            Material.DARK,
            join(
                [
                    box((0.2, 0.22, 0.13), 0.0).moved((0.0, -0.06, 0.05)),
                    box((0.5, 0.1, 0.07), 0.0).moved((0.0, 0.18, 0.74)),
                    *(rod((x, 0.0, 0.05), (x * 0.6, 0.0, 0.34), 0.02, 6) for x in (-0.25, 0.25)),
                ]
            ),
        ),
        "body": (Material.WHITE, box((0.6, 0.58, 0.85), 0.025)),
        "rim": (Material.STEEL, facing_front(cylinder(0.2, 0.03, 18), (0.0, 0.29, 0.42))),
        "door": (
            Material.DARK,
            join(
                [
                    facing_front(cylinder(0.15, 0.02, 16), (0.0, 0.315, 0.42)),
                    box((0.3, 0.012, 0.07), 0.0).moved((0.12, 0.295, 0.73)),
                    box((0.48, 0.01, 0.5), 0.0).moved((0.0, -0.292, 0.18)),
                ]
            ),
        ),
        "carton": (Material.CARD, box((0.68, 0.66, 0.92), 0.015)),
        "print": (
            Material.DARK,
            join(
                [
                    box((0.24, 0.68, 0.12), 0.0).moved((-0.12, 0.0, 0.2)),
                    box((0.7, 0.2, 0.1), 0.0).moved((0.0, 0.1, 0.62)),
                ]
            ),
        ),
    },
    (
        _WASHER_SHELL,
        (*_WASHER_SHELL, "drum"),
        (*_WASHER_SHELL, "drum", "tub"),
        (*_WASHER_SHELL, "drum", "tub", "fittings"),
        ("pallet", "body", "rim", "door"),
        ("pallet", "carton", "print"),
    ),
    {"drum_welder": 1, "tub_welder": 2, "wiring_station": 3, "door_align": 4, "packing": 5},
    (0.74, 0.74, 0.95),
)

_U_SHELL = ("pallet", "shell")
REFRIGERATOR = Product(
    {
        "pallet": (Material.FRAME, box((0.66, 0.66, PALLET_M), 0.0)),
        "shell": (
            Material.WHITE,
            join(
                [
                    *(box((0.02, 0.5, 1.25), 0.0).moved((x, -0.02, 0.0)) for x in (-0.26, 0.26)),
                    box((0.54, 0.5, 0.02), 0.0).moved((0.0, -0.02, 1.23)),
                    box((0.52, 0.48, 0.04), 0.0).moved((0.0, -0.02, 0.0)),
                ]
            ),
        ),
        "liner": (Material.FIN, box((0.44, 0.4, 1.1), 0.0).moved((0.0, 0.02, 0.08))),
        "tubes": (
            Material.COPPER,
            join(
                [
                    *(box((0.4, 0.02, 0.025), 0.0).moved((0.0, -0.2, 0.3 + 0.16 * k)) for k in range(5)),
                    tube([(0.2, -0.2, 0.08), (0.2, -0.2, 1.0)], 0.015, 5),
                ]
            ),
        ),
        "body": (Material.WHITE, box((0.54, 0.5, 1.25), 0.0).moved((0.0, -0.03, 0.0))),
        "doors": (
            Material.WHITE,
            join(
                [
                    box((0.54, 0.06, 0.78), 0.0).moved((0.0, 0.27, 0.03)),
                    box((0.54, 0.06, 0.4), 0.0).moved((0.0, 0.27, 0.84)),
                ]
            ),
        ),
        "seal": (
            Material.DARK,
            join(
                [
                    box((0.5, 0.02, 1.22), 0.0).moved((0.0, 0.23, 0.02)),
                    box((0.025, 0.03, 0.7), 0.0).moved((0.22, 0.3, 0.4)),
                ]
            ),
        ),
        "compressor": (Material.DARK, box((0.44, 0.02, 0.24), 0.0).moved((0.0, -0.285, 0.02))),
        "carton": (Material.CARD, box((0.62, 0.62, 1.34), 0.015)),
        "print": (
            Material.DARK,
            join(
                [
                    box((0.2, 0.635, 0.14), 0.0).moved((-0.12, 0.0, 0.3)),
                    box((0.635, 0.2, 0.12), 0.0).moved((0.0, 0.1, 1.0)),
                ]
            ),
        ),
    },
    (
        _U_SHELL,
        (*_U_SHELL, "liner"),
        (*_U_SHELL, "liner", "tubes"),
        ("pallet", "body"),
        ("pallet", "body", "doors", "seal"),
        ("pallet", "body", "doors", "seal", "compressor"),
        ("pallet", "carton", "print"),
    ),
    {
        "thermoformer": 1,
        "wiring_station": 2,
        "foaming_carousel": 3,
        "door_foaming": 4,
        "assembly_cell": 5,
        "packing": 6,
    },
    (0.66, 0.66, 1.36),
)
