"""From a layout to the plan of its logistics (`twin.sim.logistics.plan`)."""

from __future__ import annotations

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.logistics import Battery, Bay, Fleet, Output, Purchase, Supply
from twin.plant.logistics_problems import logistics_problems, zone_count
from twin.plant.paths import path_through
from twin.sim.logistics.plan import (
    BatteryPlan,
    BayPlan,
    DockPlan,
    FleetPlan,
    LogisticsPlan,
    MaterialPlan,
    OutputPlan,
    StockPlan,
    SupplyPlan,
    WarehousePlan,
)
from twin.sim.randomness import NANOSECONDS, durations

# How far a vehicle must have gone on before the zone behind it is free: its length and a gap (estimates).
_CLEAR_M = {"mobile_robot": 1.8, "hanger": 1.2}


def plan_logistics(layout: Layout) -> LogisticsPlan:
    """The plan of a layout's logistics. Raises SimulationError where it cannot work."""
    problem = next(iter(logistics_problems(layout)), None)
    if problem is not None:
        raise SimulationError(f"The logistics of layout {layout.id!r} cannot work: {problem.place}: {problem.reason}.")
    materials = tuple(MaterialPlan(material.id, material.lot) for material in layout.materials)
    fleets: list[FleetPlan] = []
    for fleet in layout.fleets:
        fleets.append(_fleet(layout, fleet, sum(len(before.ids) for before in fleets)))
    supplies, supplies_at = _supplies(layout)
    return LogisticsPlan(
        materials=materials,
        stocks=_stocks(layout),
        supplies=supplies,
        supplies_at=supplies_at,
        outputs=tuple(
            _output(layout, line.output, line.stations[-1].id) if line.output else None for line in layout.lines
        ),
        fleets=tuple(fleets),
        fleet_of=tuple(number for number, fleet in enumerate(fleets) for _ in fleet.ids),
        warehouse=_warehouse(layout),
    )


def _known(layout: Layout, tag_sets: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tag.id for tag in layout.tags_of(tag_sets) if not tag.signal)


def _stock_numbers(layout: Layout) -> dict[tuple[str, str], int]:
    pairs = [(store.id, stock.material) for store in layout.stores for stock in store.stocks]
    return {pair: number for number, pair in enumerate(pairs)}


def _material_numbers(layout: Layout) -> dict[str, int]:
    return {material.id: number for number, material in enumerate(layout.materials)}


def _stocks(layout: Layout) -> tuple[StockPlan, ...]:
    materials, plans = _material_numbers(layout), []
    for store in layout.stores:
        for stock in store.stocks:
            name, buy = f"{store.id}/{stock.material}", stock.purchase or _NOTHING
            plans.append(
                StockPlan(
                    id=name,
                    material=materials[stock.material],
                    capacity=stock.capacity,
                    initial=stock.initial,
                    reorder_at=buy.reorder_at,
                    quantity=buy.quantity,
                    lead=durations(f"{name}/lead", buy.lead_time) if stock.purchase else None,
                    tags=_known(layout, store.tag_sets),
                )
            )
    return tuple(plans)


_NOTHING = Purchase.model_validate(
    {"reorder_at": 0, "quantity": 1, "lead_time": {"kind": "deterministic", "value_s": 1.0}}
)


def _supplies(layout: Layout) -> tuple[tuple[SupplyPlan, ...], tuple[tuple[int, ...], ...]]:
    plans: list[SupplyPlan] = []
    at: list[tuple[int, ...]] = []
    for index, station in enumerate(layout.stations):
        at.append(tuple(range(len(plans), len(plans) + len(station.supplies))))
        plans += [_supply(layout, supply, station.id, index) for supply in station.supplies]
    return tuple(plans), tuple(at)


