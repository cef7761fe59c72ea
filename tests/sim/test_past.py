"""A state from a recording: it is as the plant was, and its future is the plant's as far as the recording knew."""

from __future__ import annotations

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, outdoor_line
from twin.errors import SimulationError
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.past.recovery import Recovered, state_from_recording
from twin.sim.plan import Plan, plan_plant
from twin.sim.recorded import PlantRecorder
from twin.sim.state import PlantState, StationState

EPOCH_NS = 1_767_571_200 * 10**9


class Lived:
    """A plant recorded for a while: its layout, its plan, its recording, and its true state at the end."""

    def __init__(self, seed: int, hours: float, layout: Layout | None = None) -> None:
        self.layout = layout or outdoor_line(failures=[], reject_probability=0.0)
        self.plan: Plan = plan_plant(self.layout)
        self.state: PlantState = start_plant(self.plan, seed, EPOCH_NS)
        advance(self.plan, self.state, HOUR_NS)
        self.recording = MemoryRecording(Origin.SIMULATION)
        recorder = PlantRecorder(self.layout, self.plan, self.state, self.recording)
        recorder.write_levels()
        recorder.run(HOUR_NS + round(hours * HOUR_NS))
        self.recording.refresh()

    def recovered(self, seed: int = 3) -> Recovered:
        return state_from_recording(self.plan, self.recording, self.state.now_ns + EPOCH_NS, seed=seed)


@pytest.fixture(scope="module")
def lived() -> Lived:
    return Lived(3, 0.3)


def serials(station: StationState) -> tuple[list[int], list[int]]:
    return [unit.serial for unit in station.units], [unit.serial for unit in station.queue]


def test_units_are_where_they_were(lived: Lived) -> None:
    found = lived.recovered().state
    assert [serials(station) for station in found.stations] == [serials(station) for station in lived.state.stations]
    assert sum(len(station.units) for station in found.stations) > 20


def test_states_causes_and_counts_are_as_they_were(lived: Lived) -> None:
    found = lived.recovered().state
    for now, then in zip(found.stations, lived.state.stations, strict=True):
        assert (now.state, now.cause, now.processed) == (then.state, then.cause, then.processed)
    line, before = found.lines[0], lived.state.lines[0]
    assert (line.entered, line.finished, line.scrapped) == (before.entered, before.finished, before.scrapped)
    assert sorted(line.free) == sorted(before.free)


def test_what_it_shows_is_what_the_plant_showed(lived: Lived) -> None:
    """Instants to the microsecond, which is as well as a recording knows them; empty carriers are nowhere."""
    recovered = lived.recovered()
    there = {(each.owner, each.tag): each.value for each in levels(lived.plan, recovered.state)}
    known = {tag for station in lived.plan.stations for tag in station.tags}
    inside = {f"OF1/C{unit.carrier + 1:02d}" for station in lived.state.stations for unit in station.units}
    for level in levels(lived.plan, lived.state):
        found = there[level.owner, level.tag]
        if level.tag in {"Departed", "Arrives"} and level.owner in inside:
            age_ns, true_age_ns = recovered.state.now_ns - int(found), lived.state.now_ns - int(level.value)
            assert abs(age_ns - true_age_ns) < 1000
        elif level.tag in known - {"CycleStarted"}:
            assert found == level.value, level


def test_the_future_of_an_undisturbed_line_is_the_plants_own(lived: Lived) -> None:
    """The same seed draws the same cycles, so the line makes the same units at the same times."""
    found = lived.recovered().state
    true = Lived(3, 0.3)
    finished = [len(true.state.lines), true.state.lines[0].finished]
    advance(lived.plan, found, found.now_ns + 20 * MINUTE_NS)
    advance(true.plan, true.state, true.state.now_ns + 20 * MINUTE_NS)
    assert true.state.lines[0].finished > finished[1] + 30
    assert found.lines[0].finished == true.state.lines[0].finished
    for now, then in zip(found.stations, true.state.stations, strict=True):
        assert abs(now.processed - then.processed) <= 1


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_disturbed_line_goes_on_plausibly(seed: int) -> None:
    lived = Lived(seed, 1.0, outdoor_line())
    recovered = lived.recovered(seed=99)
    before = recovered.state.lines[0].finished
    advance(lived.plan, recovered.state, recovered.state.now_ns + 2 * HOUR_NS)
    line = recovered.state.lines[0]
    inside = line.entered - line.finished - line.scrapped
    assert 0.6 < (line.finished - before) * 26 / 7200 < 1.05
    assert 20 < inside < 110


def test_what_the_recording_does_not_know_is_said(lived: Lived) -> None:
    empty = MemoryRecording(Origin.SIMULATION)
    empty.heartbeat(EPOCH_NS)
    empty.heartbeat(EPOCH_NS + 10**9)
    empty.refresh()
    recovered = state_from_recording(lived.plan, empty, EPOCH_NS + 10**9)
    assert "OF1-12/State" in recovered.unknown
    advance(lived.plan, recovered.state, recovered.state.now_ns + HOUR_NS)
    assert recovered.state.lines[0].entered > 50


def test_an_instant_outside_is_refused(lived: Lived) -> None:
    with pytest.raises(SimulationError, match="does not cover"):
        state_from_recording(lived.plan, lived.recording, EPOCH_NS - 1)
