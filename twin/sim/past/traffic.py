"""Traffic from a recording: zones and places in bays taken, nobody in anybody's, and what each vehicle does next.

What somebody may do that the recording does not tell apart from waiting is tried at once: a vehicle at a line tries to
take the next zone. Where what arrived late makes two vehicles share a zone, one is put into the free one behind.
"""

from __future__ import annotations

from twin.sim.logistics.batteries import await_percent
from twin.sim.logistics.lane import expect, place_of
from twin.sim.logistics.plan import FleetPlan
from twin.sim.logistics.state import CHARGING, DRAWING, DRIVING, HANDLING, IDLE, PARKED, WAITING, VehicleState
from twin.sim.past.known import NOW_NS, Past
from twin.sim.past.vehicles import Seen

_FUZZ = 1e-6


def set_going(past: Past, fleet: int, seen: list[Seen]) -> None:
    """Puts the vehicles of a fleet where they are and lets them do what they do; unknown ones are in depots."""
    plan, vehicles = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.vehicles
    state = past.run.state.logistics.fleets[fleet]
    for one in seen:
        vehicle = vehicles[one.number]
        vehicle.order, vehicle.loaded = one.task, one.loaded
        if vehicle.bay >= 0:
            state.taken[vehicle.bay] += 1
    known = {one.number for one in seen}
    for number in range(plan.first, plan.first + len(plan.ids)):
        if number not in known:
            _park_anywhere(past, fleet, number)
    on_lane = [one for one in seen if vehicles[one.number].bay < 0]
    stopped_first = sorted(on_lane, key=lambda one: (vehicles[one.number].arrives_ns > NOW_NS, -_through(past, one)))
    for one in stopped_first:
        _take_zone(past, fleet, one.number)
    for one in sorted(seen, key=lambda each: not each.bays):
        _go(past, fleet, one)
    for number in range(plan.first, plan.first + len(plan.ids)):
        _use_battery(past, plan, number)


def _through(past: Past, one: Seen) -> float:
    """How far a vehicle is through its zone, 0 to 1."""
    plan = past.run.plan.logistics.fleets[past.run.plan.logistics.fleet_of[one.number]]
    return place_of(past.run, one.number) / plan.zone_m % 1.0


def _park_anywhere(past: Past, fleet: int, number: int) -> None:
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    vehicles = past.run.state.logistics.vehicles
    bay = next(bay for bay in plan.depots if state.taken[bay] < plan.bays[bay].places)
    used = {each.place for each in vehicles[plan.first : plan.first + len(plan.ids)] if each.bay == bay}
    vehicle = vehicles[number]
    vehicle.bay, vehicle.place = bay, next(place for place in range(len(used) + 1) if place not in used)
    vehicle.from_m = vehicle.to_m = plan.bays[bay].at_m
    vehicle.phase = PARKED
    state.taken[bay] += 1


def _take_zone(past: Past, fleet: int, number: int) -> None:
    """The zone of a vehicle on the lane: where it is, or the next free one behind."""
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    vehicle = past.run.state.logistics.vehicles[number]
    moving = vehicle.arrives_ns > NOW_NS
    lines = place_of(past.run, number) / plan.zone_m
    at = int(lines + _FUZZ) if moving else max(int(lines - _FUZZ), 0)
    behind = next(behind for behind in range(plan.zones) if state.holder[(at - behind) % plan.zones] < 0)
    vehicle.zone = (at - behind) % plan.zones
    state.holder[vehicle.zone] = number
    vehicle.line_m = (at + 1) * plan.zone_m
    vehicle.phase = DRIVING if moving and not behind else WAITING
    if behind:
        vehicle.line_m = vehicle.to_m = vehicle.from_m = (vehicle.zone + 1) * plan.zone_m
        vehicle.departed_ns = vehicle.arrives_ns = NOW_NS


def _go(past: Past, fleet: int, one: Seen) -> None:
    plan, vehicle = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.vehicles[one.number]
    goal = _goal(plan, one, vehicle)
    if vehicle.bay < 0:
        _drive(past, fleet, one.number, goal)
    elif goal == vehicle.bay and one.task is not None:
        vehicle.phase = HANDLING
        due_ns = vehicle.arrives_ns + plan.handling_ns
        expect(past.run, one.number, due_ns if due_ns > NOW_NS else NOW_NS + plan.handling_ns // 2)
    elif goal == vehicle.bay:
        vehicle.phase = PARKED
    else:
        _wait_to_leave(past, fleet, one.number, goal)


def _goal(plan: FleetPlan, one: Seen, vehicle: VehicleState) -> int:
    """The bay that a vehicle is for; the depot that it drives to or is in, -1 for any."""
    if one.task is not None:
        return one.task.target if one.loaded else one.task.source
    return next((bay for bay in one.bays if plan.bays[bay].depot), -1)


def _drive(past: Past, fleet: int, number: int, goal: int) -> None:
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    vehicle = past.run.state.logistics.vehicles[number]
    vehicle.goal = goal = goal if goal >= 0 else _depot(past, fleet)
    to_depot = vehicle.order is None
    ahead = (plan.bays[goal].zone - vehicle.zone) % plan.zones
    if vehicle.phase == WAITING:
        vehicle.waiting_ns = NOW_NS
        vehicle.zones_left = ahead or plan.zones
        expect(past.run, number, NOW_NS)
    else:
        vehicle.zones_left = ahead if ahead or vehicle.to_m <= vehicle.line_m + _FUZZ else plan.zones
        end_m = vehicle.line_m - vehicle.from_m
        line_ns = vehicle.departed_ns + int(end_m / plan.speed_m_ns)
        expect(past.run, number, max(line_ns if vehicle.zones_left else vehicle.arrives_ns, NOW_NS))
    if to_depot or not vehicle.zones_left:
        vehicle.booked = True
        state.taken[goal] += 1


def _wait_to_leave(past: Past, fleet: int, number: int, goal: int) -> None:
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    vehicle = past.run.state.logistics.vehicles[number]
    if goal < 0:
        goal = _depot(past, fleet)
        state.taken[goal] += 1
        vehicle.booked = True
    here = plan.bays[vehicle.bay]
    behind = plan.bays[goal].zone == here.zone and plan.bays[goal].at_m <= here.at_m
    vehicle.goal, vehicle.phase, vehicle.waiting_ns = goal, WAITING, NOW_NS
    vehicle.zones_left = plan.zones + 1 if behind else (plan.bays[goal].zone - here.zone) % plan.zones + 1
    expect(past.run, number, NOW_NS)


def _depot(past: Past, fleet: int) -> int:
    """A depot with a place; there are enough for the whole fleet."""
    plan, state = past.run.plan.logistics.fleets[fleet], past.run.state.logistics.fleets[fleet]
    return next(bay for bay in plan.depots if state.taken[bay] < plan.bays[bay].places)


def _use_battery(past: Past, plan: FleetPlan, number: int) -> None:
    vehicle, battery = past.run.state.logistics.vehicles[number], plan.battery
    if battery is None:
        return
    vehicle.battery = {PARKED: CHARGING, DRIVING: DRAWING}.get(vehicle.phase, IDLE)
    vehicle.tired = vehicle.charge < battery.low
    rate = battery.rates[vehicle.battery]
    if rate < 0.0:
        vehicle.flat_ns = max(vehicle.charge_ns + round(vehicle.charge / -rate), NOW_NS + 1)
    else:
        await_percent(past.run, number)