def _supply(layout: Layout, supply: Supply, station: str, index: int) -> SupplyPlan:
    fleet, source, target = _way(layout, supply.fleet, supply.store, station)
    return SupplyPlan(
        id=f"{station}/{supply.material}",
        station=index,
        material=_material_numbers(layout)[supply.material],
        per_unit=supply.per_unit,
        capacity=supply.capacity,
        initial=supply.initial,
        reorder_at=supply.reorder_at,
        kit=supply.kit,
        stock=_stock_numbers(layout)[supply.store, supply.material],
        fleet=fleet,
        source=source,
        target=target,
        tags=_known(layout, supply.tag_sets),
    )


def _output(layout: Layout, output: Output, station: str) -> OutputPlan:
    stock = _stock_numbers(layout)[output.store, output.material] if output.material else -1
    fleet, source, target = _way(layout, output.fleet, station, output.store) if output.fleet else (-1, -1, -1)
    limit = output.waiting * output.load
    return OutputPlan(stock, output.pieces, output.load, limit, fleet, source, target)


def _way(layout: Layout, fleet: str, start: str, end: str) -> tuple[int, int, int]:
    """A fleet's number, and of its bays those between which the way from one thing to another is shortest."""
    number = next(number for number, each in enumerate(layout.fleets) if each.id == fleet)
    bays, length_m = layout.fleets[number].bays, _length_m(layout, layout.fleets[number])

    def ways(serving: str) -> list[tuple[int, Bay]]:
        return [(n, bay) for n, bay in enumerate(bays) if serving in bay.serves]

    pairs = [((b.at_m - a.at_m) % length_m, n, m) for n, a in ways(start) for m, b in ways(end)]
    _, source, target = min(pairs)
    return number, source, target


def _length_m(layout: Layout, fleet: Fleet) -> float:
    route = next(route for route in layout.routes if route.id == fleet.route)
    return path_through(route.points, closed=True).length_m


def _fleet(layout: Layout, fleet: Fleet, first: int) -> FleetPlan:
    length_m = _length_m(layout, fleet)
    zones = zone_count(fleet, length_m)
    zone_m, speed_m_ns = length_m / zones, fleet.speed_m_s / NANOSECONDS
    clear_m = min(_CLEAR_M[fleet.kind], zone_m / 2)
    bays = tuple(BayPlan(bay.at_m, int(bay.at_m / zone_m + 1e-9) % zones, bay.places, bay.depot) for bay in fleet.bays)
    return FleetPlan(
        id=fleet.id,
        first=first,
        ids=tuple(vehicle.id for vehicle in layout.vehicles if vehicle.fleet == fleet.id),
        length_m=length_m,
        zones=zones,
        zone_m=zone_m,
        clear_m=clear_m,
        clear_ns=round(clear_m / speed_m_ns),
        speed_m_ns=speed_m_ns,
        handling_ns=round(fleet.handling_s * NANOSECONDS),
        battery=_battery(fleet.battery) if fleet.battery else None,
        bays=bays,
        depots=tuple(number for number, bay in enumerate(bays) if bay.depot),
        tags=_known(layout, fleet.tag_sets),
    )


def _battery(battery: Battery) -> BatteryPlan:
    driving = 1.0 / (battery.run_s * NANOSECONDS)
    rates = (-battery.idle * driving, -driving, 1.0 / (battery.charge_s * NANOSECONDS))
    return BatteryPlan(rates, battery.low, battery.enough)


def _warehouse(layout: Layout) -> WarehousePlan | None:
    house = layout.warehouse
    if house is None:
        return None
    docks = tuple(
        DockPlan(
            id=dock.id,
            first_ns=round(dock.interval_s * (number + 1) / len(house.docks) * NANOSECONDS),
            interval_ns=round(dock.interval_s * NANOSECONDS),
            stay_ns=round(dock.stay_s * NANOSECONDS),
            capacity=dock.capacity,
            tags=_known(layout, dock.tag_sets),
        )
        for number, dock in enumerate(house.docks)
    )
    cycle = durations(f"{house.id}/crane", house.crane_cycle)
    automatic, tags = layout.product is None, _known(layout, house.tag_sets)
    return WarehousePlan(house.id, house.cells, house.cranes, cycle, docks, automatic, tags)
