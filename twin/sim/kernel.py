"""The simulated plant: start one, let time pass. No clock, no sockets: time is an argument, chance a function.

Typical use::

    plan = plan_plant(layout)
    state = start_plant(plan, seed)                 # empty, at plant time 0; advance it first to see a running one
    for message in advance(plan, state, until_ns):  # changes and incidents, in order of time
        ...
    observe(plan, state, until_ns)                  # the same with every process value (`twin.sim.signals.observe`)
    levels(plan, state)                             # what is so now, as changes (`twin.sim.levels`)
    future = copy.deepcopy(state)                   # a fork: continued, it lives exactly as the original would
    text = save_state(layout, state)                # the same as text (`twin.sim.saved`)
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop

from twin.sim.flow import finish, settle
from twin.sim.logistics.docks import close, turn
from twin.sim.logistics.start import begin_logistics, empty_logistics
from twin.sim.logistics.stores import purchased
from twin.sim.logistics.vehicles import drive
from twin.sim.logistics.warehouse import crane_done
from twin.sim.machine import fail, refresh, resume, step
from twin.sim.messages import Message
from twin.sim.orders.book import open_book, order_event, shipped
from twin.sim.orders.units import stocked
from twin.sim.plan import Plan
from twin.sim.run import (
    ARRIVE,
    CRANE,
    DRIVE,
    FAIL,
    FINISH,
    ORDER,
    PURCHASE,
    SET_UP,
    SHIFT,
    SHIPPED,
    STEP,
    STOCKED,
    TRAINING,
    TRUCK,
    Run,
)
from twin.sim.setup import end_setup
from twin.sim.shifts import follow_calendar
from twin.sim.state import CrewState, LineState, PlantState, StationState
from twin.sim.trace import Trace
from twin.sim.training.due import training_due


def set_up(run: Run, index: int) -> None:
    """A station is ready for the unit it has taken in: its service begins."""
    end_setup(run, index)
    refresh(run, index)


def _stocked(run: Run, goods: int) -> None:
    """Goods are in the warehouse, which ships without orders too."""
    if run.plan.orders is not None:
        stocked(run, goods)


def _shipped(run: Run, number: int) -> None:
    """Goods have left: on a truck, or (below 0) an order for which there is no warehouse."""
    if run.plan.orders is not None:
        shipped(run, number)
    if number >= 0:
        close(run, number)


def _step(run: Run, index: int) -> None:
    step(run, index)
    settle(run, index)


# Of a station that still waits for this event.
_STATION_EVENTS = {FINISH: finish, STEP: _step, SET_UP: set_up, FAIL: fail}
_OTHER_EVENTS: dict[int, Callable[[Run, int], None]] = {
    DRIVE: drive,
    ARRIVE: settle,
    SHIFT: lambda run, _: follow_calendar(run),
    ORDER: order_event,
    PURCHASE: purchased,
    CRANE: crane_done,
    TRUCK: turn,
    STOCKED: _stocked,
    SHIPPED: _shipped,
    TRAINING: training_due,
}
_OF_STATIONS = [_STATION_EVENTS.get(rank) for rank in range(max(_OTHER_EVENTS) + 1)]


def start_plant(plan: Plan, seed: int, epoch_ns: int = 0) -> PlantState:
    """An empty plant at plant time 0, which is `epoch_ns` in UTC.

    All stations are in production and starved, and the first ones take their first units; unless the calendar has
    production off then.
    """
    state = empty_plant(plan, seed, epoch_ns)
    run = Run(plan, state)
    _begin(run)
    for line in plan.lines:
        settle(run, line.first)
    return state


def empty_plant(plan: Plan, seed: int, epoch_ns: int = 0) -> PlantState:
    """A plant in which nothing is and nothing is due: to be filled, then resumed."""
    stations = [
        StationState(
            failures_work=[failure.to_failure.value(seed, 0) for failure in station.failures],
            failed=[0] * len(station.failures),
        )
        for station in plan.stations
    ]
    lines = [LineState(list(range(len(line.carriers))), [None] * len(line.carriers)) for line in plan.lines]
    crews = [CrewState() for _ in plan.technicians]
    return PlantState(seed, stations, lines, crews, empty_logistics(plan.logistics), epoch_ns=epoch_ns)


def resume_plant(plan: Plan, state: PlantState) -> None:
    """Puts on the heap what follows from the stations and the calendar of a state that was filled from outside."""
    run = Run(plan, state)
    follow_calendar(run)
    downstream_first = range(len(plan.stations) - 1, -1, -1)
    for index in downstream_first:
        resume(run, index)
    for index in downstream_first:
        settle(run, index)


def _begin(run: Run) -> None:
    begin_logistics(run)
    open_book(run)
    follow_calendar(run)


def advance(plan: Plan, state: PlantState, until_ns: int, trace: Trace | None = None) -> list[Message]:
    """Lets the plant live until `until_ns`, that instant included; what happened, in order of time.

    `trace` takes down what process values depend on (`twin.sim.signals`).
    """
    messages: list[Message] = []
    proceed(Run(plan, state, messages, trace), until_ns)
    state.now_ns = max(state.now_ns, until_ns)
    return messages


def proceed(run: Run, until_ns: int, units: int | None = None) -> None:
    """Handles events up to `until_ns`, or until all lines together have finished `units`, whichever comes first."""
    state, heap, stations, events = run.state, run.state.heap, run.state.stations, 0
    while heap and heap[0][0] <= until_ns:
        time_ns, rank, key = heappop(heap)
        events += 1
        state.now_ns = time_ns
        if (handle := _OF_STATIONS[rank]) is None:
            _OTHER_EVENTS[rank](run, -key)
        elif (station := stations[-key]).due_ns == time_ns and station.due_rank == rank:
            station.due_ns = -1
            handle(run, -key)
            if units is not None and state.finished >= units:
                break
    state.events += events


def next_event_ns(state: PlantState) -> int | None:
    """When something is next due, None where nothing ever is; it may turn out to change nothing."""
    return state.heap[0][0] if state.heap else None
