"""A scenario from its file to its end: prepared for whoever drives it, or played with nobody at the controls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.scenario import Scenario
from twin.plant.scenario_file import read_scenario
from twin.sim.kernel import advance, proceed, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.saved import restore_state
from twin.sim.state import PlantState
from twin.sim.training.scenario import Outcome, begin_scenario, outcomes, points


def prepare(scenario: Scenario, layout: Layout, folder: Path) -> tuple[Plan, PlantState]:
    """The plant at the beginning of a scenario, whose files lie in `folder`.

    Raises:
        SimulationError: if the layout cannot run, or its saved state cannot be read or belongs to another layout.
    """
    plan = plan_plant(layout, scenario)
    if scenario.start.state is None:
        state = start_plant(plan, scenario.start.seed)
        advance(plan, state, round(scenario.start.warm_up_s * NANOSECONDS))
    else:
        state = restore_state(layout, read_state(folder / scenario.start.state))
    begin_scenario(Run(plan, state))
    return plan, state


def play_file(path: Path, *, as_json: bool) -> str:
    """Plays the scenario in a file with nobody at the controls; what became of it. Raises LayoutError."""
    scenario, layout = read_scenario(path)
    plan, state = prepare(scenario, layout, path.parent)
    play(plan, state)
    rows = results(scenario, plan, state)
    return json.dumps(rows, indent=1, ensure_ascii=False) if as_json else results_as_text(scenario, plan, state)


def read_state(path: Path) -> str:
    """The text of a saved state. Raises SimulationError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SimulationError(f"{path} cannot be read as a saved state: {error}. Choose another file.") from error


def play(plan: Plan, state: PlantState) -> None:
    """Lets the plant live until its scenario is over."""
    while (so_far := state.training.scenario) is not None and so_far.ended_ns < 0:
        proceed(Run(plan, state), state.now_ns + 60 * NANOSECONDS)


def results(scenario: Scenario, plan: Plan, state: PlantState) -> dict[str, Any]:
    """What became of it, for programs."""
    goals, failures = outcomes(Run(plan, state))
    return {
        "scenario": scenario.id,
        "points": points(Run(plan, state)),
        "of": sum(goal.points for goal in scenario.goals),
        "goals": [_row(one) for one in goals],
        "failures": [_row(one) for one in failures],
    }


def results_as_text(scenario: Scenario, plan: Plan, state: PlantState) -> str:
    """What became of it, for people."""
    goals, failures = outcomes(Run(plan, state))
    lines = [f"{scenario.name.en}: {points(Run(plan, state))} of {sum(goal.points for goal in scenario.goals)} points"]
    lines += [f"  {_when(one, 'reached', 'missed')}  {one.name} ({one.points})" for one in goals]
    lines += [f"  {_when(one, 'happened', 'avoided')}  {one.name} (-{one.points})" for one in failures]
    return "\n".join(lines)


def _when(one: Outcome, came: str, never: str) -> str:
    return f"{came} at {one.at_s:6.0f} s" if one.at_s is not None else f"{never:<{len(came) + 12}}"


def _row(one: Outcome) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "points": one.points, "at_s": one.at_s}
