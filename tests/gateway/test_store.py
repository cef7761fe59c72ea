"""The buffer before the recorder: order, what happens when the recorder fails, and when it cannot follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.errors import OrderError, RecordingError
from twin.gateway.store import HEARTBEAT_NS, Store
from twin.history.batch import Batch, make_batch
from twin.history.memory import MemoryRecording
from twin.history.recording import Event, Gap, Origin, TagInfo
from twin.opcua.values import Report

SOURCE = "opc.tcp://plant"


class FailingRecording(MemoryRecording):
    """A recording whose disk is full now and then."""

    full = False

    def append(self, batch: Batch) -> None:
        if self.full:
            raise RecordingError("disk full.")
        super().append(batch)


@pytest.fixture
def recording() -> FailingRecording:
    recording = FailingRecording(Origin.PLANT)
    recording.define([TagInfo("a"), TagInfo("b", data_type="String")])
    return recording


def report(time_ns: int, *, text: str = "", event: bool = False) -> Report:
    events = (Event(time_ns + 1, "S1", "jam", 500, "jam", time_ns),) if event else ()
    batch = make_batch([(time_ns, 1 if text else 0, float(time_ns), 0, time_ns)])
    return Report(time_ns, batch, ((0, text),) if text else (), events)


def samples(recording: MemoryRecording) -> list[int]:
    recording.refresh()
    return [int(time_ns) for time_ns in recording.read(0, 10**18).time_ns]


def gaps(recording: MemoryRecording) -> list[Gap]:
    recording.refresh()
    return recording.gaps(-1, 10**18)


def test_samples_and_events_reach_the_recorder_in_order_of_arrival(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    for time_ns in (10, 20, 30):
        store.put(report(time_ns, event=time_ns == 20))
    assert store.flush(40) == 3
    assert samples(recording) == [10, 20, 30]
    assert [event.time_ns for event in recording.events(0, 100)] == [21]


def test_texts_are_interned_when_they_are_stored(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    store.put(report(10, text="U-1"))
    store.put(report(20, text="U-1"))
    store.flush(30)
    recording.refresh()
    assert recording.read(0, 100).value.tolist() == [0.0, 0.0]
    assert list(recording.catalog.texts) == ["U-1"]


def test_a_gap_opens_once_and_closes_when_values_come(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    store.put(report(10))
    store.lose(Gap(SOURCE, 10, None, "silence"))
    store.lose(Gap(SOURCE, 15, None, "refused"))
    store.flush(20)
    assert gaps(recording) == [Gap(SOURCE, 10, None, "silence")]
    assert not store.is_flowing
    store.put(report(30))
    store.restore(30)
    store.flush(40)
    assert gaps(recording) == [Gap(SOURCE, 10, 30, "silence")]
    assert store.is_flowing


def test_a_gap_that_an_earlier_run_left_open_is_closed_too(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    store.inherit(Gap(SOURCE, 5, None, "silence"))
    store.lose(Gap("recorder", 8, None, "nobody was recording"))
    store.restore(30)
    store.flush(40)
    assert [(gap.source, gap.end_ns) for gap in gaps(recording)] == [(SOURCE, 30), ("recorder", 30)]


def test_what_a_full_disk_refuses_waits_and_is_stored_later(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    recording.full = True
    store.put(report(10))
    assert store.flush(20) == 0
    assert store.trouble == "disk full."
    recording.full = False
    store.put(report(30))
    assert store.flush(40) == 2
    assert store.trouble == ""
    assert samples(recording) == [10, 30]
    assert gaps(recording) == []


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_received_and_dropped_are_what_was_produced(sizes: list[int]) -> None:
    recording = FailingRecording(Origin.PLANT)
    recording.define([TagInfo("a")])
    recording.full = True
    store = Store(recording, SOURCE, most_waiting=20)
    time_ns = 0
    for size in sizes:
        time_ns += 10
        store.put(Report(time_ns, make_batch([(time_ns, 0, 1.0, 0, time_ns)] * size)))
        store.flush(time_ns + 1)
    recording.full = False
    store.flush(time_ns + 5)
    lost = sum(gap.lost or 0 for gap in gaps(recording))
    assert len(samples(recording)) + lost == sum(sizes)
    assert len(samples(recording)) <= 20
    dropped = set(range(10, time_ns + 1, 10)) - set(samples(recording))
    assert all(any(gap.start_ns < at < (gap.end_ns or 0) for gap in gaps(recording)) for at in dropped)


def test_an_idle_recording_gets_heartbeats_but_not_one_for_every_flush(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    store.put(report(10))
    store.flush(20)
    recording.refresh()
    assert recording.span().end_ns == 10
    store.flush(10 + HEARTBEAT_NS)
    recording.refresh()
    assert recording.span().end_ns == 10 + HEARTBEAT_NS


def test_a_break_of_the_order_is_a_bug_and_not_kept_quiet(recording: FailingRecording) -> None:
    store = Store(recording, SOURCE)
    store.put(report(20))
    store.flush(21)
    store.put(report(10))
    with pytest.raises(OrderError):
        store.flush(22)
