"""Stations from a recording: counts, the units in their places with the time that their services still take, states."""

from __future__ import annotations

from twin.plant.packml import Mode, State
from twin.sim.orders.routing import work
from twin.sim.orders.units import choice
from twin.sim.past.known import NOW_NS, Past, fitting
from twin.sim.randomness import NANOSECONDS
from twin.sim.setup import tool_wear
from twin.sim.state import StationState, Unit
from twin.sim.station_plan import SetupPlan, StationPlan

_MODES = {float(mode) for mode in (Mode.PRODUCTION, Mode.MAINTENANCE, Mode.MANUAL)}
_STATES = {float(state) for state in State}
_OVER = (int(State.SUSPENDING), int(State.SUSPENDED))  # what is in the places is finished


def restore_station(past: Past, index: int) -> None:
    """Counts and clocks of a station, and what is known of its newest unit."""
    plan, station, known = past.run.plan.stations[index], past.run.state.stations[index], past.known
    line = past.run.plan.lines[plan.line]
    station.processed = known.count(plan.id, "Processed")
    station.defective = known.count(plan.id, "Defective")
    station.reworked = known.count(plan.id, "Reworked") if plan.rework else 0
    station.false_rejects = known.count(plan.id, "FalseRejects") if "FalseRejects" in plan.tags else 0
    station.no_tests = known.count(plan.id, "NoTests") if "NoTests" in plan.tags else 0
    if station.processed:
        station.cycle_work = round((known.number(plan.id, "CycleTime") or 0.0) * NANOSECONDS)
    station.worked_work = NOW_NS
    station.since_ns = station.cause_since_ns = NOW_NS
    seed = past.run.state.seed
    station.failures_work = [NOW_NS + failure.to_failure.value(seed, 0) for failure in plan.failures]
    serial = known.text(plan.id, "Serial").removeprefix(line.prefix)
    station.serial = int(serial) if serial.isdigit() else 0
    station.cycle_started_ns = known.instant(plan.id, "CycleStarted") if station.processed or station.serial else NOW_NS
    number = known.number(plan.id, "State")
    station.state = round(number) if number in _STATES else int(State.SUSPENDED)
    mode = known.number(plan.id, "Mode")
    station.mode = round(mode) if mode in _MODES else int(Mode.PRODUCTION)
    if plan.setup and plan.setup.tool:
        station.tools, station.tool_services = divmod(station.processed, plan.setup.tool.life)


def admit(past: Past, index: int, units: list[Unit]) -> None:
    """Gives a station the units in its places; the oldest one came first."""
    plan, station = past.run.plan.stations[index], past.run.state.stations[index]
    blocked = bool(units) and past.known.number(plan.id, "Blocked") == 1.0
    units.sort(key=lambda unit: unit.begun_ns)
    first_counter = station.processed - blocked
    for number, unit in enumerate(units):
        elapsed = NOW_NS - unit.begun_ns
        unit.begun_work = NOW_NS - elapsed
        unit.done = blocked and number == 0
        factor = work(past.run, index, unit)
        over = unit.done or station.state in _OVER
        counter, seed = first_counter + number, past.run.state.seed
        unit.end_work = unit.begun_work + (1 if over else fitting(plan.service, seed, counter, elapsed, factor))
    if units:
        newest = max(units, key=lambda unit: unit.begun_ns)
        station.serial, station.cycle_started_ns = newest.serial, max(newest.begun_ns, station.cycle_started_ns)
        if plan.setup is not None:
            _set_up(past, index, plan.setup, newest)
    if plan.parallel:
        units.sort(key=lambda unit: unit.end_work)
    station.units = units
    station.services = station.admitted = first_counter + len(units)
    station.last_end_work = max((unit.end_work for unit in units), default=0)


def _set_up(past: Past, index: int, setup: SetupPlan, newest: Unit) -> None:
    """What the station was set up for, and the rest of a setup that is under way."""
    station, plan = past.run.state.stations[index], past.run.plan.stations[index]
    if newest.variant >= 0:
        station.choices = [choice(past.run, newest, changeover.option) for changeover in setup.changeovers]
    if past.known.number(plan.id, "Mode") != Mode.SETUP:
        return
    if setup.change is not None and tool_wear(past.run, index) == 0.0:
        lasts_ns = setup.change.value(past.run.state.seed, station.tools)
    else:
        lasts_ns = round(max((each.default_s for each in setup.changeovers), default=1.0) * NANOSECONDS)
    station.setup_work = NOW_NS + max(round(lasts_ns * past.share(index)), 1)
    newest.setup_work = station.setup_work
    newest.end_work = station.setup_work + plan.service.value(past.run.state.seed, station.processed)


def restore_state(past: Past, index: int) -> None:
    """What ends a stop, and who repairs it: a technician of the area, or nobody yet."""
    plan, station = past.run.plan.stations[index], past.run.state.stations[index]
    wanted = {State.HELD: False, State.ABORTED: True}.get(State(station.state))
    stops = [failure for failure in plan.failures if failure.breakdown == wanted]
    repair_ns = fitting(stops[0].to_repair, past.run.state.seed, station.processed, 0) if stops else NANOSECONDS
    if wanted is not None:
        station.restart_ns = NOW_NS + max(round(repair_ns * past.share(index)), 1)
    if wanted and stops:
        _call(past, plan, station, repair_ns)


def _call(past: Past, plan: StationPlan, station: StationState, repair_ns: int) -> None:
    number = past.run.plan.lines[plan.line].crew
    crew = past.run.state.crews[number]
    if crew.busy < past.run.plan.technicians[number]:
        crew.busy += 1
        station.attended = True
        return
    station.restart_ns = 0
    station.repair_ns, station.called_ns = repair_ns, NOW_NS
    crew.calls.append(plan.index)
