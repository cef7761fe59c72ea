"""What is wrong with the logistics of a layout, every problem with its place in the file.

Names that nothing answers to, stock that cannot fit, traffic that cannot flow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from twin.errors import Problem
from twin.plant.layout import Layout, Line, Route
from twin.plant.logistics import Fleet, Output, Stock, Store, Supply, vehicles_of
from twin.plant.paths import path_through

Stores = dict[str, dict[str, Stock]]
_LAPS = 3  # an order takes at most so many rounds: to its source, to its target, to a depot


def zone_count(fleet: Fleet, length_m: float) -> int:
    """Into how many zones a fleet's route is cut: whole ones, none shorter than `zone_m` unless the route is."""
    return max(int(length_m / fleet.zone_m + 1e-9), 1)


def logistics_problems(layout: Layout) -> Iterator[Problem]:
    """All problems of stores, supplies, outputs, fleets and the warehouse."""
    stores = {store.id: {stock.material: stock for stock in store.stocks} for store in layout.stores}
    yield from _repeated(layout)
    for s, store in enumerate(layout.stores):
        yield from _store_problems(layout, f"stores[{s}]", store)
    for f, fleet in enumerate(layout.fleets):
        yield from _fleet_problems(layout, f"fleets[{f}]", fleet)
    for a, area in enumerate(layout.areas):
        for n, line in enumerate(area.lines):
            place = f"areas[{a}].lines[{n}]"
            yield from _supply_problems(layout, stores, place, line)
            if line.output:
                yield from _output_problems(layout, stores, f"{place}.output", line)


def _repeated(layout: Layout) -> Iterator[Problem]:
    """Ids of owners of tags must differ, and so must materials; those of stations are checked with the file's shape."""
    house = layout.warehouse
    docks = [(f"warehouse.docks[{d}].id", dock.id) for d, dock in enumerate(house.docks)] if house else []
    owners = [(f"stores[{s}].id", store.id) for s, store in enumerate(layout.stores)]
    owners += [("warehouse.id", house.id)] if house else []
    owners += docks
    owners += [(f"fleets[{f}].id", fleet.id) for f, fleet in enumerate(layout.fleets)]
    owners += [(f"fleets[{f}].prefix", one.id) for f, fleet in enumerate(layout.fleets) for one in vehicles_of(fleet)]
    seen = {station.id for station in layout.stations} | {line.id for line in layout.lines}
    for place, name in owners:
        if name in seen:
            yield Problem(place, f"{name!r} is already the id of something else")
        seen.add(name)
    counts = Counter(material.id for material in layout.materials)
    for m, material in enumerate(layout.materials):
        if counts[material.id] > 1:
            yield Problem(f"materials[{m}].id", f"{material.id!r} is the id of {counts[material.id]} materials")


def _store_problems(layout: Layout, place: str, store: Store) -> Iterator[Problem]:
    materials = {material.id for material in layout.materials}
    counts = Counter(stock.material for stock in store.stocks)
    for k, stock in enumerate(store.stocks):
        where = f"{place}.stocks[{k}]"
        if stock.material not in materials:
            yield Problem(f"{where}.material", f"there is no material {stock.material!r}")
        if counts[stock.material] > 1:
            yield Problem(f"{where}.material", f"store {store.id!r} has {stock.material!r} twice")
        if stock.initial > stock.capacity:
            yield Problem(f"{where}.initial", f"{stock.initial} pieces are more than the capacity of {stock.capacity}")
        if stock.purchase and stock.purchase.reorder_at + stock.purchase.quantity > stock.capacity:
            most = stock.purchase.reorder_at + stock.purchase.quantity
            yield Problem(f"{where}.purchase", f"{most} pieces may come in, more than the capacity of {stock.capacity}")


def _supply_problems(layout: Layout, stores: Stores, place: str, line: Line) -> Iterator[Problem]:
    for s, station in enumerate(line.stations):
        counts = Counter(supply.material for supply in station.supplies)
        for k, supply in enumerate(station.supplies):
            where = f"{place}.stations[{s}].supplies[{k}]"
            if counts[supply.material] > 1:
                yield Problem(f"{where}.material", f"station {station.id!r} has {supply.material!r} twice")
            yield from _stock_problems(stores, where, supply)
            if supply.initial > supply.capacity:
                yield Problem(f"{where}.initial", f"{supply.initial} pieces are more than fit: {supply.capacity}")
            if supply.reorder_at + supply.kit > supply.capacity:
                most = supply.reorder_at + supply.kit
                yield Problem(f"{where}.kit", f"with a kit {most} pieces may be here, more than fit: {supply.capacity}")
            if supply.per_unit > supply.reorder_at + supply.kit:
                yield Problem(f"{where}.per_unit", f"{supply.per_unit} pieces are never here: kits are too small")
            yield from _way_problems(layout, where, supply.fleet, (supply.store, station.id))


