"""What recipes ask of instruments, as columns: the mean of a value and its limits, for the recipe of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twin.sim.orders.recipes import Recipe
from twin.sim.randomness import Floats, Int64s


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RecipeTable:
    """All that recipes ask for.

    Attributes:
        tag: (instruments,) the place of its tag among those that any recipe names, counted from 1; 0 for none.
        mean, low, high: (recipes, 1 + tags) by number of the recipe; NaN where it asks nothing.
    """

    tag: Int64s
    mean: Floats
    low: Floats
    high: Floats

    def names(self, rows: Int64s) -> bool:
        """Whether any recipe names the tag of any of these instruments."""
        return self.mean.shape[1] > 1 and bool(self.tag[rows].any())

    def means(self, rows: Int64s, recipe: Int64s, usual: Floats) -> Floats:
        """The means (n,) for units of some recipes; the usual ones where nothing is asked, or below 0 no unit is."""
        return self._asked(self.mean, rows, recipe, usual)

    def limits(self, rows: Int64s, recipe: Int64s, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """The limits (n,): the recipe's, each where it has one, else the usual ones."""
        return self._asked(self.low, rows, recipe, low), self._asked(self.high, rows, recipe, high)

    def _asked(self, table: Floats, rows: Int64s, recipe: Int64s, usual: Floats) -> Floats:
        if table.shape[1] == 1:
            return usual
        asked = table[np.maximum(recipe, 0), self.tag[rows]]
        return np.where(np.isnan(asked), usual, asked)


def recipe_table(recipes: Sequence[Recipe], tags: Sequence[str]) -> RecipeTable:
    """What recipes ask of instruments, given the tag of each; recipe 0 asks nothing."""
    named = sorted({tag for recipe in recipes for tag, *_ in recipe})
    place = {tag: at for at, tag in enumerate(named, 1)}
    asked = np.full((3, max(len(recipes), 1), 1 + len(named)), np.nan)
    for number, recipe in enumerate(recipes):
        for tag, *values in recipe:
            asked[:, number, place[tag]] = values
    return RecipeTable(np.array([place.get(tag, 0) for tag in tags], np.int64), *asked)
