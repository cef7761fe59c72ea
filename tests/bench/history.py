"""The recording: durable appends, seeking, following and size, on a plant of 400 tags at 2,000 values a second."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from tests.bench.timing import Figure, compared, seconds
from twin.history.addresses import create_recorder, open_recording
from twin.history.batch import Batch, empty_snapshot
from twin.history.codec import QUICK, Codec
from twin.history.minutes import MINUTE_NS
from twin.history.recording import Origin, Recording, TagInfo

START_NS = 1_790_000_000 * 10**9 // MINUTE_NS * MINUTE_NS
STEP_NS = 100_000_000
TAGS, ROWS, MINUTES = 400, 200, 4
STEPS = MINUTES * MINUTE_NS // STEP_NS


def plant() -> Iterator[Batch]:
    """A tenth of a second at a time: noisy levels of three decimals, counters and states, tags in random order."""
    random = np.random.default_rng(1)
    for step in range(STEPS):
        tag = random.permutation(TAGS)[:ROWS].astype(np.int32)
        level = np.round(20.0 + tag + random.normal(0, 0.2, ROWS), 3)
        counted = np.floor(step / (20 + tag % 7)) + tag
        state = random.integers(2, 17, ROWS).astype(np.float64)
        value = np.select([tag < 200, tag < 320], [level, counted], state)
        time_ns = np.full(ROWS, START_NS + step * STEP_NS + random.integers(0, 10**6), np.int64)
        source_ns = time_ns - 100 * random.integers(10_000, 500_000, ROWS)
        yield Batch(time_ns, tag, value, np.zeros(ROWS, np.uint32), source_ns)


def run() -> Iterable[Figure]:
    """Record four minutes, then look at them in every way a window does."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder, raw = Path(name) / "recording", Path(name) / "raw"
        ours, peer = _recorded(folder, raw)
        yield compared(
            "durable append of 200 samples", ours * 1e3, "ms", to="write + fdatasync", of=peer * 1e3, target=4
        )
        yield from _seeking(folder)
        with closing(open_recording(folder)) as recording:
            recording.refresh()
            size = recording.bytes_stored / recording.count_samples()
        yield compared("stored", size, "B/sample", to="columns as they are", of=32.0, target=0.3)


def _recorded(folder: Path, raw: Path) -> tuple[float, float]:
    """Seconds for an append, median; and for writing the same bytes with nothing round them."""
    codec, ours, peer = Codec(QUICK), [], []
    with closing(create_recorder(folder, Origin.SIMULATION, None)) as recorder, raw.open("wb", buffering=0) as file:
        recorder.define([TagInfo(f"tag {number}") for number in range(TAGS)])
        for batch in plant():
            start = perf_counter()
            recorder.append(batch)
            between = perf_counter()
            file.write(codec.encode(batch))
            os.fdatasync(file.fileno())
            ours.append(between - start)
            peer.append(perf_counter() - between)
    return median(ours), median(peer)


def _seeking(folder: Path) -> Iterator[Figure]:
    end_ns = START_NS + MINUTES * MINUTE_NS
    middle = START_NS + 5 * MINUTE_NS // 2

    def cold() -> None:
        with closing(open_recording(folder)) as recording:
            recording.refresh()
            recording.latest(middle)

    yield compared("open and first state at t", seconds(cold, times=9) * 1e3, "ms", to="limit", of=50.0, target=1)
    with closing(open_recording(folder)) as recording:
        recording.refresh()
        times = np.random.default_rng(2).integers(START_NS + MINUTE_NS, end_ns, 400).tolist()
        miss = [_timed(recording.latest, at) for at in range(START_NS + MINUTE_NS // 2, end_ns, MINUTE_NS)]
        yield compared("state at t, other minute", median(miss) * 1e3, "ms", to="limit", of=25.0, target=1)
        warm = median(_timed(recording.latest, at) for at in times)
        yield compared(
            "state at t, warm", warm * 1e3, "ms", to="numpy replay", of=_replay(recording, times), target=0.5
        )
        frame = 16_000_000
        played = [_timed(recording.read, middle + i * frame, middle + (i + 1) * frame) for i in range(400)]
        yield compared("read the next 16 ms", median(played) * 1e3, "ms", to="limit", of=0.1, target=1)
        idle = [_timed(recording.refresh) for _ in range(400)]
        yield compared("refresh, nothing new", median(idle) * 1e3, "ms", to="limit", of=0.1, target=1)
        trend = median(_timed(recording.series, 7, START_NS, end_ns, 1000) for _ in range(9))
        yield compared("trend of 4 minutes, warm", trend * 1e3, "ms", to="limit", of=5.0, target=1)


def _replay(recording: Recording, times: list[int]) -> float:
    """Milliseconds for the same states from columns in memory, each from the start of its minute."""
    samples = recording.read(START_NS - 1, START_NS + MINUTES * MINUTE_NS)
    before = empty_snapshot(START_NS, TAGS)

    def state(at_ns: int) -> None:
        before.advanced(samples.between(at_ns // MINUTE_NS * MINUTE_NS - 1, at_ns), at_ns, TAGS)

    return median(_timed(state, at) for at in times) * 1e3


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start
