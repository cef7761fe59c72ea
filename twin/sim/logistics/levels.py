"""What is so now in stores, at stations, with vehicles, in the warehouse, at docks: all kernel tags of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from twin.sim.logistics.stores import stock_levels
from twin.sim.logistics.supplies import supply_levels
from twin.sim.logistics.vehicles import vehicle_levels
from twin.sim.logistics.warehouse import dock_levels, warehouse_levels
from twin.sim.messages import Value
from twin.sim.run import Run


def logistics_levels(run: Run) -> Iterator[tuple[str, frozenset[str], dict[str, Value]]]:
    """For each owner of tags: its id, the tags that the layout gives it, and everything that could be said."""
    plans, logistics = run.plan.logistics, run.state.logistics
    for fleet in plans.fleets:
        for number, vehicle in enumerate(fleet.ids, fleet.first):
            yield vehicle, fleet.tags, vehicle_levels(run, number)
    for stock, holds in zip(plans.stocks, logistics.stocks, strict=True):
        yield stock.id, stock.tags, stock_levels(holds)
    for supply, has in zip(plans.supplies, logistics.supplies, strict=True):
        yield supply.id, supply.tags, supply_levels(has)
    if plans.warehouse is not None and logistics.warehouse is not None:
        yield plans.warehouse.id, plans.warehouse.tags, warehouse_levels(logistics.warehouse)
        for number, dock in enumerate(plans.warehouse.docks):
            yield dock.id, dock.tags, dock_levels(plans.warehouse, logistics.warehouse, number)
