"""Rework: rejects come back, none is lost on the way, and the loop has the figures of queueing theory."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, deterministic, exponential, outdoor_line, serial_line
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change
from twin.sim.plan import Plan, plan_plant
from twin.sim.state import PlantState
from twin.sim.statistics import simulate

ALWAYS = 1.0 - 1e-12  # of all the chances there are, none is as near to 1


def line_with_rework(
    cycles: list[dict[str, Any]], buffer: int | None, *, reject: float, carriers: int | None = None, **rework: Any
) -> Layout:
    """A serial line whose last station rejects."""
    raw = serial_line(cycles, buffer, carriers=carriers).model_dump(mode="json", by_alias=True)
    raw["areas"][0]["lines"][0]["stations"][-1] |= {"reject_probability": reject, "rework": rework}
    return Layout.model_validate(raw)


def check(plan: Plan, state: PlantState) -> None:
    """What holds at every instant, whatever comes back."""
    line = state.lines[0]
    on_line = [unit for station in state.stations for unit in [*station.units, *station.queue]]
    off_line = [unit for station in state.stations for unit in station.returning]
    serials = [unit.serial for unit in [*on_line, *off_line]]
    assert line.entered == line.finished + line.scrapped + len(serials)
    assert len(set(serials)) == len(serials)
    if line.carriers:
        assert sorted([*(unit.carrier for unit in on_line), *line.free]) == list(range(len(line.carriers)))
        assert all(line.carriers[unit.carrier] is unit for unit in on_line)
    assert all(unit.carrier == -1 and unit.reworked for unit in off_line)
    for at, station in zip(plan.stations, state.stations, strict=True):
        assert len(station.units) <= at.places
        assert len(station.units) + len(station.queue) <= at.capacity
        back = [unit.arrives_ns for unit in station.returning]
        assert back == sorted(back)
        never = [unit.serial for unit in [*station.units, *station.queue] if not unit.reworked]
        assert never == sorted(never)
    assert sum(station.defective - station.reworked for station in state.stations) == line.scrapped


@FEW
@given(seed=st.integers(0, 2**32), carriers=st.integers(1, 12), to=st.sampled_from(["M1", "M2", "M4"]))
def test_nothing_is_lost_on_the_way_back(seed: int, carriers: int, to: str) -> None:
    cycles = [exponential()] * 4
    plan = plan_plant(line_with_rework(cycles, 1, reject=0.4, carriers=carriers, to=to, delay_s=3.0, limit=2))
    state = start_plant(plan, seed)
    for _ in range(150):
        advance(plan, state, state.now_ns + 7 * 10**9)
        check(plan, state)
    assert state.lines[0].finished > 50
    assert state.lines[0].finished_reworked > 10
    assert state.lines[0].scrapped > 3


@FEW
@given(seed=st.integers(0, 2**32))
def test_nothing_is_lost_on_the_shipped_line(seed: int) -> None:
    plan = plan_plant(outdoor_line(reject_probability=0.2))
    state = start_plant(plan, seed)
    for _ in range(70):
        advance(plan, state, state.now_ns + 61 * 10**9)
        check(plan, state)
    assert sum(station.reworked for station in state.stations) > 0


def test_a_unit_comes_back_after_its_delay_keeps_its_serial_and_is_scrapped_in_the_end() -> None:
    layout = line_with_rework([deterministic(10.0)] * 3, 5, reject=ALWAYS, to="M2", delay_s=100.0, limit=2)
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    told = [m for m in advance(plan, state, 2000 * 10**9) if isinstance(m, Change) and m.tag == "Serial"]
    at_second = [round(m.time_ns / 1e9) for m in told if (m.owner, m.value) == ("M2", "U000001")]
    assert at_second == [10, 130, 300]  # back at 250 the second time, behind five units
    line = state.lines[0]
    assert line.finished == line.finished_reworked == 0
    assert line.scrapped > 30
    assert state.stations[2].reworked >= 2 * line.scrapped


def test_reworked_units_go_before_new_ones() -> None:
    """The last station decides how much is good; were new units let in first, rework would never come back."""
    layout = line_with_rework([deterministic(0.1), deterministic(1.0)], 1, reject=0.3, to="M2", delay_s=5.0, limit=9)
    line = simulate(layout, 20_000).lines[0]
    assert line.throughput_per_s.mean == pytest.approx(0.7, rel=0.01)
    assert line.wip.mean < 10


def test_a_free_carrier_is_for_reworked_units_first() -> None:
    cycles = [deterministic(1.0)] * 3
    layout = line_with_rework(cycles, 1, reject=0.5, carriers=1, to="M2", delay_s=2.5, limit=9)
    line = simulate(layout, 3000).lines[0]
    assert line.first_pass_yield.mean == pytest.approx(0.5, rel=0.05)
    assert line.wip.mean < 3


@pytest.mark.parametrize("limit", [1, 2])
def test_yields_are_those_of_the_chances(limit: int) -> None:
    layout = line_with_rework([deterministic()] * 2, 3, reject=0.3, to="M1", delay_s=7.0, limit=limit)
    line = simulate(layout, 30_000).lines[0]
    out = line.throughput_per_s.mean / (1 - 0.3 ** (limit + 1))
    assert line.first_pass_yield.mean == pytest.approx(0.7, rel=0.02)
    assert line.scrapped / (line.scrapped + 30_000) == pytest.approx(0.3 ** (limit + 1), rel=0.08)
    visits = sum(0.3**times for times in range(limit + 1))
    assert out * visits == pytest.approx(1.0, rel=0.01)


def test_the_loop_is_jacksons_network() -> None:
    """Poisson arrivals of 1/2 a second, a station of rate 1, a quarter comes back after 5 s: M/M/1 at load 2/3."""
    layout = line_with_rework([exponential(2.0), exponential(1.0)], None, reject=0.25, to="M2", delay_s=5.0, limit=99)
    line = simulate(layout, 120_000).lines[0]
    second = line.stations[1]
    load = 0.5 / 0.75
    assert line.throughput_per_s.mean == pytest.approx(0.5, rel=0.01)
    assert second.buffer.mean + second.units.mean == pytest.approx(load / (1 - load), rel=0.04)
    off_line = 0.5 * 0.25 / 0.75 * 5.0
    assert line.wip.mean == pytest.approx(1.0 + load / (1 - load) + off_line, rel=0.03)
    assert line.wip.mean == pytest.approx(line.throughput_per_s.mean * line.lead_time_s.mean, rel=0.01)


def test_the_shipped_line_reworks_what_the_run_test_and_the_camera_reject() -> None:
    line = simulate(outdoor_line(), 2500).lines[0]
    assert 0.94 < line.first_pass_yield.mean < 0.98
    assert line.reworked > 20
    assert "good first time" in line.as_text()
