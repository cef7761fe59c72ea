"""Setting up: tools are changed after their life, before the next unit, in mode Setup."""

from __future__ import annotations

from tests.sim.lines import HOUR_NS, deterministic, failure, serial_line
from twin.plant.packml import Mode
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident, Value
from twin.sim.plan import plan_plant

TOOL = {"life": 10, "change": deterministic(60.0)}
MODE = {"id": "Mode", "browse_path": "Mode", "data_type": "Int32"}


def changes(messages: list[Change | Incident]) -> list[tuple[int, Value]]:
    """What changed when, in seconds."""
    return [(each.time_ns // 10**9, each.value) for each in messages if isinstance(each, Change)]


def test_a_tool_is_changed_after_its_life() -> None:
    plan = plan_plant(serial_line([deterministic(10.0)], 2, tool=TOOL))
    state = start_plant(plan, 1)
    messages = advance(plan, state, 1601 * 10**9)  # ten services and a change take 160 s
    station = state.stations[0]
    assert (station.processed, station.tools, station.setups) == (100, 10, 10)
    assert station.setup_ns == 600 * 10**9
    assert [said.kind for said in messages if isinstance(said, Incident)] == ["tool_change"] * 10


def test_the_mode_is_setup_until_the_service_begins() -> None:
    plan = plan_plant(serial_line([deterministic(10.0)], 2, tool=TOOL, tags=[MODE]))
    state = start_plant(plan, 1)
    said = [
        (each.time_ns // 10**9, each.value) for each in advance(plan, state, 300 * 10**9) if isinstance(each, Change)
    ]
    assert said == [(100, Mode.SETUP), (160, Mode.PRODUCTION), (260, Mode.SETUP)]
    assert [level.value for level in levels(plan, state)] == [Mode.SETUP]


def test_a_stop_in_the_middle_of_a_setup_prolongs_it() -> None:
    stop = failure("minor_stop", deterministic(120.0), deterministic(30.0))
    plan = plan_plant(serial_line([deterministic(10.0)], 2, tool=TOOL, tags=[MODE], failures=[stop]))
    state = start_plant(plan, 1)
    said = [
        (each.time_ns // 10**9, each.value) for each in advance(plan, state, 200 * 10**9) if isinstance(each, Change)
    ]
    assert said == [(100, Mode.SETUP), (190, Mode.PRODUCTION)]


def test_a_tool_that_never_wears_costs_nothing() -> None:
    plan = plan_plant(serial_line([deterministic(10.0)], 2, tool={**TOOL, "life": 10**9}))
    state = start_plant(plan, 1)
    advance(plan, state, HOUR_NS)
    assert (state.stations[0].processed, state.stations[0].tools) == (360, 0)
