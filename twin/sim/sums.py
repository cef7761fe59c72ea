"""All that a simulated plant adds up from plant time 0, as one table: counts, unit-nanoseconds, nanoseconds.

Differences of two tables say what happened between; `twin.sim.statistics` makes figures of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from twin.plant.packml import State
from twin.sim.plan import Plan
from twin.sim.state import BLOCKED, NO_CAUSE, SHORT, STARVED, SUSPENDING_STATES, PlantState, StationState, planned_ns

CAUSES = {NO_CAUSE: "other", STARVED: "starved", BLOCKED: "blocked", SHORT: "short"}

Key = tuple[str, ...]
Sums = dict[Key, int]


def sums(plan: Plan, state: PlantState) -> Sums:
    """All sums up to now, with the stays that are not over yet."""
    now = state.now_ns
    planned = planned_ns(state)
    total: Sums = {("clock",): now, ("planned",): planned}
    for line_plan, line in zip(plan.lines, state.lines, strict=True):
        wip = line.entered - line.finished - line.scrapped
        total["finished", line_plan.id] = line.finished
        total["scrapped", line_plan.id] = line.scrapped
        total["first pass", line_plan.id] = line.finished - line.finished_reworked
        total["left", line_plan.id] = line.finished + line.scrapped
        total["lead", line_plan.id] = line.lead_ns
        total["stay", line_plan.id] = line.stay_ns
        total["wip", line_plan.id] = line.wip_area + wip * now
    for at, station in zip(plan.stations, state.stations, strict=True):
        total |= {(what, at.id): value for what, value in _counts(station, now)}
        since_ns = station.maintained_since_ns
        total["maintained", at.id] = station.maintained_ns + _open(since_ns >= 0, since_ns, planned)
        for cause, name in CAUSES.items():
            total["cause", at.id, name] = station.in_cause_ns[cause] + _open(
                station.cause == cause, station.cause_since_ns, now
            )
            waits = station.cause == cause and station.state in SUSPENDING_STATES
            since_ns = max(station.cause_since_ns, station.since_ns)
            total["waited", at.id, name] = station.waited_ns[cause] + _open(waits, since_ns, now)
        for kind in State:
            open_ns = _open(station.state == kind, station.since_ns, now)
            total["state", at.id, kind.label] = station.in_state_ns[kind] + open_ns
    return total


def _counts(station: StationState, now: int) -> Iterator[tuple[str, int]]:
    yield "buffer", station.queue_area + len(station.queue) * now
    yield "queued", station.queued_ns
    yield "passed", station.passed
    yield "units", station.units_area + len(station.units) * now
    yield "processed", station.processed
    yield "defective", station.defective
    yield "reworked", station.reworked
    yield "setup", station.setup_ns
    yield "setups", station.setups
    yield "technician", station.awaited_ns + _open(station.called_ns >= 0, station.called_ns, now)


def _open(is_so: bool, since_ns: int, now_ns: int) -> int:
    return now_ns - since_ns if is_so else 0
