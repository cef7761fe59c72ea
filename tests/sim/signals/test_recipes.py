"""Process values of units that are made by recipes: means and limits are those of the unit's variant and revision."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, MINUTE_NS
from tests.sim.orders.measured import MEANS, cut_over, measured
from tests.sim.signals.plants import joined, table
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import plan_plant
from twin.sim.saved import restore_state, save_state
from twin.sim.signals.observe import observe
from twin.sim.signals.reading import read_now
from twin.sim.signals.recipes import recipe_table

LAYOUT = measured(cut_over(1.0))
PLAN = plan_plant(LAYOUT)
STRETCH_NS = 12 * MINUTE_NS
NUMBERS = {(signal.owner, signal.tag.id): number for number, signal in enumerate(PLAN.signals)}


def test_a_recipe_overrules_what_it_asks_and_nothing_else() -> None:
    recipes = ((), (("Mass", 500.0, 495.0, None),), (("Power", 9.0, None, None), ("Mass", 900.0, None, 905.0)))
    table = recipe_table(recipes, ["Torque", "Mass", "Power"])
    rows, usual = np.array([0, 1, 2, 1, 1, 2, 1]), np.arange(7.0)
    recipe = np.array([1, 1, 1, 2, 0, 2, -1])
    assert table.means(rows, recipe, usual).tolist() == [0.0, 500.0, 2.0, 900.0, 4.0, 9.0, 6.0]
    low, high = table.limits(rows, recipe, usual, usual)
    assert low.tolist() == [0.0, 495.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert high.tolist() == [0.0, 1.0, 2.0, 905.0, 4.0, 5.0, 6.0]
    assert [table.names(np.array([row])) for row in range(3)] == [False, True, True]


def test_without_recipes_what_is_usual_comes_back_as_it_is() -> None:
    table, usual = recipe_table((), ["Torque"]), np.array([1.0])
    assert table.means(np.array([0]), np.array([0]), usual) is usual
    assert not table.names(np.array([0]))


def test_the_mean_is_the_recipes_and_only_rejects_are_beyond_its_limits() -> None:
    state = start_plant(PLAN, 1)
    samples = observe(PLAN, state, HOUR_NS).samples
    masses = samples.value[samples.signal == NUMBERS["out1-charge", "ChargeMass"]]
    small, large = (masses[np.abs(masses - mean) < 50] for mean in MEANS["A"].values())
    assert len(small) + len(large) == len(masses) == state.stations[5].processed
    assert np.median(small) == pytest.approx(500.0, abs=1.0)
    assert np.median(large) == pytest.approx(900.0, abs=1.0)
    beyond = sum(int((np.abs(of - mean) > 5.0).sum()) for of, mean in ((small, 500.0), (large, 900.0)))
    assert beyond == state.stations[5].defective > 1


def test_a_curve_ends_where_the_recipe_of_its_unit_says() -> None:
    samples = observe(PLAN, start_plant(PLAN, 1), HOUR_NS).samples
    low = samples.value[samples.signal == NUMBERS["out1-charge", "Vacuum"]]
    ends = low[low < 60.0]
    assert sum(abs(end - 20.0) < 1.0 for end in ends) > 50
    assert sum(abs(end - 40.0) < 2.0 for end in ends) > 50
    assert ends.min() > 19.0


def test_a_unit_that_only_passes_through_is_not_measured() -> None:
    state = start_plant(PLAN, 1)
    advance(PLAN, state, 3 * HOUR_NS)
    looked, tested = state.stations[3].processed, state.stations[2].processed - state.stations[2].defective
    assert looked < 0.9 * tested
    assert state.stations[7].processed > 0.9 * (state.stations[6].processed - state.stations[6].defective)


@FEW
@given(seed=st.integers(0, 2**64), cuts=st.lists(st.integers(0, STRETCH_NS), max_size=6))
def test_however_a_stretch_is_cut_and_saved_the_samples_are_the_same(seed: int, cuts: list[int]) -> None:
    at_ns = HOUR_NS - STRETCH_NS // 2
    straight = start_plant(PLAN, seed)
    advance(PLAN, straight, at_ns)
    stepwise = copy.deepcopy(straight)
    whole = observe(PLAN, straight, at_ns + STRETCH_NS).samples
    pieces = []
    for cut in [*sorted(cuts), STRETCH_NS]:
        stepwise = restore_state(LAYOUT, save_state(LAYOUT, stepwise))
        pieces.append(observe(PLAN, stepwise, at_ns + cut).samples)
    assert table(joined(pieces)) == table(whole)
    now = read_now(PLAN, stepwise)
    assert table(now) == table(read_now(PLAN, straight))
