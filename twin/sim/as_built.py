"""A run that leaves its records in a file: every unit as built, every order that has left, one JSON line each."""

from __future__ import annotations

from typing import TextIO

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import OrderRecord, UnitRecord
from twin.sim.orders.records import as_json
from twin.sim.plan import plan_plant
from twin.sim.randomness import NANOSECONDS

_STEP_NS = 600 * NANOSECONDS


def write_records(layout: Layout, hours: float, seed: int, out: TextIO) -> tuple[int, int]:
    """Runs a plant for `hours` and writes its records in order of time; how many of units and of orders.

    Raises:
        SimulationError: if the layout has no product.
    """
    if layout.product is None:
        raise SimulationError(f"Layout {layout.id!r} has no product and so no as-built records: give it one.")
    plan, until_ns = plan_plant(layout), round(hours * 3600 * NANOSECONDS)
    state = start_plant(plan, seed)
    units = orders = 0
    while state.now_ns < until_ns:
        for message in advance(plan, state, min(state.now_ns + _STEP_NS, until_ns)):
            if isinstance(message, UnitRecord | OrderRecord):
                units += isinstance(message, UnitRecord)
                orders += isinstance(message, OrderRecord)
                out.write(as_json(message) + "\n")
    return units, orders
