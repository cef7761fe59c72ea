"""What malfunctions do to logistics: closed zones, flat batteries, stores that are not what the books say."""

from __future__ import annotations

from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import Effect
from twin.sim.logistics.batteries import charge_at, set_charge
from twin.sim.logistics.fleets import resume
from twin.sim.logistics.lots import withdraw
from twin.sim.logistics.stores import reorder, stock_levels
from twin.sim.logistics.traffic import block_zone, open_zone
from twin.sim.randomness import uniforms
from twin.sim.run import Run
from twin.sim.training.elsewhere import total
from twin.sim.training.state import Active

_WHERE = uniforms("training/where")


def begin_logistics(run: Run, active: Active) -> None:
    """A malfunction begins; what it takes away at once is gone, whatever becomes of it."""
    for effect in CATALOGUE[active.kind].effects:
        match effect.kind:
            case "block":
                block_zone(run, *_zone(run, active))
            case "discharge":
                number = [vehicle.id for vehicle in run.plan.layout.vehicles].index(active.target)
                set_charge(run, number, charge_at(run, number) * (1.0 - min(effect.amount * active.severity, 1.0)))
            case "empty":
                _take_away(run, active, effect)


def end_logistics(run: Run, active: Active) -> None:
    """A malfunction is over: its zone is open again, and a robot whose battery was flat has another one, charged."""
    kinds = {effect.kind for effect in CATALOGUE[active.kind].effects}
    if "block" in kinds:
        open_zone(run, *_zone(run, active))
    if "discharge" in kinds:
        number = [vehicle.id for vehicle in run.plan.layout.vehicles].index(active.target)
        set_charge(run, number, 1.0)
        if not total(run, "halt", active.target):
            resume(run, number)


def _zone(run: Run, active: Active) -> tuple[int, int]:
    """The fleet that is hit, and the zone of its route."""
    fleets = run.plan.logistics.fleets
    number = [fleet.id for fleet in fleets].index(active.target)
    return number, int(_WHERE.value(run.state.seed, active.number) * fleets[number].zones)


def _take_away(run: Run, active: Active, effect: Effect) -> None:
    """Takes a share of every stock of a store out of its lots, the oldest first; what is missing is bought again."""
    owners = [store.id for store in run.plan.layout.stores for _ in store.stocks]
    for number, (owner, stock) in enumerate(zip(owners, run.state.logistics.stocks, strict=True)):
        if owner == active.target:
            pieces = int(stock.pieces * min(effect.amount * active.severity, 1.0))
            withdraw(stock.lots, pieces)
            stock.pieces -= pieces
            plan = run.plan.logistics.stocks[number]
            run.tell(plan.id, plan.tags, stock_levels(stock))
            reorder(run, number)
