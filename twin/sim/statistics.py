"""Long runs without listeners: throughput, buffers, work in process and time in state, with confidence intervals.

Method of batch means: after a warm-up that is thrown away the run is cut into batches of equal unit counts, and the
scatter of the batches gives the 95 % interval of the whole.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.state import BLOCKED, STARVED, PlantState

BATCHES = 30
_STUDENT_95 = 2.0452  # two-sided 95 % quantile of Student's t with 29 degrees of freedom
_FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and the half width of its 95 % confidence interval."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        return f"{self.mean:.4g} ± {self.half_width:.2g}"


@dataclass(frozen=True, slots=True)
class StationSummary:
    """One station: mean units in the buffer before it and in its places, and shares of time.

    Attributes:
        starved, blocked: shares of time without a unit, and with a finished one that finds no room.
        technician_awaited: share of time broken down with all technicians of the area busy elsewhere.
        states: share of time in each PackML state it was in, by the state's name.
    """

    id: str
    buffer: Estimate
    units: Estimate
    starved: Estimate
    blocked: Estimate
    technician_awaited: Estimate
    states: dict[str, Estimate]

    def __str__(self) -> str:
        states = ", ".join(f"{state} {share.mean:.1%}" for state, share in self.states.items() if share.mean >= 0.001)
        waits = f"starved {self.starved.mean:.1%}, blocked {self.blocked.mean:.1%}"
        if self.technician_awaited.mean >= 0.001:
            waits += f", technician awaited {self.technician_awaited.mean:.1%}"
        return f"  {self.id}: buffer {self.buffer}, {waits}; {states}"


@dataclass(frozen=True, slots=True)
class LineSummary:
    """One line.

    Attributes:
        wip: units on the line and in its rework.
        lead_time_s: from entering to leaving, of finished units.
        first_pass_yield: share of finished units never reworked in all that left, scrap included (ISO 22400 FPY).
        reworked: how often a unit was taken off the line for rework.
    """

    id: str
    throughput_per_s: Estimate
    wip: Estimate
    lead_time_s: Estimate
    first_pass_yield: Estimate
    scrapped: int
    reworked: int
    stations: tuple[StationSummary, ...]

    def as_text(self) -> str:
        """The line's figures, then a row for each station."""
        figures = f"{self.throughput_per_s} units/s, {self.wip} units on the line, {self.lead_time_s} s each"
        quality = (
            f"{self.first_pass_yield.mean:.1%} good first time, {self.reworked} reworked, {self.scrapped} scrapped"
        )
        return "\n".join([f"{self.id}: {figures}, {quality}", *(str(row) for row in self.stations)])


@dataclass(frozen=True, slots=True)
class Summary:
    """A run: how much was observed after how long a warm-up, and what came out, line by line."""

    seed: int
    units: int
    warm_up_units: int
    batches: int
    observed_s: float
    lines: tuple[LineSummary, ...]

    def as_json(self) -> dict[str, Any]:
        """The summary as objects that `json` can write."""
        return asdict(self)

    def as_text(self) -> str:
        """The summary for people, one line of text for each station."""
        head = (
            f"{self.units} units in {self.observed_s:.0f} s, {self.batches} batches, seed {self.seed}; 95 % intervals"
        )
        return "\n".join([head, *(line.as_text() for line in self.lines)])


Sums = dict[tuple[str, ...], int]  # what -> sum from plant time 0: counts, unit-nanoseconds, nanoseconds


