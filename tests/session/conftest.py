"""A recorded stretch of the shipped line: the simulator's changes, written to memory as a gateway would have."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from twin.history.batch import make_batch
from twin.history.memory import MemoryRecording
from twin.history.recording import Event, Origin, TagInfo
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant

S = 1_000_000_000
START_NS = 1_800_000_000 * S


@dataclass
class Played:
    """A plant that has run for a while, its recording, and every change as the simulator reported it."""

    layout: Layout
    recording: MemoryRecording
    truth: list[Change] = field(default_factory=list)

    def truth_at(self, at_ns: int) -> dict[tuple[str, str], float | int | str | bool]:
        """Every property at an instant of the recording, by brute force."""
        return {(c.owner, c.tag): c.value for c in self.truth if START_NS + c.time_ns <= at_ns}


def play(layout: Layout, *, seed: int, warm_up_s: int, seconds: int) -> Played:
    """Run the line and record it, one batch for each instant of change; plant time zero is START_NS."""
    recording = MemoryRecording(Origin.SIMULATION, (SHIPPED / "outdoor-line.json").read_text(encoding="utf-8"))
    tags = [
        TagInfo(id=f"{owner.id}/{tag.id}", data_type=tag.data_type, unit=tag.unit)
        for owner in layout.owners
        for tag in owner.tags
    ]
    index = dict(zip([tag.id for tag in tags], recording.define(tags).tolist(), strict=True))
    times = {tag.id for tag in tags if tag.data_type == "DateTime"}
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    advance(plan, state, warm_up_s * S)
    played = Played(layout, recording)
    happened = [*levels(plan, state), *advance(plan, state, (warm_up_s + seconds) * S)]
    by_time: dict[int, list[tuple[int, int, float, int, int]]] = {}
    for item in happened:
        at_ns = START_NS + item.time_ns
        if isinstance(item, Change):
            name = f"{item.owner}/{item.tag}"
            value = recording.intern(item.value) if isinstance(item.value, str) else float(item.value)
            value = START_NS / S + value / S if name in times else value
            by_time.setdefault(at_ns, []).append((at_ns, index[name], value, 0, at_ns))
            played.truth.append(item)
    _store(recording, by_time, [item for item in happened if isinstance(item, Incident)])
    recording.heartbeat(START_NS + (warm_up_s + seconds) * S)
    recording.refresh()
    return played


def _store(
    recording: MemoryRecording,
    by_time: dict[int, list[tuple[int, int, float, int, int]]],
    incidents: list[Incident],
) -> None:
    events = {START_NS + incident.time_ns + 1: incident for incident in incidents}
    for at_ns in sorted(by_time.keys() | events.keys()):
        if at_ns in by_time:
            recording.append(make_batch(by_time[at_ns]))
        if at_ns in events:
            one = events[at_ns]
            recording.append_event(Event(at_ns, one.source, one.kind, one.severity, one.message, at_ns - 1))


@pytest.fixture(scope="session")
def played() -> Played:
    """Ten minutes of the shipped line, after forty minutes of warming up."""
    return play(read_layout(SHIPPED / "outdoor-line.json"), seed=7, warm_up_s=2400, seconds=600)
