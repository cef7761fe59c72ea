"""What the plant makes and for whom: options, parts, bills of material and recipes in revisions, channels, planning.

Words after ISA-95: a product has *parts* (the indoor and the outdoor unit of an air conditioner), each made on its own
lines and with its own serial numbers. A *configuration* is one choice for each option; what of it matters to a part is
the part's *variant*. A *revision* of a part holds its bill of material and its recipe; an *engineering change* says
from when a revision is effective. Data only: the simulator brings it to life, and orders are what customers make of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.process import Distribution, Model
from twin.plant.terms import Identifier, Name

Policy = Literal["level", "batch", "due_date", "make_to_stock"]
Choices = dict[Identifier, tuple[Identifier, ...]]  # option → choices; all options must match, any choice of each


class Choice(Model):
    """One choice of an option."""

    id: Identifier
    name: Name


class Option(Model):
    """What a customer may choose: model, capacity, colour, voltage, plug, language, logo, firmware, accessories."""

    id: Identifier
    name: Name
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]


class Rule(Model):
    """A rule of configuration: where `when` matches, `requires` must match too."""

    id: Identifier
    when: Choices
    requires: Choices
    reason: Name


class BillItem(Model):
    """A line of a bill of material: pieces of a material, used at the stations of a segment; `when` limits it."""

    material: Identifier
    quantity: PositiveInt
    segment: Identifier
    when: Choices = {}


class RecipeValue(Model):
    """What a recipe asks of a process value: the mean of its signal and its limits, at the stations of a segment."""

    segment: Identifier
    tag: Identifier
    mean: float
    low: float | None = None
    high: float | None = None
    when: Choices = {}


class CycleFactor(Model):
    """How much longer (or shorter) than its station's cycle a variant takes at the stations of a segment."""

    segment: Identifier
    factor: PositiveFloat
    when: Choices = {}


class Skip(Model):
    """A variant that passes through the stations of a segment without being worked on: the routing."""

    segment: Identifier
    when: Choices = {}


class Revision(Model):
    """One revision of a part: routing, bill of material and recipe together; later items overrule earlier ones."""

    id: Identifier
    name: Name
    bill: tuple[BillItem, ...] = ()
    recipe: tuple[RecipeValue, ...] = ()
    cycles: tuple[CycleFactor, ...] = ()
    skips: tuple[Skip, ...] = ()


class Effectivity(Model):
    """From when an engineering change holds: from an instant, a serial number range, or a material lot on.

    Attributes:
        kind: `date`, `serial` or `lot`.
        after_s: for dates, plant time in seconds.
        first, last: for serial numbers (of each line of the part); `last` None is open.
        material, lot: for lots: the first lot of a material that is used with the new revision.
        priority: where several changes match a unit, the highest one holds; among equals, the later in the file.
    """

    kind: Literal["date", "serial", "lot"]
    after_s: NonNegativeInt = 0
    first: PositiveInt = 1
    last: PositiveInt | None = None
    material: Identifier | None = None
    lot: PositiveInt = 1
    priority: int = 10


class EngineeringChange(Model):
    """An engineering change order (ECO): from its effectivity on, a part is made to another revision."""

    id: Identifier
    name: Name
    part: Identifier
    revision: Identifier
    effectivity: Effectivity


class Part(Model):
    """A serialised unit of the product.

    Attributes:
        lines: ids of the lines that can make it; each unit is made on one of them.
        options: the options that matter to it; two configurations that differ elsewhere are one variant.
        revisions: the first one holds until an engineering change says otherwise.
    """

    id: Identifier
    name: Name
    lines: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    options: tuple[Identifier, ...]
    revisions: Annotated[tuple[Revision, ...], Field(min_length=1)]


class Channel(Model):
    """Where orders come from.

    Attributes:
        kind: own brand online, retail replenishment, or a partner brand.
        between: time between orders.
        quantity: quantity of one order → weight.
        mix: option → choice → weight; an option that is missing takes its first choice. A drawn configuration that
            breaks a rule is corrected by the rule, as a configurator would.
        promise_s: from order to promised departure.
        quota: most units a day; None is unlimited. Orders beyond it are turned away and counted.
    """

    id: Identifier
    name: Name
    kind: Literal["online", "retail", "partner"]
    between: Distribution
    quantity: dict[str, PositiveFloat]
    mix: dict[Identifier, dict[Identifier, PositiveFloat]] = {}
    promise_s: PositiveFloat
    quota: PositiveInt | None = None
    priority: int = 0


class Planning(Model):
    """How production follows demand.

    Attributes:
        policy: `level` (goal chasing: an even use of every choice), `batch` (all of one colour together), `due_date`
            (earliest promise first); these make to order. `make_to_stock` makes for the forecast, in batches too, and
            serves orders from stock.
        batch_option: what batches have in common; a part to which it does not matter is made by due date.
        batch_limit: longest run of one choice, units.
        stock_days: make to stock: days of forecast demand to hold of each variant; the plant opens with so much.
        backlog_s: how long orders had been coming in when the book opens: it opens with those, promised from then on.
        release_units: units at most that are released to a line ahead of its first station.
        handling_s: from complete to departed, for layouts without a warehouse and for stock that the plant opened with.
    """

    policy: Policy = "due_date"
    batch_option: Identifier = "colour"
    batch_limit: PositiveInt = 60
    stock_days: PositiveFloat = 1.0
    backlog_s: Annotated[float, Field(ge=0)] = 0.0
    release_units: PositiveInt = 40
    handling_s: PositiveFloat = 3600.0


class Product(Model):
    """One product family with everything about it: options and rules, parts, changes, channels, planning.

    Attributes:
        tag_sets: names of the layout's tag sets that the order book has.
    """

    id: Identifier
    name: Name
    options: Annotated[tuple[Option, ...], Field(min_length=1)]
    rules: tuple[Rule, ...] = ()
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    changes: tuple[EngineeringChange, ...] = ()
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    planning: Planning = Planning()
    tag_sets: tuple[Identifier, ...] = ()
