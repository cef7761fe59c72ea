"""Shifts and breaks: production stops and starts with the calendar, by PackML's Stop, Reset and Start.

A station that a person keeps in a state stays there. A stopped station keeps its units, and their service goes on where
it stood. Conveyors empty what is on its way, robots drive on, and technicians repair what is broken; a station repaired
in a break stays Stopped until its end.
"""

from __future__ import annotations

from twin.plant.packml import Command
from twin.sim.flow import settle
from twin.sim.machine import command, go_on
from twin.sim.run import SHIFT, Run


def follow_calendar(run: Run) -> None:
    """Brings production in line with the calendar, and asks to be called when that next changes."""
    state, calendar = run.state, run.plan.calendar
    if calendar is None:
        return
    on, until_ns = calendar.at(state.epoch_ns + state.now_ns)
    run.push(until_ns - state.epoch_ns, SHIFT, 0)
    if on == state.paused:
        _turn(run, on=on)


def _turn(run: Run, *, on: bool) -> None:
    state = run.state
    if on:
        state.paused_ns += state.now_ns - state.paused_since_ns
    state.paused, state.paused_since_ns = not on, state.now_ns
    downstream_first = range(len(state.stations) - 1, -1, -1)
    for index in downstream_first:
        if on:
            go_on(run, index)
        elif not state.stations[index].kept:
            command(run, index, Command.STOP)
    if on:
        for index in downstream_first:
            settle(run, index)
