"""Fleets: transport orders, oldest first, each for the nearest vehicle upstream that is free and charged.

Vehicles without an order wait and charge in a depot.
"""

from __future__ import annotations

from twin.sim.logistics.batteries import may_work
from twin.sim.logistics.state import HANDLING, TransportOrder
from twin.sim.logistics.traffic import drop_place, head_for, keep_place, start_again, stay
from twin.sim.run import DRIVE, Run


def call(run: Run, fleet: int, order: TransportOrder) -> None:
    """Gives a fleet a transport order, which is numbered here."""
    state = run.state.logistics.fleets[fleet]
    state.called += 1
    order.number = state.called
    state.orders.append(order)
    assign(run, fleet)


def assign(run: Run, fleet: int) -> None:
    """Gives orders to vehicles, as long as there are both."""
    plan, state = run.plan.logistics.fleets[fleet], run.state.logistics.fleets[fleet]
    vehicles = run.state.logistics.vehicles
    while state.orders:
        free = [
            number
            for number in range(plan.first, plan.first + len(plan.ids))
            if vehicles[number].order is None and not vehicles[number].halted and may_work(run, number)
        ]
        if not free:
            return
        order = state.orders.pop(0)
        at_m = plan.bays[order.source].at_m
        number = min(free, key=lambda each: (at_m - _reach_m(run, each)) % plan.length_m)
        _begin(run, number, order)


def to_depot(run: Run, number: int) -> None:
    """Sends a vehicle to the nearest depot that has a place; there are enough for the whole fleet."""
    fleet = run.plan.logistics.fleet_of[number]
    plan, state = run.plan.logistics.fleets[fleet], run.state.logistics.fleets[fleet]
    here_m = _reach_m(run, number)
    free = [bay for bay in plan.depots if state.taken[bay] < plan.bays[bay].places]
    bay = min(free, key=lambda each: (plan.bays[each].at_m - here_m) % plan.length_m)
    keep_place(run, number, bay)
    head_for(run, number, bay)


def resume(run: Run, number: int) -> None:
    """Lets a halted vehicle go on; it may take orders again."""
    start_again(run, number)
    assign(run, run.plan.logistics.fleet_of[number])


def order_id(run: Run, number: int) -> str:
    """The transport order of a vehicle as it is published; nothing for none."""
    order, plan = run.state.logistics.vehicles[number].order, run.plan.logistics
    return f"{plan.fleets[plan.fleet_of[number]].id}-{order.number}" if order else ""


def go_to(run: Run, number: int, bay: int) -> None:
    """Sends a vehicle to a bay where it is to load or unload; it may be there already."""
    if run.state.logistics.vehicles[number].bay == bay:
        stay(run, number)
        handle(run, number)
    else:
        head_for(run, number, bay)


def handle(run: Run, number: int) -> None:
    """A vehicle in the bay of its goal begins to load or unload."""
    vehicle, plan = run.state.logistics.vehicles[number], run.plan.logistics
    vehicle.phase = HANDLING
    vehicle.due_ns = run.state.now_ns + plan.fleets[plan.fleet_of[number]].handling_ns
    run.push(vehicle.due_ns, DRIVE, number)


def _begin(run: Run, number: int, order: TransportOrder) -> None:
    vehicle, fleets = run.state.logistics.vehicles[number], run.plan.logistics
    fleet = fleets.fleets[fleets.fleet_of[number]]
    vehicle.order, vehicle.loaded = order, False
    drop_place(run, number)
    run.tell(fleet.ids[number - fleet.first], fleet.tags, {"Order": order_id(run, number)})
    go_to(run, number, order.source)


def _reach_m(run: Run, number: int) -> float:
    """From where on the route a vehicle can go anywhere: its bay, or the end of its zone."""
    vehicle, plan = run.state.logistics.vehicles[number], run.plan.logistics
    fleet = plan.fleets[plan.fleet_of[number]]
    if vehicle.bay >= 0:
        return fleet.bays[vehicle.bay].at_m
    return vehicle.line_m % fleet.length_m
