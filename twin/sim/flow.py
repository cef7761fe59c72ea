"""Product units through a line: admitted, worked on, released to the next station, or off the line.

The convention, which the published oracles share: the first station is never starved, the last never blocked; a
finished unit that finds no room stays in its place (blocking after service); a buffer of b holds b units besides those
in places. Where the literature counts otherwise: Gershwin's N of the synchronous two-machine line is b + 2 (the buffer,
the place of the second machine, and the finished part that a blocked first machine holds). A Bernoulli machine keeps
no finished part, a slot without room is lost, and so N is b + 1 there.
A station that is down neither takes nor gives units. Rejects leave the line at the station that rejects them, as scrap
or for rework (`twin.sim.rework`).
"""

from __future__ import annotations

from bisect import insort
from operator import attrgetter

from twin.plant.packml import State
from twin.sim.line import enter_line, leave_line
from twin.sim.logistics.outputs import has_room
from twin.sim.logistics.supplies import take
from twin.sim.machine import refresh
from twin.sim.orders.routing import begin_service
from twin.sim.outcome import more_work, note_service, rejected
from twin.sim.plan import LinePlan
from twin.sim.randomness import NANOSECONDS
from twin.sim.rework import send_to_rework, take_reworked
from twin.sim.run import Run
from twin.sim.setup import begin_setup
from twin.sim.state import SKIPPED, StationState, Unit, working
from twin.sim.station_plan import StationPlan
from twin.sim.trace import finish as finish_row
from twin.sim.transport import drive_off, join_queue, pull_in, serial_number, take_front

_EXECUTE = int(State.EXECUTE)
# Whether units may come and go in a state.
_OPEN = tuple(state in {State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.UNSUSPENDING} for state in State)


def settle(run: Run, index: int) -> None:
    """Moves all that can move now at a station and, behind it, wherever a finished unit waited for the room."""
    stations, plans = run.state.stations, run.plan.stations
    at = top = index
    while True:
        station, plan = stations[at], plans[at]
        units = station.units
        gone = units and units[0].done and _release(run, at, station, plan)
        if gone and not plan.last and len((after := stations[at + 1]).units) < plans[at + 1].places:
            _admit(run, at + 1, after, plans[at + 1])
            top += at == index
        if station.returning:
            _rejoin(run, at)
        if len(units) < plan.places and (plan.first or station.queue):
            _admit(run, at, station, plan)
        if plan.first or not (behind := stations[at - 1].units) or not behind[0].done:
            break
        at -= 1
    while top >= at:
        refresh(run, top)
        top -= 1
    if plan.carried and run.state.lines[plan.line].free:
        _use_free_carriers(run, run.plan.lines[plan.line])


def _use_free_carriers(run: Run, line: LinePlan) -> None:
    """Gives free carriers to the units that wait for one: reworked ones first, then new ones."""
    for index in line.reworked_at:
        if run.state.stations[index].returning and _rejoin(run, index):
            settle(run, index)
    station, plan = run.state.stations[line.first], run.plan.stations[line.first]
    if len(station.units) < plan.places:
        _admit(run, line.first, station, plan)
        refresh(run, line.first)


def _rejoin(run: Run, index: int) -> bool:
    """Puts units that are back from rework on the way to a station, as far as there is room; whether any went.

    The first station has no way to it: it takes them in itself.
    """
    returning, now, any_came = run.state.stations[index].returning, run.state.now_ns, False
    if run.plan.stations[index].first:
        return False
    while returning and returning[0].arrives_ns <= now and _has_room(run, run.plan.stations[index - 1]):
        unit = take_reworked(run, index)
        if unit is None:
            break
        drive_off(run, index, unit)
        any_came = True
    return any_came


def finish(run: Run, index: int) -> None:
    """The service of the unit at the head of a station is over, or that of the last one behind it."""
    station = run.state.stations[index]
    if (units := station.units) and not units[0].done:
        _finish_head(run, index, station, run.plan.stations[index])
    settle(run, index)


def _has_room(run: Run, plan: StationPlan) -> bool:
    if plan.last:
        return not run.plan.lines[plan.line].output or has_room(run, plan.line)
    after = run.state.stations[plan.index + 1]
    return len(after.queue) + len(after.units) < plan.capacity_after


def _finish_head(run: Run, index: int, station: StationState, plan: StationPlan) -> None:
    unit = station.units[0]
    if plan.retries and not _has_room(run, plan):
        _prolong(run, index, plan.service.value(run.state.seed, station.services))
        station.services += 1
        return
    if unit.recipe == SKIPPED:
        unit.done = True
        return
    if plan.judged and (more := more_work(run, index, unit)):
        _prolong(run, index, more)
        return
    unit.done = True
    if plan.judged or plan.reject_probability or station.extra_reject:
        unit.rejected = rejected(run, index, unit)
        station.defective += unit.rejected
    if unit.revision >= 0 or plan.judged:
        note_service(run, index, unit)
    station.processed += 1
    station.cycle_work = unit.end_work - unit.begun_work
    station.finished_ns, station.finished_rejected = run.state.now_ns, unit.rejected
    station.finished_tool_services, station.finished_recipe = station.tool_services, unit.recipe
    if run.trace is not None:
        run.trace.finishes.extend(finish_row(station, index))
    if run.out is not None:
        run.tell(plan.id, plan.tags, {"Processed": station.processed, "CycleTime": station.cycle_work / NANOSECONDS})
        _tell_reject(run, index, unit)


