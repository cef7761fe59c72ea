"""A recorder and a reader of what it records, in memory and in a folder."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from twin.history.addresses import create_recorder, open_recording
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin, Recorder, Recording


class Pair(NamedTuple):
    recorder: Recorder
    recording: Recording


@pytest.fixture(params=["memory", "folder"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    if request.param == "memory":
        both = MemoryRecording(Origin.PLANT, "{}")
        yield Pair(both, both)
        return
    with (
        closing(create_recorder(tmp_path, Origin.PLANT, "{}")) as recorder,
        closing(open_recording(tmp_path)) as reader,
    ):
        yield Pair(recorder, reader)
