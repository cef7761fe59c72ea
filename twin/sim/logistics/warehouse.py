"""The automated warehouse: cranes put goods away and pick them for a dock, first come, first served.

Cells are promised when a unit leaves its line, so what is on its way always finds one.
"""

from __future__ import annotations

from twin.sim.logistics.plan import WarehousePlan
from twin.sim.logistics.state import PICK, PICKED, PUT_AWAY, STAGED, STORED, Goods, WarehouseState
from twin.sim.messages import Value
from twin.sim.run import ARRIVE, CRANE, STOCKED, Run
from twin.sim.state import Unit


def new_goods(run: Run, line: int, unit: Unit) -> int:
    """A finished unit becomes goods on their way to the warehouse; their number."""
    logistics, (plan, house) = run.state.logistics, both(run)
    house.cells += 1
    run.tell(plan.id, plan.tags, {"Cells": house.cells})
    goods = Goods(line, unit.serial, unit.variant, unit.job, finished_ns=run.state.now_ns)
    if logistics.free_goods:
        number = logistics.free_goods.pop()
        logistics.goods[number] = goods
        return number
    logistics.goods.append(goods)
    return len(logistics.goods) - 1


def put_away(run: Run, goods: int) -> None:
    """Goods are at the warehouse and wait for a crane."""
    _, house = both(run)
    house.tasks.append([PUT_AWAY, goods, -1])
    start_cranes(run)


def pick(run: Run, goods: int, dock: int, reference: int) -> None:
    """Has stored goods brought to a dock; `reference` is the caller's and stays on them."""
    _, house = both(run)
    house.stored.remove(goods)
    run.state.logistics.goods[goods].where = PICKED
    run.state.logistics.goods[goods].reference = reference
    house.docks[dock].picking += 1
    house.tasks.append([PICK, goods, dock])
    start_cranes(run)


def crane_done(run: Run, crane: int) -> None:
    """A crane has finished its task."""
    _, house = both(run)
    what, number, dock = house.cranes[crane]
    house.cranes[crane] = []
    goods, now = run.state.logistics.goods[number], run.state.now_ns
    if what == PUT_AWAY:
        goods.where, goods.stored_ns = STORED, now
        house.stored.append(number)
        run.push(now, STOCKED, number)
        fill_docks(run)
    else:
        goods.where = STAGED
        house.cells -= 1
        house.docks[dock].picking -= 1
        house.docks[dock].staged.append(number)
        tell_dock(run, dock)
        for line in house.blocked:
            run.push(now, ARRIVE, run.plan.lines[line].last)
        house.blocked.clear()
    start_cranes(run)


def fill_docks(run: Run) -> None:
    """Where no orders say what trucks take, docks stage the oldest goods, each for one truck."""
    plan, house = both(run)
    if not plan.automatic:
        return
    for number, dock in enumerate(plan.docks):
        at = house.docks[number]
        while house.stored and len(at.staged) + at.picking < dock.capacity:
            pick(run, house.stored[0], number, -1)


def both(run: Run) -> tuple[WarehousePlan, WarehouseState]:
    """The plan and the state of the warehouse."""
    plan, house = run.plan.logistics.warehouse, run.state.logistics.warehouse
    if plan is None or house is None:
        raise ValueError("this plant has no warehouse")
    return plan, house


def tell_dock(run: Run, number: int) -> None:
    """Publishes what is new at a dock."""
    plan, house = both(run)
    run.tell(plan.docks[number].id, plan.docks[number].tags, dock_levels(plan, house, number))


def start_cranes(run: Run) -> None:
    """Gives cranes that have nothing to do what waits for one, as long as there are both."""
    plan, house = both(run)
    working = sum(bool(task) for task in house.cranes)
    for crane, task in enumerate(house.cranes):
        if not house.tasks or working >= len(house.cranes) - house.cranes_out:
            break
        if not task:
            house.cranes[crane] = house.tasks.pop(0)
            working += 1
            run.push(run.state.now_ns + plan.cycle.value(run.state.seed, house.cycles), CRANE, crane)
            house.cycles += 1
    run.tell(plan.id, plan.tags, warehouse_levels(house))


def warehouse_levels(house: WarehouseState) -> dict[str, Value]:
    """Everything that the warehouse's tags say."""
    busy = sum(bool(task) for task in house.cranes)
    return {"Goods": len(house.stored), "Cells": house.cells, "CraneQueue": len(house.tasks), "CranesBusy": busy}


def dock_levels(plan: WarehousePlan, house: WarehouseState, number: int) -> dict[str, Value]:
    """Everything that a dock's tags say; `TruckTurns` is when a truck next comes or goes."""
    dock = house.docks[number]
    loaded = min(len(dock.staged), plan.docks[number].capacity) if dock.truck else 0
    return {
        "Truck": dock.truck,
        "Loaded": loaded,
        "Staged": len(dock.staged) - loaded,
        "TruckTurns": dock.turns_ns,
        "Shipped": dock.shipped,
    }
