"""Orders in a run: plan and state, for functions only called where there is a product; and what there is to say."""

from __future__ import annotations

from twin.errors import SimulationError
from twin.sim.messages import Incident
from twin.sim.orders.levels import book_levels, line_levels
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import Order, OrdersState
from twin.sim.run import Run


def orders_of(run: Run) -> tuple[OrdersPlan, OrdersState]:
    """What a plant makes for whom, and how far that is. Raises SimulationError where it has no product."""
    if run.plan.orders is None or run.state.orders is None:
        raise SimulationError("This plant takes no orders: give its layout a product.")
    return run.plan.orders, run.state.orders


def note(run: Run, kind: str, severity: int, message: str) -> None:
    """Something has happened to an order: an event, and new values of the order book's tags."""
    if run.out is not None:
        plan, _ = orders_of(run)
        run.out.append(Incident(run.state.now_ns, plan.product.id, kind, severity, message))
        tell_book(run)


def tell_book(run: Run) -> None:
    """Publishes the order book's tags."""
    if run.out is not None:
        plan, orders = orders_of(run)
        run.tell(plan.product.id, plan.tags, book_levels(orders))


def tell_line(run: Run, number: int) -> None:
    """Publishes the tags of a line that makes a part."""
    if run.out is not None:
        line = run.plan.lines[number]
        run.tell(line.id, line.tags, line_levels(*orders_of(run), number))


def order_id(plan: OrdersPlan, order: Order) -> str:
    """An order as people call it: channel and number within it."""
    return f"{plan.channels[order.channel].id}-{order.count:06d}"
