"""Docks: trucks come at intervals, take what is staged for their dock, and leave at their time, full or not."""

from __future__ import annotations

from twin.sim.logistics.state import Shipment
from twin.sim.logistics.warehouse import both, fill_docks, tell_dock
from twin.sim.run import SHIPPED, TRUCK, Run


def turn(run: Run, number: int) -> None:
    """A truck comes to a dock, or is late; or the one that is there leaves."""
    plan, house = both(run)
    dock, at, now = house.docks[number], plan.docks[number], run.state.now_ns
    if dock.truck:
        dock.truck = False
        _ship(run, number)
        dock.turns_ns = now + max(at.interval_ns - at.stay_ns, 1)
    elif dock.late_ns and not dock.put_off:
        dock.put_off = True
        dock.turns_ns = now + dock.late_ns
    else:
        dock.truck, dock.put_off = True, False
        dock.turns_ns = now + at.stay_ns
    run.push(dock.turns_ns, TRUCK, number)
    tell_dock(run, number)


def close(run: Run, number: int) -> Shipment:
    """Takes note of a shipment that has left: its goods are forgotten, and their numbers used again."""
    _, house = both(run)
    shipment = next(each for each in house.shipments if each.number == number)
    house.shipments.remove(shipment)
    run.state.logistics.free_goods.extend(shipment.goods)
    return shipment


def _ship(run: Run, number: int) -> None:
    plan, house = both(run)
    dock, capacity = house.docks[number], plan.docks[number].capacity
    goods = dock.staged[:capacity]
    if not goods:
        return
    del dock.staged[:capacity]
    house.shipped += 1
    dock.shipped += len(goods)
    house.shipments.append(Shipment(house.shipped, number, run.state.now_ns, goods))
    run.push(run.state.now_ns, SHIPPED, house.shipped)
    fill_docks(run)