def _stock_problems(stores: Stores, where: str, supply: Supply) -> Iterator[Problem]:
    stock = stores.get(supply.store, {}).get(supply.material)
    if supply.store not in stores:
        yield Problem(f"{where}.store", f"there is no store {supply.store!r}")
    elif stock is None:
        yield Problem(f"{where}.material", f"store {supply.store!r} has no {supply.material!r}")
    elif supply.kit > stock.capacity:
        yield Problem(f"{where}.kit", f"a kit of {supply.kit} is more than the store ever has: {stock.capacity}")


def _output_problems(layout: Layout, stores: Stores, place: str, line: Line) -> Iterator[Problem]:
    output = line.output
    if output is None:
        return
    if output.material is None:
        if layout.warehouse is None or output.store != layout.warehouse.id:
            yield Problem(f"{place}.store", f"goods go to the warehouse, and {output.store!r} is none")
        if output.pieces != 1:
            yield Problem(f"{place}.pieces", "goods are one by one: only units of a material make several pieces")
    elif output.store not in stores:
        yield Problem(f"{place}.store", f"there is no store {output.store!r}")
    elif output.material not in stores[output.store]:
        yield Problem(f"{place}.material", f"store {output.store!r} has no {output.material!r}")
    yield from _load_problems(stores, place, output)
    if output.fleet:
        yield from _way_problems(layout, place, output.fleet, (line.stations[-1].id, output.store))


def _load_problems(stores: Stores, place: str, output: Output) -> Iterator[Problem]:
    if output.fleet and output.waiting * output.load < output.load + output.pieces - 1:
        yield Problem(f"{place}.waiting", "no load is ever complete: let more loads stand at the line's end")
    stock = stores.get(output.store, {}).get(output.material or "")
    if stock and max(output.load, output.pieces) > stock.capacity:
        yield Problem(f"{place}.load", f"a load does not fit into the store, which takes {stock.capacity}")


def _way_problems(layout: Layout, place: str, name: str, ends: tuple[str, str]) -> Iterator[Problem]:
    fleet = next((fleet for fleet in layout.fleets if fleet.id == name), None)
    if fleet is None:
        yield Problem(f"{place}.fleet", f"there is no fleet {name!r}")
        return
    for end in ends:
        if not any(end in bay.serves for bay in fleet.bays):
            yield Problem(f"{place}.fleet", f"no bay of fleet {name!r} serves {end!r}")


def _fleet_problems(layout: Layout, place: str, fleet: Fleet) -> Iterator[Problem]:
    route = next((route for route in layout.routes if route.id == fleet.route), None)
    if route is None:
        yield Problem(f"{place}.route", f"there is no route {fleet.route!r}")
    elif not route.closed:
        yield Problem(f"{place}.route", f"route {route.id!r} is open: vehicles go round, on a closed one")
    else:
        yield from _traffic_problems(place, fleet, route)
    yield from _bay_problems(layout, place, fleet)


def _bay_problems(layout: Layout, place: str, fleet: Fleet) -> Iterator[Problem]:
    served = {station.id for station in layout.stations} | {store.id for store in layout.stores}
    served |= {layout.warehouse.id} if layout.warehouse else set()
    for b, bay in enumerate(fleet.bays):
        where = f"{place}.bays[{b}]"
        for name in bay.serves:
            if name not in served:
                yield Problem(f"{where}.serves", f"there is no store, station or warehouse {name!r}")
        if bay.depot == bool(bay.serves):
            yield Problem(where, f"bay {bay.id!r} must either be a depot or serve something")
    places = sum(bay.places for bay in fleet.bays if bay.depot)
    if places < fleet.count:
        yield Problem(f"{place}.bays", f"depots have {places} places for {fleet.count} vehicles")
    counts = Counter(bay.id for bay in fleet.bays)
    for name in (name for name in counts if counts[name] > 1):
        yield Problem(f"{place}.bays", f"{name!r} is the id of {counts[name]} bays")


def _traffic_problems(place: str, fleet: Fleet, route: Route) -> Iterator[Problem]:
    length_m = path_through(route.points, closed=True).length_m
    for b, bay in enumerate(fleet.bays):
        if bay.at_m >= length_m:
            yield Problem(f"{place}.bays[{b}].at_m", f"{bay.at_m:g} m is beyond the route, which has {length_m:.1f} m")
    zones = zone_count(fleet, length_m)
    if fleet.count >= zones:
        reason = f"{fleet.count} vehicles need more than {fleet.count} zones, or they block one another for ever"
        yield Problem(f"{place}.count", f"{reason}; the route has {zones}")
    battery = fleet.battery
    if battery and battery.low * battery.run_s < (lasts_s := _LAPS * length_m / fleet.speed_m_s):
        reason = f"what is left at `low` drives {battery.low * battery.run_s:.0f} s"
        yield Problem(f"{place}.battery.low", f"{reason}, and an order may take {_LAPS} rounds, {lasts_s:.0f} s")
