"""A plant's state from a recording: what it knew at an instant, completed by chance where it knew nothing.

States, units in places and on conveyors, carriers and counts come from the recording. What no instrument says is drawn
so that it fits what is known: a service or a repair that is under way takes longer than it has taken so far; failures
start anew; units in rework are nobody's, so they are left out. The future then continues a real past.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from twin.errors import SimulationError
from twin.history.recording import Catalog, Recording
from twin.plant.packml import State
from twin.plant.quality import Severity, severity
from twin.sim.kernel import empty_plant, resume_plant
from twin.sim.plan import LinePlan, Plan
from twin.sim.randomness import NANOSECONDS, Stream
from twin.sim.state import PlantState, StationState, Unit
from twin.sim.station_plan import StationPlan

NOW_NS = 86_400 * NANOSECONDS  # plant time of the instant taken over: what began before it has a time, too
_DRAWS = 64  # chances taken until one fits what is known


@dataclass(frozen=True, slots=True)
class Recovered:
    """A state, and what the recording did not know of it: ids of tags that had no good value."""

    state: PlantState
    unknown: tuple[str, ...]


def state_from_recording(
    plan: Plan, recording: Recording, at_ns: int, *, seed: int = 1, speed: float = 1.0
) -> Recovered:
    """The state of a plant as a recording knew it.

    Args:
        plan: of the layout that the recording carries.
        recording: a recording of that plant.
        at_ns: the instant, UTC.
        seed: for everything that is not known, and for the future.
        speed: plant seconds per recorded second; above 1 where a simulated plant ran faster than the clock.

    Raises:
        SimulationError: if the recording knows nothing of that instant.
    """
    span = recording.span()
    if not span.start_ns <= at_ns <= span.end_ns:
        raise SimulationError("The recording does not cover that instant: choose one between its start and its end.")
    return _Reconstruction(plan, recording, at_ns, seed=seed, speed=speed).build()


@dataclass(slots=True)
class _Known:
    """The good values of a recording at an instant, by owner and tag; notes what is missing."""

    catalog: Catalog
    values: dict[str, float]
    missing: list[str] = field(default_factory=list)

    def number(self, owner: str, tag: str) -> float | None:
        value = self.values.get(f"{owner}/{tag}")
        if value is None:
            self.missing.append(f"{owner}/{tag}")
        return value

    def count(self, owner: str, tag: str) -> int:
        return round(self.number(owner, tag) or 0)

    def text(self, owner: str, tag: str) -> str:
        value = self.number(owner, tag)
        return "" if value is None else self.catalog.text(value)


class _Reconstruction:
    """Fills an empty plant with what is known."""

    def __init__(self, plan: Plan, recording: Recording, at_ns: int, *, seed: int, speed: float) -> None:
        snapshot = recording.latest(at_ns)
        tags = zip(recording.catalog.tags, snapshot.value.tolist(), snapshot.quality.tolist(), strict=False)
        good = {
            tag.id: value
            for tag, value, quality in tags
            if severity(quality) == Severity.GOOD and not math.isnan(value)
        }
        self._known = _Known(recording.catalog, good)
        self._plan = plan
        self._at_ns = at_ns
        self._speed = speed
        self._state = empty_plant(plan, seed, at_ns - NOW_NS)
        self._state.now_ns = NOW_NS

    def build(self) -> Recovered:
        for station in self._plan.stations:
            self._count(station, self._state.stations[station.index])
        for number, line in enumerate(self._plan.lines):
            self._fill(number, line)
        for station in self._plan.stations:
            self._set_state(station, self._state.stations[station.index])
        resume_plant(self._plan, self._state)
        return Recovered(self._state, tuple(self._known.missing))

    def _plant_ns(self, utc_s: float | None) -> int:
        """Plant time of a recorded instant; now, where it is not known."""
        if utc_s is None:
            return NOW_NS
        return max(NOW_NS + round((utc_s * NANOSECONDS - self._at_ns) * self._speed), 0)

    def _count(self, plan: StationPlan, station: StationState) -> None:
        station.processed = self._known.count(plan.id, "Processed")
        station.defective = self._known.count(plan.id, "Defective")
        station.reworked = self._known.count(plan.id, "Reworked") if plan.rework else 0
        station.cycle_work = round((self._known.number(plan.id, "CycleTime") or 0.0) * NANOSECONDS)
        station.worked_work = NOW_NS
        station.since_ns = station.cause_since_ns = NOW_NS
        station.failures_work = [NOW_NS + failure.to_failure.value(self._state.seed, 0) for failure in plan.failures]

    def _fill(self, number: int, line: LinePlan) -> None:
        """Puts the line's units where its carriers say they are; counts what has left."""
        in_line = self._state.lines[number]
        units = [unit for unit in (self._unit(line, carrier) for carrier in range(len(line.carriers))) if unit]
        for unit in units:
            in_line.carriers[unit.carrier] = unit
        in_line.free = [carrier for carrier in range(len(line.carriers)) if in_line.carriers[carrier] is None]
        for index in range(line.first, line.last + 1):
            self._admit(index, [unit for unit in units if unit.station == index - line.first])
        for unit in sorted((unit for unit in units if unit.station < 0), key=lambda unit: -unit.to_m):
            self._queue(line, unit)
        first, last = self._state.stations[line.first], self._state.stations[line.last]
        in_line.entered = max([unit.serial for unit in units] + [first.processed + len(first.units)])
        in_line.finished = min(last.processed - last.defective, in_line.entered - len(units))
        in_line.scrapped = in_line.entered - in_line.finished - len(units)
        in_line.wip_area = -len(units) * NOW_NS

    def _unit(self, line: LinePlan, carrier: int) -> Unit | None:
        name, known = line.carriers[carrier], self._known
        serial = known.text(name, "Serial").removeprefix(line.prefix)
        if not serial.isdigit():
            return None
        departed_ns = self._plant_ns(known.number(name, "Departed"))
        return Unit(
            serial=int(serial),
            carrier=carrier,
            entered_ns=departed_ns,
            station=known.count(name, "Station"),
            place=known.count(name, "Place"),
            begun_ns=departed_ns,
            queued_ns=departed_ns,
            from_m=known.number(name, "From") or 0.0,
            to_m=known.number(name, "To") or 0.0,
            departed_ns=departed_ns,
            arrives_ns=self._plant_ns(known.number(name, "Arrives")),
        )

    def _admit(self, index: int, units: list[Unit]) -> None:
        """Gives a station the units in its places; the oldest one came first."""
        plan, station = self._plan.stations[index], self._state.stations[index]
        blocked = bool(units) and self._known.number(plan.id, "Blocked") == 1.0
        units.sort(key=lambda unit: unit.begun_ns)
        first_counter = station.processed - blocked
        for number, unit in enumerate(units):
            elapsed = NOW_NS - unit.begun_ns
            unit.begun_work = NOW_NS - elapsed
            unit.done = blocked and number == 0
            taken = 1 if unit.done else _fitting(plan.service, self._state.seed, first_counter + number, elapsed)
            unit.end_work = unit.begun_work + taken
        if plan.parallel:
            units.sort(key=lambda unit: unit.end_work)
        station.units = units
        station.units_area = -len(units) * NOW_NS
        station.services = station.admitted = first_counter + len(units)
        station.last_end_work = max((unit.end_work for unit in units), default=0)
        if units:
            newest = max(units, key=lambda unit: unit.begun_ns)
            station.serial, station.cycle_started_ns = newest.serial, newest.begun_ns

    def _queue(self, line: LinePlan, unit: Unit) -> None:
        """Puts a unit on the conveyor into the queue that it heads for: before the first station beyond its end."""
        ahead = (index for index in range(line.first + 1, line.last + 1) if self._at_m(index) > unit.to_m)
        index = next(ahead, line.last)
        self._state.stations[index].queue.append(unit)
        self._state.stations[index].queue_area -= NOW_NS

    def _at_m(self, index: int) -> float:
        return self._plan.stations[index].at_m

    def _set_state(self, plan: StationPlan, station: StationState) -> None:
        number = self._known.number(plan.id, "State")
        station.state = round(number) if number in {float(state) for state in State} else int(State.SUSPENDED)
        modes = {State.HELD: False, State.ABORTED: True}
        wanted = modes.get(State(station.state))
        stops = [failure for failure in plan.failures if failure.breakdown == wanted]
        if stops:
            station.restart_ns = NOW_NS + _fitting(stops[0].to_repair, self._state.seed, station.processed, 0)
        if station.state == State.ABORTED:
            self._state.crews[self._plan.lines[plan.line].crew].busy += 1


def _fitting(stream: Stream[int], seed: int, counter: int, elapsed: int) -> int:
    """A duration of a stream that is longer than what has elapsed: the one at `counter` where that fits."""
    fits = (value for value in _draws(stream, seed, counter) if value > elapsed)
    return next(fits, elapsed + NANOSECONDS)


def _draws(stream: Stream[int], seed: int, counter: int) -> Iterator[int]:
    for number in range(_DRAWS):
        yield stream.value(seed, counter + 1009 * number)
