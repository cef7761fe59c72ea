"""Finished goods of a past in the order book: whose they are."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict

from twin.sim.logistics.state import PICK
from twin.sim.orders.demand import wish
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import Goods, Order, OrdersState
from twin.sim.orders.variants import variant_of
from twin.sim.past.customers import new_order
from twin.sim.past.goods import UNKNOWN
from twin.sim.past.known import NOW_NS, Past


def leave_docks(past: Past, plan: OrdersPlan, orders: OrdersState, count: int) -> list[Order]:
    """What stands at each dock, or is on its way there, is one order's that leaves; at most `count` orders."""
    leaving: list[Order] = []
    for numbers in _at_docks(past).values():
        quantity = len(numbers) // len(plan.parts)
        if not quantity or len(leaving) == count:
            continue
        channel = plan.channels[0]
        book = orders.channels[channel.index]
        order = new_order(past, plan, orders, channel, counter=book.orders, at_ns=NOW_NS - channel.promise_ns // 2)
        book.orders += 1
        order.quantity, order.leaving = quantity, quantity * len(plan.parts)
        for at in range(len(plan.parts)):
            for number in numbers[at * quantity : (at + 1) * quantity]:
                _give(orders, order, at, number)
                past.run.state.logistics.goods[number].reference = order.number
        leaving.append(order)
    return leaving


def allocate(
    past: Past, plan: OrdersPlan, orders: OrdersState, waiting: list[Order], pledged: dict[tuple[int, int], int]
) -> None:
    """Gives stored goods to the orders promised first, each of which lacks some still; the rest is free stock."""
    house = past.run.state.logistics.warehouse
    stored = list(house.stored) if house is not None else [-1] * orders.totals.stock
    for order in waiting if plan.product.planning.policy != "make_to_stock" else ():
        rooms = [order.quantity - pledged.get((order.number, at), 0) for at in range(len(plan.parts))]
        pledges = sum(rooms) < order.quantity * len(rooms)
        rooms[-1] -= not pledges  # an order that lacks nothing would have left
        for at, room in enumerate(rooms):
            for _ in range(min(room, len(stored))):
                _give(orders, order, at, stored.pop(0))
    for counter, number in enumerate(stored):
        channel, part = plan.channels[counter % len(plan.channels)], plan.parts[counter % len(plan.parts)]
        wanted = wish(plan, channel, past.run.state.seed, -1 - counter)
        goods = _goods(orders, variant_of(part, wanted.configuration), number)
        insort(orders.free, (goods.variant, goods.number))


def _at_docks(past: Past) -> dict[int, list[int]]:
    """Dock → numbers of the goods that are there or being brought."""
    house = past.run.state.logistics.warehouse
    found: dict[int, list[int]] = defaultdict(list)
    if house is not None:
        for number, dock in enumerate(house.docks):
            found[number] += dock.staged
        for row in [*house.cranes, *house.tasks]:
            if row and row[0] == PICK:
                found[row[2]].append(row[1])
    return found


def _give(orders: OrdersState, order: Order, part: int, stored: int) -> None:
    goods = _goods(orders, order.variants[part], stored)
    goods.order = order.number
    order.goods[part].append(goods.number)


def _goods(orders: OrdersState, variant: int, stored: int) -> Goods:
    goods = Goods(orders.next_goods, variant, -1, UNKNOWN, stored)
    orders.next_goods += 1
    orders.goods.append(goods)
    return goods
