"""From complete orders to the truck: picked and shipped by the warehouse, or by handling where there is none."""

from __future__ import annotations

from collections import Counter

from twin.sim.logistics.warehouse import both, pick
from twin.sim.orders.access import orders_of
from twin.sim.orders.state import Order, OrdersState, find
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import SHIPPED, Run

NOBODY = -1


def send(run: Run, order: Order) -> None:
    """All of an order is there: it leaves, on trucks of one dock. What is in no warehouse is gone after handling."""
    plan, orders = orders_of(run)
    stored = _stored(orders, order)
    order.leaving = len(stored)
    in_warehouse = [number for number in stored if number >= 0]
    if len(in_warehouse) < len(stored):
        handling_ns = round(plan.product.planning.handling_s * NANOSECONDS)
        run.push(run.state.now_ns + handling_ns, SHIPPED, -1 - order.number)
    if in_warehouse:
        dock = quietest_dock(run)
        for number in in_warehouse:
            pick(run, number, dock, order.number)


def quietest_dock(run: Run) -> int:
    """The dock with the least to load."""
    docks = both(run)[1].docks
    return min(range(len(docks)), key=lambda number: docks[number].picking + len(docks[number].staged))


def left(run: Run, number: int) -> list[tuple[int, int]]:
    """What event SHIPPED of a number says: (order, units left) of each order; below 0, one that was in no warehouse."""
    _, orders = orders_of(run)
    if number < 0:
        order = find(orders.orders, -1 - number)
        return [(order.number, sum(stored < 0 for stored in _stored(orders, order)))] if order is not None else []
    shipment = next(each for each in both(run)[1].shipments if each.number == number)
    loaded = Counter(run.state.logistics.goods[goods].reference for goods in shipment.goods)
    return [(order_number, units) for order_number, units in loaded.items() if order_number != NOBODY]


def _stored(orders: OrdersState, order: Order) -> list[int]:
    goods = [find(orders.goods, number) for numbers in order.goods for number in numbers]
    return [one.stored for one in goods if one is not None]
