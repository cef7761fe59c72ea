"""Outputs: what a line has finished stands at its end until there is a load, which a vehicle takes away.

Without a fleet it is in its store or warehouse at once. A full store, warehouse or line end blocks the line.
"""

from __future__ import annotations

from twin.sim.logistics.fleets import call
from twin.sim.logistics.lots import next_lot, put_in, withdraw
from twin.sim.logistics.plan import OutputPlan
from twin.sim.logistics.state import LOAD, Lots, OutputState, TransportOrder
from twin.sim.logistics.stores import receive, room
from twin.sim.logistics.warehouse import new_goods, put_away
from twin.sim.run import ARRIVE, Run
from twin.sim.state import Unit


def has_room(run: Run, line: int) -> bool:
    """Whether the next finished unit of a line with an output has somewhere to go; the line hears of it by ARRIVE."""
    plan, output = _output(run, line)
    if plan.fleet >= 0 and output.pieces + len(output.goods) + plan.pieces > plan.limit:
        return False  # whoever takes a load away tells the line
    if plan.stock >= 0:
        if room(run, plan.stock) >= plan.pieces:
            return True
        waiting = run.state.logistics.stocks[plan.stock].blocked
    else:
        house, at = run.state.logistics.warehouse, run.plan.logistics.warehouse
        if house is None or at is None or house.cells < at.cells:
            return True
        waiting = house.blocked
    if line not in waiting:
        waiting.append(line)
    return False


def put(run: Run, line: int, unit: Unit) -> None:
    """A line has finished a unit: it becomes pieces of a lot, or goods under its serial number."""
    plan, output = _output(run, line)
    if plan.stock >= 0:
        lots = _made(run, plan, output)
        if plan.fleet < 0:
            receive(run, plan.stock, lots)
            return
        output.pieces += put_in(output.lots, lots)
        run.state.logistics.stocks[plan.stock].incoming += plan.pieces
    else:
        goods = new_goods(run, line, unit)
        if plan.fleet < 0:
            put_away(run, goods)
            return
        output.goods.append(goods)
    while output.pieces + len(output.goods) - output.called >= plan.load:
        output.called += plan.load
        call(run, plan.fleet, TransportOrder(0, LOAD, line, plan.source, plan.target, run.state.now_ns))


def pick_up(run: Run, order: TransportOrder) -> None:
    """A vehicle loads at the end of a line, which has room again."""
    plan, output = _output(run, order.what)
    output.called -= plan.load
    if plan.stock >= 0:
        order.lots = withdraw(output.lots, plan.load)
        output.pieces -= plan.load
    else:
        order.goods = output.goods[: plan.load]
        del output.goods[: plan.load]
    run.push(run.state.now_ns, ARRIVE, run.plan.lines[order.what].last)


def unload(run: Run, order: TransportOrder) -> None:
    """A load is where it belongs."""
    plan, _ = _output(run, order.what)
    if plan.stock >= 0:
        run.state.logistics.stocks[plan.stock].incoming -= plan.load
        receive(run, plan.stock, order.lots)
    for goods in order.goods:
        put_away(run, goods)


def _output(run: Run, line: int) -> tuple[OutputPlan, OutputState]:
    plan = run.plan.logistics.outputs[line]
    if plan is None:
        raise ValueError(f"line {run.plan.lines[line].id} has no output")
    return plan, run.state.logistics.outputs[line]


def _made(run: Run, plan: OutputPlan, output: OutputState) -> Lots:
    """The pieces of one unit, in the lot that the line is making and, where that is full, in the next."""
    material = run.plan.logistics.stocks[plan.stock].material
    lots, pieces = [], plan.pieces
    output.made += pieces
    while pieces:
        if not output.left:
            output.lot, output.left = next_lot(run, material), run.plan.logistics.materials[material].lot
        share = min(output.left, pieces)
        lots.append([output.lot, share])
        output.left -= share
        pieces -= share
    return lots
