"""Batteries: the charge at an instant follows from when the battery last changed what it does.

No ticks but one: a charging vehicle reports every whole percent, and that it may take orders again.
"""

from __future__ import annotations

import math

from twin.sim.logistics.state import CHARGING, VehicleState
from twin.sim.run import DRIVE, Run

UNLIMITED = 1 << 62
_PERCENT = 0.01


def charge_at(run: Run, number: int) -> float:
    """Share of charge of a vehicle now, 0 to 1; 1 for one without a battery."""
    vehicle = run.state.logistics.vehicles[number]
    battery = run.plan.logistics.fleets[run.plan.logistics.fleet_of[number]].battery
    if battery is None:
        return 1.0
    lasted_ns = run.state.now_ns - vehicle.charge_ns
    return min(max(vehicle.charge + battery.rates[vehicle.battery] * lasted_ns, 0.0), 1.0)


def use_battery(run: Run, number: int, use: int) -> None:
    """From now on the battery idles, drives or charges (`IDLE`, `DRAWING`, `CHARGING`)."""
    plan = run.plan.logistics
    battery = plan.fleets[plan.fleet_of[number]].battery
    if battery is None:
        return
    vehicle, now = run.state.logistics.vehicles[number], run.state.now_ns
    charge, shown = charge_at(run, number), percent(vehicle)
    vehicle.charge, vehicle.charge_ns, vehicle.battery = charge, now, use
    if run.out is not None and percent(vehicle) != shown:
        fleet = plan.fleets[plan.fleet_of[number]]
        run.tell(fleet.ids[number - fleet.first], fleet.tags, {"Battery": percent(vehicle)})
    rate = battery.rates[use]
    vehicle.flat_ns = now + math.ceil(charge / -rate) if rate < 0.0 else UNLIMITED
    if charge < battery.low:
        vehicle.tired = True
    if use == CHARGING:
        await_percent(run, number)


def charged(run: Run, number: int) -> bool:
    """A charging vehicle has another percent; whether it may just take orders again."""
    plan = run.plan.logistics
    battery = plan.fleets[plan.fleet_of[number]].battery
    vehicle = run.state.logistics.vehicles[number]
    if battery is None:
        return False
    use_battery(run, number, CHARGING)
    rested = vehicle.tired and vehicle.charge >= battery.enough - 1e-9
    vehicle.tired = vehicle.tired and not rested
    return rested


def may_work(run: Run, number: int) -> bool:
    """Whether a vehicle has charge enough to take an order."""
    vehicle, plan = run.state.logistics.vehicles[number], run.plan.logistics
    battery = plan.fleets[plan.fleet_of[number]].battery
    if battery is None or vehicle.battery == CHARGING:
        return not vehicle.tired
    return not vehicle.tired and charge_at(run, number) >= battery.low


def set_charge(run: Run, number: int, share: float) -> None:
    """Malfunctions: a battery has lost its charge, or was changed for another."""
    vehicle = run.state.logistics.vehicles[number]
    fleet = run.plan.logistics.fleets[run.plan.logistics.fleet_of[number]]
    vehicle.charge, vehicle.charge_ns = share, run.state.now_ns
    vehicle.tired = False
    use_battery(run, number, vehicle.battery)
    run.tell(fleet.ids[number - fleet.first], fleet.tags, {"Battery": percent(vehicle)})


def percent(vehicle: VehicleState) -> float:
    """The charge as it is published, % with one decimal: what it was when the battery last did something else."""
    return round(vehicle.charge * 100.0, 1)


def await_percent(run: Run, number: int) -> None:
    """Has a charging vehicle report when it has another whole percent."""
    vehicle, plan = run.state.logistics.vehicles[number], run.plan.logistics
    battery, charge = plan.fleets[plan.fleet_of[number]].battery, charge_at(run, number)
    if battery is not None and charge < 1.0 - 1e-9:
        step = (math.floor(charge / _PERCENT + 1e-6) + 1) * _PERCENT - charge
        vehicle.due_ns = run.state.now_ns + math.ceil(step / battery.rates[CHARGING])
        run.push(vehicle.due_ns, DRIVE, number)
