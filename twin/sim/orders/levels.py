"""What the tags of lines and of the order book say."""

from __future__ import annotations

from twin.sim.messages import Value
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import OrdersState, find
from twin.sim.orders.variants import configuration_of, part_of


def line_levels(plan: OrdersPlan, orders: OrdersState, number: int) -> dict[str, Value]:
    """Everything that the tags of a line that makes a part say, after the newest unit that it has started.

    `Remaining` is what that unit's job has yet to start, `Released` what all jobs on the line have.
    """
    line = orders.lines[number]
    values: dict[str, Value] = {"Released": line.load}
    if line.variant >= 0:
        job = find(orders.jobs, line.job)
        values["JobOrder"] = line.job
        values["Variant"] = "/".join(configuration_of(plan, line.variant).values())
        values["Revision"] = part_of(plan, line.variant).revisions[line.revision].id
        values["Remaining"] = job.remaining if job is not None else 0
    return values


def book_levels(orders: OrdersState) -> dict[str, Value]:
    """Everything that the tags of the order book say. `OnTime` and `Judged` are orders, by their first promise."""
    totals = orders.totals
    return {
        "OpenOrders": len(orders.orders),
        "LateOrders": totals.late,
        "FinishedGoods": totals.stock,
        "Delivered": totals.delivered,
        "OnTime": totals.on_time,
        "Judged": totals.judged,
        "TurnedAway": sum(channel.orders_turned_away for channel in orders.channels),
    }
