"""A station as a layout says it: cycle, stops, outcome, tools, changeovers, supplies. Data only.

Everything that tells one kind of station from another stands here as data; the process table of a plant is a list of
these.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.logistics import Supply
from twin.plant.process import Distribution, Failure, Model
from twin.plant.terms import Identifier, Name, Pose, Tag

Share = Annotated[float, Field(ge=0, lt=1)]


class Rework(Model):
    """What becomes of a station's rejects: repaired off the line, they go through part of it once more.

    Attributes:
        to: the station of the same line that they return to, this one or an earlier one.
        delay_s: from the reject until the unit is back at the line; there it waits for the first free place.
        limit: how often one unit may be reworked; rejected once more, it is scrapped.
    """

    to: Identifier
    delay_s: PositiveFloat
    limit: PositiveInt = 1


class Changeover(Model):
    """What a station does between two units that differ in a configuration option. Sequence-dependent.

    Attributes:
        option: which option of a unit's configuration matters (`colour`, `model`); `part` is what the line makes.
        default_s: between any two choices that `times_s` does not name.
        times_s: from choice → to choice → seconds.
    """

    option: Identifier
    default_s: Annotated[float, Field(ge=0)]
    times_s: dict[Identifier, dict[Identifier, Annotated[float, Field(ge=0)]]] = {}


class Tool(Model):
    """A tool that wears: after `life` services the station stops to change it, for `change`.

    `wear_reject` is added to the reject probability of a tool at the end of its life, in proportion to its wear before.
    """

    life: PositiveInt
    change: Distribution
    wear_reject: Share = 0.0


class DefectClass(Model):
    """A kind of defect and the share of units that have it."""

    id: Identifier
    name: Name
    share: Share


class Inspection(Model):
    """AI vision: what it finds, what it misses, and what it finds where nothing is.

    Attributes:
        defects: the classes, each with the share of units that has it.
        miss: share of defective units that pass.
        overkill: share of good units called defective (false rejects).
        review_s: second look at a unit called defective, which clears false rejects.
    """

    defects: tuple[DefectClass, ...]
    miss: Share
    overkill: Share
    review_s: PositiveFloat


class Background(Model):
    """Helium left in the room by a leaking unit: a test within its decay may come out as "No Test", and is repeated.

    Attributes:
        no_test: share of tests without a result in clean air.
        after_reject: what a reject adds to that; it decays with `decay_s`.
    """

    no_test: Share
    after_reject: Share
    decay_s: PositiveFloat


class Station(Model):
    """One station of a line.

    Attributes:
        segment: its step of the process, the same on every line that does it; bills of material and recipes name it.
        at_m: the line coordinate of its service position.
        places: how many product units it works on at once.
        order: how they leave: `carousel`, first in first out; `parallel`, each when it is finished.
        buffer_before: places on the conveyor between the station before and this one; None is unlimited.
        reject_probability: share of units rejected, apart from what tools, inspection and malfunctions add.
        rework: where its rejects go; None scraps them.
        tag_sets: names of the layout's tag sets that this station has, before its own `tags`.
    """

    id: Identifier
    name: Name
    kind: str = "generic"
    segment: Identifier = "step"
    pose: Pose = Pose()
    at_m: float = 0.0
    places: PositiveInt = 1
    order: Literal["carousel", "parallel"] = "carousel"
    buffer_before: NonNegativeInt | None = 2
    cycle: Distribution
    failures: tuple[Failure, ...] = ()
    reject_probability: Share = 0.0
    inspection: Inspection | None = None
    background: Background | None = None
    rework: Rework | None = None
    tool: Tool | None = None
    changeovers: tuple[Changeover, ...] = ()
    supplies: tuple[Supply, ...] = ()
    tag_sets: tuple[Identifier, ...] = ()
    tags: tuple[Tag, ...] = ()