def _tell_reject(run: Run, index: int, unit: Unit) -> None:
    if unit.rejected:
        plan = run.plan.stations[index]
        run.tell(plan.id, plan.tags, {"Defective": run.state.stations[index].defective})


def _prolong(run: Run, index: int, more: int) -> None:
    """The service of the unit at the head takes longer; a unit beside it may be finished before it then."""
    station = run.state.stations[index]
    unit = station.units[0]
    unit.end_work += more
    station.last_end_work = max(station.last_end_work, unit.end_work)
    if run.plan.stations[index].parallel:
        station.units.sort(key=attrgetter("end_work"))
    if run.trace is not None:
        _note_first_place(run, index, unit)


def _release(run: Run, index: int, station: StationState, plan: StationPlan) -> bool:
    """Lets finished units go, in order, as far as there is room for them; whether any went."""
    units, now, any_gone = station.units, run.state.now_ns, False
    after = None if plan.last else run.state.stations[index + 1]
    while units and (unit := units[0]).done and _OPEN[station.state]:
        if not unit.rejected and not (
            len(after.queue) + len(after.units) < plan.capacity_after if after else _has_room(run, plan)
        ):
            break
        del units[0]
        station.units_area += now
        if after and not unit.rejected:
            unit.done = False
            drive_off(run, index + 1, unit)
        elif not (unit.rejected and send_to_rework(run, index, unit)):
            leave_line(run, plan.line, unit)
        any_gone = True
        if run.trace is not None:
            _note_first_place(run, index, unit)
        if run.out is not None:
            _tell_left(run, index)
        if units and units[0].end_work <= working(station, now):
            _finish_head(run, index, station, plan)
    return any_gone


def _admit(run: Run, index: int, station: StationState, plan: StationPlan) -> None:
    """Takes units in, as long as there is a place and one is at hand."""
    units, now = station.units, run.state.now_ns
    while len(units) < plan.places and _OPEN[station.state]:
        if plan.supplied:
            unit = _supplied_unit(run, index)
        else:
            unit = enter_line(run, index) if plan.first else take_front(run, index)
        if unit is None:
            return
        place = _free_place(station) if plan.parallel else station.admitted % plan.places
        moved = plan.first or unit.place != place
        unit.station, unit.place = plan.in_line, place
        if plan.conveyed or run.out is not None:
            pull_in(run, index, unit, moved=moved)
        station.units_area -= now
        station.serial, station.cycle_started_ns = unit.serial, now
        station.admitted += 1
        _begin_service(run, index, station, plan, unit)
        if plan.parallel:
            insort(units, unit, key=attrgetter("end_work"))
        else:
            units.append(unit)
        if run.trace is not None:
            _note_first_place(run, index, unit)
        if run.out is not None:
            serial = serial_number(run.plan.lines[plan.line], unit.serial)
            run.tell(plan.id, plan.tags, {"Units": len(units), "Serial": serial, "CycleStarted": now})


def _begin_service(run: Run, index: int, station: StationState, plan: StationPlan, unit: Unit) -> None:
    """The unit's service at a station, after what that needs to be set up for it."""
    begun_work, now = station.worked_work, run.state.now_ns
    if station.state == _EXECUTE:
        begun_work += now - station.since_ns
    unit.begun_work, unit.begun_ns = begun_work, now
    service = plan.service.value(run.state.seed, station.services)
    station.services += 1
    slower = station.slower if unit.revision < 0 else station.slower * begin_service(run, index, unit)
    if slower != 1.0:
        service = max(round(service * slower), 1)
    if plan.setup is not None and unit.recipe != SKIPPED:
        begin_setup(run, index, unit)
    unit.setup_work = setup_work = station.setup_work
    unit.end_work = end_work = (setup_work if setup_work > begun_work else begun_work) + service
    if end_work > station.last_end_work:
        station.last_end_work = end_work


def _free_place(station: StationState) -> int:
    """The first place of a station that no unit has."""
    taken = {unit.place for unit in station.units}
    return next(place for place in range(len(taken) + 1) if place not in taken)


def _supplied_unit(run: Run, index: int) -> Unit | None:
    """The next unit for a station, which has taken what material it needs there; None where either is not at hand.

    A new unit has its variant, and so its bill, before it has its material: it waits at the first station for that.
    """
    station, now = run.state.stations[index], run.state.now_ns
    queue = station.queue
    if run.plan.stations[index].first and not queue:
        entered = enter_line(run, index)
        if entered is None:
            return None
        join_queue(run, index, entered)
    if not queue or queue[0].arrives_ns > now:
        return None
    station.short = not take(run, index, queue[0])
    return None if station.short else take_front(run, index)


def _note_first_place(run: Run, index: int, unit: Unit) -> None:
    """Traces that a unit has come, gone or goes on, if it is the one that the instruments at the first place see."""
    if unit.place == 0:
        run.note_course(index)


def _tell_left(run: Run, index: int) -> None:
    station, plan = run.state.stations[index], run.plan.stations[index]
    run.tell(plan.id, plan.tags, {"Units": len(station.units)})
    if not station.units:
        run.tell(plan.id, plan.tags, {"Serial": ""})
