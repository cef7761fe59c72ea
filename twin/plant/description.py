"""The description of a plant as people write it (TOML): process tables, lines as rows of segments, copies of lines.

A description is a file for the plant and one for each area. Units stand in the names of keys, a name is written in
both languages as `["Packing", "装箱"]`. Materials, stores, fleets, the warehouse and the product are written as the
layout has them. Data only: what becomes of it is in `twin.plant.compose`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.layout import ProductKind, Shift
from twin.plant.process import Model
from twin.plant.signals import Signal
from twin.plant.stations import Background, Share
from twin.plant.terms import DataType, Identifier, Label, Name, Point


def both_languages(value: Any) -> Any:
    """A name written `[English, Chinese]`, as the layout writes it; anything else as it is."""
    return dict(zip(("en", "zh_CN"), value, strict=True)) if isinstance(value, list) and len(value) == 2 else value


BothNames = Annotated[Name, BeforeValidator(both_languages)]


class Cycle(Model):
    """Cycle time in seconds; lognormal with `cv`, always the same without."""

    s: PositiveFloat
    cv: PositiveFloat | None = None


class MinorStop(Model):
    """Micro-stops: exponential in operating time, lognormal in duration."""

    reason: Label
    every_min: PositiveFloat
    lasts_s: PositiveFloat
    cv: PositiveFloat = 0.8


class Breakdown(Model):
    """Breakdowns: `wear` is the Weibull shape of the time to failure, exponential without; repairs are lognormal."""

    reason: Label
    every_h: PositiveFloat
    lasts_min: PositiveFloat
    cv: PositiveFloat = 1.0
    wear: PositiveFloat | None = None


class Rework(Model):
    """Where rejects return to, after how long, and how often one unit may."""

    to: Identifier
    after_min: PositiveFloat
    limit: PositiveInt = 1


class Tool(Model):
    """A tool of so many services, and its change."""

    life: PositiveInt
    change_min: PositiveFloat
    cv: PositiveFloat = 0.2
    wear_reject: Share = 0.0


class Defect(Model):
    """A defect class of an inspection."""

    id: Identifier
    name: BothNames
    share: Share


class Inspection(Model):
    """AI vision: what there is, what it misses, what it finds where nothing is, and the second look."""

    defects: tuple[Defect, ...]
    miss: Share
    overkill: Share
    review_s: PositiveFloat


class Changeover(Model):
    """Time between two units that differ in an option: `default_s`, or what `times_s` says from choice to choice."""

    option: Identifier
    default_s: Annotated[float, Field(ge=0)]
    times_s: dict[Identifier, dict[Identifier, Annotated[float, Field(ge=0)]]] = {}


class Supply(Model):
    """A line-side stock of a material: room for `kits` kits of `kit` pieces, the next one called when one is used up.

    Which store it comes from follows from the material, whose vehicles bring it from the line.
    """

    material: Identifier
    per_unit: NonNegativeInt = 1
    kit: PositiveInt
    kits: Annotated[int, Field(ge=2)] = 3


class Value(Model):
    """A process value: its unit, its limits, and how it behaves.

    Attributes:
        result: mean and standard deviation of one value for each unit.
        drift: standard deviation and time constant (s) of how the mean of a result wanders.
        level: mean, standard deviation and period (s) of a wandering level.
        signal: any other signal, as the layout writes it.
    """

    id: Identifier
    name: BothNames
    unit: str = ""
    low: float | None = None
    high: float | None = None
    result: tuple[float, float] | None = None
    drift: tuple[float, float] | None = None
    level: tuple[float, float, float] | None = None
    signal: Signal | None = None
    browse_path: Label | None = None
    data_type: DataType = "Double"


class Segment(Model):
    """A step of the process: everything about the stations that do it, in one place.

    Attributes:
        beside_m: the station stands so far to the left of the conveyor; its centre, for those not on it.
        reject: share of units rejected, apart from what tools and inspection add.
        power_kw, air_m3_h: what it draws while it executes: electricity, compressed air at norm conditions.
    """

    name: BothNames
    kind: Identifier
    cycle: Cycle
    places: PositiveInt = 1
    order: Literal["carousel", "parallel"] = "carousel"
    buffer: NonNegativeInt = 2
    beside_m: float = 0.0
    minor_stop: MinorStop | None = None
    breakdown: Breakdown | None = None
    power_kw: PositiveFloat | None = None
    air_m3_h: PositiveFloat | None = None
    reject: Share = 0.0
    rework: Rework | None = None
    inspection: Inspection | None = None
    background: Background | None = None
    tool: Tool | None = None
    changeovers: tuple[Changeover, ...] = ()
    supplies: tuple[Supply, ...] = ()
    values: tuple[Value, ...] = ()


class Conveyor(Model):
    """The conveyor of a kind of line; `rows_m` apart are its rows, to the left of the first (below 0: to the right)."""

    speed_m_s: PositiveFloat = 0.5
    pitch_m: PositiveFloat = 1.2
    height_m: PositiveFloat = 0.6
    rows_m: float = 14.0


class Output(Model):
    """What a line's units become: `material` in its store, or goods in the warehouse; as the layout has it."""

    material: Identifier | None = None
    pieces: PositiveInt = 1
    load: PositiveInt = 1
    waiting: PositiveInt = 3
    fleet: Identifier | None = None


class LineKind(Model):
    """A kind of line: segments in flow order, row by row; every other row runs back.

    Attributes:
        name, serial_prefix: `{number}` in them becomes the line's own.
        first_number: of the first station.
        carriers: how many; None where no product units are shown.
        fleet: whose vehicles bring supplies.
    """

    name: tuple[Label, Label]
    takt_s: PositiveFloat
    rows: Annotated[tuple[tuple[Identifier, ...], ...], Field(min_length=1)]
    first_number: PositiveInt = 1
    product: BothNames | None = None
    product_kind: ProductKind = "outdoor_unit"
    serial_prefix: str = "U{number}-"
    conveyor: Conveyor = Conveyor()
    carriers: PositiveInt | None = None
    fleet: Identifier | None = None
    output: Output | None = None


class Copies(Model):
    """Lines of one kind: their numbers, where the first one's conveyor begins, and the step to the next."""

    line: Identifier
    numbers: Annotated[tuple[PositiveInt, ...], Field(min_length=1)]
    at: Point
    step: Point = (0.0, 0.0)
    heading_deg: float = 0.0


class Area(Model):
    """An area: its process table (`segments`), its kinds of lines, and the lines that there are of each.

    Attributes:
        digits: of the numbers in line ids: `OF1` has one.
    """

    id: Identifier
    name: BothNames
    technicians: PositiveInt | None = None
    digits: PositiveInt = 1
    segments: dict[Identifier, Segment]
    lines: dict[Identifier, LineKind]
    copies: Annotated[tuple[Copies, ...], Field(min_length=1)]


class Plant(Model):
    """The plant's own file: its head, and the names of the other files, beside it.

    Attributes:
        areas: files, one for each area.
        common: files of things that are written as the layout has them.
    """

    id: Identifier
    name: BothNames
    timezone: str
    namespaces: dict[Identifier, Label]
    areas: Annotated[tuple[Label, ...], Field(min_length=1)]
    common: tuple[Label, ...] = ()
    shifts: tuple[Annotated[Shift, BeforeValidator(lambda raw: named(raw))], ...] = ()


def named(raw: Any) -> Any:
    """The same with every `name` written as the layout has it, at any depth."""
    if isinstance(raw, dict):
        return {key: both_languages(value) if key == "name" else named(value) for key, value in raw.items()}
    return [named(value) for value in raw] if isinstance(raw, list) else raw
