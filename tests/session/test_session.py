"""The session: an instant looks the same however one gets there, commands do what they say, nothing stale is live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from twin.history.batch import make_batch
from twin.history.memory import MemoryRecording
from twin.history.recording import Gap, Origin, TagInfo
from twin.plant.logistics import Output
from twin.session.commands import Follow, Pause, Seek, SeekBy, Select, SetRate, SetWindow, ShowTrends, Step, TogglePlay
from twin.session.frame import Frame, Mode
from twin.session.session import SILENT_NS, Session

S = 1_000_000_000
TICK = S // 20


def _shown(frame: Frame) -> dict[str, Any]:
    """What a frame says about the plant, to be compared."""
    return {
        "state": frame.stations.state.tolist(),
        "serial": [frame.catalog.text(code) for code in frame.stations.serial],
        "processed": frame.stations.processed.tolist(),
        "units": frame.stations.units.tolist(),
        "carriers": np.round(np.where(frame.carriers.present, frame.carriers.at_m, -1), 6).tolist(),
        "vehicles": np.round(frame.vehicles.at_m, 6).tolist(),
    }


def _at(session: Session, at_ns: int) -> Frame:
    session.carry_out(Seek(at_ns))
    return session.tick(0, 0)


@pytest.fixture
def session(played: Any) -> Session:
    return Session(played.recording, played.recording.span().end_ns + 10 * SILENT_NS)


def test_a_finished_recording_opens_at_rest_at_its_beginning(session: Session) -> None:
    frame = session.tick(TICK, 0)
    assert (frame.mode, frame.rate, frame.playhead_ns) == (Mode.REPLAY, 0.0, frame.span.start_ns)


def test_twenty_random_instants_equal_the_truth(played: Any, session: Session) -> None:
    span = played.recording.span()
    for at_ns in np.random.default_rng(1).integers(span.start_ns + S, span.end_ns, 20).tolist():
        frame, truth = _at(session, at_ns), played.truth_at(at_ns)
        for number, station in enumerate(played.layout.stations):
            assert frame.stations.state[number] == truth[station.id, "State"]
            assert frame.stations.processed[number] == truth[station.id, "Processed"]
            assert frame.catalog.text(frame.stations.serial[number]) == truth[station.id, "Serial"]


@pytest.mark.parametrize("rate", [1.0, 7.0, 100.0, -1.0, -20.0])
def test_playing_shows_what_seeking_shows(played: Any, session: Session, rate: float) -> None:
    span = played.recording.span()
    other = Session(played.recording, 0)
    session.carry_out(Seek((span.start_ns + span.end_ns) // 2))
    session.carry_out(SetRate(rate))
    for _ in range(60):
        frame = session.tick(TICK, 0)
        assert _shown(frame) == _shown(_at(other, frame.playhead_ns))


def test_things_move_between_samples(played: Any, session: Session) -> None:
    at_ns = played.recording.span().start_ns + 60 * S
    places = [np.nan_to_num(_at(session, at_ns + step * S // 5).carriers.at_m) for step in range(200)]
    steps = np.abs(np.diff(places, axis=0))
    speed = played.layout.lines[0].conveyor.speed_m_s
    moving = steps[(steps > 0) & (steps < 2.0)]
    assert moving.size > 50
    assert moving.max() <= speed / 5 * 1.001


def test_playing_toggles_and_leaves_following() -> None:
    recording = _growing()
    session = Session(recording, 10 * S)
    assert session.tick(TICK, 10 * S).mode is Mode.LIVE
    session.carry_out(TogglePlay())
    frame = session.tick(TICK, 10 * S)
    assert (frame.mode, frame.rate) == (Mode.REPLAY, 0.0)
    session.carry_out(Follow())
    assert session.tick(TICK, 10 * S).following


def test_pause_the_floor_drag_back_play_fast_and_return_to_now() -> None:
    recording = _growing(seconds=900)
    session = Session(recording, 900 * S)
    session.tick(TICK, 900 * S)
    session.carry_out(Pause())
    session.carry_out(SeekBy(-600 * S))
    session.carry_out(SetRate(8.0))
    frame = session.tick(S, 901 * S)
    assert frame.playhead_ns == pytest.approx((300 + 8) * S, abs=S)
    session.carry_out(Follow())
    frame = session.tick(TICK, 901 * S)
    assert frame.following
    assert frame.span.end_ns - frame.playhead_ns < S


def test_of_a_finished_recording_there_is_no_now_only_an_end(session: Session) -> None:
    session.carry_out(Follow())
    frame = session.tick(TICK, 2**62)
    assert (frame.mode, frame.rate, frame.playhead_ns) == (Mode.REPLAY, 0.0, frame.span.end_ns)


def _growing(seconds: int = 10, origin: Origin = Origin.PLANT) -> MemoryRecording:
    """A recording without a layout: one tag that counts the seconds."""
    recording = MemoryRecording(origin)
    recording.define([TagInfo("Count", data_type="Int32")])
    for second in range(1, seconds + 1):
        recording.append(make_batch([(second * S, 0, float(second), 0, second * S)]))
    return recording


def test_following_a_simulated_plant_is_a_simulation_and_its_replay_says_so_too() -> None:
    session = Session(_growing(origin=Origin.SIMULATION), 10 * S)
    assert session.tick(TICK, 10 * S).mode is Mode.SIMULATION
    session.carry_out(Pause())
    frame = session.tick(TICK, 10 * S)
    assert (frame.mode, frame.origin) == (Mode.REPLAY, Origin.SIMULATION)


def test_when_the_recorder_falls_silent_everything_is_stale_within_three_seconds() -> None:
    session = Session(_growing(), 10 * S)
    assert not session.tick(TICK, 12 * S).stale.any()
    frame = session.tick(TICK, 10 * S + SILENT_NS)
    assert frame.stale.all()
    assert frame.stale_since_ns == 10 * S


def test_a_gap_is_stale_in_replay_exactly_where_it_is() -> None:
    recording = _growing()
    recording.append_gap(Gap("opc.tcp://x", 4 * S, 7 * S, "link lost", 3))
    session = Session(recording, 10**6 * S)
    stale = {second: bool(_at(session, second * S).stale.all()) for second in range(1, 11)}
    assert [second for second, is_stale in stale.items() if is_stale] == [5, 6]
    assert session.tick(0, 0).health.lost == 3


def test_an_open_gap_is_stale_until_it_is_closed() -> None:
    recording = _growing()
    session = Session(recording, 10 * S)
    gap = Gap("opc.tcp://x", 10 * S, None, "link lost")
    recording.append_gap(gap)
    recording.heartbeat(11 * S)
    assert session.tick(S, 11 * S).stale.all()
    recording.append_gap(gap.closed(11 * S))
    recording.append(make_batch([(12 * S, 0, 12.0, 0, 12 * S)]))
    assert not session.tick(S, 12 * S).stale.any()


def test_stepping_visits_every_event_in_order_and_back(played: Any, session: Session) -> None:
    frame = session.tick(0, 0)
    times = [event.time_ns for event in frame.events]
    assert times
    seen = []
    for _ in times:
        session.carry_out(Step(1))
        seen.append(session.tick(0, 0).playhead_ns)
    assert seen == times
    for at_ns in reversed(times[:-1]):
        session.carry_out(Step(-1))
        assert session.tick(0, 0).playhead_ns == at_ns


def test_the_timeline_ends_up_covering_everything_and_agrees_with_the_frames(played: Any, session: Session) -> None:
    span = played.recording.span()
    frame = session.tick(0, 0)
    while frame.timeline.covered.start_ns > span.start_ns:
        frame = session.tick(0, 0)
    for at_ns in range(span.start_ns + S, span.end_ns, 37 * S):
        states = _at(session, at_ns).stations.state.tolist()
        timeline = zip(frame.timeline.time_ns, frame.timeline.state, strict=True)
        assert [int(state[np.searchsorted(times, at_ns, "right") - 1]) for times, state in timeline] == states


def test_the_window_follows_the_playhead_and_can_be_set(session: Session) -> None:
    frame = session.tick(0, 0)
    assert frame.window.start_ns <= frame.playhead_ns <= frame.window.end_ns
    start = frame.span.start_ns
    session.carry_out(SetWindow(start, start + 100 * S))
    session.carry_out(Seek(start + 300 * S))
    frame = session.tick(0, 0)
    assert frame.window.end_ns - frame.window.start_ns == 100 * S
    assert frame.window.start_ns <= frame.playhead_ns <= frame.window.end_ns


def test_trends_and_selection_are_part_of_the_frame(session: Session) -> None:
    session.carry_out(Select("OF1-12"))
    session.carry_out(ShowTrends(("OF1-12/State", "no/such")))
    session.carry_out(SeekBy(300 * S))
    frame = session.tick(TICK, 0)
    assert frame.selection == "OF1-12"
    assert [trend.tag for trend in frame.trends] == ["OF1-12/State"]


def test_columns_of_a_frame_cannot_be_written(session: Session) -> None:
    frame = session.tick(0, 0)
    for column in (frame.stale, frame.state.value, frame.state.quality):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_a_recording_of_a_single_instant_has_its_states_on_the_timeline(played: Any) -> None:
    source = played.recording
    start_ns = source.span().start_ns
    first = source.read(start_ns - 1, start_ns)
    recording = MemoryRecording(Origin.SIMULATION, source.layout)
    recording.define(source.catalog.tags)
    recording.append(first)
    session = Session(recording, start_ns)
    session.tick(0, start_ns)
    recording.heartbeat(start_ns + 5 * S)
    timeline = session.tick(5 * S, start_ns + 5 * S).timeline
    assert all(states[0] for states in timeline.state)


def test_components_are_neither_output_nor_work_in_process(session: Session) -> None:
    frame = _at(session, session.tick(0, 0).span.end_ns)
    assert frame.layout is not None
    assert frame.output > 0
    assert frame.wip > 0
    area = frame.layout.areas[0]
    made = Output(store="somewhere", material="part")
    lines = tuple(line.model_copy(update={"output": made}) for line in area.lines)
    parts = frame.layout.model_copy(update={"areas": (area.model_copy(update={"lines": lines}),)})
    parts.__dict__.pop("lines", None)
    only_parts = replace(frame, layout=parts)
    assert np.isnan(only_parts.output)
    assert np.isnan(only_parts.wip)
