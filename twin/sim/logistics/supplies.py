"""Line-side supplies: what a station takes for each unit, and the kits that refill them.

The rule is that of two-bin kanban in general: a kit is called whenever what is there and on its way is no more than the
reorder point.
"""

from __future__ import annotations

from twin.sim.logistics.lots import put_in, withdraw
from twin.sim.logistics.state import Lots, SupplyState
from twin.sim.logistics.stores import request
from twin.sim.messages import Incident, Value
from twin.sim.orders.routing import bill_at
from twin.sim.run import ARRIVE, Run
from twin.sim.state import Unit


def take(run: Run, index: int, unit: Unit) -> bool:
    """Takes what a unit needs at a station and notes the lots on it; False takes nothing, for something is missing.

    How many pieces: what the bill of the unit's variant and revision says, else `per_unit`. What is missing is noted as
    a shortage; the station hears of the kit that ends it by ARRIVE.
    """
    plans, supplies = run.plan.logistics.supplies, run.state.logistics.supplies
    needs = _needs(run, index, unit)
    missing = [number for number, pieces in needs if supplies[number].pieces < pieces]
    for number in missing:
        _note_shortage(run, number)
    if missing:
        return False
    for number, pieces in needs:
        supply, plan = supplies[number], plans[number]
        supply.pieces -= pieces
        supply.taken += pieces
        for lot, share in withdraw(supply.lots, pieces):
            unit.lots.extend((index, plan.material, lot, share))
        _tell(run, number, "Stock", "Lot")
        call_kits(run, number)
    return True


def call_kits(run: Run, number: int) -> None:
    """Asks the store for kits until enough is there or on its way."""
    plan, supply = run.plan.logistics.supplies[number], run.state.logistics.supplies[number]
    while supply.pieces + supply.on_way <= plan.reorder_at:
        supply.on_way += plan.kit
        _tell(run, number, "OnTheWay")
        request(run, number)


def receive_kit(run: Run, number: int, lots: Lots) -> None:
    """A kit has come; the station may go on."""
    plan, supply = run.plan.logistics.supplies[number], run.state.logistics.supplies[number]
    if supply.wrong_lot:
        lots = [[supply.wrong_lot, sum(pieces for _, pieces in lots)]]
    pieces = put_in(supply.lots, lots)
    supply.pieces += pieces
    supply.on_way -= pieces
    if supply.short_since_ns >= 0:
        supply.short_ns += run.state.now_ns - supply.short_since_ns
        supply.short_since_ns = -1
    run.push(run.state.now_ns, ARRIVE, plan.station)
    _tell(run, number, "Stock", "OnTheWay", "Lot", "Short")


def supply_levels(supply: SupplyState) -> dict[str, Value]:
    """Everything that a supply's tags say."""
    return {
        "Stock": supply.pieces,
        "OnTheWay": supply.on_way,
        "Lot": supply.lots[0][0] if supply.lots else 0,
        "Short": supply.short_since_ns >= 0,
    }


def _needs(run: Run, index: int, unit: Unit) -> list[tuple[int, int]]:
    """(number of a supply, pieces) of what a unit takes at a station: what its bill names, else `per_unit`."""
    orders, plans = run.plan.orders, run.plan.logistics
    made = orders if unit.revision >= 0 else None
    named = bill_at(made, index, unit.variant, unit.revision) if made is not None else {}
    supplies = ((number, plans.supplies[number]) for number in plans.supplies_at[index])
    return [(number, named.get(supply.material, supply.per_unit)) for number, supply in supplies]


def _note_shortage(run: Run, number: int) -> None:
    plan, supply = run.plan.logistics.supplies[number], run.state.logistics.supplies[number]
    if supply.short_since_ns < 0:
        supply.short_since_ns = run.state.now_ns
        if run.out is not None:
            station = run.plan.stations[plan.station].id
            material = run.plan.logistics.materials[plan.material].id
            run.out.append(Incident(run.state.now_ns, station, "shortage", 500, f"{station} waits for {material}"))
            _tell(run, number, "Short")


def _tell(run: Run, number: int, *tags: str) -> None:
    if run.out is not None:
        plan, levels = run.plan.logistics.supplies[number], supply_levels(run.state.logistics.supplies[number])
        run.tell(plan.id, plan.tags, {tag: levels[tag] for tag in tags})
