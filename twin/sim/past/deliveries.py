"""Transport orders from a recording: who brings what; kits that nobody brings are ordered anew, so that none is lost.

A load on a vehicle says what it is, and the end of its way for whom. An empty vehicle that goes to a bay fetches
something that is called from there. Of what stands at the ends of lines only the full loads are known to be called.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.sim.logistics.fleets import assign
from twin.sim.logistics.lots import next_lot
from twin.sim.logistics.state import KIT, LOAD, TransportOrder
from twin.sim.logistics.stores import reorder, room
from twin.sim.logistics.supplies import call_kits
from twin.sim.logistics.vehicles import load_of
from twin.sim.past.goods import goods_on_the_way
from twin.sim.past.known import NOW_NS, Past
from twin.sim.past.traffic import set_going
from twin.sim.past.vehicles import Seen, restore_vehicles


@dataclass(slots=True)
class _Task:
    """Something that a fleet brings; `left` is how many times nobody is known to be about it yet."""

    kind: int
    what: int
    source: int
    target: int
    load: str
    left: int

    def order(self, number: int = 0) -> TransportOrder:
        return TransportOrder(number, self.kind, self.what, self.source, self.target, NOW_NS)


def restore_deliveries(past: Past) -> None:
    """Gives all vehicles of all fleets their tasks, sets them going, and has everything brought that was called."""
    plans = past.run.plan.logistics
    pools = [_restore_fleet(past, fleet) for fleet in range(len(plans.fleets))]
    for line, output in enumerate(plans.outputs):
        if output is not None and output.fleet >= 0:
            put_at_end(past, line, past.run.state.lines[line].finished * output.pieces % output.load)
    for fleet, tasks in enumerate(pools):
        _call_full_loads(past, fleet, tasks)
    for number in range(len(plans.supplies)):
        call_kits(past.run, number)  # where nothing was known, so that nobody waits for what nobody has called
    for number in range(len(plans.stocks)):
        reorder(past.run, number)


def _restore_fleet(past: Past, fleet: int) -> list[_Task]:
    seen, tasks = restore_vehicles(past, fleet), _tasks(past, fleet)
    for one in sorted(seen, key=lambda each: (not each.load, not each.bays)):
        _give_task(past, fleet, one, tasks)
    state = past.run.state.logistics.fleets[fleet]
    state.called = max([one.order_number for one in seen], default=0)
    for task in (one.task for one in seen if one.task is not None and not one.task.number):
        state.called += 1
        task.number = state.called
    _order_anew(past, fleet, tasks)
    set_going(past, fleet, seen)
    if state.orders and not any(one.task for one in seen):
        assign(past.run, fleet)  # nobody's end of a task will
    return tasks


def _tasks(past: Past, fleet: int) -> list[_Task]:
    plans, tasks = past.run.plan.logistics, []
    for number, (plan, supply) in enumerate(zip(plans.supplies, past.run.state.logistics.supplies, strict=True)):
        if plan.fleet == fleet:
            load = plans.materials[plan.material].id
            tasks.append(_Task(KIT, number, plan.source, plan.target, load, supply.on_way // plan.kit))
    for line, output in enumerate(plans.outputs):
        if output is not None and output.fleet == fleet:
            task = _Task(LOAD, line, output.source, output.target, "", output.limit // output.load)
            task.load = load_of(past.run, task.order())
            tasks.append(task)
    return tasks


def _give_task(past: Past, fleet: int, seen: Seen, tasks: list[_Task]) -> None:
    task = _carried(past, seen, tasks) if seen.load else _fetched(past, fleet, seen, tasks)
    if task is None:
        return
    seen.task, seen.loaded = task.order(seen.order_number), bool(seen.load)
    if task.kind == KIT:
        if task.left > 0:
            task.left -= 1
        else:
            past.run.state.logistics.supplies[task.what].on_way += past.run.plan.logistics.supplies[task.what].kit
        _put_kit(past, seen.task)
    elif seen.loaded:
        _put_load(past, seen.task)
    else:
        task.left -= 1
        _call_load(past, task.what)


def _carried(past: Past, seen: Seen, tasks: list[_Task]) -> _Task | None:
    """The task of a vehicle that has loaded: it is where that goes, or where it came from, or on its way."""
    possible = [task for task in tasks if task.load == seen.load]
    ends = [task for task in possible if task.target in seen.bays]
    starts = [task for task in possible if task.source in seen.bays]
    possible = ends or starts or possible
    return max(possible, key=lambda task: task.left, default=None)


def _fetched(past: Past, fleet: int, seen: Seen, tasks: list[_Task]) -> _Task | None:
    """The task of an empty vehicle: it goes to where that comes from, or stands there loading."""
    plan, vehicle = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.vehicles[seen.number]
    if "Order" in plan.tags:
        if not seen.order:
            return None
    elif vehicle.bay >= 0 and vehicle.arrives_ns + plan.handling_ns < NOW_NS:
        return None
    open_tasks = [task for task in tasks if task.left > 0]
    here = [task for task in open_tasks if task.source in seen.bays]
    anywhere = open_tasks if seen.order and not any(not plan.bays[bay].depot for bay in seen.bays) else []
    return max(here or anywhere, key=lambda task: task.left, default=None)


def _order_anew(past: Past, fleet: int, tasks: list[_Task]) -> None:
    """Kits that are called and that nobody brings: those in stock have left it for the fleet, the rest wait for it."""
    plans, logistics = past.run.plan.logistics, past.run.state.logistics
    for task in (task for task in tasks if task.kind == KIT):
        plan = plans.supplies[task.what]
        for _ in range(task.left):
            if logistics.stocks[plan.stock].pieces >= plan.kit:
                order = _numbered(past, fleet, task)
                _put_kit(past, order)
            else:
                logistics.stocks[plan.stock].requests.append(task.what)


def _numbered(past: Past, fleet: int, task: _Task) -> TransportOrder:
    state = past.run.state.logistics.fleets[fleet]
    state.called += 1
    order = task.order(state.called)
    state.orders.append(order)
    return order


def _put_kit(past: Past, order: TransportOrder) -> None:
    """A kit is of the lot that its store gives out, or of a new one."""
    plan = past.run.plan.logistics.supplies[order.what]
    lots = past.run.state.logistics.stocks[plan.stock].lots
    order.lots = [[lots[0][0] if lots else next_lot(past.run, plan.material), plan.kit]]


def _put_load(past: Past, order: TransportOrder) -> None:
    """What a vehicle brings from a line: pieces of a lot, or goods."""
    plan, logistics = past.run.plan.logistics.outputs[order.what], past.run.state.logistics
    if plan is None:
        return
    if plan.stock < 0:
        order.goods = goods_on_the_way(past, order.what, plan.load)
        return
    order.lots = [[next_lot(past.run, past.run.plan.logistics.stocks[plan.stock].material), plan.load]]
    logistics.stocks[plan.stock].incoming += plan.load


def _call_load(past: Past, line: int) -> None:
    plan = past.run.plan.logistics.outputs[line]
    if plan is not None:
        past.run.state.logistics.outputs[line].called += plan.load
        put_at_end(past, line, plan.load)


def put_at_end(past: Past, line: int, pieces: int) -> None:
    """More stands at the end of a line: pieces of a lot, or goods."""
    plan, output = past.run.plan.logistics.outputs[line], past.run.state.logistics.outputs[line]
    if plan is None or pieces <= 0:
        return
    if plan.stock < 0:
        output.goods += goods_on_the_way(past, line, pieces)
        return
    output.lots.append([next_lot(past.run, past.run.plan.logistics.stocks[plan.stock].material), pieces])
    output.pieces += pieces
    past.run.state.logistics.stocks[plan.stock].incoming += pieces


def call_missing_goods(past: Past) -> None:
    """Goods that have cells promised to them and are nowhere stand at the ends of lines, in loads that are called."""
    house, at = past.run.state.logistics.warehouse, past.run.plan.logistics.warehouse
    if house is None or at is None:
        return
    for line, plan in enumerate(past.run.plan.logistics.outputs):
        if plan is None or plan.stock >= 0 or plan.fleet < 0:
            continue
        output = past.run.state.logistics.outputs[line]
        missing = past.known.count(at.id, "Cells") - house.cells
        for _ in range(min(missing, plan.limit - len(output.goods)) // plan.load):
            task = _Task(LOAD, line, plan.source, plan.target, "", 1)
            _numbered(past, plan.fleet, task)
            _call_load(past, line)
        missing = past.known.count(at.id, "Cells") - house.cells
        put_at_end(past, line, min(missing, plan.load - 1, plan.limit - len(output.goods)))


def _call_full_loads(past: Past, fleet: int, tasks: list[_Task]) -> None:
    """Where a line cannot give off another unit for want of room at its end, that is full."""
    for task in (task for task in tasks if task.kind == LOAD):
        plan, output = past.run.plan.logistics.outputs[task.what], past.run.state.logistics.outputs[task.what]
        last = past.run.state.stations[past.run.plan.lines[task.what].last]
        blocked = bool(last.units) and last.units[0].done
        if plan is None or not blocked or (plan.stock >= 0 and room(past.run, plan.stock) < plan.pieces):
            continue
        for _ in range((plan.limit - output.pieces - len(output.goods)) // plan.load):
            _numbered(past, fleet, task)
            _call_load(past, task.what)
