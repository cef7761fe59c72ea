"""Long runs without listeners: throughput, buffers, work in process and time in state, with confidence intervals.

Method of batch means: after a warm-up that is thrown away the run is cut into batches, of equal unit counts or of equal
time, and the scatter of the batches gives the 95 % interval of the whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.as_built import RecordWriter
from twin.sim.kernel import proceed, start_plant
from twin.sim.losses import line_losses, line_oee, pacing_station
from twin.sim.plan import Plan, plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.recorded import PlantRecorder
from twin.sim.run import Run
from twin.sim.state import PlantState
from twin.sim.summary import Estimate, LineSummary, StationSummary, Summary
from twin.sim.sums import Key, Sums, sums

BATCHES = 30
_STUDENT_95 = 2.0452  # two-sided 95 % quantile of Student's t with 29 degrees of freedom
_FOREVER = 1 << 62
_HOUR_NS = 3600 * NANOSECONDS


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

    def run_to(batch: int) -> None:
        wanted = warm_up + units * batch // BATCHES
        proceed(Run(plan, state), _FOREVER, wanted)
        if state.finished < wanted:
            raise SimulationError("This plant comes to a stand: nothing is due any more, and no unit will be finished.")

    return summarise(layout, plan, state, run_to)


def simulate_hours(layout: Layout, hours: float, seed: int = 1, warm_up_h: float = 2.0) -> Summary:
    """Runs a new plant for `hours` of plant time after a warm-up. Raises SimulationError."""
    plan = plan_plant(layout)
    return simulate_stretch(layout, plan, warm_plant(plan, seed, warm_up_h), hours)


def warm_plant(plan: Plan, seed: int, warm_up_h: float, epoch_ns: int = 0) -> PlantState:
    """A new plant after its warm-up; plant time 0 is `epoch_ns` in UTC, for the shift calendar.

    Raises:
        SimulationError: if that is no time to run for.
    """
    if not (math.isfinite(warm_up_h) and warm_up_h >= 0):
        raise SimulationError(f"{warm_up_h:g} hours are no time to warm up: ask for 0 or more.")
    state = start_plant(plan, seed, epoch_ns)
    proceed(Run(plan, state), round(warm_up_h * _HOUR_NS))
    state.now_ns = round(warm_up_h * _HOUR_NS)
    return state


def simulate_stretch(
    layout: Layout, plan: Plan, state: PlantState, hours: float, recorder: PlantRecorder | RecordWriter | None = None
) -> Summary:
    """Lets a plant live on for `hours`, written down by `recorder` where there is one.

    Raises:
        SimulationError: if that is no time to run for.
    """
    if not (math.isfinite(hours) and hours > 0):
        raise SimulationError(f"{hours:g} hours are no time to run for: ask for more than 0.")
    begun_ns = state.now_ns

    def run_to(batch: int) -> None:
        until_ns = begun_ns + round(hours * batch / BATCHES * _HOUR_NS)
        if recorder is not None:
            recorder.run(until_ns)
        else:
            proceed(Run(plan, state), until_ns)
            state.now_ns = until_ns

    summary = summarise(layout, plan, state, run_to)
    if recorder is not None:
        recorder.close()
    return summary


def summarise(layout: Layout, plan: Plan, state: PlantState, run_to: Callable[[int], None]) -> Summary:
    """The figures of a run: `run_to(0)` brings the state to the end of its warm-up, `run_to(n)` to that of batch n."""
    snapshots, events = [], []
    for batch in range(BATCHES + 1):
        run_to(batch)
        snapshots.append(sums(plan, state))
        events.append(state.events)
    first, last = snapshots[0], snapshots[-1]
    batches = [{key: late[key] - early[key] for key in late} for early, late in pairwise(snapshots)]
    seen = _Observed({key: last[key] - first[key] for key in last}, batches)
    return Summary(
        seed=state.seed,
        units=sum(seen.whole["finished", line.id] for line in plan.lines),
        batches=BATCHES,
        warm_up_s=first[("clock",)] / NANOSECONDS,
        observed_s=seen.whole[("clock",)] / NANOSECONDS,
        events=events[-1] - events[0],
        output_s=_outputs(layout, seen),
        little=_little(plan, seen.whole),
        lines=tuple(_line(plan, number, seen) for number in range(len(plan.lines))),
    )


@dataclass(frozen=True, slots=True)
class _Observed:
    """What was added up in the whole run and in each batch of it."""

    whole: Sums
    batches: list[Sums]

    def ratio(self, key: Key, per: Key = ("clock",), unit: float = 1.0) -> Estimate:
        """The ratio of two sums over the whole run, and how far the batches scatter about it."""
        mean = self.whole[key] / (self.whole[per] or 1) / unit
        return self._estimate(mean, [batch[key] / (batch[per] or 1) / unit for batch in self.batches])

    def interval_s(self, keys: list[Key]) -> Estimate:
        """Seconds of clock per piece that any of `keys` counts."""
        means = [
            seen[("clock",)] / (sum(seen[key] for key in keys) or math.inf) for seen in (self.whole, *self.batches)
        ]
        return self._estimate(means[0] / NANOSECONDS, [mean / NANOSECONDS for mean in means[1:]])

    def _estimate(self, mean: float, ratios: list[float]) -> Estimate:
        variance = sum((ratio - mean) ** 2 for ratio in ratios) / (len(ratios) - 1)
        return Estimate(mean, _STUDENT_95 * math.sqrt(variance / len(ratios)))


def _outputs(layout: Layout, seen: _Observed) -> dict[str, Estimate]:
    parts = layout.product.parts if layout.product else ()
    made = {part.name.en: [("finished", line) for line in part.lines] for part in parts}
    return {name: seen.interval_s(list(keys)) for name, keys in made.items()}


def _little(plan: Plan, whole: Sums) -> dict[str, float]:
    def worst(pairs: list[tuple[int, int]]) -> float:
        return max((abs(area - stays) / area for area, stays in pairs if area > 0), default=0.0)

    lines = [(whole["wip", line.id], whole["stay", line.id]) for line in plan.lines]
    # A buffer that is all but empty says nothing in a ratio.
    least = whole[("clock",)] // 10
    buffers = [(whole["buffer", at.id], whole["queued", at.id]) for at in plan.stations]
    return {
        "plant": worst([(sum(area for area, _ in lines), sum(stays for _, stays in lines))]),
        "lines": worst(lines),
        "buffers": worst([pair for pair in buffers if pair[0] > least]),
    }


def _line(plan: Plan, number: int, seen: _Observed) -> LineSummary:
    line = plan.lines[number]
    throughput = seen.ratio(("finished", line.id))
    return LineSummary(
        id=line.id,
        throughput_per_s=Estimate(throughput.mean * NANOSECONDS, throughput.half_width * NANOSECONDS),
        wip=seen.ratio(("wip", line.id)),
        lead_time_s=seen.ratio(("lead", line.id), ("finished", line.id), NANOSECONDS),
        first_pass_yield=seen.ratio(("first pass", line.id), ("left", line.id)),
        scrapped=seen.whole["scrapped", line.id],
        reworked=sum(seen.whole["reworked", at.id] for at in plan.stations[line.first : line.last + 1]),
        oee=line_oee(plan, line, seen.whole),
        paced_by=pacing_station(plan, line).id,
        losses=line_losses(plan, line, seen.whole),
        stations=tuple(_station(at.id, seen) for at in plan.stations[line.first : line.last + 1]),
    )


def _station(name: str, seen: _Observed) -> StationSummary:
    kinds = [kind for kind in State if seen.whole["state", name, kind.label]]
    return StationSummary(
        id=name,
        buffer=seen.ratio(("buffer", name)),
        units=seen.ratio(("units", name)),
        starved=seen.ratio(("cause", name, "starved")),
        blocked=seen.ratio(("cause", name, "blocked")),
        short=seen.ratio(("cause", name, "short")),
        setups=seen.whole["setups", name],
        technician_awaited=seen.ratio(("technician", name)),
        states={kind.label: seen.ratio(("state", name, kind.label)) for kind in kinds},
    )
