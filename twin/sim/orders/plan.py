"""A layout's product made ready to run: numbers instead of names, one stream per chance.

A choice is the number of it within its option, a configuration a list of choices in the order of the product's options.
What is looked up while units flow is kept in tables that fill as they are asked: caches, never state.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import accumulate
from zoneinfo import ZoneInfo

from twin.plant.layout import Layout
from twin.plant.products import Channel, EngineeringChange, Part, Product, Revision
from twin.sim.orders.recipes import Recipe, recipes_of
from twin.sim.randomness import NANOSECONDS, Stream, durations, uniforms


@dataclass(frozen=True, slots=True)
class Draw:
    """One choice among several by weight: `bounds` are the running sums of the weights, the last one is 1."""

    chance: Stream[float]
    values: tuple[int, ...]
    bounds: tuple[float, ...]

    def value(self, seed: int, counter: int) -> int:
        """What is drawn at `counter`."""
        chance = self.chance.value(seed, counter)
        return next(value for value, bound in zip(self.values, self.bounds, strict=True) if chance < bound)


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """Where orders come from.

    Attributes:
        choices: a draw for each option of the product, in its order.
    """

    index: int
    id: str
    between: Stream[int]
    quantity: Draw
    choices: tuple[Draw, ...]
    promise_ns: int
    quota: int | None
    priority: int


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A serialised unit of the product.

    Attributes:
        lines: numbers of the lines that make it.
        options: which options of the product matter to it, `sizes` how many choices each has.
        base, count: its variants are numbered from `base` on, one for each combination of choices.
        batch: place within `options` of what batches have in common, -1 where that does not matter to it.
        changes: engineering changes of it with the number of their revision, in order of precedence.
    """

    index: int
    id: str
    lines: tuple[int, ...]
    options: tuple[int, ...]
    sizes: tuple[int, ...]
    base: int
    count: int
    batch: int
    revisions: tuple[Revision, ...]
    changes: tuple[tuple[EngineeringChange, int], ...]


@dataclass(frozen=True, slots=True)
class OrdersPlan:
    """The product, its parts and channels.

    Attributes:
        zone: of the plant; quotas count its days.
        segments: the process step of each station of the plant.
        materials: ids, by number.
        names, routes, pieces: caches: choices by variant; cycle factor with number of the recipe, and pieces taken, by
            (station, variant, revision).
        recipes: by number; number 0 asks nothing in particular.
        tags: kernel tags that the layout gives the order book, whose owner has the product's id.
    """

    product: Product
    channels: tuple[ChannelPlan, ...]
    parts: tuple[PartPlan, ...]
    zone: ZoneInfo
    segments: tuple[str, ...]
    materials: tuple[str, ...]
    recipes: tuple[Recipe, ...]
    tags: frozenset[str]
    names: dict[int, dict[str, str]] = field(default_factory=dict, compare=False)
    routes: dict[tuple[int, int, int], tuple[float, int]] = field(default_factory=dict, compare=False)
    pieces: dict[tuple[int, int, int], dict[int, int]] = field(default_factory=dict, compare=False)


def plan_orders(layout: Layout) -> OrdersPlan | None:
    """What a layout says about orders; None where it has no product."""
    product = layout.product
    if product is None:
        return None
    lines = {line.id: number for number, line in enumerate(layout.lines)}
    parts: list[PartPlan] = []
    for part in product.parts:
        base = parts[-1].base + parts[-1].count if parts else 0
        parts.append(_part(product, part, len(parts), base, lines))
    return OrdersPlan(
        product=product,
        channels=tuple(_channel(product, channel, index) for index, channel in enumerate(product.channels)),
        parts=tuple(parts),
        zone=ZoneInfo(layout.timezone),
        segments=tuple(station.segment for station in layout.stations),
        materials=tuple(material.id for material in layout.materials),
        recipes=recipes_of(product),
        tags=frozenset(tag.id for tag in layout.tags_of(product.tag_sets)),
    )


def _part(product: Product, part: Part, index: int, base: int, lines: dict[str, int]) -> PartPlan:
    ids = [option.id for option in product.options]
    options = tuple(ids.index(option) for option in part.options)
    sizes = tuple(len(product.options[option].choices) for option in options)
    batch = product.planning.batch_option
    return PartPlan(
        index=index,
        id=part.id,
        lines=tuple(lines[line] for line in part.lines),
        options=options,
        sizes=sizes,
        base=base,
        count=math.prod(sizes),
        batch=part.options.index(batch) if batch in part.options else -1,
        revisions=part.revisions,
        changes=_changes(product, part),
    )


def _changes(product: Product, part: Part) -> tuple[tuple[EngineeringChange, int], ...]:
    """The highest priority first; among equals the later in the file."""
    revisions = [revision.id for revision in part.revisions]
    of_part = [change for change in reversed(product.changes) if change.part == part.id]
    ranked = sorted(of_part, key=lambda change: -change.effectivity.priority)
    return tuple((change, revisions.index(change.revision)) for change in ranked)


def _channel(product: Product, channel: Channel, index: int) -> ChannelPlan:
    quantities = {int(quantity): weight for quantity, weight in channel.quantity.items()}
    quantity = _draw(f"{channel.id}/quantity", quantities)
    choices = []
    for option in product.options:
        weights = channel.mix.get(option.id, {option.choices[0].id: 1.0})
        numbered = {at: weights[choice.id] for at, choice in enumerate(option.choices) if choice.id in weights}
        choices.append(_draw(f"{channel.id}/{option.id}", numbered))
    return ChannelPlan(
        index=index,
        id=channel.id,
        between=durations(f"{channel.id}/between", channel.between),
        quantity=quantity,
        choices=tuple(choices),
        promise_ns=round(channel.promise_s * NANOSECONDS),
        quota=channel.quota,
        priority=channel.priority,
    )


def _draw(name: str, weights: dict[int, float]) -> Draw:
    total = sum(weights.values())
    bounds = [bound / total for bound in accumulate(weights.values())]
    return Draw(uniforms(name), tuple(weights), (*bounds[:-1], 1.0))
