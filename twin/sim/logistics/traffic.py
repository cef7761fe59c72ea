"""Traffic: vehicles on one closed one-way route, one to a zone.

A vehicle takes the next zone at the line before it, or stops there until the zone is free; nobody overtakes. Bays are
beside the lane: who enters the zone of its goal has a place in it, who finds none waits at the line, and everybody
behind does too.

No deadlock: a fleet has fewer vehicles than its route has zones, so some zone is empty; followed against the direction
of travel from there, the first vehicle on the lane can go on unless it waits for a bay. Work bays empty by themselves,
since who leaves one needs only its zone, and places in depots are kept for whoever is sent there.
A move is published as long as it may be, up to the goal, and corrected only where the vehicle must stop.
"""

from __future__ import annotations

from twin.sim.logistics.batteries import charge_at, use_battery
from twin.sim.logistics.lane import (
    expect,
    fleet_and_vehicle,
    free_place,
    free_zone,
    leave_queues,
    move_levels,
    place_of,
    wake_next,
)
from twin.sim.logistics.plan import FleetPlan
from twin.sim.logistics.state import DRAWING, DRIVING, IDLE, WAITING, FleetState, VehicleState
from twin.sim.messages import Incident
from twin.sim.run import Run

_SLACK_NS = 1_000_000  # a zone that is free within a millisecond is free: rounding must not stop anybody
_FUZZ_M = 1e-6


def head_for(run: Run, number: int, goal: int) -> None:
    """Sends a vehicle on its way to another bay of its fleet, from the bay where it stands or from the lane."""
    plan, _, vehicle = fleet_and_vehicle(run, number)
    leave_queues(run, number)
    vehicle.goal = goal
    zone = plan.bays[goal].zone
    if vehicle.bay < 0:
        vehicle.zones_left = (zone - vehicle.zone - 1) % plan.zones + 1
        if vehicle.phase == WAITING:
            _enter(run, number)
        else:
            vehicle.place = -1
            _start_move(run, number, place_of(run, number))
        return
    here = plan.bays[vehicle.bay]
    ahead = plan.bays[goal].at_m > here.at_m
    vehicle.zones_left = (zone - here.zone) % plan.zones + 1
    if zone == here.zone and not ahead:
        vehicle.zones_left = plan.zones + 1
    if vehicle.phase != WAITING:
        vehicle.phase, vehicle.waiting_ns = WAITING, run.state.now_ns
        use_battery(run, number, IDLE)
    _enter(run, number)


def stay(run: Run, number: int) -> None:
    """A vehicle that waited to leave its bay does not leave it."""
    leave_queues(run, number)
    vehicle = run.state.logistics.vehicles[number]
    if vehicle.waiting_ns >= 0:
        vehicle.waited_ns += run.state.now_ns - vehicle.waiting_ns
        vehicle.waiting_ns = -1


def go_on(run: Run, number: int) -> bool:
    """A vehicle on its way is at a line, or its wait is over; whether it has arrived in its bay."""
    at = plan, fleet, vehicle = fleet_and_vehicle(run, number)
    if vehicle.zones_left > 1 and vehicle.phase == DRIVING:
        zone, now = vehicle.zone + 1, run.state.now_ns
        if zone == plan.zones:
            zone = 0
        if now < vehicle.flat_ns and not fleet.queues[zone] and _is_open(fleet, zone, now):
            _cross(run, number, at, zone)  # by far the most frequent case
            return False
    if vehicle.zones_left or vehicle.phase == WAITING:
        _enter(run, number)
        return False
    free_zone(run, fleet, vehicle.zone, plan.clear_ns)
    others = run.state.logistics.vehicles[plan.first : plan.first + len(plan.ids)]
    used = {other.place for other in others if other.bay == vehicle.goal}
    vehicle.place = next(place for place in range(len(used) + 1) if place not in used)
    vehicle.zone, vehicle.bay, vehicle.booked = -1, vehicle.goal, False
    return True


def keep_place(run: Run, number: int, bay: int) -> None:
    """Keeps a place in a bay for a vehicle that is going to head for it."""
    _, fleet, vehicle = fleet_and_vehicle(run, number)
    fleet.taken[bay] += 1
    vehicle.booked = True


