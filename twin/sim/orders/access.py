"""The plan and the state of orders in a run, for functions that are only called where a plant has a product."""

from __future__ import annotations

from twin.errors import SimulationError
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import OrdersState
from twin.sim.run import Run


def orders_of(run: Run) -> tuple[OrdersPlan, OrdersState]:
    """What a plant makes for whom, and how far that is. Raises SimulationError where it has no product."""
    if run.plan.orders is None or run.state.orders is None:
        raise SimulationError("This plant takes no orders: give its layout a product.")
    return run.plan.orders, run.state.orders
