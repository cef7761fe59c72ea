"""The order book: customers' orders, the finished units allocated to them, and what has left.

A unit made to order goes to its order; any other, and stock, to the order of the highest priority and the oldest first
promise that lacks such a variant. Indoor and outdoor unit are matched here and nowhere before: an order leaves when it
has all units of all parts.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import datetime

from twin.sim.messages import OrderRecord
from twin.sim.orders.access import note, order_id, orders_of, tell_book
from twin.sim.orders.delivery import left, send
from twin.sim.orders.demand import Wish, forecast, take_down, wish
from twin.sim.orders.plan import ChannelPlan, OrdersPlan
from twin.sim.orders.planning import require
from twin.sim.orders.state import ChannelOrders, Goods, LineJobs, Need, Order, OrdersState, drop, find
from twin.sim.orders.totals import count_delivered, count_late, count_stock
from twin.sim.orders.variants import part_of
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import ORDER, Run
from twin.sim.transport import serial_number

_HOUR_NS = 3600 * NANOSECONDS
_DAY_NS = 24 * _HOUR_NS


def open_book(run: Run) -> None:
    """Starts taking orders. Who makes to stock opens with the stock that the forecast asks for."""
    plan, state = run.plan.orders, run.state
    if plan is None:
        return
    lines = [LineJobs() for _ in run.plan.lines]
    needs: list[list[Need]] = [[] for _ in plan.parts]
    used = [[0.0] * sum(part.sizes) for part in plan.parts]
    state.orders = OrdersState([ChannelOrders() for _ in plan.channels], lines, needs, used)
    for channel in plan.channels:
        after_ns = _take_backlog(run, plan, state.orders, channel)
        _expect(run, channel, after_ns)
    if plan.product.planning.policy == "make_to_stock":
        for variant, daily in sorted(forecast(plan).items()):
            for _ in range(round(daily * plan.product.planning.stock_days)):
                put_in_stock(run, Goods(0, variant, -1, 0))


def _take_backlog(run: Run, plan: OrdersPlan, orders: OrdersState, channel: ChannelPlan) -> int:
    """Takes all orders of before the book opened; how long after that the next one comes, ns."""
    seed, book = run.state.seed, orders.channels[channel.index]
    at_ns = -round(plan.product.planning.backlog_s * NANOSECONDS)
    while (at_ns := at_ns + channel.between.value(seed, book.orders)) <= 0:
        wanted = wish(plan, channel, seed, book.orders)
        book.orders += 1
        book.units += wanted.quantity
        _take(run, plan, orders, channel, wanted)
    return at_ns


def order_event(run: Run, number: int) -> None:
    """A customer of a channel orders; or, below 0, the first promise to an order has passed."""
    plan, orders = orders_of(run)
    if number >= 0:
        if orders.channels[number].due_ns == run.state.now_ns:
            _arrive(run, plan, orders, plan.channels[number])
    elif (order := find(orders.orders, -1 - number)) is not None:
        _pass_promise(run, orders, order)


def set_demand(run: Run, channel: int, *, demand: float | None = None, surge: float | None = None) -> None:
    """Changes how often a channel orders, from now on; what is ordered stays the same, order by order.

    Intervals are those of before divided by the product of both factors, as is what is left of the present one.
    """
    plan, orders = orders_of(run)
    book, now = orders.channels[channel], run.state.now_ns
    before = book.demand * book.surge
    book.demand = book.demand if demand is None else demand
    book.surge = book.surge if surge is None else surge
    if book.demand * book.surge != before:
        _expect(run, plan.channels[channel], round((book.due_ns - now) * before))


def put_in_stock(run: Run, goods: Goods, own: int = -1) -> None:
    """A finished unit is in stock; `own` is the order it was made for. It gets its number here."""
    _, orders = orders_of(run)
    goods.number = orders.next_goods
    orders.next_goods += 1
    orders.goods.append(goods)
    count_stock(orders.totals, run.state.now_ns, 1)
    order = find(orders.orders, own)
    if order is None or _lacks(run, order, goods.variant) == 0:
        at = bisect_left(orders.short, (goods.variant,))
        wanted = at < len(orders.short) and orders.short[at][0] == goods.variant
        order = find(orders.orders, orders.short[at][3]) if wanted else None
    if order is None:
        insort(orders.free, (goods.variant, goods.number))
    else:
        _allocate(run, order, goods)
    tell_book(run)


def shipped(run: Run, number: int) -> None:
    """Goods have left; orders of which all has left are delivered."""
    _, orders = orders_of(run)
    for order_number, units in left(run, number):
        order = find(orders.orders, order_number)
        if order is None:
            continue
        count_stock(orders.totals, run.state.now_ns, -units)
        order.leaving -= units
        if order.leaving == 0:
            _deliver(run, orders, order)


def _expect(run: Run, channel: ChannelPlan, after_ns: int) -> None:
    """The next order of a channel comes after so long at its usual demand."""
    book = orders_of(run)[1].channels[channel.index]
    book.due_ns = run.state.now_ns + round(after_ns / (book.demand * book.surge))
    run.push(book.due_ns, ORDER, channel.index)


def _arrive(run: Run, plan: OrdersPlan, orders: OrdersState, channel: ChannelPlan) -> None:
    now, seed, book = run.state.now_ns, run.state.seed, orders.channels[channel.index]
    wanted = wish(plan, channel, seed, book.orders)
    book.orders += 1
    book.units += wanted.quantity
    _expect(run, channel, channel.between.value(seed, book.orders))
    day = datetime.fromtimestamp((run.state.epoch_ns + now) // NANOSECONDS, plan.zone).toordinal()
    if day != book.day:
        book.day, book.units_today = day, 0
    if channel.quota is not None and book.units_today + wanted.quantity > channel.quota:
        book.orders_turned_away += 1
        book.units_turned_away += wanted.quantity
        note(run, "order_turned_away", 200, f"{channel.id}: {wanted.quantity} units are beyond today's quota")
        return
    book.units_today += wanted.quantity
    _take(run, plan, orders, channel, wanted)


def _take(run: Run, plan: OrdersPlan, orders: OrdersState, channel: ChannelPlan, wanted: Wish) -> None:
    """Takes an order: what is in stock is its own, and the rest is to be made."""
    count = orders.channels[channel.index].orders
    order = take_down(plan, orders, channel, wanted, count=count, ordered_ns=run.state.now_ns)
    run.push(order.promised_ns + 1, ORDER, -1 - order.number)
    within_h = channel.promise_ns / _HOUR_NS
    note(run, "order", 50, f"{order_id(plan, order)}: {order.quantity} units, promised within {within_h:g} h")
    for variant in order.variants:
        insort(orders.short, (variant, -order.priority, order.promised_ns, order.number))
    for variant in order.variants:
        _serve_from_stock(run, orders, order, variant)
    for variant in order.variants:
        if order.leaving < 0 or plan.product.planning.policy == "make_to_stock":
            _plan_making(run, plan, order, variant)


def _serve_from_stock(run: Run, orders: OrdersState, order: Order, variant: int) -> None:
    while _lacks(run, order, variant):
        at = bisect_left(orders.free, (variant,))
        if at == len(orders.free) or orders.free[at][0] != variant:
            return
        goods = find(orders.goods, orders.free.pop(at)[1])
        if goods is not None:
            _allocate(run, order, goods)


def _plan_making(run: Run, plan: OrdersPlan, order: Order, variant: int) -> None:
    """To order what stock lacks; to stock all of it, by when the stock would run out, or has."""
    lacking = _lacks(run, order, variant)
    if plan.product.planning.policy != "make_to_stock":
        if lacking:
            require(run, Need(order.promised_ns, order.priority, order.number, variant, lacking))
        return
    covered_ns = order.ordered_ns + round(plan.product.planning.stock_days * _DAY_NS)
    due_ns = order.promised_ns if lacking else covered_ns
    require(run, Need(due_ns, order.priority, -1, variant, order.quantity))


def _lacks(run: Run, order: Order, variant: int) -> int:
    """Units of a variant that an order still lacks."""
    if variant not in order.variants:
        return 0
    return order.quantity - len(order.goods[order.variants.index(variant)])


def _allocate(run: Run, order: Order, goods: Goods) -> None:
    plan, orders = orders_of(run)
    goods.order = order.number
    order.goods[part_of(plan, goods.variant).index].append(goods.number)
    if _lacks(run, order, goods.variant) == 0:
        entry = (goods.variant, -order.priority, order.promised_ns, order.number)
        del orders.short[bisect_left(orders.short, entry)]
    if all(len(numbers) == order.quantity for numbers in order.goods):
        note(run, "order_complete", 50, f"{order_id(plan, order)} is complete")
        send(run, order)


def _pass_promise(run: Run, orders: OrdersState, order: Order) -> None:
    """The first promise is broken: judged by it for ever, the order gets a new one, after what lies before it."""
    plan, now = orders_of(run)[0], run.state.now_ns
    count_late(orders.totals, order)
    orders.channels[order.channel].late += 1
    order.expected_ns = now + _outlook_ns(run, plan, orders, order)
    again_h = (order.expected_ns - now) / _HOUR_NS
    note(run, "order_late", 500, f"{order_id(plan, order)} misses its promise; promised again in {again_h:.1f} h")


def _outlook_ns(run: Run, plan: OrdersPlan, orders: OrdersState, order: Order) -> int:
    """How long it takes to make what is to be made before an order, at the pace so far (an estimate)."""
    longest_ns = round(plan.product.planning.handling_s * NANOSECONDS)
    for part in plan.parts:
        before = sum(need.units for need in orders.needs[part.index] if need.due_ns <= order.promised_ns)
        before += sum(orders.lines[line].load for line in part.lines)
        made = sum(run.state.lines[line].finished for line in part.lines)
        longest_ns = max(longest_ns, before * run.state.now_ns // max(made, 1))
    return longest_ns


def _deliver(run: Run, orders: OrdersState, order: Order) -> None:
    plan, now = orders_of(run)[0], run.state.now_ns
    count_delivered(orders.totals, order, now)
    orders.channels[order.channel].delivered += 1
    if run.out is not None:
        run.out.append(_record(run, plan, orders, order))
    for number in (number for numbers in order.goods for number in numbers):
        drop(orders.goods, number)
    drop(orders.orders, order.number)
    note(run, "order_shipped", 50, f"{order_id(plan, order)} has left")


def _record(run: Run, plan: OrdersPlan, orders: OrdersState, order: Order) -> OrderRecord:
    options = plan.product.options
    chosen = tuple((option.id, option.choices[at].id) for option, at in zip(options, order.configuration, strict=True))
    items = tuple(zip(*([_serial(run, orders, number) for number in numbers] for numbers in order.goods), strict=True))
    channel = plan.channels[order.channel].id
    return OrderRecord(
        run.state.now_ns, order_id(plan, order), channel, chosen, order.ordered_ns, order.promised_ns, items
    )


def _serial(run: Run, orders: OrdersState, number: int) -> str:
    goods = find(orders.goods, number)
    return serial_number(run.plan.lines[goods.line], goods.serial) if goods is not None else ""
