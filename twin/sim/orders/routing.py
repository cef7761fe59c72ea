"""What a variant of a revision means at a station: how long it takes, what it takes, what the recipe asks.

Each is found once and then looked up; a unit without a revision is nothing in particular.
"""

from __future__ import annotations

from twin.plant.configuration import matches
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.recipes import NOTHING, Recipe, recipe_at
from twin.sim.orders.variants import configuration_of, part_of
from twin.sim.run import Run
from twin.sim.state import SKIPPED, Unit


def begin_service(run: Run, index: int, unit: Unit) -> float:
    """A station begins with a unit of a revision, which has its recipe there; the factor on the station's cycle."""
    factor, unit.recipe = _route(run, index, unit)
    return factor


def work(run: Run, index: int, unit: Unit) -> float:
    """The factor on a station's cycle for a unit: 1 for nothing in particular, 0 where it is not worked on."""
    return _route(run, index, unit)[0]


def recipe_index(run: Run, index: int, unit: Unit) -> int:
    """The number of the recipe of a unit at a station, in `plan.orders.recipes`.

    0 asks nothing in particular; `SKIPPED` is where it is not worked on.
    """
    return _route(run, index, unit)[1]


def bill_at(plan: OrdersPlan, index: int, variant: int, revision: int) -> dict[int, int]:
    """Material number → pieces that a unit takes at a station, of the materials that its bill names there.

    A material that the bill names for other variants only is not taken: 0. What the bill does not name at all at this
    segment is taken as the station says.
    """
    key = (index, variant, revision)
    known = plan.pieces.get(key)
    if known is None:
        known = plan.pieces[key] = _pieces(plan, *key)
    return known


def recipe(plan: OrdersPlan, number: int) -> Recipe:
    """The recipe of a number: (tag, mean, low, high) for each value it asks of the process."""
    return plan.recipes[number] if number else NOTHING


def _route(run: Run, index: int, unit: Unit) -> tuple[float, int]:
    plan = run.plan.orders
    if plan is None or unit.revision < 0:
        return 1.0, 0
    key = (index, unit.variant, unit.revision)
    route = plan.routes.get(key)
    if route is None:
        factor = _factor(plan, *key)
        route = plan.routes[key] = (factor, plan.recipes.index(_recipe(plan, *key)) if factor else SKIPPED)
    return route


def _factor(plan: OrdersPlan, index: int, variant: int, revision: int) -> float:
    of, segment = part_of(plan, variant).revisions[revision], plan.segments[index]
    configuration = configuration_of(plan, variant)
    if any(skip.segment == segment and matches(skip.when, configuration) for skip in of.skips):
        return 0.0
    factors = [each.factor for each in of.cycles if each.segment == segment and matches(each.when, configuration)]
    return factors[-1] if factors else 1.0


def _pieces(plan: OrdersPlan, index: int, variant: int, revision: int) -> dict[int, int]:
    of, segment = part_of(plan, variant).revisions[revision], plan.segments[index]
    configuration = configuration_of(plan, variant)
    taken: dict[int, int] = {}
    for item in of.bill:
        if item.segment == segment:
            material = plan.materials.index(item.material)
            matching = matches(item.when, configuration)
            taken[material] = item.quantity if matching else taken.get(material, 0)
    return taken


def _recipe(plan: OrdersPlan, index: int, variant: int, revision: int) -> Recipe:
    of = part_of(plan, variant).revisions[revision]
    return recipe_at(of, plan.segments[index], configuration_of(plan, variant))
