"""From order to truck: what must add up whatever the policy, and that customers do not change with it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.sim.lines import HOUR_NS, deterministic, exponential
from tests.sim.orders.example import channel, layout_of, line, product, run_for
from twin.plant.layout import Layout
from twin.sim.comparison import POLICIES
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Incident, Message, OrderRecord, UnitRecord
from twin.sim.orders.plan import plan_orders
from twin.sim.orders.state import OrdersState
from twin.sim.orders.variants import part_of
from twin.sim.plan import Plan, plan_plant
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState, Unit


def planned(policy: str, **changes: Any) -> Layout:
    return layout_of(product(planning={"policy": policy, "handling_s": 600.0}, **changes))


def on_the_lines(state: PlantState) -> list[Unit]:
    return [
        unit
        for station in state.stations
        for unit in (*station.units, *station.queue, *station.returning)
    ]  # fmt: skip


@pytest.mark.parametrize("policy", POLICIES)
def test_orders_jobs_units_and_goods_add_up(policy: str) -> None:
    plan, state, orders = run_for(planned(policy), 7.3)
    arrived = sum(each.orders for each in orders.channels)
    turned_away = sum(each.orders_turned_away for each in orders.channels)
    assert arrived == orders.totals.delivered + len(orders.orders) + turned_away
    assert arrived > 300
    units_of_jobs_add_up(state, orders)
    assert orders.totals.stock == len(orders.goods)
    assert {goods.number for goods in orders.goods if goods.order < 0} == {number for _, number in orders.free}
    for order in orders.orders:
        mine = [goods for goods in orders.goods if goods.order == order.number]
        assert sorted(goods.number for goods in mine) == sorted(n for numbers in order.goods for n in numbers)
        assert {goods.variant for goods in mine} <= set(order.variants)
        assert all(len(numbers) <= order.quantity for numbers in order.goods)
    assert plan.orders is not None
    lacking = [
        (variant, -order.priority, order.promised_ns, order.number)
        for order in orders.orders
        for variant in order.variants
        if len(order.goods[part_of(plan.orders, variant).index]) < order.quantity
    ]
    assert orders.short == sorted(lacking)


def units_of_jobs_add_up(state: PlantState, orders: OrdersState) -> None:
    """Every unit belongs to one job; a job makes its quantity, and one more for each that is scrapped."""
    units = on_the_lines(state)
    for job in orders.jobs:
        here = sum(unit.job == job.number for unit in units)
        assert job.started == job.finished + job.scrapped + here
        assert 0 <= job.started <= job.quantity + job.scrapped
        assert job.finished <= job.quantity
    assert {unit.job for unit in units} <= {job.number for job in orders.jobs}
    for at in orders.lines:
        left = [job for job in orders.jobs if job.number in at.queue]
        assert at.load == sum(job.remaining for job in left)
        assert all(job.remaining > 0 for job in left)


@pytest.mark.parametrize("policy", POLICIES[1:])
def test_what_is_made_to_order_and_what_is_ordered_balance(policy: str) -> None:
    """Units wanted of open orders = needs + jobs to start + on the lines + allocated, for each part."""
    plan, state, orders = run_for(planned(policy), 5.0)
    assert plan.orders is not None
    wanted = sum(order.quantity for order in orders.orders if order.leaving < 0)
    held = {order.number: order for order in orders.orders if order.leaving < 0}
    for part in plan.orders.parts:
        variants = range(part.base, part.base + part.count)
        coming = sum(need.units for need in orders.needs[part.index])
        coming += sum(orders.lines[number].load for number in part.lines)
        coming += sum(unit.variant in variants for unit in on_the_lines(state))
        assert wanted == coming + sum(len(order.goods[part.index]) for order in held.values())


def arrivals(layout: Layout, hours: int) -> list[tuple[int, str]]:
    plan = plan_plant(layout)
    told = advance(plan, start_plant(plan, 9), hours * HOUR_NS)
    kinds = {"order", "order_turned_away"}
    return [(one.time_ns, one.message) for one in told if isinstance(one, Incident) and one.kind in kinds]


def test_customers_order_the_same_whatever_the_policy() -> None:
    demands = [arrivals(planned(policy), 6) for policy in POLICIES]
    assert len(demands[0]) > 300
    assert all(demand == demands[0] for demand in demands)


def test_a_partner_is_turned_away_beyond_its_quota_and_only_until_midnight() -> None:
    partner = channel("partner", between=deterministic(3600.0), quantity={"30": 1}, quota=100)
    _, _, orders = run_for(layout_of(product(channels=[partner])), 48.5)
    book = orders.channels[0]
    assert (book.orders, book.units) == (48, 48 * 30)
    taken = book.orders - book.orders_turned_away
    assert taken == 3 + 3 + 1, "three a day, and the one at the third midnight"
    assert book.units_turned_away == book.orders_turned_away * 30


@pytest.mark.parametrize("policy", POLICIES)
def test_saved_restored_and_forked_an_order_book_lives_on_as_if_never_stopped(policy: str) -> None:
    layout = planned(policy)
    plan = plan_plant(layout)
    state = start_plant(plan, 4)
    advance(plan, state, 2 * HOUR_NS)
    restored = restore_state(layout, save_state(layout, state))
    assert restored == state
    fork = copy.deepcopy(state)
    told = advance(plan, state, 4 * HOUR_NS)
    assert advance(plan, restored, 4 * HOUR_NS) == told
    assert advance(plan_plant(layout), fork, 4 * HOUR_NS) == told
    assert restored == state == fork
    assert any(isinstance(one, OrderRecord) for one in told)


def test_the_first_promise_is_kept_for_judging_and_a_new_one_is_given() -> None:
    slow = [line(each, cycle=deterministic(400.0)) for each in ("in1", "in2", "out1", "out2")]
    _, state, orders = run_for(layout_of(lines=slow), 12)
    late = [order for order in orders.orders if order.late]
    assert late
    assert len(late) == orders.totals.late
    for order in orders.orders:
        assert order.late == (order.promised_ns < state.now_ns)
        assert (order.expected_ns > order.promised_ns) == order.late
    assert orders.totals.on_time < orders.totals.judged


def messages_of(layout: Layout, hours: int, seed: int = 2) -> tuple[Plan, list[Message]]:
    plan = plan_plant(layout)
    return plan, advance(plan, start_plant(plan, seed), hours * HOUR_NS)


def test_indoor_and_outdoor_unit_are_matched_when_the_order_leaves() -> None:
    _, told = messages_of(planned("due_date"), 6)
    made = {record.serial: record for record in told if isinstance(record, UnitRecord)}
    left = [record for record in told if isinstance(record, OrderRecord)]
    assert len(left) > 200
    serials = [serial for record in left for item in record.items for serial in item]
    assert len(serials) == len(set(serials)), "nothing is sold twice"
    for record in left:
        wanted = dict(record.configuration)
        for item in record.items:
            assert [made[serial].part for serial in item] == ["in", "out"]
            assert all(made[serial].good and made[serial].order == record.order for serial in item)
            assert all(wanted[option] == choice for serial in item for option, choice in made[serial].configuration)
        assert record.time_ns == max(made[s].time_ns for item in record.items for s in item) + 600 * 10**9


def test_who_makes_to_stock_opens_with_what_the_forecast_asks_for() -> None:
    plan = plan_plant(planned("make_to_stock"))
    orders = start_plant(plan, 1).orders
    assert orders is not None
    assert plan.orders is not None
    daily = 1440 * 1.25 + min(48 * 20, 400)  # online: 60 s, one or two; the partner's quota
    for part in plan.orders.parts:
        stocked = sum(goods.variant in range(part.base, part.base + part.count) for goods in orders.goods)
        assert stocked == pytest.approx(daily, rel=0.05)


def test_memory_is_bounded() -> None:
    """What is done leaves the state: ten times as long a run leaves no larger one."""
    layout = planned("due_date")
    short, long = (len(save_state(layout, run_for(layout, hours)[1])) for hours in (6, 60))
    assert long < 1.3 * short


def test_a_layout_without_a_product_takes_no_orders() -> None:
    layout = layout_of().model_copy(update={"product": None})
    plan = plan_plant(layout)
    assert plan_orders(layout) is None
    assert start_plant(plan, 1).orders is None


def test_lines_with_little_to_do_share_it_evenly() -> None:
    channels = [channel("online", between=exponential(600.0), quantity={"1": 1})]
    _, _, orders = run_for(layout_of(product(channels=channels)), 48)
    for pair in ((0, 1), (2, 3)):
        started = [orders.lines[number].started for number in pair]
        assert sum(started) > 200
        assert abs(started[0] - started[1]) <= 2
