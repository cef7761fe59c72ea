"""How a served plant begins: warmed up from a seed, at the beginning of a scenario, or where it was saved."""

from __future__ import annotations

from pathlib import Path

from twin.plant.layout import Layout
from twin.plant.scenario_file import read_scenario
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.saved import restore_state
from twin.sim.state import PlantState
from twin.sim.training.play import prepare, read_state

_MINUTE_NS = 60 * 1_000_000_000
WARM_UP_NS, _LONGEST_WARM_UP_NS = 40 * _MINUTE_NS, 240 * _MINUTE_NS


def begin(layout: Layout, seed: int, scenario: Path | None, saved: Path | None) -> tuple[Plan, PlantState]:
    """The plan and the state that the plant opens with. A saved state may be that of a scenario under way.

    Raises:
        LayoutError: if the scenario does not hold.
        SimulationError: if the plant cannot be simulated, or the saved state is none of this layout.
    """
    played = read_scenario(scenario) if scenario is not None else None
    if saved is not None:
        plan = plan_plant(layout, played[0] if played else None)
        return plan, restore_state(layout, read_state(saved))
    if played is not None and scenario is not None:
        return prepare(*played, scenario.parent)
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    warm_up(plan, state)
    return plan, state


def warm_up(plan: Plan, state: PlantState) -> int:
    """Fills the floor: the plant runs a while in memory, on until every line delivers; returns its plant time."""
    until_ns = WARM_UP_NS
    advance(plan, state, until_ns)
    while until_ns < _LONGEST_WARM_UP_NS and not all(line.finished for line in state.lines):
        until_ns += 10 * _MINUTE_NS
        advance(plan, state, until_ns)
    return until_ns
