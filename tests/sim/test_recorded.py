"""A plant written down without a wire: where the recording begins, everything that is so is there once."""

from __future__ import annotations

from collections import Counter

from tests.sim.lines import HOUR_NS, outdoor_line
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.plan import plan_plant
from twin.sim.recorded import PlantRecorder

EPOCH_NS = 1_767_571_200 * 10**9


def test_a_recording_begins_with_one_value_of_every_tag_that_has_one() -> None:
    layout = outdoor_line()
    plan = plan_plant(layout)
    state = start_plant(plan, 3, EPOCH_NS)
    advance(plan, state, HOUR_NS)
    recording = MemoryRecording(Origin.SIMULATION)
    PlantRecorder(layout, plan, state, recording).write_levels()
    recording.refresh()
    first = recording.read(0, EPOCH_NS + 2 * HOUR_NS)
    told = {f"{level.owner}/{level.tag}" for level in levels(plan, state)}
    assert set(first.time_ns.tolist()) == {EPOCH_NS + HOUR_NS}
    assert Counter(recording.catalog.tags[tag].id for tag in first.tag.tolist()) == Counter(told)
