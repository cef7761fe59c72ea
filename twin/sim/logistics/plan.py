"""The logistics of a layout made ready to run: numbers instead of names, nanoseconds instead of seconds.

Numbers are of the whole plant: of materials, stocks (a material in a store), supplies (a material at a station),
fleets, vehicles and docks, each in file order. A bay's number is within its fleet, a zone's within its fleet's route.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.sim.randomness import Stream


@dataclass(frozen=True, slots=True)
class MaterialPlan:
    """A material and its lot size in pieces."""

    id: str
    lot: int


@dataclass(frozen=True, slots=True)
class StockPlan:
    """A material in a store; `lead` is None where only lines fill it. `id` owns its tags."""

    id: str
    material: int
    capacity: int
    initial: int
    reorder_at: int
    quantity: int
    lead: Stream[int] | None
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class SupplyPlan:
    """A material at a station; `source` and `target` are the bays between which its kits go. `id` owns its tags."""

    id: str
    station: int
    material: int
    per_unit: int
    capacity: int
    initial: int
    reorder_at: int
    kit: int
    stock: int
    fleet: int
    source: int
    target: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """Where a line's units go: `stock` is -1 for goods into the warehouse, `fleet` -1 where nothing carries them.

    Attributes:
        limit: pieces or goods that may stand at the line's end.
    """

    stock: int
    pieces: int
    load: int
    limit: int
    fleet: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class BayPlan:
    """A bay: where it is, its zone, how many vehicles fit, whether they wait for orders there."""

    at_m: float
    zone: int
    places: int
    depot: bool


@dataclass(frozen=True, slots=True)
class BatteryPlan:
    """Change of the charge in each mode of `twin.sim.logistics.batteries`, as a share of a full one per ns."""

    rates: tuple[float, float, float]
    low: float
    enough: float


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """A fleet. Zone `z` reaches from `z * zone_m` to the next; its end is the line where vehicles wait.

    Attributes:
        first, ids: number of its first vehicle, and the vehicles' owner ids.
        speed_m_ns: metres a nanosecond.
        clear_ns: from entering a zone until the one behind is free.
    """

    id: str
    first: int
    ids: tuple[str, ...]
    length_m: float
    zones: int
    zone_m: float
    clear_m: float
    clear_ns: int
    speed_m_ns: float
    handling_ns: int
    battery: BatteryPlan | None
    bays: tuple[BayPlan, ...]
    depots: tuple[int, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class DockPlan:
    """A dock; `first_ns` is when its first truck comes: those of a warehouse are spread."""

    id: str
    first_ns: int
    interval_ns: int
    stay_ns: int
    capacity: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class WarehousePlan:
    """The warehouse; `automatic` trucks take the oldest goods, for want of orders."""

    id: str
    cells: int
    cranes: int
    cycle: Stream[int]
    docks: tuple[DockPlan, ...]
    automatic: bool
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class LogisticsPlan:
    """All of it.

    Attributes:
        supplies_at: for each station the numbers of its supplies.
        outputs: for each line where its units go; None lets them leave the plant.
        fleet_of: for each vehicle its fleet.
    """

    materials: tuple[MaterialPlan, ...]
    stocks: tuple[StockPlan, ...]
    supplies: tuple[SupplyPlan, ...]
    supplies_at: tuple[tuple[int, ...], ...]
    outputs: tuple[OutputPlan | None, ...]
    fleets: tuple[FleetPlan, ...]
    fleet_of: tuple[int, ...]
    warehouse: WarehousePlan | None