def simulate(layout: Layout, units: int, seed: int = 1) -> Summary:
    """Runs until `units` units in all have been finished after the warm-up of a twentieth more.

    Raises:
        SimulationError: if there are too few units for statistics, or nothing can ever be finished.
    """
    if units < BATCHES:
        raise SimulationError(f"{units} units are too few for statistics: ask for at least {BATCHES}.")
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    warm_up = max(units // 20, 10)
    snapshots = [_run_to(plan, state, warm_up)]
    snapshots += [_run_to(plan, state, warm_up + units * (batch + 1) // BATCHES) for batch in range(BATCHES)]
    first, last = snapshots[0], snapshots[-1]
    batches = [{key: late[key] - early[key] for key in late} for early, late in pairwise(snapshots)]
    observed = {key: last[key] - first[key] for key in last}
    lines = tuple(_line(plan, number, observed, batches) for number in range(len(plan.lines)))
    finished = sum(observed["finished", line.id] for line in plan.lines)
    return Summary(seed, finished, warm_up, BATCHES, observed[("clock",)] / NANOSECONDS, lines)


def _run_to(plan: Plan, state: PlantState, units: int) -> Sums:
    proceed(Run(plan, state), _FOREVER, units)
    if state.finished < units:
        raise SimulationError("This plant comes to a stand: nothing is due any more, and no unit will be finished.")
    return sums(plan, state)


def sums(plan: Plan, state: PlantState) -> Sums:
    """All sums up to now, with the stays that are not over yet."""
    now = state.now_ns
    total: Sums = {("clock",): now}
    for line_plan, line in zip(plan.lines, state.lines, strict=True):
        wip = line.entered - line.finished - line.scrapped
        total["finished", line_plan.id] = line.finished
        total["scrapped", line_plan.id] = line.scrapped
        total["first pass", line_plan.id] = line.finished - line.finished_reworked
        total["left", line_plan.id] = line.finished + line.scrapped
        total["lead", line_plan.id] = line.lead_ns
        total["wip", line_plan.id] = line.wip_area + wip * (now - line.wip_since_ns)
    for at, station in zip(plan.stations, state.stations, strict=True):
        total["buffer", at.id] = station.queue_area + len(station.queue) * (now - station.queue_since_ns)
        total["units", at.id] = station.units_area + len(station.units) * (now - station.units_since_ns)
        total["reworked", at.id] = station.reworked
        total["technician", at.id] = station.awaited_ns + (now - station.called_ns if station.called_ns >= 0 else 0)
        for cause in (STARVED, BLOCKED):
            open_ns = now - station.cause_since_ns if station.cause == cause else 0
            total["cause", at.id, str(cause)] = station.in_cause_ns[cause] + open_ns
        for kind in State:
            open_ns = now - station.since_ns if station.state == kind else 0
            total["state", at.id, kind.label] = station.in_state_ns[kind] + open_ns
    return total


def _line(plan: Plan, number: int, observed: Sums, batches: list[Sums]) -> LineSummary:
    line = plan.lines[number]

    def share(*key: str) -> Estimate:
        return _estimate(observed, batches, key, ("clock",))

    def station(name: str) -> StationSummary:
        states = {kind.label: share("state", name, kind.label) for kind in State if observed["state", name, kind.label]}
        return StationSummary(
            id=name,
            buffer=share("buffer", name),
            units=share("units", name),
            starved=share("cause", name, str(STARVED)),
            blocked=share("cause", name, str(BLOCKED)),
            technician_awaited=share("technician", name),
            states=states,
        )

    throughput = share("finished", line.id)
    return LineSummary(
        id=line.id,
        throughput_per_s=Estimate(throughput.mean * NANOSECONDS, throughput.half_width * NANOSECONDS),
        wip=share("wip", line.id),
        lead_time_s=_estimate(observed, batches, ("lead", line.id), ("finished", line.id), NANOSECONDS),
        first_pass_yield=_estimate(observed, batches, ("first pass", line.id), ("left", line.id)),
        scrapped=observed["scrapped", line.id],
        reworked=sum(observed["reworked", at.id] for at in plan.stations[line.first : line.last + 1]),
        stations=tuple(station(at.id) for at in plan.stations[line.first : line.last + 1]),
    )


def _estimate(
    observed: Sums, batches: list[Sums], key: tuple[str, ...], per: tuple[str, ...], unit: int = 1
) -> Estimate:
    """The ratio of two sums over the whole run, and how far the batches scatter about it."""
    mean = observed[key] / (observed[per] or 1) / unit
    ratios = [batch[key] / (batch[per] or 1) / unit for batch in batches]
    variance = sum((ratio - mean) ** 2 for ratio in ratios) / (len(ratios) - 1)
    return Estimate(mean, _STUDENT_95 * math.sqrt(variance / len(ratios)))
