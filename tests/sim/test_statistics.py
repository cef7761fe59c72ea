"""Long runs: what the summary says, and what it refuses to say."""

from __future__ import annotations

import json
import math

import pytest

from tests.sim.lines import deterministic, exponential, failure, outdoor_line, serial_line
from twin.errors import SimulationError
from twin.sim.statistics import simulate, simulate_hours


def test_a_line_without_chance_has_no_interval() -> None:
    line = simulate(serial_line([deterministic(2.0)] * 3, 1), 300).lines[0]
    assert (line.throughput_per_s.mean, line.throughput_per_s.half_width) == (0.5, 0.0)
    assert (line.wip.mean, line.lead_time_s.mean) == (3.0, 6.0)


def test_the_interval_narrows_with_the_root_of_the_units() -> None:
    layout = serial_line([exponential()] * 2, 1)
    short, long = (simulate(layout, units).lines[0].throughput_per_s.half_width for units in (4000, 64_000))
    assert 2.0 < short / long < 8.0


def test_shares_of_time_add_up() -> None:
    stops = [failure("minor_stop", exponential(30.0), exponential(5.0))]
    for station in simulate(serial_line([exponential()] * 3, 1, failures=stops), 3000).lines[0].stations:
        assert sum(share.mean for share in station.states.values()) == pytest.approx(1.0)
        assert station.states["Suspended"].mean == pytest.approx(station.starved.mean + station.blocked.mean)
        assert station.states["Held"].mean / station.states["Execute"].mean == pytest.approx(5 / 30, rel=0.3)


def test_the_summary_can_be_written_and_read() -> None:
    summary = simulate(outdoor_line(), 120, seed=3)
    raw = json.loads(json.dumps(summary.as_json()))
    assert raw["lines"][0]["stations"][4]["id"] == "OF1-12"
    assert raw["lines"][0]["throughput_per_s"]["mean"] == summary.lines[0].throughput_per_s.mean
    assert raw["units"] == summary.units >= 120
    assert summary.as_text().count("\n") == 17


def test_too_few_units_are_refused() -> None:
    with pytest.raises(SimulationError, match="too few"):
        simulate(serial_line([deterministic()], 0), 5)


def test_the_shipped_line_holds_its_takt_but_for_its_losses() -> None:
    line = simulate(outdoor_line(), 2500).lines[0]
    assert 0.85 < line.throughput_per_s.mean * 26.0 < 1.0
    assert 40 < line.wip.mean < 90


def test_the_losses_of_a_line_add_up_to_the_clock() -> None:
    line = simulate_hours(outdoor_line(), 8).lines[0]
    assert sum(line.losses.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(share >= 0.0 for share in line.losses.values())
    assert line.losses["minor stops"] > 0.0


def test_the_oee_of_a_line_is_its_good_units_times_its_takt() -> None:
    line = simulate_hours(outdoor_line(), 8).lines[0]
    assert line.oee.index == pytest.approx(line.throughput_per_s.mean * 26.0)


def test_littles_law_holds_for_plant_lines_and_buffers() -> None:
    found = simulate_hours(outdoor_line(), 24).little
    assert found.keys() == {"plant", "lines", "buffers"}
    assert all(error < 0.01 for error in found.values())


@pytest.mark.parametrize("hours", [0.0, -1.0, math.inf, math.nan])
def test_no_time_to_run_for_is_refused(hours: float) -> None:
    with pytest.raises(SimulationError, match="no time to run for"):
        simulate_hours(outdoor_line(), hours)
