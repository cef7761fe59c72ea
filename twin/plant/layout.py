"""The layout: plant → areas → lines → stations, with conveyors, routes, robots, tags and shifts. All lengths in metres.

Frame: x east, y north, z up; heading in degrees, counter-clockwise from east. A line's stations, buffers and product
units live on one coordinate, metres along the conveyor's path from its first point.
Not here: reading and checking files (`twin.plant.layout_file`), the geometry of paths (`twin.plant.paths`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.process import Distribution, Failure, Model, Signal

FORMAT = 1
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
Label = Annotated[str, Field(min_length=1, max_length=200)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Point = tuple[float, float]
DataType = Literal["Boolean", "Int32", "UInt32", "Int64", "Float", "Double", "String", "DateTime"]
ProductKind = Literal["outdoor_unit", "washing_machine", "refrigerator"]


class Name(Model):
    """A name in both languages of the product."""

    en: Label
    zh_CN: Label

    def text(self, language: str) -> str:
        """The name in `language` (`en`, `zh_CN`); any other language reads English."""
        return self.zh_CN if language == "zh_CN" else self.en


class Tag(Model):
    """One variable of the plant.

    Attributes:
        id: unique within its owner (station, carrier, robot).
        browse_path: from the owner's node, names separated by `/`; a name may carry a namespace alias: `packml:Status`.
            One that begins with `/` starts at the Objects folder, for servers that are not built by area and line.
        low, high: alarm limits in `unit`; None where there is none.
        signal: how the simulated plant makes the value; None for what the kernel itself knows (state, counters, moves).
    """

    id: Identifier
    browse_path: Label
    data_type: DataType = "Double"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    name: Name | None = None
    signal: Signal | None = None


class Pose(Model):
    """Where something stands on the floor."""

    x_m: float = 0.0
    y_m: float = 0.0
    heading_deg: float = 0.0


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


class Station(Model):
    """One station of a line.

    Attributes:
        at_m: the line coordinate of its service position.
        places: how many product units it works on at once (a carousel's pumps, a loop's bays); first in, first out.
        buffer_before: places on the conveyor between the station before and this one; None is unlimited.
        rework: where its rejects go; None scraps them.
        tag_sets: names of the layout's tag sets that this station has, before its own `tags`.
    """

    id: Identifier
    name: Name
    kind: str = "generic"
    pose: Pose = Pose()
    at_m: float = 0.0
    places: PositiveInt = 1
    buffer_before: NonNegativeInt | None = 2
    cycle: Distribution
    failures: tuple[Failure, ...] = ()
    reject_probability: Annotated[float, Field(ge=0, lt=1)] = 0.0
    rework: Rework | None = None
    tag_sets: tuple[Identifier, ...] = ()
    tags: tuple[Tag, ...] = ()


class Conveyor(Model):
    """What carries the units of a line: a path on the floor, its speed and the distance between queued units."""

    path: Annotated[tuple[Point, ...], Field(min_length=2)]
    speed_m_s: PositiveFloat = 0.5
    pitch_m: PositiveFloat = 1.2
    height_m: float = 0.6


class Carriers(Model):
    """The carriers of a line. Each publishes where it is; `count` bounds the units on the line at one time."""

    count: PositiveInt
    tag_sets: tuple[Identifier, ...] = ()


class Line(Model):
    """A line: stations in flow order, the conveyor that joins them, the carriers on it.

    Attributes:
        product_kind: what its units are, and so how they look.
    """

    id: Identifier
    name: Name
    takt_s: PositiveFloat = 1.0
    product: Name | None = None
    product_kind: ProductKind = "outdoor_unit"
    serial_prefix: str = "U"
    conveyor: Conveyor | None = None
    carriers: Carriers | None = None
    stations: Annotated[tuple[Station, ...], Field(min_length=1)]


class Route(Model):
    """A path that mobile robots drive on; a closed one returns from its last point to its first."""

    id: Identifier
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    closed: bool = False


class Stop(Model):
    """A place on a route where a robot waits: to load, to unload, to charge."""

    at_m: float
    wait_s: PositiveFloat
    load: str = ""


class Robot(Model):
    """A mobile robot that visits its stops in turn, for ever. `load` of a stop is what it carries when it leaves it."""

    id: Identifier
    name: Name
    route: Identifier
    speed_m_s: PositiveFloat = 1.2
    stops: Annotated[tuple[Stop, ...], Field(min_length=2)]
    tag_sets: tuple[Identifier, ...] = ()


class Area(Model):
    """An area of the plant.

    Attributes:
        technicians: how many there are to repair breakdowns in this area; None is as many as it takes.
    """

    id: Identifier
    name: Name
    technicians: PositiveInt | None = None
    lines: tuple[Line, ...] = ()


class Break(Model):
    """A planned pause of a shift, in plant-local time."""

    start: Clock
    end: Clock


class Shift(Model):
    """A shift of the calendar, in plant-local time; one that ends before it starts runs over midnight.

    Attributes:
        days: 1 is Monday; of a shift over midnight, the day on which it starts.
        breaks: when production pauses; one after midnight belongs to the shift that started before.
    """

    id: Identifier
    name: Name
    start: Clock
    end: Clock
    days: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1)] = (1, 2, 3, 4, 5, 6, 7)
    breaks: tuple[Break, ...] = ()


class Owner(Model):
    """What tags belong to: a station, a carrier or a robot, with its node's browse path below the Objects folder."""

    id: str
    browse_path: str
    tags: tuple[Tag, ...]


