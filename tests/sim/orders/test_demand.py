"""Customers: what they order follows the mix and the rules, and depends on seed, channel and counter alone."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sim.orders.example import channel, layout_of, product
from twin.plant.configuration import check
from twin.sim.orders.demand import forecast, numbers, wish
from twin.sim.orders.plan import OrdersPlan, plan_orders

MANY = 4000


def planned(*channels: object) -> OrdersPlan:
    plan = plan_orders(layout_of(product(channels=list(channels)) if channels else product()))
    assert plan is not None
    return plan


def named(plan: OrdersPlan, configuration: tuple[int, ...]) -> dict[str, str]:
    options = plan.product.options
    return {option.id: option.choices[at].id for option, at in zip(options, configuration, strict=True)}


def test_nobody_gets_what_the_rules_forbid_and_the_others_follow_the_mix() -> None:
    plan = planned()
    wishes = [wish(plan, plan.channels[0], 3, counter) for counter in range(MANY)]
    wanted = [named(plan, one.configuration) for one in wishes]
    assert all(check(plan.product, configuration) == [] for configuration in wanted)
    colours = Counter((each["size"], each["colour"]) for each in wanted)
    assert colours["s", "black"] == 0
    assert colours["l", "black"] / MANY == pytest.approx(0.5 / 8, abs=0.015)
    assert colours["s", "white"] / MANY == pytest.approx(0.5 * 6 / 8, abs=0.03), "small black ones are white instead"
    assert sum(one.quantity for one in wishes) / MANY == pytest.approx(1.25, abs=0.03)
    assert all(numbers(plan, each) == one.configuration for each, one in zip(wanted, wishes, strict=True))


def test_an_order_depends_on_seed_channel_and_counter_alone() -> None:
    alone, among = planned(channel("online")), planned(channel("other"), channel("online"))
    backwards = [wish(among, among.channels[1], 3, counter) for counter in reversed(range(100))]
    assert backwards[::-1] == [wish(alone, alone.channels[0], 3, counter) for counter in range(100)]
    assert backwards[::-1] != [wish(alone, alone.channels[0], 4, counter) for counter in range(100)]


def test_a_forecast_knows_the_mix_the_rate_and_the_quota() -> None:
    plan = planned()
    daily = forecast(plan)
    for part in plan.parts:
        units = sum(amount for variant, amount in daily.items() if part.base <= variant < part.base + part.count)
        assert units == pytest.approx(1440 * 1.25 + 400, rel=0.05)
    outdoor = plan.parts[1].base
    assert daily[outdoor] == pytest.approx(1440 * 1.25 / 2 + 400, rel=0.05), "the partner takes small ones"