def drop_place(run: Run, number: int) -> None:
    """Gives up the place that is kept in the goal."""
    _, fleet, vehicle = fleet_and_vehicle(run, number)
    if vehicle.booked:
        vehicle.booked = False
        free_place(run, fleet, vehicle.goal)


def halt(run: Run, number: int) -> None:
    """Stops a vehicle where it is, until `start_again`; it keeps its zone, and so everybody behind it waits."""
    plan, fleet, vehicle = fleet_and_vehicle(run, number)
    if vehicle.halted:
        return
    vehicle.halted = True
    leave_queues(run, number)
    if vehicle.phase == DRIVING:
        vehicle.due_ns = -1
        at_m = place_of(run, number)
        behind = (vehicle.zone - 1) % plan.zones
        if at_m < vehicle.line_m - plan.zone_m + plan.clear_m and fleet.holder[behind] < 0:
            fleet.holder[behind], vehicle.tail = number, True
        _stop_at(run, number, at_m)


def start_again(run: Run, number: int) -> None:
    """Lets a halted vehicle go on where it stood."""
    plan, fleet, vehicle = fleet_and_vehicle(run, number)
    if not vehicle.halted:
        return
    vehicle.halted = False
    if vehicle.tail:
        vehicle.tail = False
        free_zone(run, fleet, (vehicle.zone - 1) % plan.zones, plan.clear_ns)
    if vehicle.phase == DRIVING:
        _start_move(run, number, vehicle.to_m)
    elif vehicle.due_ns < run.state.now_ns:
        expect(run, number, run.state.now_ns)


def block_zone(run: Run, fleet: int, zone: int) -> None:
    """Closes a zone: nobody enters it; who is in it may leave."""
    run.state.logistics.fleets[fleet].blocked_zones[zone] += 1


def open_zone(run: Run, fleet: int, zone: int) -> None:
    """Takes back one `block_zone`."""
    state = run.state.logistics.fleets[fleet]
    state.blocked_zones[zone] -= 1
    wake_next(run, state, zone)


def _enter(run: Run, number: int) -> None:
    """Takes the next zone for a vehicle at its line or in its bay, or lets it wait for it."""
    plan, fleet, vehicle = fleet_and_vehicle(run, number)
    now, on_lane = run.state.now_ns, vehicle.bay < 0
    zone = (vehicle.zone + 1) % plan.zones if on_lane else plan.bays[vehicle.bay].zone
    queue = fleet.queues[zone]
    if now >= vehicle.flat_ns and _is_flat(run, number):
        return
    if vehicle.zones_left == 1 and not vehicle.booked and fleet.taken[vehicle.goal] >= plan.bays[vehicle.goal].places:
        _wait_for_place(run, number, zone)
        return
    if not _is_open(fleet, zone, now) or (queue and queue[0] != number):
        _wait_for_zone(run, number, zone)
        return
    if queue:
        del queue[0]
    _take_zone(run, number, zone)


def _wait_for_place(run: Run, number: int, zone: int) -> None:
    """The goal is full: the vehicle waits for a place there, and lets others into its zone meanwhile."""
    _, fleet, vehicle = fleet_and_vehicle(run, number)
    if number in fleet.queues[zone]:
        fleet.queues[zone].remove(number)
        wake_next(run, fleet, zone)
    _wait(run, number)
    if number not in fleet.bay_queues[vehicle.goal]:
        fleet.bay_queues[vehicle.goal].append(number)


def _wait_for_zone(run: Run, number: int, zone: int) -> None:
    _, fleet, _ = fleet_and_vehicle(run, number)
    queue = fleet.queues[zone]
    _wait(run, number)
    if number not in queue:
        queue.append(number)
    if queue[0] == number:
        wake_next(run, fleet, zone)


def _is_open(fleet: FleetState, zone: int, now_ns: int) -> bool:
    """Whether a vehicle may enter a zone now."""
    return fleet.holder[zone] < 0 and fleet.free_ns[zone] <= now_ns + _SLACK_NS and not fleet.blocked_zones[zone]


def _cross(run: Run, number: int, at: tuple[FleetPlan, FleetState, VehicleState], zone: int) -> None:
    """A vehicle drives over its line into the next zone."""
    plan, fleet, vehicle = at
    fleet.holder[zone] = number
    vehicle.zones_left -= 1
    free_zone(run, fleet, vehicle.zone, plan.clear_ns)
    vehicle.zone = zone
    vehicle.line_m += plan.zone_m
    _await_line(run, number, plan, vehicle)


