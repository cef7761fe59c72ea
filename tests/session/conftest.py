"""A recorded stretch of the shipped line in memory, and what really happened in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.recorded import START_NS, S, run_plant, utc_ns, write
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.shipped import OUTDOOR_LINE
from twin.sim.messages import Change


@dataclass
class Played:
    """A plant that has run for a while, its recording, and every change as the simulator reported it."""

    layout: Layout
    recording: MemoryRecording
    truth: list[Change]

    def truth_at(self, at_ns: int) -> dict[tuple[str, str], float | int | str | bool]:
        """Every property at an instant of the recording, by brute force."""
        return {(c.owner, c.tag): c.value for c in self.truth if utc_ns(c.time_ns) <= at_ns}


@pytest.fixture(scope="session")
def played() -> Played:
    """Ten minutes of the shipped line, with stops in them."""
    layout = read_layout(OUTDOOR_LINE)
    recording = MemoryRecording(Origin.SIMULATION, OUTDOOR_LINE.read_text(encoding="utf-8"))
    changes, incidents = run_plant(layout, seed=7, seconds=600)
    write(recording, layout, changes, incidents)
    recording.heartbeat(START_NS + 600 * S)
    recording.refresh()
    return Played(layout, recording, changes)
