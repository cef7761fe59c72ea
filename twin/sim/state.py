"""The state of a simulated plant: plain data, and all of it. A copy of it is a fork, and written down it is a save.

Clocks: `_ns` is plant time from 0. `_work` is a station's own working time in ns, which runs only while it executes:
service ends and failures lie on it, so a stop moves them all without touching them.
Not here: what a layout says (`twin.sim.plan`) and what changes the state (`twin.sim.flow` and what it calls).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from twin.plant.packml import Mode, State
from twin.sim.disturbance import Disturbance, WireFault
from twin.sim.logistics.state import LogisticsState
from twin.sim.orders.state import OrdersState
from twin.sim.training.state import TrainingState

_EXECUTE = int(State.EXECUTE)
OFF = (int(State.STOPPED), int(State.ABORTED))  # drives have no power then
SUSPENDING_STATES = frozenset(map(int, (State.SUSPENDING, State.SUSPENDED, State.UNSUSPENDING)))
SKIPPED = -1
# What is written down of a service: where, the how-manieth there, when it began and ended; how it came out; services
# since the tool change, tests without a result; number of the camera's look, and what that called it.
OPERATION = ("station", "service", "begun_ns", "ended_ns", "rejected", "tool_services", "no_tests", "look", "verdict")
NO_CAUSE, STARVED, BLOCKED, SHORT = 0, 1, 2, 3  # why a station does not go on, apart from its own failures


@dataclass(slots=True)
class Unit:
    """A product unit on a line, and the carrier under it.

    Attributes:
        serial: 0 once it has left the line; its carrier is empty then.
        carrier: index of its carrier within the line, -1 where the line has none.
        station: index within the line of the station whose place it has, -1 while on the conveyor.
        queued_ns: since when it has been in the newest queue.
        begun_ns: when it entered its place.
        begun_work, end_work: start and end of its service on the station's working clock.
        setup_work: until when on that clock the station is set up for it, as the first part of its service; 0 for none.
        done, rejected: its service here is over, and how it came out.
        reworked: how often it has been taken off the line and come back.
        look, verdict: number of the camera's look at it here, and what that called it: 0 nothing yet, 1 good, 2 + n a
            defect of class n.
        from_m, to_m, departed_ns, arrives_ns: its newest move along the line, perhaps yet to start.
        recipe: number of its recipe at the station whose place it has; 0 asks nothing in particular, `SKIPPED` is for a
            unit that only passes through.
        no_tests: helium tests without a result that it has had here.
        variant, job, revision: what it is made as, for which job, by which revision of its part; -1 where the line
            makes nothing in particular.
        operations: its as-built record: the numbers of `OPERATION` for each service.
        lots: what went into it: four numbers each: station, material, lot, pieces.
    """

    serial: int
    carrier: int
    entered_ns: int
    station: int = -1
    place: int = 0
    queued_ns: int = 0
    begun_ns: int = 0
    begun_work: int = 0
    end_work: int = 0
    setup_work: int = 0
    done: bool = False
    rejected: bool = False
    reworked: int = 0
    look: int = 0
    verdict: int = 0
    no_tests: int = 0
    from_m: float = 0.0
    to_m: float = 0.0
    departed_ns: int = 0
    arrives_ns: int = 0
    variant: int = -1
    job: int = -1
    revision: int = -1
    recipe: int = 0
    operations: list[int] = field(default_factory=list)
    lots: list[int] = field(default_factory=list)


@dataclass(slots=True)
class StationState:
    """One station with the buffer before it.

    Attributes:
        worked_work: working clock when the present PackML state began.
        units: those in its places, first in first out.
        queue: those between the station before and this one, first in first out.
        short: the unit at the front of the queue lacks material here.
        returning: reworked ones, without carriers off the line, by the time they are back (`arrives_ns`).
        last_end_work: when the last of `units` is finished; nobody is in service after it.
        failures_work: next failure of each population.
        failed: failures of each population so far.
        restart_ns: when the present stop is over, 0 where none is known.
        called_ns: since when it waits for a technician, -1 while it does not.
        repair_ns: how long the newest repair by a technician takes.
        attended: a technician is at work on it.
        mode: PackML unit mode.
        maintained_since_ns, maintained_ns: in Maintenance since when on the clock of planned time (-1: it is not), and
            for how long before.
        kept: the PackML state that a person's command keeps it in, or lets it stop in when it comes there; 0 for none.
        forced: the PackML state, Held or Aborted, that malfunctions make it stand in; 0 for none.
        due_ns, due_rank: the one event this station waits for; events that differ from it are stale.
        gate_ns: earliest time that the next unit may drive off towards this station's successor.
        services: durations drawn so far.
        setup_work: until when on the working clock it is set up for the newest unit (mode Setup until then).
        setups, setup_ns: changeovers and tool changes so far, and the working time they took.
        choices: the newest unit's choice of each option that changeovers ask for, "" before the first.
        tool_services: services since the last tool change; tools: changes so far.
        no_tests, rejected_ns: helium tests without a result; when the newest unit failed, -1 before.
        looks: how many units the camera has looked at.
        false_rejects, escapes: good units called defective at first sight; defective ones called good.
        defective, reworked: rejects, and those of them that were not scrapped.
        cycle_work: duration of the newest finished service.
        finished_ns, finished_rejected, finished_tool_services, finished_recipe: when the newest unit was finished, how
            it came out, services since the tool change then, that one included, and the unit's recipe.
        slower, more_stops: factors of malfunctions on services that begin now, and on the rate of minor stops.
        extra_reject, extra_miss, extra_overkill, extra_no_test: what malfunctions add to the plan's probabilities.
        in_state_ns, in_cause_ns, awaited_ns: sums over completed stays, for statistics.
        queue_area, units_area: unit-nanoseconds in the queue and in places, as times out less times in: what is in
            there now is to be added with the present time for each.
        waited_ns: the same for each cause, only while the station is suspended, suspending or unsuspending.
        passed, queued_ns: units that left the queue, and how long they were in it.
    """

    failures_work: list[int]
    failed: list[int]
    state: int = State.SUSPENDED
    since_ns: int = 0
    worked_work: int = 0
    cause: int = STARVED
    cause_since_ns: int = 0
    units: list[Unit] = field(default_factory=list)
    queue: deque[Unit] = field(default_factory=deque)
    short: bool = False
    returning: list[Unit] = field(default_factory=list)
    last_end_work: int = 0
    restart_ns: int = 0
    called_ns: int = -1
    repair_ns: int = 0
    attended: bool = False
    mode: int = int(Mode.PRODUCTION)
    maintained_since_ns: int = -1
    maintained_ns: int = 0
    kept: int = 0
    forced: int = 0
    due_ns: int = -1
    due_rank: int = -1
    gate_ns: int = 0
    services: int = 0
    setup_work: int = 0
    setups: int = 0
    setup_ns: int = 0
    choices: list[str] = field(default_factory=list)
    tool_services: int = 0
    tools: int = 0
    no_tests: int = 0
    rejected_ns: int = -1
    looks: int = 0
    false_rejects: int = 0
    escapes: int = 0
    admitted: int = 0
    processed: int = 0
    defective: int = 0
    reworked: int = 0
    cycle_work: int = 0
    finished_ns: int = 0
    finished_rejected: bool = False
    finished_tool_services: int = 0
    finished_recipe: int = 0
    cycle_started_ns: int = 0
    serial: int = 0
    slower: float = 1.0
    more_stops: float = 1.0
    extra_reject: float = 0.0
    extra_miss: float = 0.0
    extra_overkill: float = 0.0
    extra_no_test: float = 0.0
    in_state_ns: list[int] = field(default_factory=lambda: [0] * len(State))
    in_cause_ns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    waited_ns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    awaited_ns: int = 0
    passed: int = 0
    queued_ns: int = 0
    queue_area: int = 0
    units_area: int = 0


def working(station: StationState, now_ns: int) -> int:
    """The station's working clock."""
    return station.worked_work + (now_ns - station.since_ns if station.state == _EXECUTE else 0)