def _take_zone(run: Run, number: int, zone: int) -> None:
    at = plan, fleet, vehicle = fleet_and_vehicle(run, number)
    if vehicle.zones_left == 1 and not vehicle.booked:
        fleet.taken[vehicle.goal] += 1
        vehicle.booked = True
    if vehicle.phase == DRIVING:
        _cross(run, number, at, zone)
        return
    fleet.holder[zone] = number
    vehicle.zones_left -= 1
    left, vehicle.zone = vehicle.zone, zone
    vehicle.waited_ns += run.state.now_ns - vehicle.waiting_ns
    vehicle.phase, vehicle.waiting_ns = DRIVING, -1
    if vehicle.bay < 0:
        free_zone(run, fleet, left, plan.clear_ns)
        start_m = zone * plan.zone_m
        vehicle.place = -1
    else:
        bay = vehicle.bay
        start_m = plan.bays[bay].at_m
        vehicle.bay = -1
        free_place(run, fleet, bay)
    vehicle.line_m = (zone + 1) * plan.zone_m
    _start_move(run, number, start_m)


def _start_move(run: Run, number: int, start_m: float) -> None:
    """From `start_m` within its zone a vehicle moves on towards its goal; its line is on the same count of metres."""
    plan, _, vehicle = fleet_and_vehicle(run, number)
    laps_m = plan.length_m * (start_m // plan.length_m)
    start_m -= laps_m
    vehicle.line_m -= laps_m
    way_m = (plan.bays[vehicle.goal].at_m - start_m) % plan.length_m
    if not vehicle.zones_left and way_m > plan.zone_m + _FUZZ_M:
        way_m = 0.0  # it stands where the bay is, but for the last digit
    elif vehicle.zones_left and start_m + way_m < vehicle.line_m - _FUZZ_M:
        way_m += plan.length_m
    vehicle.from_m, vehicle.to_m, vehicle.departed_ns = start_m, start_m + way_m, run.state.now_ns
    vehicle.arrives_ns = run.state.now_ns + round(way_m / plan.speed_m_ns)
    use_battery(run, number, DRAWING)
    _await_line(run, number, plan, vehicle)
    if run.out is not None:
        run.tell(plan.ids[number - plan.first], plan.tags, move_levels(vehicle))


def _await_line(run: Run, number: int, plan: FleetPlan, vehicle: VehicleState) -> None:
    if vehicle.zones_left:
        due_ns = vehicle.departed_ns + int((vehicle.line_m - vehicle.from_m) / plan.speed_m_ns)
        expect(run, number, due_ns if due_ns > run.state.now_ns else run.state.now_ns)
    else:
        expect(run, number, vehicle.arrives_ns)


def _wait(run: Run, number: int) -> None:
    """The vehicle waits where it is: in its bay, or at its line."""
    vehicle = run.state.logistics.vehicles[number]
    if vehicle.phase == DRIVING:
        vehicle.phase, vehicle.waiting_ns = WAITING, run.state.now_ns
        _stop_at(run, number, vehicle.line_m)


def _stop_at(run: Run, number: int, at_m: float) -> None:
    plan, _, vehicle = fleet_and_vehicle(run, number)
    vehicle.to_m, vehicle.arrives_ns = at_m, run.state.now_ns
    use_battery(run, number, IDLE)
    if run.out is not None:
        run.tell(plan.ids[number - plan.first], plan.tags, {"To": at_m, "Arrives": vehicle.arrives_ns})


def _is_flat(run: Run, number: int) -> bool:
    """Whether the battery is flat indeed; the vehicle stands still then, until somebody lets it go on."""
    if charge_at(run, number) > 1e-9:
        return False
    plan, _, vehicle = fleet_and_vehicle(run, number)
    _wait(run, number)
    leave_queues(run, number)
    vehicle.halted = True
    if run.out is not None:
        name = plan.ids[number - plan.first]
        run.out.append(
            Incident(run.state.now_ns, name, "battery_flat", 600, f"{name} stands still: its battery is flat")
        )
    return True
