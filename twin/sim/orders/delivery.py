"""From complete orders to the truck: picked and shipped by the warehouse, or by handling where there is none."""

from __future__ import annotations

from twin.sim.orders.access import orders_of
from twin.sim.orders.state import Order, OrdersState, find
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import SHIPPED, Run


def send(run: Run, order: Order) -> None:
    """All of an order is there: it leaves. What is in no warehouse is gone after the handling time."""
    plan, orders = orders_of(run)
    order.leaving = sum(map(len, order.goods))
    if any(stored < 0 for stored in _stored(orders, order)):
        handling_ns = round(plan.product.planning.handling_s * NANOSECONDS)
        run.push(run.state.now_ns + handling_ns, SHIPPED, -1 - order.number)


def left(run: Run, number: int) -> list[tuple[int, int]]:
    """What event SHIPPED of a number says: (order, units left) of each order; below 0, one that was in no warehouse."""
    _, orders = orders_of(run)
    if number < 0 and (order := find(orders.orders, -1 - number)) is not None:
        return [(order.number, sum(stored < 0 for stored in _stored(orders, order)))]
    return []


def _stored(orders: OrdersState, order: Order) -> list[int]:
    goods = [find(orders.goods, number) for numbers in order.goods for number in numbers]
    return [one.stored for one in goods if one is not None]
