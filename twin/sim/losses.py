"""Where a line's time went: its OEE, and the time of its slowest station by cause, which always adds up to the clock.

The slowest station (the longest mean cycle per place) paces the line: what it loses, the line loses. ISO 22400 has the
terms; the OEE of a line is good units × takt / planned busy time (PBT: all time but what the calendar has off, and
what the pacing station is in Maintenance mode, which is planned downtime).
"""

from __future__ import annotations

from twin.kpi.oee import Oee, oee
from twin.plant.packml import State
from twin.sim.plan import LinePlan, Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.station_plan import StationPlan
from twin.sim.sums import CAUSES, Sums

_BROKEN = (State.ABORTING, State.ABORTED, State.CLEARING)
_STOPPED = (State.STOPPING, State.STOPPED, State.RESETTING, State.IDLE, State.STARTING)
_HELD = (State.HOLDING, State.HELD, State.UNHOLDING)
# What becomes of the clock, in the order in which people ask.
LOSSES = (
    "running", "set-up", "minor stops", "breakdowns", "waiting for a technician", "starved", "blocked",
    "short of material", "other waits", "maintenance", "off by calendar",
)  # fmt: skip


def pacing_station(plan: Plan, line: LinePlan) -> StationPlan:
    """The station that sets the pace of a line: the longest mean cycle per place, the first among equals."""
    return max(plan.stations[line.first : line.last + 1], key=lambda station: (station.item_s, -station.index))


def line_losses(plan: Plan, line: LinePlan, observed: Sums) -> dict[str, float]:
    """Shares of the clock at the pacing station, by `LOSSES`; they add up to 1."""
    name = pacing_station(plan, line).id
    clock, off = observed[("clock",)] or 1, observed[("clock",)] - observed[("planned",)]
    maintained = observed["maintained", name]

    def states(kinds: tuple[State, ...]) -> int:
        return sum(observed["state", name, kind.label] for kind in kinds)

    waited = {cause: observed["waited", name, cause] for cause in CAUSES.values()}
    technician, setup = observed["technician", name], observed["setup", name]
    parts = (
        states((State.EXECUTE,)) - setup,
        setup,
        states(_HELD),
        # A station that is broken loses nothing by it while the calendar has production off or it is maintained.
        states(_BROKEN) + states(_STOPPED) - technician - maintained - off,
        technician,
        waited["starved"],
        waited["blocked"],
        waited["short"],
        waited["other"] + states((State.COMPLETING, State.COMPLETE)),
        maintained,
        off,
    )
    return {loss: part / clock for loss, part in zip(LOSSES, parts, strict=True)}


def line_oee(plan: Plan, line: LinePlan, observed: Sums) -> Oee:
    """The line's OEE: time and pieces of its pacing station, good units of the line, its takt as planned run time."""
    name = pacing_station(plan, line).id
    executed = observed["state", name, State.EXECUTE.label] - observed["setup", name]
    return oee(
        busy_s=(observed[("planned",)] - observed["maintained", name]) / NANOSECONDS,
        production_s=executed / NANOSECONDS,
        item_s=line.takt_s,
        produced=observed["processed", name],
        good=observed["finished", line.id],
    )