def planned_ns(state: PlantState) -> int:
    """Plant time so far without what the calendar has off."""
    return state.now_ns - state.paused_ns - (state.now_ns - state.paused_since_ns if state.paused else 0)


def switched_off(station: StationState, now_ns: int) -> int:
    """How long the station has been Stopped or Aborted in all, ns."""
    stays = station.in_state_ns
    return stays[OFF[0]] + stays[OFF[1]] + (now_ns - station.since_ns if station.state in OFF else 0)


@dataclass(slots=True)
class LineState:
    """One line as a whole: in = finished + scrapped + work in process, units in rework among it.

    Attributes:
        finished_reworked: finished units that were reworked on their way.
        free: carriers that wait at the head of the line, in the order they came back.
        carriers: the newest unit of each carrier, None before its first; its move is where the carrier is.
        slower: factor of malfunctions on the time that moves on its conveyor take.
        wip_area, lead_ns, stay_ns: sums for statistics: unit-nanoseconds as times out less times in, time on the line
            of all finished units, and of all that left.
    """

    free: list[int]
    carriers: list[Unit | None]
    slower: float = 1.0
    entered: int = 0
    finished: int = 0
    scrapped: int = 0
    finished_reworked: int = 0
    wip_area: int = 0
    lead_ns: int = 0
    stay_ns: int = 0


@dataclass(slots=True)
class CrewState:
    """The technicians of an area: how many are at work or absent; the stations that wait for one, oldest call first."""

    busy: int = 0
    absent: int = 0
    calls: list[int] = field(default_factory=list)


@dataclass(slots=True)
class PlantState:
    """Everything that is so now, and everything that is due.

    Attributes:
        heap: events as (time_ns, rank, key); the order of ranks and keys at one instant is that of `twin.sim.kernel`.
        epoch_ns: UTC at plant time 0; only the shift calendar asks.
        paused, paused_since_ns, paused_ns: the calendar has production off; since when, and for how long before.
        events: how many the kernel has handled.
        finished: product units that all lines together have finished.
        disturbances: what is, was or will be wrong with instruments; of several of one signal, in order of effect.
        wire_faults: what is or was wrong between lines and whoever reads them.
        training: malfunctions and the scenario.
    """

    seed: int
    stations: list[StationState]
    lines: list[LineState]
    crews: list[CrewState]
    logistics: LogisticsState
    epoch_ns: int = 0
    paused: bool = False
    paused_since_ns: int = 0
    paused_ns: int = 0
    events: int = 0
    now_ns: int = 0
    finished: int = 0
    heap: list[tuple[int, int, int]] = field(default_factory=list)
    disturbances: list[Disturbance] = field(default_factory=list)
    orders: OrdersState | None = None
    wire_faults: list[WireFault] = field(default_factory=list)
    training: TrainingState = field(default_factory=TrainingState)
