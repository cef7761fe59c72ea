"""A plant's state from a recording: what it knew at an instant, completed by chance where it knew nothing.

Known are states, causes and counts, units in places, in queues and on carriers, stocks, vehicles and what they carry,
the warehouse, docks, and of orders how many there are and what each line makes. What no instrument says is drawn so
that it fits what is known, and nothing is lost: units in = out + scrap + work in process, kits called = kits coming.
In particular:

- a service, a repair, a delivery that is under way takes longer than it has taken so far; failures start anew;
- units of lines without carriers, units in rework and finished goods are as many as there were, anonymous;
- which kit an empty vehicle is to fetch follows from where it goes; kits that nobody brings are ordered anew;
- open orders are as many as there were, newest wishes of the same customers; the jobs that units on the lines are for
  are known from the recording's last hours, any other unit goes to a dock for nobody;
- what lines have made since the plant began makes up full loads, of which those that nobody fetches have gone;
- the calendar follows the recording's clock, so a plant that ran faster has its breaks at other times;
- malfunctions and commands of persons are not taken over, unit modes are.

The future then continues a real past. Where a gap covers the instant, what has no value since is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.errors import SimulationError
from twin.history.recording import Recording
from twin.sim.kernel import empty_plant, resume_plant
from twin.sim.past.deliveries import call_missing_goods, restore_deliveries
from twin.sim.past.goods import restore_warehouse
from twin.sim.past.known import NOW_NS, Known, Past, plant_speed
from twin.sim.past.lines import restore_lines
from twin.sim.past.orders import restore_orders
from twin.sim.past.stores import restore_stores
from twin.sim.plan import Plan
from twin.sim.run import Run
from twin.sim.state import PlantState


@dataclass(frozen=True, slots=True)
class Recovered:
    """A state, and what the recording did not know of it.

    Attributes:
        unknown: ids of tags that had no good value.
        speed: plant seconds per recorded second.
    """

    state: PlantState
    unknown: tuple[str, ...]
    speed: float


def state_from_recording(
    plan: Plan, recording: Recording, at_ns: int, *, seed: int = 1, speed: float | None = None
) -> Recovered:
    """The state of a plant as a recording knew it.

    Args:
        plan: of the layout that the recording carries.
        recording: a recording of that plant.
        at_ns: the instant, UTC.
        seed: for everything that is not known, and for the future.
        speed: plant seconds per recorded second, above 1 where a simulated plant ran faster than the clock; None finds
            it out (`plant_speed`).

    Raises:
        SimulationError: if the recording knows nothing of that instant.
    """
    span = recording.span()
    if not span.start_ns <= at_ns <= span.end_ns:
        raise SimulationError("The recording does not cover that instant: choose one between its start and its end.")
    speed = plant_speed(plan, recording, at_ns) if speed is None else speed
    state = empty_plant(plan, seed, at_ns - NOW_NS)
    state.now_ns = NOW_NS
    past = Past(Run(plan, state), Known(recording, at_ns, speed))
    restore_lines(past)
    restore_stores(past)
    restore_deliveries(past)
    restore_warehouse(past)
    call_missing_goods(past)
    restore_orders(past)
    _begin_areas(state)
    resume_plant(plan, state)
    return Recovered(state, tuple(past.known.missing), speed)


def _begin_areas(state: PlantState) -> None:
    """Sums of units × time begin now: each unit that is there has come in now."""
    for station in state.stations:
        station.units_area, station.queue_area = -len(station.units) * NOW_NS, -len(station.queue) * NOW_NS
    for line in state.lines:
        line.wip_area = -(line.entered - line.finished - line.scrapped) * NOW_NS
