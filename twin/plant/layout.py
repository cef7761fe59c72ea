"""The layout: plant → areas → lines → stations, with conveyors, logistics, tags and shifts. All lengths in metres.

Frame: x east, y north, z up; heading in degrees, counter-clockwise from east. A line's stations, buffers and product
units live on one coordinate, metres along the conveyor's path from its first point.
Not here: reading and checking files (`twin.plant.layout_file`), the geometry of paths (`twin.plant.paths`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from twin.plant.logistics import Fleet, Material, Output, Store, Vehicle, Warehouse, vehicles_of
from twin.plant.process import Model
from twin.plant.products import Product
from twin.plant.stations import Station
from twin.plant.terms import Clock, Identifier, Label, Name, Point, Tag

FORMAT = 1
ProductKind = Literal["outdoor_unit", "indoor_unit", "washing_machine", "refrigerator"]


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
    """A path that vehicles move along, on the floor or `height_m` above it; a closed one returns to its first point."""

    id: Identifier
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    closed: bool = False
    height_m: Annotated[float, Field(ge=0)] = 0.0


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
    """What tags belong to, with its node's browse path below the Objects folder.

    A station, a carrier, a vehicle, a stock of a store, a line-side stock, the warehouse, a dock.
    """

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

    @cached_property
    def vehicles(self) -> tuple[Vehicle, ...]:
        """All vehicles, fleet by fleet."""
        return tuple(vehicle for fleet in self.fleets for vehicle in vehicles_of(fleet))

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
        yield from self._logistics_owners()
        if self.product:
            tags = self.tags_of(self.product.tag_sets)
            yield Owner(id=self.product.id, browse_path=f"{self.root}/{self.product.id}", tags=tags)

    def _line_owners(self, line: Line, path: str) -> Iterator[Owner]:
        if line.tag_sets:
            yield Owner(id=line.id, browse_path=path, tags=self.tags_of(line.tag_sets))
        for station in line.stations:
            tags = self.tags_of(station.tag_sets, station.tags)
            yield Owner(id=station.id, browse_path=f"{path}/{station.id}", tags=tags)
            for supply in station.supplies:
                name, below = f"{station.id}/{supply.material}", f"{path}/{station.id}/Supplies/{supply.material}"
                yield Owner(id=name, browse_path=below, tags=self.tags_of(supply.tag_sets))
        if line.carriers:
            tags = self.tags_of(line.carriers.tag_sets)
            for carrier in carrier_ids(line):
                name = carrier.rsplit("/", 1)[1]
                yield Owner(id=carrier, browse_path=f"{path}/Carriers/{name}", tags=tags)

    def _logistics_owners(self) -> Iterator[Owner]:
        for vehicle in self.vehicles:
            tags = self.tags_of(vehicle.tag_sets)
            yield Owner(id=vehicle.id, browse_path=f"{self.root}/Vehicles/{vehicle.id}", tags=tags)
        for store in self.stores:
            tags = self.tags_of(store.tag_sets)
            for stock in store.stocks:
                path = f"{self.root}/Stores/{store.id}/{stock.material}"
                yield Owner(id=f"{store.id}/{stock.material}", browse_path=path, tags=tags)
        if house := self.warehouse:
            path = f"{self.root}/{house.id}"
            yield Owner(id=house.id, browse_path=path, tags=self.tags_of(house.tag_sets))
            for dock in house.docks:
                yield Owner(id=dock.id, browse_path=f"{path}/{dock.id}", tags=self.tags_of(dock.tag_sets))


def carrier_ids(line: Line) -> tuple[str, ...]:
    """Owner ids of the line's carriers: `OF1/C01`, `OF1/C02` and so on."""
    count = line.carriers.count if line.carriers else 0
    return tuple(f"{line.id}/C{number:02d}" for number in range(1, count + 1))
