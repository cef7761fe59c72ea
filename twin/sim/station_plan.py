"""A station made ready to run: indices instead of names, nanoseconds instead of seconds, one stream per chance."""

from __future__ import annotations

from dataclasses import dataclass

from twin.plant.layout import Line
from twin.plant.process import Bernoulli, Failure, mean_s
from twin.plant.stations import Background, Changeover, Inspection, Rework, Station, Tool
from twin.sim.randomness import NANOSECONDS, Stream, durations, uniforms

UNLIMITED = 1 << 62
GOOD, DEFECTIVE = 1, 2


@dataclass(frozen=True, slots=True)
class FailurePlan:
    """One population of stops, with a stream for each of its two durations."""

    breakdown: bool
    reason: str
    to_failure: Stream[int]
    to_repair: Stream[int]


@dataclass(frozen=True, slots=True)
class ReworkPlan:
    """Where the rejects of a station go: the index of a station, how long they take, how often one unit may."""

    to: int
    delay_ns: int
    limit: int


@dataclass(frozen=True, slots=True)
class SetupPlan:
    """What a station does before a unit: sequence-dependent changeovers, and changes of a tool that wears."""

    changeovers: tuple[Changeover, ...]
    tool: Tool | None
    change: Stream[int] | None


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """AI vision: a chance for what is wrong with a unit, and one for what the camera makes of it.

    A verdict is 0 before the camera has looked, `GOOD`, or `DEFECTIVE` + n for the defect of class n.
    """

    inspection: Inspection
    review_ns: int
    defect: Stream[float]
    verdict: Stream[float]

    def defect_seen(self, verdict: int) -> str:
        """The class of defect that a verdict names, empty for none."""
        return self.inspection.defects[verdict - DEFECTIVE].id if verdict >= DEFECTIVE else ""

    def score(self, seed: int, look: int, verdict: int) -> float:
        """The camera's confidence that a unit is good: above 0.5 it passes. Skewed towards its ends, as such are."""
        chance = self.verdict.value(seed, look)
        spread = (chance * 7919) % 1.0  # the same chance decided the verdict: its later digits are independent of that
        return round(0.02 + 0.46 * spread**2 if verdict >= DEFECTIVE else 0.99 - 0.47 * spread**3, 3)


@dataclass(frozen=True, slots=True)
class BackgroundPlan:
    """Helium in the room, and the chance of a test without a result."""

    background: Background
    chance: Stream[float]


@dataclass(frozen=True, slots=True)
class StationPlan:
    """One station.

    Attributes:
        index, in_line: number within the plant, and within the line.
        carried, conveyed: its line has carriers; it has a conveyor, on which moves take time.
        capacity: units that may be here or on the way here: the buffer and the places.
        capacity_after: the same of the next station of the line; 0 for the last.
        parallel: units leave in the order in which they are finished.
        item_s: mean time per unit at full speed: the cycle, shared by the places.
        retries: a Bernoulli machine: a slot that finds no room is lost, and the next slot is a new trial.
        judged: an inspection, a tool or helium in the room has a say in how its services come out.
        supplied: it takes material for each unit.
        tags: kernel tags that the layout gives this station.
    """

    index: int
    id: str
    line: int
    in_line: int
    carried: bool
    conveyed: bool
    first: bool
    last: bool
    at_m: float
    places: int
    parallel: bool
    capacity: int
    capacity_after: int
    service: Stream[int]
    item_s: float
    retries: bool
    judged: bool
    supplied: bool
    setup: SetupPlan | None
    inspection: InspectionPlan | None
    background: BackgroundPlan | None
    failures: tuple[FailurePlan, ...]
    reject_probability: float
    reject: Stream[float]
    rework: ReworkPlan | None
    tags: frozenset[str]


def plan_station(line: Line, at: int, number: int, first: int, *, tags: frozenset[str]) -> StationPlan:
    """The plan of the station `at` a line, which is number `number` of the plant and begins at station `first`."""
    station = line.stations[at]
    return StationPlan(
        index=first + at,
        id=station.id,
        line=number,
        in_line=at,
        carried=line.carriers is not None,
        conveyed=line.conveyor is not None,
        first=at == 0,
        last=at == len(line.stations) - 1,
        at_m=station.at_m,
        places=station.places,
        parallel=station.order == "parallel",
        capacity=_capacity(station),
        capacity_after=_capacity(line.stations[at + 1]) if at + 1 < len(line.stations) else 0,
        service=durations(f"{station.id}/cycle", station.cycle),
        item_s=mean_s(station.cycle) / station.places,
        retries=isinstance(station.cycle, Bernoulli),
        judged=bool(station.inspection or station.background or station.tool),
        supplied=bool(station.supplies),
        setup=_setup(station),
        inspection=_inspection(station),
        background=_background(station),
        failures=tuple(_failure(station.id, n, failure) for n, failure in enumerate(station.failures)),
        reject_probability=station.reject_probability,
        reject=uniforms(f"{station.id}/reject"),
        rework=_rework(station.rework, line, first),
        tags=tags,
    )


def _capacity(station: Station) -> int:
    return station.places + (UNLIMITED if station.buffer_before is None else station.buffer_before)


def _rework(rework: Rework | None, line: Line, first: int) -> ReworkPlan | None:
    if rework is None:
        return None
    ids = [station.id for station in line.stations]
    return ReworkPlan(first + ids.index(rework.to), round(rework.delay_s * NANOSECONDS), rework.limit)


def _setup(station: Station) -> SetupPlan | None:
    tool = station.tool
    if not station.changeovers and not tool:
        return None
    return SetupPlan(station.changeovers, tool, durations(f"{station.id}/tool", tool.change) if tool else None)


def _inspection(station: Station) -> InspectionPlan | None:
    inspection = station.inspection
    if inspection is None:
        return None
    defect, verdict = uniforms(f"{station.id}/defect"), uniforms(f"{station.id}/verdict")
    return InspectionPlan(inspection, round(inspection.review_s * NANOSECONDS), defect, verdict)


def _background(station: Station) -> BackgroundPlan | None:
    background = station.background
    return BackgroundPlan(background, uniforms(f"{station.id}/no test")) if background else None


def _failure(station: str, number: int, failure: Failure) -> FailurePlan:
    name = f"{station}/failure/{number}"
    to_failure = durations(f"{name}/to_failure", failure.time_to_failure)
    to_repair = durations(f"{name}/to_repair", failure.time_to_repair)
    return FailurePlan(failure.mode == "breakdown", failure.reason, to_failure, to_repair)
