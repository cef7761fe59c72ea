"""The layout: plant → areas → lines → stations, with conveyors, routes, robots, tags and shifts. All lengths in metres.

Frame: x east, y north, z up; heading in degrees, counter-clockwise from east. A line's stations, buffers and product
units live on one coordinate, metres along the conveyor's path from its first point.
Not here: reading and checking files (`twin.plant.layout_file`), the geometry of paths (`twin.plant.paths`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from twin.plant.logistics import Fleet, Material, Output, Store, Warehouse
from twin.plant.process import Model
from twin.plant.products import Product
from twin.plant.stations import Station
from twin.plant.terms import Clock, Identifier, Label, Name, Point, Tag

FORMAT = 1
ProductKind = Literal["outdoor_unit", "washing_machine", "refrigerator"]


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
        output: where finished units go; None lets them leave the plant.
        tag_sets: names of the layout's tag sets that the line itself has.
    """

    id: Identifier
    name: Name
    takt_s: PositiveFloat = 1.0
    product: Name | None = None
    product_kind: ProductKind = "outdoor_unit"
    serial_prefix: str = "U"
    conveyor: Conveyor | None = None
    carriers: Carriers | None = None
    output: Output | None = None
    tag_sets: tuple[Identifier, ...] = ()
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
    materials: tuple[Material, ...] = ()
    stores: tuple[Store, ...] = ()
    fleets: tuple[Fleet, ...] = ()
    warehouse: Warehouse | None = None
    product: Product | None = None

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
                yield from self._line_owners(line, f"{self.root}/{area.id}/{line.id}")
        for robot in self.robots:
            tags = self.tags_of(robot.tag_sets)
            yield Owner(id=robot.id, browse_path=f"{self.root}/Robots/{robot.id}", tags=tags)
        if self.product and self.product.tag_sets:
            tags = self.tags_of(self.product.tag_sets)
            yield Owner(id=self.product.id, browse_path=f"{self.root}/{self.product.id}", tags=tags)

    def _line_owners(self, line: Line, path: str) -> Iterator[Owner]:
        if line.tag_sets:
            yield Owner(id=line.id, browse_path=path, tags=self.tags_of(line.tag_sets))
        for station in line.stations:
            tags = self.tags_of(station.tag_sets, station.tags)
            yield Owner(id=station.id, browse_path=f"{path}/{station.id}", tags=tags)
        if line.carriers:
            tags = self.tags_of(line.carriers.tag_sets)
            for carrier in carrier_ids(line):
                name = carrier.rsplit("/", 1)[1]
                yield Owner(id=carrier, browse_path=f"{path}/Carriers/{name}", tags=tags)


def carrier_ids(line: Line) -> tuple[str, ...]:
    """Owner ids of the line's carriers: `OF1/C01`, `OF1/C02` and so on."""
    count = line.carriers.count if line.carriers else 0
    return tuple(f"{line.id}/C{number:02d}" for number in range(1, count + 1))
