"""Stores and line-side supplies from a recording: pieces in lots whose numbers go on from the one in use."""

from __future__ import annotations

from twin.sim.logistics.state import Lots
from twin.sim.past.known import NOW_NS, Past
from twin.sim.run import PURCHASE


def restore_stores(past: Past) -> None:
    """Fills stores and supplies; what was bought comes some time within its lead time."""
    plans, logistics = past.run.plan.logistics, past.run.state.logistics
    for number, (plan, stock) in enumerate(zip(plans.stocks, logistics.stocks, strict=True)):
        stock.pieces = past.known.count(plan.id, "Stock", plan.initial)
        stock.lots = _lots(past, plan.id, plan.material, stock.pieces)
        outstanding = past.known.count(plan.id, "OnOrder") // plan.quantity if plan.lead is not None else 0
        stock.on_order = outstanding * plan.quantity
        for purchase in range(outstanding if plan.lead is not None else 0):
            lead_ns = plan.lead.value(past.run.state.seed, purchase) if plan.lead is not None else 0
            rest_ns = round(lead_ns * past.share(number * 64 + purchase))
            past.run.push(NOW_NS + max(rest_ns, 1), PURCHASE, number)
        stock.purchases = outstanding
    for supply_plan, supply in zip(plans.supplies, logistics.supplies, strict=True):
        supply.pieces = past.known.count(supply_plan.id, "Stock", supply_plan.initial)
        supply.lots = _lots(past, supply_plan.id, supply_plan.material, supply.pieces)
        supply.on_way = past.known.count(supply_plan.id, "OnTheWay") // supply_plan.kit * supply_plan.kit
        supply.short_since_ns = NOW_NS if past.known.count(supply_plan.id, "Short") else -1


def _lots(past: Past, owner: str, material: int, pieces: int) -> Lots:
    """Pieces in lots from the one in use on; the recording does not say where one ends."""
    size, made = past.run.plan.logistics.materials[material].lot, past.run.state.logistics.lots
    first = past.known.count(owner, "Lot") or made[material] + 1
    lots = [[first + at, min(size, pieces - begun)] for at, begun in enumerate(range(0, pieces, size))]
    made[material] = max(made[material], first, *(lot for lot, _ in lots)) if lots else max(made[material], first)
    return lots
