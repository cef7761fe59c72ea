"""Orders from a recording: as many open ones as there were, the jobs of the units on the lines, and what is to make.

Open orders are the newest wishes of the customers' channels. Those that a line makes units for are of its variant;
those that goods are ready for lack something else; what is at a dock is one order's. Where the recording knows nothing
of orders the book opens anew, and what is on the lines is for nobody.
"""

from __future__ import annotations

from twin.sim.orders.book import open_book
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.planning import release_to
from twin.sim.orders.sequencing import insert_by_due_date
from twin.sim.orders.state import ChannelOrders, LineJobs, Need, Order, OrdersState
from twin.sim.past.customers import draw_orders
from twin.sim.past.finished import allocate, leave_docks
from twin.sim.past.jobs import restore_jobs, units_on_lines
from twin.sim.past.known import NOW_NS, Past
from twin.sim.run import ORDER

_COUNTS = ("Delivered", "OnTime", "Judged", "TurnedAway", "LateOrders", "FinishedGoods")


def restore_orders(past: Past) -> None:
    """Fills the order book."""
    plan = past.run.plan.orders
    if plan is None:
        return
    count = past.known.number(plan.product.id, "OpenOrders")
    if count is None:
        for _, unit in units_on_lines(past):
            unit.job = -1
        open_book(past.run)
        return
    orders = _empty(past, plan)
    leaving = leave_docks(past, plan, orders, round(count))
    waiting = draw_orders(past, plan, orders, round(count) - len(leaving))
    for channel in plan.channels:
        rest = channel.between.value(past.run.state.seed, orders.channels[channel.index].orders)
        past.run.push(NOW_NS + max(round(rest * past.share(channel.index)), 1), ORDER, channel.index)
    pledged = restore_jobs(past, plan, orders, waiting)
    allocate(past, plan, orders, waiting, pledged)
    _need_the_rest(plan, orders, waiting, pledged)
    for order in waiting:
        past.run.push(max(order.promised_ns, NOW_NS) + 1, ORDER, -1 - order.number)
    _release(past, plan, orders)


def _empty(past: Past, plan: OrdersPlan) -> OrdersState:
    needs: list[list[Need]] = [[] for _ in plan.parts]
    used = [[0.0] * sum(part.sizes) for part in plan.parts]
    orders = OrdersState(
        [ChannelOrders() for _ in plan.channels], [LineJobs() for _ in past.run.plan.lines], needs, used
    )
    past.run.state.orders = orders
    totals, known = orders.totals, past.known
    counts = {tag: known.count(plan.product.id, tag) for tag in _COUNTS}
    totals.delivered, totals.on_time, totals.judged = counts["Delivered"], counts["OnTime"], counts["Judged"]
    totals.late, totals.stock, totals.stock_since_ns = counts["LateOrders"], counts["FinishedGoods"], NOW_NS
    turned_away = next((channel.index for channel in plan.channels if channel.quota is not None), 0)
    orders.channels[turned_away].orders_turned_away = counts["TurnedAway"]
    return orders


def _need_the_rest(
    plan: OrdersPlan, orders: OrdersState, waiting: list[Order], pledged: dict[tuple[int, int], int]
) -> None:
    """What orders still lack is to be made, but for what is on the lines for them already."""
    to_stock = plan.product.planning.policy == "make_to_stock"
    for order in waiting:
        for part, variant in enumerate(order.variants):
            lacking = order.quantity - len(order.goods[part])
            if lacking:
                orders.short.append((variant, -order.priority, order.promised_ns, order.number))
            units = lacking - pledged.get((order.number, part), 0)
            if units > 0:
                own = -1 if to_stock else order.number
                need = Need(order.promised_ns, order.priority, own, variant, units)
                insert_by_due_date(orders.needs[part], need)
    orders.short.sort()


def _release(past: Past, plan: OrdersPlan, orders: OrdersState) -> None:
    """Jobs for as many units as each line has been given beyond the job that it is at."""
    for number, line in enumerate(past.run.plan.lines):
        needs = orders.needs[line.part] if line.part >= 0 else []
        units = past.known.count(line.id, "Released") - orders.lines[number].load if line.part >= 0 else 0
        while units > 0 and needs:
            units -= release_to(past.run, number, units)