class Layout(Model):
    """A plant as one file describes it.

    Attributes:
        format: version of this file format.
        namespaces: alias → namespace URI; alias `plant` is the one that names without an alias belong to.
        shifts: when production is on; without any it always is.
        root: browse path of the plant's node below the Objects folder.
        tag_sets: named groups of tags shared by many owners.
    """

    schema_: str | None = Field(None, alias="$schema")
    format: Literal[1]
    id: Identifier
    name: Name
    timezone: str = "UTC"
    namespaces: dict[Identifier, Label]
    root: Label = "Factory"
    shifts: tuple[Shift, ...] = ()
    tag_sets: dict[Identifier, tuple[Tag, ...]] = {}
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    routes: tuple[Route, ...] = ()
    robots: tuple[Robot, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in file order."""
        return tuple(line for area in self.areas for line in area.lines)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """All stations, in file order, which is flow order within a line."""
        return tuple(station for line in self.lines for station in line.stations)

    def tags_of(self, tag_sets: tuple[str, ...], own: tuple[Tag, ...] = ()) -> tuple[Tag, ...]:
        """The tags of an owner: those of its sets, then its own."""
        return (*(tag for name in tag_sets for tag in self.tag_sets[name]), *own)

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """Everything that has tags. A tag's id in a recording is `<owner id>/<tag id>`."""
        return tuple(self._owners())

    def _owners(self) -> Iterator[Owner]:
        for area in self.areas:
            for line in area.lines:
                path = f"{self.root}/{area.id}/{line.id}"
                for station in line.stations:
                    tags = self.tags_of(station.tag_sets, station.tags)
                    yield Owner(id=station.id, browse_path=f"{path}/{station.id}", tags=tags)
                if line.carriers:
                    tags = self.tags_of(line.carriers.tag_sets)
                    for carrier in carrier_ids(line):
                        name = carrier.rsplit("/", 1)[1]
                        yield Owner(id=carrier, browse_path=f"{path}/Carriers/{name}", tags=tags)
        for robot in self.robots:
            tags = self.tags_of(robot.tag_sets)
            yield Owner(id=robot.id, browse_path=f"{self.root}/Robots/{robot.id}", tags=tags)


def carrier_ids(line: Line) -> tuple[str, ...]:
    """Owner ids of the line's carriers: `OF1/C01`, `OF1/C02` and so on."""
    count = line.carriers.count if line.carriers else 0
    return tuple(f"{line.id}/C{number:02d}" for number in range(1, count + 1))
