"""A recording between processes: killed writers, readers beside a writer, a second writer."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.history.writing_process import START_NS, STEP_NS
from twin.errors import RecordingError
from twin.history.addresses import create_recorder, open_recording
from twin.history.recording import Origin, Recording

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def writing(folder: Path, batches: int = 10**9) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.history.writing_process", str(folder), str(batches)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], lines: int = 10**9) -> int:
    """The last batch that was acknowledged within so many lines."""
    assert process.stdout is not None
    number = 0
    for _, line in zip(range(lines), process.stdout, strict=False):
        number = int(line)
    return number


def check_whole(recording: Recording, last: int) -> int:
    """All batches to `last` are there once, with their texts and events; how many batches there are."""
    end_ns = recording.span().end_ns
    batch = recording.read(0, end_ns)
    numbers = batch.value[batch.tag == 0].astype(int).tolist()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= last
    assert [recording.catalog.text(code) for code in batch.value[batch.tag == 1]] == [f"SN-{n}" for n in numbers]
    assert [event.message for event in recording.events(0, end_ns)][:last] == [str(n) for n in numbers][:last]
    state = recording.latest(START_NS + last * STEP_NS)
    assert (state.value[0], state.value[2]) == (last, last / 7)
    return len(numbers)


def test_a_killed_writer_loses_nothing_it_acknowledged_and_the_next_goes_on(tmp_path: Path) -> None:
    for more in (1, 30, 45, 80):
        with writing(tmp_path) as process:
            acknowledged(process, more)
            process.kill()
            last = acknowledged(process)
        if last:
            with closing(open_recording(tmp_path)) as recording:
                recording.refresh()
                check_whole(recording, last)
    with writing(tmp_path, batches=30) as process:
        last = acknowledged(process)
        assert process.wait() == 0
    with closing(open_recording(tmp_path)) as recording:
        recording.refresh()
        assert check_whole(recording, last) == last
        assert recording.gaps(0, recording.span().end_ns) == []


def test_a_reader_beside_a_writer_sees_everything_once_and_in_order(tmp_path: Path) -> None:
    with writing(tmp_path, batches=250) as process:
        acknowledged(process, 1)
        at_ns = 0
        seen: list[float] = []
        texts: list[str] = []
        with closing(open_recording(tmp_path)) as recording:
            while len(seen) < 250:
                ended = process.poll() is not None
                if not recording.refresh():
                    assert not ended, "the writer ended before everything was seen"
                    continue
                end_ns = recording.span().end_ns
                batch = recording.read(at_ns, end_ns)
                seen += batch.value[batch.tag == 0].tolist()
                texts += [recording.catalog.text(code) for code in batch.value[batch.tag == 1]]
                assert recording.latest(end_ns).value[0] == seen[-1]
                at_ns = end_ns
            assert seen == [float(n) for n in range(1, 251)]
            assert texts == [f"SN-{n}" for n in range(1, 251)]
            acknowledged(process)
            recording.refresh()
            check_whole(recording, 250)


def test_a_second_writer_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    with writing(tmp_path) as process:
        acknowledged(process, 1)
        with pytest.raises(RecordingError, match=f"process {process.pid}"):
            create_recorder(tmp_path, Origin.SIMULATION, None)
    create_recorder(tmp_path, Origin.SIMULATION, None).close()  # a dead process holds nothing


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with closing(create_recorder(tmp_path, Origin.PLANT, None)), pytest.raises(RecordingError, match="process"):
        create_recorder(tmp_path, Origin.PLANT, None)
