"""The state of logistics: plain data, a part of the state of the plant (`twin.sim.state`).

Lots are rows of [lot number, pieces], oldest first; a lot number is unique within its material.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PARKED, WAITING, DRIVING, HANDLING = range(4)  # what a vehicle does
IDLE, DRAWING, CHARGING = range(3)  # what its battery does; the order of `BatteryPlan.rates`
KIT, LOAD = range(2)  # what a transport order brings: a kit to a station, a load away from a line
ON_THE_WAY, STORED, PICKED, STAGED = range(4)  # where goods are: before the warehouse, in it, on a crane, at a dock
PUT_AWAY, PICK = range(2)  # what a crane does
Lots = list[list[int]]


@dataclass(slots=True)
class StockState:
    """A material in a store.

    Attributes:
        on_order: bought pieces that are still to come.
        incoming: pieces made by lines that are not here yet.
        requests: supplies that wait for a kit from here, by number.
        blocked: lines that wait for room here, by number.
        purchases: orders to suppliers so far.
        late_ns: by how much malfunctions make what is due come later; `put_off`: when what has been put off comes.
    """

    pieces: int = 0
    lots: Lots = field(default_factory=list)
    on_order: int = 0
    incoming: int = 0
    requests: list[int] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    purchases: int = 0
    late_ns: int = 0
    put_off: list[int] = field(default_factory=list)


@dataclass(slots=True)
class SupplyState:
    """A material at a station; `on_way` pieces are called, `short_since_ns` is -1 while there is enough.

    Attributes:
        wrong_lot: the lot that kits bring by mistake; 0 where nobody makes one.
    """

    pieces: int = 0
    lots: Lots = field(default_factory=list)
    on_way: int = 0
    short_since_ns: int = -1
    short_ns: int = 0
    taken: int = 0
    wrong_lot: int = 0


@dataclass(slots=True)
class OutputState:
    """What stands at the end of a line: pieces in lots, or goods; `called` of it waits for a vehicle.

    Attributes:
        lot, left: the lot that is being made, and pieces still to come of it.
        made: pieces so far.
    """

    pieces: int = 0
    lots: Lots = field(default_factory=list)
    goods: list[int] = field(default_factory=list)
    called: int = 0
    lot: int = 0
    left: int = 0
    made: int = 0


@dataclass(slots=True)
class TransportOrder:
    """What a vehicle is to bring, from bay to bay; `what` is the supply of a kit, the line of a load."""

    number: int
    kind: int
    what: int
    source: int
    target: int
    called_ns: int
    lots: Lots = field(default_factory=list)
    goods: list[int] = field(default_factory=list)


@dataclass(slots=True)
class VehicleState:
    """A vehicle.

    Attributes:
        bay: where it stands, -1 on the lane; `goal` is the bay it is for.
        place: which of the bay's places it has.
        booked: a place in the goal is kept for it.
        zone: the zone it has, -1 off the lane; `tail` while halted so close behind its line that it keeps two.
        zones_left: zones still to enter, that of the goal included.
        line_m: end of its zone, on the same count as `to_m`.
        halted: it does not move until it is told to.
        from_m, to_m, departed_ns, arrives_ns: its newest move, as published; it may be stopped before its end.
        due_ns: the one event that it waits for; others are stale.
        charge, charge_ns, battery: share of charge at an instant, and what the battery has done since.
        flat_ns: when the battery would be flat.
        tired: below its low mark; takes no orders until charged enough.
        waiting_ns, waited_ns: since when it waits for a zone or a bay (-1: it does not), and how long it did before.
    """

    bay: int
    from_m: float
    to_m: float
    goal: int = -1
    phase: int = PARKED
    place: int = 0
    booked: bool = False
    zone: int = -1
    tail: bool = False
    zones_left: int = 0
    line_m: float = 0.0
    halted: bool = False
    departed_ns: int = 0
    arrives_ns: int = 0
    due_ns: int = -1
    charge: float = 1.0
    charge_ns: int = 0
    battery: int = CHARGING
    flat_ns: int = 1 << 62
    tired: bool = False
    order: TransportOrder | None = None
    loaded: bool = False
    waiting_ns: int = -1
    waited_ns: int = 0


@dataclass(slots=True)
class FleetState:
    """A fleet's traffic and orders.

    Attributes:
        holder, free_ns: for each zone the vehicle that has it (-1: none), and from when another may enter.
        queues: for each zone the vehicles that want to enter, first come first served.
        blocked_zones: for each zone how many malfunctions block it.
        taken, bay_queues: for each bay the places taken, and the vehicles that wait for one.
        orders: transport orders that no vehicle has yet, oldest first.
    """

    holder: list[int]
    free_ns: list[int]
    queues: list[list[int]]
    blocked_zones: list[int]
    taken: list[int]
    bay_queues: list[list[int]]
    orders: list[TransportOrder] = field(default_factory=list)
    called: int = 0
    delivered: int = 0
    delivery_ns: int = 0


@dataclass(slots=True)
class Goods:
    """A finished unit that left its line for the warehouse; `reference` is of whoever had it picked, -1 before."""

    line: int
    serial: int
    variant: int
    job: int
    where: int = ON_THE_WAY
    reference: int = -1
    finished_ns: int = 0
    stored_ns: int = 0


@dataclass(slots=True)
class DockState:
    """A dock: what is being picked for it and what stands there; `turns_ns` is when a truck next comes or goes.

    Attributes:
        late_ns: by how much malfunctions make trucks come later; `put_off`: the next one has been.
    """

    truck: bool = False
    turns_ns: int = 0
    picking: int = 0
    staged: list[int] = field(default_factory=list)
    shipped: int = 0
    late_ns: int = 0
    put_off: bool = False


@dataclass(slots=True)
class Shipment:
    """What left on one truck."""

    number: int
    dock: int
    left_ns: int
    goods: list[int]


@dataclass(slots=True)
class WarehouseState:
    """The warehouse.

    Attributes:
        stored: goods in cells that nobody has asked for, oldest first.
        cells: cells that are taken or promised to goods on the way.
        tasks: what waits for a crane: rows of [what, goods, dock].
        cranes: what each crane does, an empty row for nothing; `cranes_out` of them take nothing up.
        blocked: lines that wait for a cell, by number.
        cycles: crane cycles so far.
        shipments: what has left and has not been taken note of yet (`twin.sim.logistics.docks.close`).
    """

    cranes: list[list[int]]
    docks: list[DockState]
    stored: list[int] = field(default_factory=list)
    cells: int = 0
    cranes_out: int = 0
    tasks: list[list[int]] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    cycles: int = 0
    shipments: list[Shipment] = field(default_factory=list)
    shipped: int = 0


@dataclass(slots=True)
class LogisticsState:
    """All of it, in the order of the plan.

    Attributes:
        lots: lot numbers given so far, of each material.
        goods: goods by number; a number is used again once its goods have left (`free_goods`).
    """

    lots: list[int]
    stocks: list[StockState]
    supplies: list[SupplyState]
    outputs: list[OutputState]
    fleets: list[FleetState]
    vehicles: list[VehicleState]
    warehouse: WarehouseState | None
    goods: list[Goods] = field(default_factory=list)
    free_goods: list[int] = field(default_factory=list)
