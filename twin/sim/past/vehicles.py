"""Vehicles from a recording: where each one stands or drives, what it carries, and where it was going."""

from __future__ import annotations

from dataclasses import dataclass

from twin.sim.logistics.plan import FleetPlan
from twin.sim.logistics.state import TransportOrder
from twin.sim.past.known import NOW_NS, Past

_SAME_M = 1e-3


@dataclass(slots=True)
class Seen:
    """What is known of a vehicle.

    Attributes:
        load, order: as published, empty for none.
        bays: where it stands, or where it drives; none where it had to stop on its way.
        task: what it is found to be about.
        loaded: it has on it what it is to bring.
    """

    number: int
    load: str
    order: str
    bays: tuple[int, ...]
    task: TransportOrder | None = None
    loaded: bool = False

    @property
    def order_number(self) -> int:
        """The number of its transport order, 0 where none is known."""
        number = self.order.rsplit("-", 1)[-1]
        return int(number) if number.isdigit() else 0


def restore_vehicles(past: Past, fleet: int) -> list[Seen]:
    """The vehicles of a fleet of which the recording knows where they are; what it knows is in their states, too."""
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    state.taken = [0] * len(plan.bays)
    seen = []
    for number, name in enumerate(plan.ids, plan.first):
        if past.known.number(name, "To") is not None and past.known.number(name, "From") is not None:
            seen.append(_seen(past, plan, number, name))
        else:
            past.run.state.logistics.vehicles[number].bay = -1
    return seen


def _seen(past: Past, plan: FleetPlan, number: int, name: str) -> Seen:
    known, vehicle = past.known, past.run.state.logistics.vehicles[number]
    vehicle.from_m, vehicle.to_m = known.number(name, "From") or 0.0, known.number(name, "To") or 0.0
    vehicle.departed_ns, vehicle.arrives_ns = known.instant(name, "Departed"), known.instant(name, "Arrives")
    bay = known.count(name, "Stop", -1)
    vehicle.bay, vehicle.place = (bay if bay < len(plan.bays) else -1), known.count(name, "Place")
    if plan.battery is not None:
        battery = known.number(name, "Battery")
        vehicle.charge = vehicle.charge if battery is None else battery / 100.0
        vehicle.charge_ns = known.since(name, "Battery")
    order = known.text(name, "Order") if "Order" in plan.tags else ""
    return Seen(number, known.text(name, "Load"), order, _bays(past, plan, number))


def _bays(past: Past, plan: FleetPlan, number: int) -> tuple[int, ...]:
    vehicle = past.run.state.logistics.vehicles[number]
    if vehicle.bay >= 0:
        return (vehicle.bay,)
    if vehicle.arrives_ns <= NOW_NS:
        return ()
    to_m = vehicle.to_m % plan.length_m
    return tuple(
        number
        for number, bay in enumerate(plan.bays)
        if min((bay.at_m - to_m) % plan.length_m, (to_m - bay.at_m) % plan.length_m) < _SAME_M
    )
