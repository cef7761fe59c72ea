"""What is special about a recording in a folder: sealing, damage, going on with it, and what is no recording."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.history.recordings import START_NS, TAGS
from twin.errors import RecordingError
from twin.history.addresses import create_recorder, open_recording
from twin.history.batch import make_batch
from twin.history.minutes import MINUTE_NS
from twin.history.recording import Origin, Recorder, Recording
from twin.history.sqlite_tables import CATALOG

S = 10**9
DAY_FILE = "2026-09-21.sqlite"
MINUTES = 5
FIRST_MINUTE = START_NS // MINUTE_NS


def fill(recorder: Recorder) -> None:
    """A sample a second; the value is the second."""
    recorder.define(TAGS)
    for second in range(MINUTES * 60):
        time_ns = START_NS + second * S
        recorder.append(make_batch([(time_ns, second % 3, float(second), 0, time_ns)]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(create_recorder(tmp_path / "recording", Origin.PLANT, None, "urn:one")) as recorder:
        fill(recorder)
    return tmp_path / "recording"


def opened(folder: Path) -> closing[Recording]:
    recording = open_recording(folder)
    recording.refresh()
    return closing(recording)


def rows(folder: Path, sql: str, file: str = DAY_FILE) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / file)) as connection:
        found = connection.execute(sql).fetchall()
        connection.commit()
        return found


def damage(folder: Path, table: str, minute: int) -> None:
    """Flip one bit in the file, in the middle of a chunk."""
    blob = bytes(rows(folder, f"SELECT blob FROM {table} WHERE minute = {minute}")[0][0])
    content = bytearray((folder / DAY_FILE).read_bytes())
    content[content.index(blob[len(blob) // 2 :][:16])] ^= 4
    (folder / DAY_FILE).write_bytes(content)


def seconds(recording: Recording) -> list[float]:
    return list(recording.read(0, recording.span().end_ns).value)


def test_finished_minutes_are_sealed_and_every_minute_but_the_first_has_a_keyframe(folder: Path) -> None:
    sealed, journal = rows(folder, "SELECT minute FROM mb"), rows(folder, "SELECT DISTINCT minute FROM jr")
    keyframes = rows(folder, "SELECT minute FROM kf")
    assert len(sealed) == MINUTES
    assert journal == [(FIRST_MINUTE + MINUTES,)]
    assert keyframes == [*sealed[1:], *journal]


@pytest.mark.expect_log("a chunk is damaged")
def test_a_damaged_minute_is_a_gap_and_all_others_stay_readable(folder: Path) -> None:
    damage(folder, "mb", FIRST_MINUTE + 2)
    begins_ns, ends_ns = (FIRST_MINUTE + 2) * MINUTE_NS, (FIRST_MINUTE + 3) * MINUTE_NS
    first, after = (begins_ns - START_NS) // S, (ends_ns - START_NS) // S
    with opened(folder) as recording:
        assert seconds(recording) == [*range(first), *range(after, MINUTES * 60)]
        assert recording.refresh()
        (gap,) = recording.gaps(0, recording.span().end_ns)
        assert (gap.source, gap.start_ns, gap.end_ns, gap.lost) == (DAY_FILE, begins_ns - 1, ends_ns, 60)
        assert gap.cause == f"{DAY_FILE}, minute 14:15 UTC: a chunk is damaged, its checksum does not match"
        assert recording.latest(ends_ns + 3 * S).value.max() == after + 3
        assert recording.latest(ends_ns - 1).value.max() == first - 1
        assert recording.count_samples() == MINUTES * 60
        assert not recording.refresh()


@pytest.mark.expect_log("keyframe of minute 14:16 UTC passed over")
def test_a_damaged_keyframe_is_made_up_for_by_the_minute_before(folder: Path) -> None:
    damage(folder, "kf", FIRST_MINUTE + 3)
    at_ns = (FIRST_MINUTE + 3) * MINUTE_NS
    with opened(folder) as recording:
        newest = (at_ns - START_NS) // S
        assert sorted(recording.latest(at_ns).value.tolist()) == [newest - 2, newest - 1, newest]
        assert recording.gaps(0, recording.span().end_ns) == []


@pytest.mark.expect_log("left unsealed", "a chunk is damaged")
def test_a_damaged_journal_row_is_neither_sealed_nor_deleted(folder: Path) -> None:
    damage(folder, "jr", FIRST_MINUTE + MINUTES)
    with closing(create_recorder(folder, Origin.PLANT, None)) as recorder:
        later_ns = recorder.end_ns + 120 * S
        recorder.append(make_batch([(later_ns, 0, -1.0, 0, later_ns)]))
    assert (FIRST_MINUTE + MINUTES,) in rows(folder, "SELECT DISTINCT minute FROM jr")
    with opened(folder) as recording:
        assert len(seconds(recording)) == MINUTES * 60
        recording.refresh()
        assert [gap.lost for gap in recording.gaps(0, later_ns)] == [1]


@pytest.mark.expect_log("file is not a database")
def test_a_day_file_that_is_no_database_is_a_gap_of_a_day(folder: Path) -> None:
    with closing(create_recorder(folder, Origin.PLANT, None)) as recorder:
        next_day_ns = recorder.end_ns + 86_400 * S
        recorder.append(make_batch([(next_day_ns, 0, -1.0, 0, next_day_ns)]))
    (folder / DAY_FILE).write_bytes(b"garbage" * 1000)
    with opened(folder) as recording:
        assert seconds(recording) == [-1.0]
        recording.refresh()
        assert [gap.source for gap in recording.gaps(0, next_day_ns)] == [DAY_FILE]


def test_a_recorder_goes_on_where_the_last_one_ended(folder: Path) -> None:
    with closing(create_recorder(folder, Origin.PLANT, "{}", "urn:one")) as recorder:
        assert recorder.end_ns == START_NS + (MINUTES * 60 - 1) * S
        assert recorder.define([TAGS[2], TAGS[0]]).tolist() == [2, 0]
        later_ns = recorder.end_ns + 2 * 86_400 * S
        recorder.append(make_batch([(later_ns, 1, -1.0, 0, later_ns)]))
    with opened(folder) as recording:
        assert seconds(recording) == [*range(MINUTES * 60), -1.0]
        assert recording.latest(later_ns).value.tolist() == [MINUTES * 60 - 3, -1.0, MINUTES * 60 - 1]
        assert recording.layout is None
    assert not rows(folder, "SELECT * FROM jr")


def test_another_plants_server_is_refused(folder: Path) -> None:
    with pytest.raises(RecordingError, match="this server is a simulation"):
        create_recorder(folder, Origin.SIMULATION, None, "urn:one")
    with pytest.raises(RecordingError, match=r"urn:one.*urn:two"):
        create_recorder(folder, Origin.PLANT, None, "urn:two")


def test_a_newer_format_is_named_not_guessed_at(folder: Path) -> None:
    rows(folder, "UPDATE meta SET value = '9' WHERE key = 'format'", CATALOG)
    with pytest.raises(RecordingError, match=r"newer version .format 9"):
        open_recording(folder)


def test_what_is_no_recording_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    empty, broken = tmp_path / "empty", tmp_path / "broken"
    for name, content in ((empty, b""), (broken, b"garbage" * 1000)):
        name.mkdir()
        (name / CATALOG).write_bytes(content)
    expected = {
        tmp_path / "nowhere": "is not a folder",
        tmp_path: "holds no recording",
        empty: "never begun",
        broken: "not a database",
        Path("postgresql://host/plant"): "postgresql",
    }
    for address, words in expected.items():
        with pytest.raises(RecordingError, match=words):
            open_recording(str(address) if words != "postgresql" else "postgresql://host/plant")
    with pytest.raises(RecordingError, match=r"other files \(broken"):
        create_recorder(tmp_path, Origin.PLANT, None)


def test_a_recording_can_be_opened_by_its_file_url(folder: Path) -> None:
    with closing(open_recording(folder.as_uri())) as recording:
        assert recording.refresh()


def test_a_copy_on_a_medium_that_cannot_be_written_to_is_readable(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        with opened(folder) as recording:
            assert len(seconds(recording)) == MINUTES * 60
    finally:
        folder.chmod(0o755)
