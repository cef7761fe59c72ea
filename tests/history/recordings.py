"""The implementations under one contract, random recordings to put into them, and the plainest possible answers."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from twin.history.addresses import create_recorder, open_recording
from twin.history.batch import NEVER_NS, Batch, Snapshot, make_batch
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin, Recorder, Recording, TagInfo
from twin.plant import quality

Row = tuple[int, int, float, int, int]
Fill = Callable[[Recorder], None]

TAGS = [
    TagInfo("M1/State", data_type="Int32"),
    TagInfo("M1/Level", unit="bar", low=1.0, high=5.0),
    TagInfo("M1/Serial", data_type="String"),
]
DAY_NS = 86_400 * 10**9
START_NS = 1_790_000_000 * 10**9  # 13:33:20 UTC
STEPS_NS = (0, 1, 999, 10**9, 20 * 10**9, 60 * 10**9, 5 * 60 * 10**9, DAY_NS)


@contextmanager
def in_memory(fill: Fill) -> Iterator[Recording]:
    recording = MemoryRecording(Origin.SIMULATION, None)
    fill(recording)
    yield recording


@contextmanager
def in_folder_growing(fill: Fill) -> Iterator[Recording]:
    with tempfile.TemporaryDirectory() as folder:
        recorder = create_recorder(Path(folder), Origin.SIMULATION, None)
        with closing(recorder), closing(open_recording(folder)) as recording:
            fill(recorder)
            yield recording


@contextmanager
def in_folder_finished(fill: Fill) -> Iterator[Recording]:
    with tempfile.TemporaryDirectory() as folder:
        with closing(create_recorder(Path(folder), Origin.SIMULATION, None)) as recorder:
            fill(recorder)
        with closing(open_recording(folder)) as recording:
            yield recording


READ_SIDES = [in_memory, in_folder_growing, in_folder_finished]


@dataclass
class Story:
    """Batches for the tags TAGS, and all their rows in one list."""

    batches: list[Batch] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def fill(self, recorder: Recorder) -> None:
        recorder.define(TAGS)
        for batch in self.batches:
            recorder.append(batch)

    def between(self, after_ns: int, until_ns: int) -> Batch:
        return make_batch([row for row in self.rows if after_ns < row[0] <= until_ns])

    def latest(self, at_ns: int) -> Snapshot:
        newest: dict[int, Row] = {row[1]: row for row in self.rows if row[0] <= at_ns}
        nothing = (NEVER_NS, 0, np.nan, quality.BAD_WAITING, NEVER_NS)
        columns = make_batch([newest.get(tag, nothing) for tag in range(len(TAGS))])
        return Snapshot(at_ns, columns.time_ns, columns.value, columns.quality, columns.source_ns)

    @property
    def end_ns(self) -> int:
        return self.rows[-1][0]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Recordings with empty minutes, equal times, day boundaries, several minutes in a batch, and odd values."""
    story, time_ns = Story(), START_NS
    steps, values = st.sampled_from(STEPS_NS), st.floats() | st.integers(0, 17).map(float)
    codes = st.sampled_from([quality.GOOD, quality.UNCERTAIN, quality.BAD])
    lags = st.sampled_from([0, 100, 10**6]) | st.integers(-(2**62), 2**62)
    for _ in range(draw(st.integers(1, 8))):
        rows: list[Row] = []
        time_ns += 1
        for _ in range(draw(st.integers(1, 6))):
            time_ns += draw(steps)
            tag, value, code = draw(st.integers(0, len(TAGS) - 1)), draw(values), draw(codes)
            rows.append((time_ns, tag, value, code, time_ns - draw(lags)))
        story.batches.append(make_batch(rows))
        story.rows += rows
    return story


def instants(story: Story) -> st.SearchStrategy[int]:
    """Times at, beside, and far from the samples."""
    beside = st.builds(lambda row, step: row[0] + step, st.sampled_from(story.rows), st.integers(-1, 1))
    return beside | st.integers(START_NS - DAY_NS, story.end_ns + DAY_NS)


def same(one: Batch | Snapshot, other: Batch | Snapshot) -> bool:
    """Bit for bit, NaN included."""
    names = ["time_ns", "value", "quality", "source_ns"] + (["tag"] if isinstance(one, Batch) else [])
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)
