"""Malfunctions begin and end: their effects on stations, instruments, lines, crews and robots, and their alarms.

What a malfunction changes is worked out anew from all that are active, whenever one of them begins, ends or reaches
another station: nothing is added up that would have to be taken back exactly.
"""

from __future__ import annotations

from twin.errors import SimulationError
from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import AlarmText, Effect, near_misses, stations_of, targets
from twin.plant.packml import State
from twin.sim.crew import call_technician
from twin.sim.flow import settle
from twin.sim.machine import go_on
from twin.sim.messages import Alarm
from twin.sim.randomness import NANOSECONDS, uniforms
from twin.sim.run import TRAINING, Run
from twin.sim.state import StationState, working
from twin.sim.training.elsewhere import act_elsewhere
from twin.sim.training.instruments import disturb, undisturb
from twin.sim.training.logistics import begin_logistics, end_logistics
from twin.sim.training.state import Active

_SPREAD = uniforms("training/spread")
_MOST_STATIONS = 1 << 16
_FORCES = {"hold": State.HELD, "abort": State.ABORTED, "breakdown": State.ABORTED}
_LONGEST_SHARE = 0.95  # of units rejected, missed or tested without a result: some always come through


def inject(run: Run, kind: str, target: str, severity: float = 1.0, duration_ns: int = -1) -> int:
    """Begins a malfunction, for a time or (-1) until it is cleared; its number.

    Raises:
        SimulationError: if there is no such malfunction, or none of it on this target, or none so severe or short.
    """
    layout, training, now = run.plan.layout, run.state.training, run.state.now_ns
    if kind not in CATALOGUE:
        raise SimulationError(f"There is no malfunction {kind!r}{near_misses(kind, list(CATALOGUE)) or '.'}")
    known = targets(layout, CATALOGUE[kind])
    if target not in known:
        others = f"; it hits {', '.join(known[:5])}" if known else "; nothing here can have it"
        raise SimulationError(f"{kind} cannot hit {target!r}{near_misses(target, known) or others}")
    if not 0.0 < severity <= 1.0:
        raise SimulationError(f"A severity is above 0, up to 1, not {severity:g}.")
    if duration_ns == 0:
        raise SimulationError(f"{kind} is to last no time at all: give it a duration, or none until it is cleared.")
    training.begun += 1
    until_ns = now + duration_ns if duration_ns > 0 else -1
    active = Active(training.begun, kind, target, severity, now, until_ns, list(stations_of(layout, target)))
    training.active.append(active)
    _call_technicians(run, active, max(duration_ns, 0))
    disturb(run, active)
    begin_logistics(run, active)
    for at_ns in _times(run, active) | ({until_ns} if until_ns > 0 else set()):
        if at_ns > now:
            run.push(at_ns, TRAINING, active.number)
    _follow(run, active)
    return active.number


def clear(run: Run, number: int) -> bool:
    """Ends a malfunction; False where none of this number is under way."""
    active = next((one for one in run.state.training.active if one.number == number), None)
    if active is None:
        return False
    run.state.training.active.remove(active)
    undisturb(run, active)
    end_logistics(run, active)
    for station, text in active.alarms:
        _tell_alarm(run, active, station, text, active=False)
    _bring_in_line(run, active)
    return True


def malfunction_due(run: Run, number: int) -> None:
    """The time has come that a malfunction reaches another station, or ends; it may have been cleared before."""
    active = next((one for one in run.state.training.active if one.number == number), None)
    if active is None:
        return
    if 0 <= active.until_ns <= run.state.now_ns:
        clear(run, number)
    else:
        _follow(run, active)


def active_alarms(run: Run) -> list[Alarm]:
    """The alarms that malfunctions have raised and that are still active."""
    active = run.state.training.active
    return [_alarm(run, one, station, text, active=True) for one in active for station, text in one.alarms]


def _follow(run: Run, active: Active) -> None:
    for station in active.stations or [-1]:
        for number, text in enumerate(CATALOGUE[active.kind].alarms):
            if (station, number) not in active.alarms and _reached(run, active, text, station):
                active.alarms.append((station, number))
                _tell_alarm(run, active, station, number, active=True)
    _bring_in_line(run, active)


