"""Demand: the orders of a channel, pure functions of (seed, channel, counter), which no policy changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twin.plant.configuration import corrected
from twin.sim.orders.plan import ChannelPlan, OrdersPlan
from twin.sim.orders.state import Order, OrdersState
from twin.sim.orders.variants import variant_of

_HISTORY = 2048  # orders of each channel that a forecast is made from
_HISTORY_SEED = -1
_DAY_NS = 86_400 * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer orders: product units of one configuration, a choice for each option."""

    quantity: int
    configuration: tuple[int, ...]


def wish(plan: OrdersPlan, channel: ChannelPlan, seed: int, counter: int) -> Wish:
    """The order number `counter` of a channel, its configuration drawn from the mix and corrected by the rules."""
    options = plan.product.options
    drawn = {
        option.id: option.choices[draw.value(seed, counter)].id
        for option, draw in zip(options, channel.choices, strict=True)
    }
    return Wish(channel.quantity.value(seed, counter), numbers(plan, corrected(plan.product, drawn)))


def take_down(
    plan: OrdersPlan, orders: OrdersState, channel: ChannelPlan, wanted: Wish, *, count: int, ordered_ns: int
) -> Order:
    """A wish as an order in the book, promised from when it was ordered; `count` is its number within its channel."""
    promised_ns = ordered_ns + channel.promise_ns
    order = Order(
        number=orders.next_order,
        channel=channel.index,
        count=count,
        configuration=list(wanted.configuration),
        quantity=wanted.quantity,
        ordered_ns=ordered_ns,
        promised_ns=promised_ns,
        expected_ns=promised_ns,
        priority=channel.priority,
        variants=[variant_of(part, wanted.configuration) for part in plan.parts],
        goods=[[] for _ in plan.parts],
    )
    orders.next_order += 1
    orders.orders.append(order)
    return order


def numbers(plan: OrdersPlan, configuration: Mapping[str, str]) -> tuple[int, ...]:
    """A configuration by numbers of choices."""
    return tuple(
        [choice.id for choice in option.choices].index(configuration[option.id]) for option in plan.product.options
    )


def forecast(plan: OrdersPlan) -> dict[int, float]:
    """Variant → product units a day, from a history of orders that is the same for every seed.

    Of a channel with a quota no more than that is expected; what of it is lost through whole orders is not.
    """
    daily: dict[int, float] = {}
    for channel in plan.channels:
        wishes = [wish(plan, channel, _HISTORY_SEED, counter) for counter in range(_HISTORY)]
        lasted_ns = sum(channel.between.value(_HISTORY_SEED, counter) for counter in range(_HISTORY))
        units = sum(one.quantity for one in wishes)
        a_day = units * _DAY_NS / lasted_ns
        share = (a_day if channel.quota is None else min(a_day, channel.quota)) / units
        for one in wishes:
            for part in plan.parts:
                variant = variant_of(part, one.configuration)
                daily[variant] = daily.get(variant, 0.0) + one.quantity * share
    return daily
