"""What malfunctions do beyond stations and instruments: to crews, belts, robots, kits, suppliers, trucks, customers.

One function an effect: it brings its target in line with the `amount` of all malfunctions that hit it, 0 for none.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import judged_at
from twin.sim.crew import send_technicians
from twin.sim.logistics.fleets import resume
from twin.sim.logistics.lots import next_lot
from twin.sim.logistics.traffic import halt
from twin.sim.logistics.warehouse import both, start_cranes
from twin.sim.orders.book import set_demand
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.training.state import Active, WrongLot

_FIRST_WRONG_LOT = 900_000  # lots of a series of their own, so that no other lot's number changes
_MOST_WRONG_LOTS = 64  # remembered, after which nobody has a unit of the first one any more


def act_elsewhere(run: Run, active: Active) -> None:
    """Brings what a malfunction hits beyond stations and instruments in line with all that are active."""
    for effect in CATALOGUE[active.kind].effects:
        if effect.kind in _ACTS:
            _ACTS[effect.kind](run, active.target, total(run, effect.kind, active.target))


def total(run: Run, kind: str, target: str) -> float:
    """The sum of an effect's amounts over all malfunctions that hit a target now."""
    return sum(
        effect.amount * active.severity
        for active in run.state.training.active
        if active.target == target
        for effect in CATALOGUE[active.kind].effects
        if effect.kind == kind
    )


def _absent(run: Run, target: str, amount: float) -> None:
    crew = [area.id for area in run.plan.layout.areas].index(target)
    run.state.crews[crew].absent = round(run.plan.technicians[crew] * min(amount, 1.0))
    send_technicians(run, crew)


def _conveyor(run: Run, target: str, amount: float) -> None:
    line = [line.id for line in run.plan.lines].index(target)
    run.state.lines[line].slower = 1.0 + amount


def _halt(run: Run, target: str, amount: float) -> None:
    number = [vehicle.id for vehicle in run.plan.layout.vehicles].index(target)
    if amount:
        halt(run, number)
    else:
        resume(run, number)


def _lot(run: Run, target: str, amount: float) -> None:
    """What is here and what kits bring is of the wrong lot; afterwards what is left of it here is exchanged."""
    number = [plan.id for plan in run.plan.logistics.supplies].index(target)
    plan, supply = run.plan.logistics.supplies[number], run.state.logistics.supplies[number]
    known = {one.lot for one in run.state.training.wrong_lots if one.material == plan.material}
    if not amount:
        for row in supply.lots:
            if row[0] in known:
                row[0] = next_lot(run, plan.material)
        supply.wrong_lot = 0
        return
    newest = max(one.number for one in run.state.training.active if one.target == target and "lot" in _kinds(one))
    supply.wrong_lot = _FIRST_WRONG_LOT + newest
    supply.lots = [[supply.wrong_lot, supply.pieces]] if supply.pieces else []
    if supply.wrong_lot not in known:
        at = judged_at(run.plan.layout, plan.station)
        lots = run.state.training.wrong_lots
        lots.append(WrongLot(plan.material, supply.wrong_lot, at, min(amount, 1.0)))
        del lots[:-_MOST_WRONG_LOTS]


def _late(run: Run, target: str, amount: float) -> None:
    number = [plan.id for plan in run.plan.logistics.stocks].index(target)
    run.state.logistics.stocks[number].late_ns = round(amount * NANOSECONDS)


def _trucks(run: Run, target: str, amount: float) -> None:
    plan, house = both(run)
    house.docks[[dock.id for dock in plan.docks].index(target)].late_ns = round(amount * NANOSECONDS)


def _cranes(run: Run, _: str, amount: float) -> None:
    plan, house = both(run)
    house.cranes_out = math.ceil(plan.cranes * min(amount, 1.0))
    start_cranes(run)


def _surge(run: Run, target: str, amount: float) -> None:
    if run.plan.orders is not None:
        set_demand(run, [channel.id for channel in run.plan.orders.channels].index(target), surge=1.0 + amount)


def _kinds(active: Active) -> set[str]:
    return {effect.kind for effect in CATALOGUE[active.kind].effects}


_ACTS: dict[str, Callable[[Run, str, float], None]] = {
    "absent": _absent,
    "conveyor": _conveyor,
    "halt": _halt,
    "lot": _lot,
    "late": _late,
    "trucks": _trucks,
    "cranes": _cranes,
    "surge": _surge,
}