def _bring_in_line(run: Run, active: Active) -> None:
    """Brings everything that a malfunction hits in line with all that are active."""
    for index in active.stations:
        _modify(run, index)
    act_elsewhere(run, active)


def _modify(run: Run, index: int) -> None:
    """Works out what all active malfunctions do to a station."""
    station, totals, forced = run.state.stations[index], dict[str, float](), 0
    for active in run.state.training.active:
        if index not in active.stations:
            continue
        for effect in CATALOGUE[active.kind].effects:
            if _reached(run, active, effect, index):
                totals[effect.kind] = totals.get(effect.kind, 0.0) + effect.amount * active.severity
                forced = max(forced, int(_FORCES.get(effect.kind, 0)), key=_gravity)
    overkill = totals.get("overkill", 0.0)
    blind = run.plan.stations[index].inspection is None  # without a second look every false reject is a reject
    station.slower = 1.0 + totals.get("slower", 0.0)
    station.extra_reject = min(totals.get("reject", 0.0) + (overkill if blind else 0.0), _LONGEST_SHARE)
    station.extra_overkill = min(overkill, _LONGEST_SHARE)
    station.extra_miss = min(totals.get("miss", 0.0), _LONGEST_SHARE)
    station.extra_no_test = min(totals.get("no_test", 0.0), _LONGEST_SHARE)
    changed = _rate_stops(run, index, 1.0 + totals.get("stops", 0.0))
    if forced != station.forced:
        station.forced, changed = forced, True
        if forced:
            station.restart_ns = max(station.restart_ns, run.state.now_ns, 1)
        go_on(run, index)
    if changed:
        settle(run, index)


def _gravity(state: int) -> int:
    return (0, int(State.HELD), int(State.ABORTED)).index(state)


def _rate_stops(run: Run, index: int, factor: float) -> bool:
    """Brings what is left until the next minor stop in line with their new rate; whether anything changed."""
    station = run.state.stations[index]
    if factor == station.more_stops:
        return False
    work, before, station.more_stops = working(station, run.state.now_ns), station.more_stops, factor
    for number, population in enumerate(run.plan.stations[index].failures):
        if not population.breakdown:
            left = station.failures_work[number] - work
            station.failures_work[number] = work + max(round(left * before / factor), 1)
    return True


def _call_technicians(run: Run, active: Active, repair_ns: int) -> None:
    if any(effect.kind == "breakdown" for effect in CATALOGUE[active.kind].effects):
        for index in active.stations:
            if not _is_down(run.state.stations[index]):
                call_technician(run, index, repair_ns)


def _is_down(station: StationState) -> bool:
    return station.attended or station.called_ns >= 0


def _reached(run: Run, active: Active, what: Effect | AlarmText, station: int) -> bool:
    """Whether an effect or an alarm has reached a station by now."""
    at_ns = _at_ns(run, active, what, station)
    return at_ns is not None and at_ns <= run.state.now_ns


def _times(run: Run, active: Active) -> set[int]:
    """When effects and alarms reach stations."""
    malfunction = CATALOGUE[active.kind]
    stations = active.stations or [-1]
    parts: list[Effect | AlarmText] = [*malfunction.effects, *malfunction.alarms]
    times = {_at_ns(run, active, what, index) for what in parts for index in stations}
    return {at_ns for at_ns in times if at_ns is not None}


def _at_ns(run: Run, active: Active, what: Effect | AlarmText, station: int) -> int | None:
    """When an effect or an alarm reaches a station; None where one that spreads is too weak to come so far."""
    if not what.spread_s:
        return active.since_ns + round(what.after_s * NANOSECONDS)
    share = _SPREAD.value(run.state.seed, active.number * _MOST_STATIONS + station)
    if share > active.severity:
        return None
    return active.since_ns + round((what.after_s + what.spread_s * share) * NANOSECONDS)


def _tell_alarm(run: Run, one: Active, station: int, text: int, *, active: bool) -> None:
    if run.out is not None:
        run.out.append(_alarm(run, one, station, text, active=active))


def _alarm(run: Run, one: Active, station: int, text: int, *, active: bool) -> Alarm:
    source = run.plan.stations[station].id if station >= 0 else one.target
    said = CATALOGUE[one.kind].alarms[text]
    return Alarm(run.state.now_ns, source, said.condition, active, said.severity, f"{source}: {said.message}")
