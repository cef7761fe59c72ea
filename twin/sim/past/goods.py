"""The warehouse and its docks from a recording: as many goods as there were, anonymous, and what the cranes do.

What is picked is what the order book has and neither cells nor docks have; other tasks of cranes put away.
"""

from __future__ import annotations

from twin.sim.logistics.plan import WarehousePlan
from twin.sim.logistics.state import ON_THE_WAY, PICK, PICKED, PUT_AWAY, STAGED, STORED, Goods, WarehouseState
from twin.sim.past.known import NOW_NS, Past
from twin.sim.run import CRANE, TRUCK

UNKNOWN = 0  # serial of goods of which nothing is known


def new_goods(past: Past, where: int, line: int = -1) -> int:
    """Anonymous goods; their number."""
    goods = past.run.state.logistics.goods
    goods.append(Goods(line, UNKNOWN, -1, -1, where, finished_ns=NOW_NS, stored_ns=NOW_NS))
    return len(goods) - 1


def goods_on_the_way(past: Past, line: int, count: int) -> list[int]:
    """Goods between their line and the warehouse, which has promised cells to them."""
    house = past.run.state.logistics.warehouse
    if house is not None:
        house.cells += count
    return [new_goods(past, ON_THE_WAY, line) for _ in range(count)]


def restore_warehouse(past: Past) -> None:
    """Fills the warehouse and its docks."""
    plan, house = past.run.plan.logistics.warehouse, past.run.state.logistics.warehouse
    if plan is None or house is None:
        return
    house.stored = [new_goods(past, STORED) for _ in range(past.known.count(plan.id, "Goods"))]
    house.cells += len(house.stored)
    for number, dock in enumerate(plan.docks):
        at = house.docks[number]
        staged = past.known.count(dock.id, "Staged") + past.known.count(dock.id, "Loaded")
        at.staged = [new_goods(past, STAGED) for _ in range(staged)]
        at.shipped = past.known.count(dock.id, "Shipped")
        turns = past.known.number(dock.id, "TruckTurns")
        at.truck = bool(past.known.count(dock.id, "Truck"))
        at.turns_ns = NOW_NS + dock.first_ns if turns is None else past.known.instant(dock.id, "TruckTurns")
        past.run.push(max(at.turns_ns, NOW_NS), TRUCK, number)
    _give_tasks(past, plan, house)


def _give_tasks(past: Past, plan: WarehousePlan, house: WarehouseState) -> None:
    """Tasks of cranes, picks spread over the docks; a crane at work is done within its cycle."""
    busy = min(past.known.count(plan.id, "CranesBusy"), plan.cranes)
    tasks = busy + past.known.count(plan.id, "CraneQueue")
    picks = min(max(_picked(past, house), 0), tasks)
    rows = []
    for number in range(tasks):
        if number >= picks:
            rows.append([PUT_AWAY, new_goods(past, ON_THE_WAY), -1])
            continue
        dock = number * len(plan.docks) // picks
        house.docks[dock].picking += 1
        rows.append([PICK, new_goods(past, PICKED), dock])
    house.cells += tasks
    for crane, row in enumerate(rows[:busy]):
        house.cranes[crane] = row
        cycle_ns = plan.cycle.value(past.run.state.seed, house.cycles)
        past.run.push(NOW_NS + max(round(cycle_ns * past.share(crane)), 1), CRANE, crane)
        house.cycles += 1
    house.tasks = rows[busy:]


def _picked(past: Past, house: WarehouseState) -> int:
    """How many goods are being picked: finished goods that are neither stored nor staged."""
    orders = past.run.plan.orders
    if orders is None or "FinishedGoods" not in orders.tags:
        return 0
    staged = sum(len(dock.staged) for dock in house.docks)
    return past.known.count(orders.product.id, "FinishedGoods") - len(house.stored) - staged
