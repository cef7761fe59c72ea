"""Rework: rejects leave the line for an off-line buffer without bounds, and come back to an earlier station.

A unit leaves without its carrier, which is free for the next one. Back after its delay, it goes before all others onto
the conveyor to its station, as soon as that has room and a carrier is free: behind the units that are on it already.
"""

from __future__ import annotations

from bisect import insort
from operator import attrgetter

from twin.sim.run import ARRIVE, Run
from twin.sim.state import Unit
from twin.sim.transport import tell_carrier


def send_to_rework(run: Run, index: int, unit: Unit) -> bool:
    """Takes a reject off the line to be reworked; False where its station scraps it."""
    plan, station = run.plan.stations[index], run.state.stations[index]
    if plan.rework is None or unit.reworked >= plan.rework.limit:
        return False
    back_ns = run.state.now_ns + plan.rework.delay_ns
    reworked = Unit(unit.serial, -1, unit.entered_ns, reworked=unit.reworked + 1, arrives_ns=back_ns)
    reworked.variant, reworked.job, reworked.revision = unit.variant, unit.job, unit.revision
    reworked.operations, reworked.lots = unit.operations, unit.lots
    insort(run.state.stations[plan.rework.to].returning, reworked, key=attrgetter("arrives_ns"))
    run.push(back_ns, ARRIVE, plan.rework.to)
    station.reworked += 1
    if run.out is not None:
        run.tell(plan.id, plan.tags, {"Reworked": station.reworked})
    if unit.carrier >= 0:
        free_carrier(run, plan.line, unit)
    return True


def take_reworked(run: Run, index: int) -> Unit | None:
    """The unit that has been back from rework for longest, on a carrier; None where either is not at hand."""
    station, plan = run.state.stations[index], run.plan.stations[index]
    line, in_line = run.plan.lines[plan.line], run.state.lines[plan.line]
    if not station.returning or station.returning[0].arrives_ns > run.state.now_ns:
        return None
    if line.carriers and not in_line.free:
        return None
    unit = station.returning.pop(0)
    if line.carriers:
        unit.carrier = in_line.free.pop(0)
        in_line.carriers[unit.carrier] = unit
        tell_carrier(run, line, unit, ("Serial", "Place"))
    return unit


def free_carrier(run: Run, number: int, unit: Unit) -> None:
    """The unit is off its carrier, which goes back to the head of the line."""
    unit.serial, unit.station = 0, -1
    run.state.lines[number].free.append(unit.carrier)
    tell_carrier(run, run.plan.lines[number], unit, ("Serial", "Station"))
