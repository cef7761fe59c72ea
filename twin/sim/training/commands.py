"""Commands of a person to stations and lines: PackML's rules from the present state, and they last until the next one.

A command that the standard does not allow now is refused, with one exception: a station that comes by itself to where
the command leads (a minor stop is told to hold, a broken one to stop) stays there when it does.
"""

from __future__ import annotations

from twin.plant.packml import Command, Mode, State, after
from twin.sim.flow import settle
from twin.sim.machine import command, go_on, trouble
from twin.sim.messages import Incident
from twin.sim.run import Run
from twin.sim.state import planned_ns

# Where a station stays after a command; 0: it works again by itself.
_KEEPS = {
    Command.STOP: State.STOPPED,
    Command.HOLD: State.HELD,
    Command.SUSPEND: State.SUSPENDED,
    Command.ABORT: State.ABORTED,
    Command.CLEAR: State.STOPPED,
    Command.RESET: State.IDLE,
    Command.COMPLETE: State.COMPLETE,
    Command.START: State.UNDEFINED,
    Command.UNHOLD: State.UNDEFINED,
    Command.UNSUSPEND: State.UNDEFINED,
}
_ON_THE_WAY = {
    Command.STOP: (State.ABORTING, State.ABORTED, State.CLEARING, State.STOPPING, State.STOPPED),
    Command.HOLD: (State.HOLDING, State.HELD),
    Command.SUSPEND: (State.SUSPENDING, State.SUSPENDED),
    Command.ABORT: (State.ABORTING, State.ABORTED),
}
_MODES_CHANGE_IN = (State.STOPPED, State.IDLE, State.ABORTED)


def command_station(run: Run, index: int, order: Command) -> bool:
    """Gives a station a person's command; False where it is refused, and nothing has changed then.

    Clear and Unhold are refused as long as what stopped the station is not over, Reset and Start outside production.
    """
    station = run.state.stations[index]
    state = State(station.state)
    if order not in _KEEPS or not _allowed(run, index, order):
        return False
    legal = after(state, order) is not None
    if not legal and (station.kept or state not in _ON_THE_WAY.get(order, ())):
        return False
    _keep(run, index, order, now=legal)
    return True


def command_line(run: Run, number: int, order: Command) -> bool:
    """Gives all stations of a line a person's command, the furthest downstream first; whether any took it.

    A station that is to stand still and cannot follow now (broken, or starting) follows when it comes to where it may.
    """
    line = run.plan.lines[number]
    taken = False
    for index in range(line.last, line.first - 1, -1):
        if command_station(run, index, order):
            taken = True
        elif order in _ON_THE_WAY and not run.state.stations[index].kept:
            _keep(run, index, order, now=False)
            taken = True
    return taken


def set_mode(run: Run, index: int, mode: Mode) -> bool:
    """Puts a station in a unit mode; False unless it is Stopped, Idle or Aborted.

    Out of production it stays in Stopped, which counts as planned; back in production a person resets and starts it.
    """
    station, plan = run.state.stations[index], run.plan.stations[index]
    if mode == Mode.INVALID or station.state not in _MODES_CHANGE_IN:
        return False
    _count_maintenance(run, index, begins=mode == Mode.MAINTENANCE)
    station.mode = int(mode)
    if station.state != State.ABORTED:
        station.kept = station.state
    run.tell(plan.id, plan.tags, {"Mode": station.mode})
    return True


def _count_maintenance(run: Run, index: int, *, begins: bool) -> None:
    station, now = run.state.stations[index], planned_ns(run.state)
    if station.maintained_since_ns >= 0:
        station.maintained_ns += now - station.maintained_since_ns
    station.maintained_since_ns = now if begins else -1


def _allowed(run: Run, index: int, order: Command) -> bool:
    station = run.state.stations[index]
    if order in (Command.CLEAR, Command.UNHOLD):
        return not trouble(station, run.state.now_ns)
    return order not in (Command.RESET, Command.START) or station.mode == Mode.PRODUCTION


def _keep(run: Run, index: int, order: Command, *, now: bool) -> None:
    run.state.stations[index].kept = int(_KEEPS[order])
    if run.out is not None:
        name = run.plan.stations[index].id
        run.out.append(Incident(run.state.now_ns, name, "action", 100, f"{name} was told to {order.value.lower()}"))
    if now:
        command(run, index, order)
    else:
        go_on(run, index)
    settle(run, index)
