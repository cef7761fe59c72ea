"""Recordings for tests and benchmarks: the simulated plant's changes, written as a gateway would have written them."""

from __future__ import annotations

from collections.abc import Sequence

from twin.history.batch import make_batch
from twin.history.recording import Event, Recorder, TagInfo
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant
from twin.sim.signals.observe import observe

S = 1_000_000_000
START_NS = 1_800_000_000 * S
WARM_UP_NS = 2400 * S


def tags_of(layout: Layout) -> list[TagInfo]:
    """The catalogue that a gateway makes of a layout."""
    return [
        TagInfo(f"{owner.id}/{tag.id}", data_type=tag.data_type, unit=tag.unit, low=tag.low, high=tag.high)
        for owner in layout.owners
        for tag in owner.tags
    ]


def run_plant(layout: Layout, *, seed: int, seconds: int) -> tuple[list[Change], list[Incident]]:
    """What a warmed-up plant does in `seconds`; times are UTC, plant time zero is START_NS."""
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    advance(plan, state, WARM_UP_NS)
    happened = [*levels(plan, state), *observe(plan, state, WARM_UP_NS + seconds * S).in_order(plan)]
    return [one for one in happened if isinstance(one, Change)], [one for one in happened if isinstance(one, Incident)]


def utc_ns(time_ns: int) -> int:
    """A time of the plant as a time of the recording."""
    return START_NS + time_ns - WARM_UP_NS


def write(recorder: Recorder, layout: Layout, changes: Sequence[Change], incidents: Sequence[Incident]) -> None:
    """Store changes and incidents in the order in which they happened; one batch between two incidents."""
    tags = tags_of(layout)
    index = dict(zip([tag.id for tag in tags], recorder.define(tags).tolist(), strict=True))
    rows: list[tuple[int, int, float, int, int]] = []
    waiting = list(incidents)
    for change in changes:
        while waiting and waiting[0].time_ns < change.time_ns:
            rows = _stored(recorder, rows, waiting.pop(0))
        tag = index[f"{change.owner}/{change.tag}"]
        at_ns = utc_ns(change.time_ns)
        rows.append((at_ns, tag, _value(recorder, tags[tag], change), 0, at_ns))
    recorder.append(make_batch(rows))


def _stored(
    recorder: Recorder, rows: list[tuple[int, int, float, int, int]], one: Incident
) -> list[tuple[int, int, float, int, int]]:
    recorder.append(make_batch(rows))
    at_ns = utc_ns(one.time_ns) + 1
    recorder.append_event(Event(at_ns, one.source, one.kind, one.severity, one.message, at_ns - 1))
    return []


def _value(recorder: Recorder, tag: TagInfo, change: Change) -> float:
    if isinstance(change.value, str):
        return float(recorder.intern(change.value))
    number = float(change.value)
    return (START_NS - WARM_UP_NS + number) / S if tag.data_type == "DateTime" else number
