"""Units enter their line, for a job where it makes a part, and leave it: for a store or the warehouse, or as scrap."""

from __future__ import annotations

from twin.sim.logistics.outputs import put
from twin.sim.orders.planning import next_job
from twin.sim.orders.units import begin, end
from twin.sim.rework import free_carrier, take_reworked
from twin.sim.run import Run
from twin.sim.state import Unit


def enter_line(run: Run, index: int) -> Unit | None:
    """A unit for the first station: one from rework, or a new one on the next free carrier; None without a carrier."""
    if run.state.stations[index].returning and (reworked := take_reworked(run, index)):
        return reworked
    number = run.plan.stations[index].line
    line, now = run.state.lines[number], run.state.now_ns
    carrier = -1
    if run.plan.lines[number].carriers and not line.free:
        return None
    job = next_job(run, number) if run.plan.lines[number].part >= 0 else -1
    if job is None:
        return None
    if run.plan.lines[number].carriers:
        carrier = line.free.pop(0)
    line.wip_area -= now
    line.entered += 1
    unit = Unit(line.entered, carrier, now)
    if job >= 0:
        begin(run, number, unit, job)
    if carrier >= 0:
        line.carriers[carrier] = unit
    return unit


def leave_line(run: Run, number: int, unit: Unit) -> None:
    """Takes a finished or scrapped unit off its line."""
    line, now = run.state.lines[number], run.state.now_ns
    line.wip_area += now
    line.stay_ns += now - unit.entered_ns
    if unit.rejected:
        line.scrapped += 1
    else:
        line.finished += 1
        if unit.reworked:
            line.finished_reworked += 1
        run.state.finished += 1
        if run.plan.lines[number].output:
            put(run, number, unit)
        line.lead_ns += now - unit.entered_ns
    if run.plan.lines[number].part >= 0:
        end(run, number, unit)
    if unit.carrier >= 0:
        free_carrier(run, number, unit)
