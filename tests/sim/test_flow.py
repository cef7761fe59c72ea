"""Product units: none is lost, none overtakes, none stands where there is no room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, deterministic, exponential, failure, outdoor_line, serial_line
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change
from twin.sim.plan import Plan, plan_plant
from twin.sim.state import PlantState


def finished(buffer: int, seed: int) -> int:
    stops = [failure("minor_stop", exponential(30.0), exponential(5.0))]
    plan = plan_plant(serial_line([exponential()] * 3, buffer, failures=stops))
    state = start_plant(plan, seed)
    advance(plan, state, HOUR_NS // 6)
    return state.lines[0].finished


def check(plan: Plan, state: PlantState) -> None:
    line = state.lines[0]
    inside = sum(len(station.units) + len(station.queue) for station in state.stations)
    assert line.entered == line.finished + line.scrapped + inside
    for at, station in zip(plan.stations, state.stations, strict=True):
        assert len(station.units) <= at.places
        assert len(station.units) + len(station.queue) <= at.capacity
        serials = [unit.serial for unit in [*station.units, *station.queue]]
        assert serials == sorted(serials)
        assert all(unit.station == at.index for unit in station.units)
        assert len({unit.place for unit in station.units}) == len(station.units)
    carriers = [unit.carrier for station in state.stations for unit in [*station.units, *station.queue]]
    assert sorted([*carriers, *line.free]) == list(range(len(line.carriers)))


@FEW
@given(seed=st.integers(0, 2**32))
def test_in_is_out_and_work_in_process_and_scrap(seed: int) -> None:
    plan = plan_plant(outdoor_line(reject_probability=0.05, rework=None))
    state = start_plant(plan, seed)
    for _ in range(60):
        advance(plan, state, state.now_ns + 61 * 10**9)
        check(plan, state)
    assert state.lines[0].scrapped == sum(station.defective for station in state.stations) > 0


@FEW
@given(seed=st.integers(0, 2**32))
def test_throughput_never_falls_when_buffers_grow(seed: int) -> None:
    outputs = [finished(buffer, seed) for buffer in (0, 1, 2, 4, 8)]
    assert outputs == sorted(outputs)
    assert outputs[0] < outputs[-1]


def test_a_finished_unit_without_room_stays_and_blocks() -> None:
    plan = plan_plant(serial_line([deterministic(1.0), deterministic(10.0)], 1))
    state = start_plant(plan, 1)
    advance(plan, state, 5 * 10**9)
    first, second = state.stations
    assert [unit.done for unit in first.units] == [True]
    assert (len(second.queue), len(second.units)) == (1, 1)
    assert first.processed == 3


def test_units_of_a_station_with_several_places_leave_in_order() -> None:
    plan = plan_plant(serial_line([exponential(1.0), exponential(3.0)], 2, places=3))
    state = start_plant(plan, 4)
    told = [m for m in advance(plan, state, HOUR_NS // 4) if isinstance(m, Change)]
    serials = [m.value for m in told if (m.owner, m.tag) == ("M2", "Serial") and m.value]
    assert len(serials) > 300
    assert all(str(early) < str(late) for early, late in pairwise(serials))


def test_several_places_work_at_once() -> None:
    plan = plan_plant(serial_line([deterministic(1.0), deterministic(3.0)], 0))
    wide = plan_plant(serial_line([deterministic(1.0), deterministic(3.0)], 0, places=3))
    narrow_state, wide_state = start_plant(plan, 1), start_plant(wide, 1)
    advance(plan, narrow_state, 300 * 10**9)
    advance(wide, wide_state, 300 * 10**9)
    assert narrow_state.lines[0].finished == pytest.approx(100, abs=2)
    assert wide_state.lines[0].finished == pytest.approx(300, abs=6)


def test_scrap_leaves_the_line_where_it_is_rejected() -> None:
    plan = plan_plant(serial_line([deterministic()] * 2, 1, reject_probability=0.25))
    state = start_plant(plan, 1)
    advance(plan, state, HOUR_NS)
    first, second = state.stations
    assert first.defective / first.processed == pytest.approx(0.25, abs=0.02)
    assert second.admitted == pytest.approx(first.processed - first.defective, abs=1)
    assert state.lines[0].finished == second.processed - second.defective
