"""Shipped scenarios run to their end: alone they fail somewhere, and with a good trainee every goal is reached."""

from __future__ import annotations

import copy
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import pytest

from tests.sim.training.trainee import train
from twin.plant.layout_file import read_layout
from twin.plant.scenario import Scenario
from twin.plant.scenario_file import read_scenario
from twin.plant.shipped import SHIPPED, shipped_scenarios
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Incident
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.state import PlantState
from twin.sim.training.play import play, prepare, results, results_as_text
from twin.sim.training.scenario import begin_scenario, points

FOLDER = SHIPPED / "scenarios"
FILES = shipped_scenarios()
SECOND_NS = 10**9


@cache
def _warm(layout: str, seed: int, warm_up_s: float) -> PlantState:
    state = start_plant(_plan(layout), seed)
    advance(_plan(layout), state, round(warm_up_s * SECOND_NS))
    return state


@cache
def _plan(layout: str) -> Plan:
    return plan_plant(read_layout(SHIPPED / f"{layout}.json"))


def begun(scenario: Scenario) -> tuple[Plan, PlantState]:
    """What `prepare` makes, from one warm-up for all scenarios that begin alike."""
    plan = replace(_plan(scenario.layout), scenario=scenario)
    state = copy.deepcopy(_warm(scenario.layout, scenario.start.seed, scenario.start.warm_up_s))
    begin_scenario(Run(plan, state))
    return plan, state


@cache
def read(name: str) -> tuple[Scenario, Path]:
    return read_scenario(FOLDER / f"{name}.json")[0], FOLDER


def test_there_are_at_least_eight_and_none_has_the_name_of_another() -> None:
    scenarios = [read(path.stem)[0] for path in FILES]
    assert len(scenarios) >= 8
    assert len({scenario.name.en for scenario in scenarios}) == len(scenarios)
    assert [scenario.id for scenario in scenarios] == [path.stem for path in FILES]
    for scenario in scenarios:
        assert scenario.purpose.en != scenario.purpose.zh_CN
        assert scenario.hints


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nobody_at_the_controls_loses_points_and_a_good_trainee_gets_all(path: Path) -> None:
    scenario, _ = read(path.stem)
    best = sum(goal.points for goal in scenario.goals)
    plan, state = begun(scenario)
    play(plan, state)
    assert points(Run(plan, state)) < best
    plan, state = begun(scenario)
    train(plan, state, 200)
    assert points(Run(plan, state)) == best, results_as_text(scenario, plan, state)


def test_scenarios_that_begin_alike_begin_with_the_same_plant() -> None:
    scenario, layout = read_scenario(FOLDER / "air-loss.json")
    assert prepare(scenario, layout, FOLDER)[1] == begun(scenario)[1]


def test_a_scenario_is_saved_and_goes_on_as_if_it_had_never_stopped() -> None:
    scenario, layout = read_scenario(FOLDER / "technician.json")
    plan, state = prepare(scenario, layout, FOLDER)
    _, cut = prepare(scenario, layout, FOLDER)
    told = advance(plan, state, state.now_ns + 3700 * SECOND_NS)
    pieces = advance(plan, cut, cut.now_ns + 555 * SECOND_NS)
    cut = restore_state(layout, save_state(layout, cut))
    pieces += advance(plan, cut, state.now_ns)
    assert pieces == told
    assert asdict(cut) == asdict(state)
    assert results(scenario, plan, cut) == results(scenario, plan, state)


def test_what_happens_is_told_at_its_time() -> None:
    scenario, layout = read_scenario(FOLDER / "air-loss.json")
    plan, state = prepare(scenario, layout, FOLDER)
    begun_ns = state.now_ns
    told = advance(plan, state, begun_ns + 3000 * SECOND_NS)
    said = [((m.time_ns - begun_ns) // SECOND_NS, m.kind) for m in told if isinstance(m, Incident)]
    kinds = {"message", "hint", "goal", "scenario"}
    assert [one for one in said if one[1] in kinds] == [
        (390, "message"), (500, "hint"), (900, "goal"), (1500, "goal"), (2400, "goal"), (2400, "scenario"),
    ]  # fmt: skip


def test_results_are_printed_with_their_times() -> None:
    scenario, layout = read_scenario(FOLDER / "power-dip.json")
    plan, state = prepare(scenario, layout, FOLDER)
    train(plan, state, 60)
    said = results_as_text(scenario, plan, state)
    assert said.startswith("Restart after a power dip: 40 of 40 points")
    assert "reached at" in said
