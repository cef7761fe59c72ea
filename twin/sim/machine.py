"""The PackML side of a station: states entered by legal commands only, what it waits for, failures and their ends.

What a station does of itself gives way to three others: a malfunction that forces it to stand, a person who keeps it in
a state, and the calendar that has production off; in this order.
Not here: product units and where they go (`twin.sim.flow`), who may command what (`twin.sim.training.commands`).
"""

from __future__ import annotations

from heapq import heappush

from twin.plant.packml import WAITING, Command, Mode, State, after
from twin.sim.crew import call_technician, free_technician
from twin.sim.messages import Incident
from twin.sim.run import FAIL, FINISH, SET_UP, STEP, Run
from twin.sim.state import BLOCKED, NO_CAUSE, SHORT, STARVED, SUSPENDING_STATES, StationState, working

EXECUTE, SUSPENDED, ABORTED = int(State.EXECUTE), int(State.SUSPENDED), int(State.ABORTED)
HELD, STOPPED = int(State.HELD), int(State.STOPPED)
_SUSPENDING, _UNSUSPENDING, _PRODUCTION = int(State.SUSPENDING), int(State.UNSUSPENDING), int(Mode.PRODUCTION)
_STOPPED_BY_ITSELF = (HELD, ABORTED)


def _after(state: int, order: Command) -> int | None:
    then = after(State(state), order)
    return None if then is None else int(then)


_LASTS = tuple(state in WAITING or state == State.EXECUTE for state in State)
# What a station does without being told, once the time of the state is over. Execute and Suspended wait for units.
_AUTOMATIC = {
    State.HELD: Command.UNHOLD,
    State.ABORTED: Command.CLEAR,
    State.STOPPED: Command.RESET,
    State.IDLE: Command.START,
    **dict.fromkeys(
        (
            State.SUSPENDING, State.UNSUSPENDING, State.HOLDING, State.UNHOLDING, State.COMPLETING,
            State.ABORTING, State.CLEARING, State.STOPPING, State.RESETTING, State.STARTING,
        ),
        Command.COMPLETED,
    ),
}  # fmt: skip
_NEXT = tuple(_after(state, _AUTOMATIC[state]) if state in _AUTOMATIC else None for state in State)
# Where a station is that comes into a state, once that is over in case it ends by itself.
_ENDS_IN = tuple(int(state) if _LASTS[state] or (then := _NEXT[state]) is None else then for state in State)
# How a station that is to stand in a state gets there from wherever it may.
_TOWARDS = {HELD: Command.HOLD, SUSPENDED: Command.SUSPEND, ABORTED: Command.ABORT, STOPPED: Command.STOP}


def command(run: Run, index: int, order: Command) -> None:
    """Gives a station a command, and lets it pass on to the first state that lasts."""
    _pass_on(run, index, _after(run.state.stations[index].state, order))


def step(run: Run, index: int) -> None:
    """The time of the present state is over."""
    _pass_on(run, index, _onward(run, index, run.state.stations[index]))


def go_on(run: Run, index: int) -> None:
    """Lets a station do what it does of itself, where something that kept it from that has changed."""
    station = run.state.stations[index]
    if _LASTS[station.state]:
        _pass_on(run, index, _onward(run, index, station))


def trouble(station: StationState, now_ns: int) -> bool:
    """Whether what stopped the station, in the state it stands in, is not over yet."""
    return station.called_ns >= 0 or station.restart_ns > now_ns or station.forced == station.state


def _pass_on(run: Run, index: int, state: int | None) -> None:
    station, now = run.state.stations[index], run.state.now_ns
    line = run.plan.lines[run.plan.stations[index].line]
    unseen = line.instant and run.out is None and run.trace is None
    while state is not None:
        if unseen:
            state = _ENDS_IN[state]
        _enter(run, index, station, state)
        waits = _NEXT[state] is None and station.mode == _PRODUCTION
        if waits and not (station.forced or station.kept or run.state.paused):
            return
        lasts_ns = line.acting_ns[state]
        if state in _STOPPED_BY_ITSELF and station.called_ns < 0:
            lasts_ns = station.restart_ns - now
        if lasts_ns > 0:
            station.due_ns, station.due_rank = now + lasts_ns, STEP
            run.push(now + lasts_ns, STEP, index)
            return
        state = _onward(run, index, station)


def _onward(run: Run, index: int, station: StationState) -> int | None:
    """The state that a station now goes on to of itself, None where it waits."""
    state, paused = station.state, run.state.paused
    if _LASTS[state] and (station.forced or station.kept or paused or station.mode != _PRODUCTION):
        for wanted in (station.forced, station.kept, STOPPED if paused and not station.kept else 0):
            if wanted == state:
                break
            if wanted in _TOWARDS and (towards := _after(state, _TOWARDS[wanted])) is not None:
                return towards
        if station.kept == state or (state == STOPPED and (paused or station.mode != _PRODUCTION)):
            if station.attended and not trouble(station, run.state.now_ns):
                free_technician(run, index)
            return None
    if state in _STOPPED_BY_ITSELF and trouble(station, run.state.now_ns):
        return None
    return _NEXT[state]


