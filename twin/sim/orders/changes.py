"""Engineering changes: which revision of its part a unit is made to. Decided once, when the unit starts.

Of several changes that match, the one with the highest priority holds, among equals the later in the file. Effectivity
types ranked by priority are SAP ERP's, by planned date, lot number and serial number PTC Windchill's.
"""

from __future__ import annotations

from collections.abc import Callable

from twin.plant.products import Effectivity
from twin.sim.orders.plan import PartPlan
from twin.sim.randomness import NANOSECONDS

LotOf = Callable[[str], int]  # id of a material → the lot that the line would take next, 0 where it has none


def revision_at(part: PartPlan, now_ns: int, serial: int, lot_of: LotOf) -> int:
    """The number of the revision that holds for a unit with this serial number that starts now."""
    for change, revision in part.changes:
        if _effective(change.effectivity, now_ns, serial, lot_of):
            return revision
    return 0


def _effective(effectivity: Effectivity, now_ns: int, serial: int, lot_of: LotOf) -> bool:
    if effectivity.kind == "date":
        return now_ns >= effectivity.after_s * NANOSECONDS
    if effectivity.kind == "serial":
        return effectivity.first <= serial and (effectivity.last is None or serial <= effectivity.last)
    return effectivity.material is not None and lot_of(effectivity.material) >= effectivity.lot
