"""Open orders of a past that the recording only counts: the newest wishes of all channels, as they come together."""

from __future__ import annotations

from heapq import heapify, heapreplace

from twin.sim.orders.demand import take_down, wish
from twin.sim.orders.plan import ChannelPlan, OrdersPlan
from twin.sim.orders.state import Order, OrdersState
from twin.sim.past.known import NOW_NS, Past


def draw_orders(past: Past, plan: OrdersPlan, orders: OrdersState, count: int) -> list[Order]:
    """Adds that many orders to the book, the earliest promise first; as many of them are late as the book says."""
    seed = past.run.state.seed
    heads = [(channel.between.value(seed, 0), channel.index) for channel in plan.channels]
    heapify(heads)
    drawn: list[tuple[int, ChannelPlan, int]] = []
    while len(drawn) < count:
        age_ns, index = heads[0]
        book = orders.channels[index]
        drawn.append((NOW_NS - age_ns, plan.channels[index], book.orders))
        book.orders += 1
        heapreplace(heads, (age_ns + plan.channels[index].between.value(seed, book.orders), index))
    made = [
        new_order(past, plan, orders, channel, counter=counter, at_ns=at_ns)
        for at_ns, channel, counter in reversed(drawn)
    ]
    made.sort(key=lambda order: order.promised_ns)
    for number, order in enumerate(made):
        order.late = number < orders.totals.late
        bound = min if order.late else max
        order.promised_ns = order.expected_ns = bound(order.promised_ns, NOW_NS)
    return made


def new_order(
    past: Past, plan: OrdersPlan, orders: OrdersState, channel: ChannelPlan, *, counter: int, at_ns: int
) -> Order:
    """An order of a channel, as its customer wished it, in the book."""
    wanted = wish(plan, channel, past.run.state.seed, counter)
    return take_down(plan, orders, channel, wanted, count=counter + 1, ordered_ns=at_ns)
