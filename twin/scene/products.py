"""Product kind -> how its units are drawn. The table is here; each product is in a `products_*` of its own.

The stages of all products are numbered in one row, so that lines of different products can share a floor.
"""

from __future__ import annotations

import math
from itertools import accumulate

from twin.plant.layout import Line, ProductKind
from twin.scene.products_appliances import REFRIGERATOR, WASHING_MACHINE
from twin.scene.products_indoor import INDOOR_UNIT
from twin.scene.products_outdoor import OUTDOOR_UNIT
from twin.scene.shapes import Mesh
from twin.scene.theme import Material
from twin.scene.units import PALLET_M, Product

PRODUCTS: dict[ProductKind, Product] = {
    "outdoor_unit": OUTDOOR_UNIT,
    "indoor_unit": INDOOR_UNIT,
    "washing_machine": WASHING_MACHINE,
    "refrigerator": REFRIGERATOR,
}
_COUNTS = [len(product.stages) for product in PRODUCTS.values()]
FIRST_STAGE = dict(zip(PRODUCTS, accumulate(_COUNTS, initial=0), strict=False))


def _named(kind: str, shape: str) -> str:
    return f"{kind}/{shape}"


UNIT_SHAPES: dict[str, tuple[Material, Mesh]] = {
    _named(kind, name): (material, mesh.moved((0.0, 0.0, 0.0 if name == "pallet" else PALLET_M)))
    for kind, product in PRODUCTS.items()
    for name, (material, mesh) in product.shapes.items()
}
STAGES: tuple[frozenset[str], ...] = tuple(
    frozenset(_named(kind, name) for name in stage) for kind, product in PRODUCTS.items() for stage in product.stages
)


def stage_marks(line: Line, length_m: float) -> list[tuple[float, int]]:
    """(metres along the line, stage from there on), rising; evenly spread where no station says what it completes."""
    product, first = PRODUCTS[line.product_kind], FIRST_STAGE[line.product_kind]
    marks = [(s.at_m, product.after_kind[s.kind]) for s in line.stations if s.kind in product.after_kind]
    if not marks:
        count = len(product.stages)
        marks = [(length_m * stage / count, stage) for stage in range(1, count)]
    return [(-math.inf, first), *((at_m, first + stage) for at_m, stage in sorted(marks))]
