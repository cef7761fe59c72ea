"""From the simulated plant over real OPC UA into a recording and onto the desk: what is shown is what happened.

The plant writes beside the wire what really happened. The desk's frames at random instants, reached live, by playing,
by seeking and by seeking backwards, must say the same of every station: state, count and serial of its unit.
"""

from __future__ import annotations

import json
import subprocess
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.processes import start_twin, wait_for_line
from twin.desktop.clock import utc_now_ns
from twin.errors import RecordingError
from twin.history.addresses import open_recording
from twin.session.commands import Seek, SetRate
from twin.session.frame import Frame
from twin.session.session import Session

S = 1_000_000_000
# How long a change may be under way from the machine to the recording: publishing, flushing, a busy test machine.
UNDER_WAY_NS = 2 * S
PROPERTIES = ("State", "Processed", "Serial")


@dataclass
class Truth:
    """What the plant says happened: for each (thing, property) rising times and the value from each on."""

    times: dict[tuple[str, str], list[int]]
    values: dict[tuple[str, str], list[Any]]

    def agrees(self, key: tuple[str, str], value: Any, *, source_ns: int, at_ns: int) -> bool:
        """Whether `value`, said to be of `source_ns`, is what held then, and no older than what may be under way."""
        index = bisect_right(self.times[key], source_ns) - 1
        replaced = self.times[key][index + 1 : index + 2]
        return self.values[key][index] == value and not (replaced and replaced[0] < at_ns - UNDER_WAY_NS)


def _truth(path: Path) -> Truth:
    times, values = defaultdict(list), defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        times[entry["thing"], entry["property"]].append(entry["time_ns"])
        values[entry["thing"], entry["property"]].append(entry["value"])
    return Truth(times, values)


def _shown(frame: Frame) -> dict[tuple[str, str], Any]:
    """(station, property) → value as a view would show it."""
    assert frame.layout is not None
    shown: dict[tuple[str, str], Any] = {}
    for number, station in enumerate(frame.layout.stations):
        shown[station.id, "State"] = int(frame.stations.state[number])
        shown[station.id, "Processed"] = int(frame.stations.processed[number])
        shown[station.id, "Serial"] = frame.catalog.text(frame.stations.serial[number])
    return shown


@dataclass
class Recorded:
    """A finished recording, the truth of its plant, and frames that were on screen while it was being recorded."""

    folder: Path
    truth: Truth
    live: list[Frame]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Twelve seconds of the shipped line at five times its speed."""
    folder = tmp_path_factory.mktemp("end-to-end")
    plant = start_twin("serve", "--port", "0", "--seed", "7", "--speed", "5", "--truth", str(folder / "truth.jsonl"))
    try:
        url = wait_for_line(plant, "serving").split()[-1]
        gateway = start_twin("record", url, "--to", str(folder / "recording"), "--for", "12s")
        live = _watch(folder / "recording", gateway)
        assert gateway.returncode == 0
    finally:
        plant.terminate()
        plant.communicate(timeout=10)
    return Recorded(folder / "recording", _truth(folder / "truth.jsonl"), live)


def _watch(folder: Path, gateway: subprocess.Popen[str]) -> list[Frame]:
    """Follow the recording, as the desk does, until the gateway has finished."""
    session, frames, before_ns = None, [], utc_now_ns()
    while gateway.poll() is None:
        try:
            gateway.communicate(timeout=0.05)
        except subprocess.TimeoutExpired:
            now_ns = utc_now_ns()
            session = session or _opened(folder)
            if session is not None:
                frames.append(session.tick(now_ns - before_ns, now_ns))
            before_ns = now_ns
    gateway.communicate()  # it may have ended between two looks: its pipe is closed only here then
    return frames


def _opened(folder: Path) -> Session | None:
    try:
        recording = open_recording(folder)
    except RecordingError:
        return None
    recording.refresh()
    if recording.span().end_ns:
        return Session(recording, utc_now_ns(), live=True)
    recording.close()
    return None


def test_live_frames_agree_with_what_happened(recorded: Recorded) -> None:
    assert len(_complete(recorded)) > 60
    for frame in _complete(recorded):
        _assert_true(recorded.truth, frame)


def _complete(recorded: Recorded) -> list[Frame]:
    """The live frames since every station's first values had come."""
    return [frame for frame in recorded.live if frame.layout and np.isfinite(frame.stations.processed).all()]


def _assert_true(truth: Truth, frame: Frame) -> None:
    for (station, name), value in _shown(frame).items():
        source_ns = int(frame.state.source_ns[frame.catalog.index(f"{station}/{name}")])
        assert truth.agrees((station, name), value, source_ns=source_ns, at_ns=frame.playhead_ns), (
            f"{station}/{name} shown as {value!r} at {frame.playhead_ns}"
        )


def test_playing_seeking_and_live_show_the_same(recorded: Recorded) -> None:
    frames = _complete(recorded)
    chosen = [frames[number] for number in np.sort(np.random.default_rng(5).choice(len(frames), 20, replace=False))]
    recording = open_recording(recorded.folder)
    try:
        forwards, backwards, played = (Session(recording, 0, live=False) for _ in range(3))
        for frame in chosen:
            assert _shown(_at(forwards, frame.playhead_ns)) == _shown(frame)
        for frame in reversed(chosen):
            assert _shown(_at(backwards, frame.playhead_ns)) == _shown(frame)
        played.carry_out(Seek(chosen[0].playhead_ns))
        played.tick(0, 0)
        played.carry_out(SetRate(1.0))
        for before, frame in pairwise(chosen):
            assert _shown(played.tick(frame.playhead_ns - before.playhead_ns, 0)) == _shown(frame)
    finally:
        recording.close()


def _at(session: Session, at_ns: int) -> Frame:
    session.carry_out(Seek(at_ns))
    return session.tick(0, 0)


def test_everything_that_happened_was_recorded(recorded: Recorded) -> None:
    """Once a tag has been heard of, and until the last seconds of the recording, no change of its value is missing."""
    recording = open_recording(recorded.folder)
    try:
        recording.refresh()
        span, catalog = recording.span(), recording.catalog
        batch = recording.read(span.start_ns - 1, span.end_ns)
        stored = set(zip(batch.tag.tolist(), batch.source_ns.tolist(), strict=True))
        heard_ns = dict(zip(batch.tag[::-1].tolist(), batch.time_ns[::-1].tolist(), strict=True))
        missing = [
            (*key, time_ns)
            for key, times in recorded.truth.times.items()
            for number, time_ns in enumerate(times)
            if (tag := catalog.index("/".join(key))) >= 0
            and heard_ns.get(tag, span.start_ns) < time_ns < span.end_ns - UNDER_WAY_NS
            and recorded.truth.values[key][number] != recorded.truth.values[key][number - 1]  # OPC UA tells changes
            and (tag, time_ns) not in stored
        ]
        assert not missing
        assert recording.gaps(span.start_ns - 1, span.end_ns) == []
    finally:
        recording.close()
