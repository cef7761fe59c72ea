"""Recipes by number: what a revision asks of the process at a segment, each distinct recipe once.

A service can so be traced with one whole number, and whoever evaluates it later finds means and limits in a table.
"""

from __future__ import annotations

from itertools import product as combinations

from twin.plant.configuration import Configuration, matches
from twin.plant.products import Product, Revision

Recipe = tuple[tuple[str, float, float | None, float | None], ...]  # tag, mean, low and high limit, by tag
NOTHING: Recipe = ()


def recipe_at(revision: Revision, segment: str, configuration: Configuration) -> Recipe:
    """What a revision asks of a configuration at the stations of a segment; later values overrule earlier ones."""
    asked = {
        value.tag: (value.tag, value.mean, value.low, value.high)
        for value in revision.recipe
        if value.segment == segment and matches(value.when, configuration)
    }
    return tuple(asked[tag] for tag in sorted(asked))


def recipes_of(product: Product) -> tuple[Recipe, ...]:
    """All recipes that a product can ask for; number 0 asks nothing."""
    choices = {option.id: [choice.id for choice in option.choices] for option in product.options}
    found = {NOTHING: None}
    for revision in (revision for part in product.parts for revision in part.revisions):
        for segment in dict.fromkeys(value.segment for value in revision.recipe):
            values = [value for value in revision.recipe if value.segment == segment]
            named = sorted({option for value in values for option in value.when})
            for combination in combinations(*(choices[option] for option in named)):
                found[recipe_at(revision, segment, dict(zip(named, combination, strict=True)))] = None
    return tuple(found)
