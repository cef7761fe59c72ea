"""Long runs: what the summary says, and what it refuses to say."""

from __future__ import annotations

import json

import pytest

from tests.sim.lines import deterministic, exponential, failure, outdoor_line, serial_line
from twin.errors import SimulationError
from twin.sim.statistics import simulate


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
    assert summary.as_text().count("\n") == 15


def test_too_few_units_are_refused() -> None:
    with pytest.raises(SimulationError, match="too few"):
        simulate(serial_line([deterministic()], 0), 5)


def test_the_shipped_line_holds_its_takt_but_for_its_losses() -> None:
    line = simulate(outdoor_line(), 2500).lines[0]
    assert 0.85 < line.throughput_per_s.mean * 26.0 < 1.0
    assert 40 < line.wip.mean < 90
