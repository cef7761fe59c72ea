"""The conveyor of a line: units drive off, queue behind one another at the pitch, and move up when one ahead has gone.

A unit heads for the front of the queue, one pitch before the station, and is admitted from there; the last pitch, into
its place, is the first part of its cycle there. All moves have one speed and so keep their distance: only departures
need spacing.
"""

from __future__ import annotations

from twin.sim.messages import Value
from twin.sim.plan import LinePlan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import ARRIVE, Run
from twin.sim.state import Unit

MOVE = ("From", "To", "Departed", "Arrives")


def drive_off(run: Run, index: int, unit: Unit) -> None:
    """Sends a unit that leaves the station before towards station `index`, to the end of its queue."""
    plan, station, now = run.plan.stations[index], run.state.stations[index], run.state.now_ns
    queue = station.queue
    station.queue_area -= now
    unit.station = -1
    unit.arrives_ns = unit.queued_ns = now
    if plan.conveyed:
        _start(run, index, unit)
    queue.append(unit)
    if run.out is not None:
        tell_carrier(run, run.plan.lines[plan.line], unit, (*MOVE, "Station"))
        run.tell(plan.id, plan.tags, {"Queue": len(queue)})
    if unit.arrives_ns > now and len(queue) == 1:
        run.push(unit.arrives_ns, ARRIVE, index)


def join_queue(run: Run, index: int, unit: Unit) -> None:
    """Puts a new unit before the first station of its line, where it waits for material."""
    plan, station, now = run.plan.stations[index], run.state.stations[index], run.state.now_ns
    line = run.plan.lines[plan.line]
    unit.arrives_ns = unit.departed_ns = unit.queued_ns = now
    unit.from_m = unit.to_m = max(plan.at_m - line.pitch_m, 0.0)
    station.queue_area -= now
    station.queue.append(unit)
    if run.out is not None:
        tell_carrier(run, line, unit, ("Serial", *MOVE, "Station"))
        run.tell(plan.id, plan.tags, {"Queue": len(station.queue)})


def _start(run: Run, index: int, unit: Unit) -> None:
    """The move of a unit from the station before to the end of the queue, once the one ahead of it is a pitch away."""
    number, before = run.plan.stations[index].line, run.state.stations[index - 1]
    starts_ns = max(run.state.now_ns, before.gate_ns)
    before.gate_ns = starts_ns + round(run.plan.lines[number].pitch_ns * run.state.lines[number].slower)
    unit.from_m = run.plan.stations[index - 1].at_m
    position_m = _position_m(run, index, len(run.state.stations[index].queue))
    _head_for(unit, position_m, starts_ns, _speed_m_s(run, number))


def take_front(run: Run, index: int) -> Unit | None:
    """The unit at the front of the queue, if it is there already; those behind it move up."""
    station, now = run.state.stations[index], run.state.now_ns
    queue = station.queue
    if not queue or queue[0].arrives_ns > now:
        return None
    station.queue_area += now
    unit = queue.popleft()
    station.passed += 1
    station.queued_ns += now - unit.queued_ns
    if run.out is not None:
        plan = run.plan.stations[index]
        run.tell(plan.id, plan.tags, {"Queue": len(queue)})
    if queue and run.plan.stations[index].conveyed:
        _move_up(run, index)
        if queue[0].arrives_ns > now:
            run.push(queue[0].arrives_ns, ARRIVE, index)
    return unit


def pull_in(run: Run, index: int, unit: Unit, *, moved: bool) -> None:
    """Moves an admitted unit over the last pitch into its place; `moved` where it had another, or none."""
    plan = run.plan.stations[index]
    line = run.plan.lines[plan.line]
    if line.pitch_ns:
        unit.from_m = max(plan.at_m - line.pitch_m, 0.0) if plan.first else unit.to_m
        _head_for(unit, plan.at_m, run.state.now_ns, _speed_m_s(run, plan.line))
    if run.out is not None:
        head = ("Serial",) if plan.first else ()
        tell_carrier(run, line, unit, (*head, *MOVE, "Station", "Place") if moved else (*MOVE, "Station"))


def _move_up(run: Run, index: int) -> None:
    number, now = run.plan.stations[index].line, run.state.now_ns
    line, start_m = run.plan.lines[number], run.plan.stations[index - 1].at_m
    for position, unit in enumerate(run.state.stations[index].queue):
        to_m = _position_m(run, index, position)
        if to_m == start_m:  # the crowd at the beginning of the conveyor, however long, stays where it is
            break
        if to_m <= unit.to_m:
            continue
        if unit.arrives_ns <= now:
            unit.from_m = unit.to_m
            _head_for(unit, to_m, now, _speed_m_s(run, number))
            tell_carrier(run, line, unit, MOVE)
        else:
            _head_for(unit, to_m, unit.departed_ns, _speed_m_s(run, number))
            tell_carrier(run, line, unit, ("To", "Arrives"))


def _position_m(run: Run, index: int, position: int) -> float:
    """Where the unit at `position` of the queue waits; a queue longer than the conveyor crowds at its beginning."""
    plan = run.plan.stations[index]
    pitch_m = run.plan.lines[plan.line].pitch_m
    return max(plan.at_m - (position + 1) * pitch_m, run.plan.stations[index - 1].at_m)


def _speed_m_s(run: Run, number: int) -> float:
    return run.plan.lines[number].speed_m_s / run.state.lines[number].slower


def _head_for(unit: Unit, to_m: float, departed_ns: int, speed_m_s: float) -> None:
    unit.to_m, unit.departed_ns = to_m, departed_ns
    unit.arrives_ns = departed_ns + round((to_m - unit.from_m) / speed_m_s * NANOSECONDS)


def tell_carrier(run: Run, line: LinePlan, unit: Unit, tags: tuple[str, ...]) -> None:
    """Publishes new values of the carrier under a unit."""
    if run.out is not None and unit.carrier >= 0:
        levels = carrier_levels(line, unit)
        run.tell(line.carriers[unit.carrier], line.carrier_tags, {tag: levels[tag] for tag in tags})


def carrier_levels(line: LinePlan, unit: Unit) -> dict[str, Value]:
    """Everything that a carrier's tags say."""
    return {
        "Serial": serial_number(line, unit.serial),
        "From": unit.from_m,
        "To": unit.to_m,
        "Departed": unit.departed_ns,
        "Arrives": unit.arrives_ns,
        "Station": unit.station,
        "Place": unit.place,
    }


def serial_number(line: LinePlan, serial: int) -> str:
    """The serial number as printed on the unit: `OU-000123`; nothing for no unit."""
    return f"{line.prefix}{serial:06d}" if serial else ""
