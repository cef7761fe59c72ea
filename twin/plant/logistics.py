"""Logistics as a layout says it: materials, stores, line-side supplies, fleets, the warehouse and its docks. Data only.

Pieces of a material move in lots. A line makes pieces into a store; stations take them from their own line-side stock,
which vehicles of a fleet refill, kit by kit. Finished units go to the warehouse, and from there to a dock and a truck.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.process import Distribution, Model
from twin.plant.terms import Identifier, Name, Pose

VehicleKind = Literal["mobile_robot", "hanger"]


class Material(Model):
    """A kind of part; `lot` is how many pieces are made or bought under one lot number."""

    id: Identifier
    name: Name
    lot: PositiveInt = 500


class Purchase(Model):
    """How a bought material is replenished: ordered at `reorder_at` pieces, `quantity` come after the lead time."""

    reorder_at: NonNegativeInt
    quantity: PositiveInt
    lead_time: Distribution


class Stock(Model):
    """What a store holds of one material, in pieces; without `purchase` only a line's output fills it."""

    material: Identifier
    capacity: PositiveInt
    initial: NonNegativeInt = 0
    purchase: Purchase | None = None


class Store(Model):
    """A stock point between areas (a supermarket): kits start here. Each of its stocks has the tags of `tag_sets`."""

    id: Identifier
    name: Name
    pose: Pose = Pose()
    stocks: Annotated[tuple[Stock, ...], Field(min_length=1)]
    tag_sets: tuple[Identifier, ...] = ()


class Supply(Model):
    """A line-side stock of one material at a station.

    Attributes:
        per_unit: pieces that a product unit takes; a unit with a bill of material takes what that says instead.
        capacity, initial: pieces that fit, and that are there at the start.
        reorder_at: a kit is called when no more than this is here or on its way.
        kit: pieces that one vehicle brings.
        store, fleet: where kits start, and whose vehicles bring them.
    """

    material: Identifier
    per_unit: NonNegativeInt = 1
    capacity: PositiveInt
    initial: NonNegativeInt
    reorder_at: NonNegativeInt
    kit: PositiveInt
    store: Identifier
    fleet: Identifier
    tag_sets: tuple[Identifier, ...] = ()


class Output(Model):
    """Where a line's finished units go: as pieces of a material into a store, or as goods into the warehouse.

    Attributes:
        store: id of a store, or of the warehouse.
        material: what a unit is there; None for goods, which keep their serial numbers.
        pieces: how many pieces one unit makes.
        load: units or pieces that one vehicle takes away.
        waiting: loads that may stand at the line's end; full, they block it.
        fleet: whose vehicles bring them there; None where they are there at once.
    """

    store: Identifier
    material: Identifier | None = None
    pieces: PositiveInt = 1
    load: PositiveInt = 1
    waiting: PositiveInt = 2
    fleet: Identifier | None = None


class Battery(Model):
    """Of a mobile robot. Defaults: the market average that `run_s` and `charge_s` of 8.4 h and 2.7 h stand for.

    Attributes:
        low, enough: shares of charge at which it goes to charge, and at which it takes orders again. What is left at
            `low` must last for the order at hand and the way to a depot.
        idle: consumption while standing, as a share of that while driving.
    """

    run_s: PositiveFloat = 30240.0
    charge_s: PositiveFloat = 9720.0
    low: Annotated[float, Field(gt=0, lt=1)] = 0.2
    enough: Annotated[float, Field(gt=0, le=1)] = 0.8
    idle: Annotated[float, Field(ge=0, le=1)] = 0.15


class Bay(Model):
    """A place beside a fleet's route where vehicles load, unload, charge or wait.

    Attributes:
        at_m: where on the route it is.
        places: how many vehicles stand here at once; the next one waits on the route, and everybody behind it.
        serves: ids of the stores, stations and warehouses whose loads change hands here; of a line, that of its last
            station.
        depot: vehicles wait here for orders and charge here. It serves nothing: who waits would be in the way.
    """

    id: Identifier
    at_m: Annotated[float, Field(ge=0)]
    places: PositiveInt = 1
    serves: tuple[Identifier, ...] = ()
    depot: bool = False


class Fleet(Model):
    """Vehicles of one kind on one closed one-way route, one vehicle to a zone of it.

    Attributes:
        prefix: vehicle ids are `<prefix>-<number>`.
        zone_m: length of a zone, or a little more, so that whole zones make the route; traffic control lets one
            vehicle into each.
        handling_s: loading or unloading.
        battery: None for vehicles that are driven by their route, as hangers are.
    """

    id: Identifier
    name: Name
    kind: VehicleKind = "mobile_robot"
    prefix: Identifier
    count: PositiveInt
    route: Identifier
    speed_m_s: PositiveFloat = 1.2
    zone_m: PositiveFloat = 6.0
    handling_s: PositiveFloat = 15.0
    battery: Battery | None = None
    bays: Annotated[tuple[Bay, ...], Field(min_length=1)]
    tag_sets: tuple[Identifier, ...] = ()


class Dock(Model):
    """A truck gate: a truck comes every `interval_s`, takes up to `capacity` units, and leaves after `stay_s`."""

    id: Identifier
    name: Name
    pose: Pose = Pose()
    interval_s: PositiveFloat
    stay_s: PositiveFloat
    capacity: PositiveInt
    tag_sets: tuple[Identifier, ...] = ()


class Warehouse(Model):
    """The automated warehouse of finished goods: cells, cranes that put away and pick, and docks."""

    id: Identifier
    name: Name
    pose: Pose = Pose()
    cells: PositiveInt
    cranes: PositiveInt
    crane_cycle: Distribution
    docks: tuple[Dock, ...] = ()
    tag_sets: tuple[Identifier, ...] = ()


class Vehicle(Model):
    """One vehicle of a fleet: what follows from the fleet for each of them."""

    id: Identifier
    name: Name
    kind: VehicleKind
    fleet: Identifier
    route: Identifier
    tag_sets: tuple[Identifier, ...]


def vehicles_of(fleet: Fleet) -> tuple[Vehicle, ...]:
    """The vehicles of a fleet, numbered from 1."""
    return tuple(
        Vehicle(
            id=f"{fleet.prefix}-{number}",
            name=Name(en=f"{fleet.name.en} {number}", zh_CN=f"{fleet.name.zh_CN} {number}"),
            kind=fleet.kind,
            fleet=fleet.id,
            route=fleet.route,
            tag_sets=fleet.tag_sets,
        )
        for number in range(1, fleet.count + 1)
    )