def resume(run: Run, index: int) -> None:
    """Puts on the heap what ends the present state of a station that was filled from outside."""
    station, plan, now = run.state.stations[index], run.plan.stations[index], run.state.now_ns
    if station.state not in (EXECUTE, SUSPENDED):  # those wait for units
        acting_ns = run.plan.lines[plan.line].acting_ns[station.state]
        station.due_ns = max(now, station.restart_ns) if station.state in _STOPPED_BY_ITSELF else now + acting_ns
        station.due_rank = STEP
        run.push(station.due_ns, STEP, index)


def _enter(run: Run, index: int, station: StationState, state: int) -> None:
    left, now, repaired = station.state, run.state.now_ns, False
    station.in_state_ns[left] += now - station.since_ns
    if left == EXECUTE:
        station.worked_work += now - station.since_ns
    elif left in SUSPENDING_STATES:
        _count_wait(station, now)
    elif left in _STOPPED_BY_ITSELF:
        repaired = station.restart_ns > 0
        if left == ABORTED and station.attended:
            free_technician(run, index)
        station.restart_ns = 0
    station.state, station.since_ns, station.due_ns = state, now, -1
    if run.trace is not None:
        run.note_course(index)
    if run.out is not None:
        _tell_state(run, index, repaired=repaired)


def _tell_state(run: Run, index: int, *, repaired: bool) -> None:
    plan = run.plan.stations[index]
    run.tell(plan.id, plan.tags, {"State": run.state.stations[index].state})
    if repaired and run.out is not None:
        run.out.append(Incident(run.state.now_ns, plan.id, "repaired", 100, f"{plan.id} is ready again"))


def refresh(run: Run, index: int) -> None:
    """Brings a station's state, its cause for waiting and its next event in line with the units it has."""
    station = run.state.stations[index]
    work = station.worked_work
    if station.state == EXECUTE:
        work += run.state.now_ns - station.since_ns
    if station.last_end_work > work:
        if station.state == SUSPENDED and station.kept != SUSPENDED:
            _pass_on(run, index, _UNSUSPENDING)
    elif station.state == EXECUTE:
        _pass_on(run, index, _SUSPENDING)
    units = station.units
    waits_for = SHORT if station.short else STARVED
    cause = waits_for if not units else BLOCKED if units[0].done else NO_CAUSE
    if cause != station.cause:
        _give_cause(run, index, station, cause)
    if station.state == EXECUTE:
        _expect(run, index, station, work)


def _give_cause(run: Run, index: int, station: StationState, cause: int) -> None:
    before, now = station.cause, run.state.now_ns
    if station.state in SUSPENDING_STATES and now > station.since_ns:
        _count_wait(station, now)
    station.in_cause_ns[before] += now - station.cause_since_ns
    station.cause, station.cause_since_ns = cause, now
    if run.out is not None:
        plan = run.plan.stations[index]
        if STARVED in (before, cause):
            run.tell(plan.id, plan.tags, {"Starved": cause == STARVED})
        if BLOCKED in (before, cause):
            run.tell(plan.id, plan.tags, {"Blocked": cause == BLOCKED})


def _count_wait(station: StationState, now_ns: int) -> None:
    since_ns, cause_since_ns = station.since_ns, station.cause_since_ns
    station.waited_ns[station.cause] += now_ns - (since_ns if since_ns > cause_since_ns else cause_since_ns)


def _expect(run: Run, index: int, station: StationState, work: int) -> None:
    """Puts the end of the present service, or the failure that comes before it, on the heap."""
    head = station.units[0]
    target, rank = station.last_end_work if head.done else head.end_work, FINISH
    if station.setup_work and station.setup_work < target:
        target, rank = station.setup_work, SET_UP
    if station.failures_work and (failure := min(station.failures_work)) < target:
        target, rank = failure, FAIL
    due_ns = run.state.now_ns
    if target > work:
        due_ns += target - work
    if due_ns != station.due_ns or rank != station.due_rank:
        station.due_ns, station.due_rank = due_ns, rank
        heappush(run.state.heap, (due_ns, rank, -index))


def fail(run: Run, index: int) -> None:
    """The station stops: all service in it stands still until it is repaired."""
    station, plan, state = run.state.stations[index], run.plan.stations[index], run.state
    work = working(station, state.now_ns)
    number = station.failures_work.index(min(station.failures_work))
    population = plan.failures[number]
    repair_ns = population.to_repair.value(state.seed, station.failed[number])
    station.failed[number] += 1
    lasts_work = population.to_failure.value(state.seed, station.failed[number])
    if not population.breakdown and station.more_stops != 1.0:
        lasts_work = round(lasts_work / station.more_stops)
    station.failures_work[number] = work + lasts_work
    if run.out is not None:
        kind, severity = ("breakdown", 800) if population.breakdown else ("minor_stop", 400)
        message = f"{plan.id} stopped: {population.reason or kind.replace('_', ' ')}"
        run.out.append(Incident(state.now_ns, plan.id, kind, severity, message))
    if population.breakdown:
        call_technician(run, index, repair_ns)
        command(run, index, Command.ABORT)
    else:
        station.restart_ns = state.now_ns + repair_ns
        command(run, index, Command.HOLD)
