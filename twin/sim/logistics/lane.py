"""Who has which zone and which place in a bay, who waits for one, and where a vehicle is: what traffic is made of."""

from __future__ import annotations

from twin.sim.logistics.plan import FleetPlan
from twin.sim.logistics.state import WAITING, FleetState, VehicleState
from twin.sim.run import DRIVE, Run


def fleet_and_vehicle(run: Run, number: int) -> tuple[FleetPlan, FleetState, VehicleState]:
    """The plan and the state of a vehicle's fleet, and the vehicle."""
    fleet = run.plan.logistics.fleet_of[number]
    logistics = run.state.logistics
    return run.plan.logistics.fleets[fleet], logistics.fleets[fleet], logistics.vehicles[number]


def place_of(run: Run, number: int) -> float:
    """Where on the route a vehicle is, metres from `from_m` on; it may exceed the route's length."""
    vehicle, now = run.state.logistics.vehicles[number], run.state.now_ns
    lasts_ns = vehicle.arrives_ns - vehicle.departed_ns
    share = min(max((now - vehicle.departed_ns) / lasts_ns, 0.0), 1.0) if lasts_ns > 0 else 1.0
    return vehicle.from_m + (vehicle.to_m - vehicle.from_m) * share


def move_levels(vehicle: VehicleState) -> dict[str, float | int | str | bool]:
    """What a vehicle's tags say of its newest move and of where it stands.

    `Stop` is its bay, -1 on the lane, and `Place` which of that bay's places it has.
    """
    return {
        "From": vehicle.from_m,
        "To": vehicle.to_m,
        "Departed": vehicle.departed_ns,
        "Arrives": vehicle.arrives_ns,
        "Stop": vehicle.bay,
        "Place": vehicle.place,
    }


def expect(run: Run, number: int, time_ns: int) -> None:
    """The one event that a vehicle waits for is at `time_ns`."""
    run.state.logistics.vehicles[number].due_ns = time_ns
    run.push(time_ns, DRIVE, number)


def free_zone(run: Run, fleet: FleetState, zone: int, clear_ns: int) -> None:
    """A zone is free for the next vehicle `clear_ns` from now."""
    fleet.holder[zone] = -1
    fleet.free_ns[zone] = run.state.now_ns + clear_ns
    if fleet.queues[zone]:
        wake_next(run, fleet, zone)


def wake_next(run: Run, fleet: FleetState, zone: int) -> None:
    """Lets the first in a zone's queue try when the zone is free."""
    if fleet.queues[zone] and fleet.holder[zone] < 0 and not fleet.blocked_zones[zone]:
        expect(run, fleet.queues[zone][0], max(fleet.free_ns[zone], run.state.now_ns))


def free_place(run: Run, fleet: FleetState, bay: int) -> None:
    """A place in a bay is free: it is for the vehicle that has waited longest for one."""
    fleet.taken[bay] -= 1
    if fleet.bay_queues[bay]:
        number = fleet.bay_queues[bay].pop(0)
        fleet.taken[bay] += 1
        run.state.logistics.vehicles[number].booked = True
        expect(run, number, run.state.now_ns)


def leave_queues(run: Run, number: int) -> None:
    """Takes a waiting vehicle out of the queue that it is in."""
    plan, fleet, vehicle = fleet_and_vehicle(run, number)
    if vehicle.phase != WAITING:
        return
    zone = (vehicle.zone + 1) % plan.zones if vehicle.bay < 0 else plan.bays[vehicle.bay].zone
    if number in fleet.queues[zone]:
        fleet.queues[zone].remove(number)
        wake_next(run, fleet, zone)
    elif vehicle.goal >= 0 and number in fleet.bay_queues[vehicle.goal]:
        fleet.bay_queues[vehicle.goal].remove(number)
