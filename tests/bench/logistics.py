"""Logistics at the scale of a whole plant: 161 mobile robots and 400 hangers, eight hours, without listeners."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from tests.bench.timing import Figure, compared
from tests.sim.lines import HOUR_NS, deterministic
from tests.sim.logistics.plants import bay, fleet, line, plant, station, stock, store, supply
from twin.plant.layout import Layout
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.state import PlantState

ROBOTS, HANGERS = 161, 400
AISLE_M, OVERHEAD_M = 2000.0, 4200.0


def busy_plant(stations: int = 120, share: float = 1.0) -> Layout:
    """Stations of 26 s round a loop, each supplied by robots and by hangers; `share` scales the fleets."""
    robots, hangers = round(ROBOTS * share), round(HANGERS * share)
    materials = ("part", "made")
    supplies = [_supply(material, name) for material, name in zip(materials, "FH", strict=True)]
    lines = [line(f"L{n}", [station(f"A{n}", deterministic(26.0), *supplies)]) for n in range(stations)]
    stores = [store(*(stock(material, capacity=200_000, initial=150_000) for material in materials))]
    aisle = _fleet(stations, robots, "F", AISLE_M, speed_m_s=1.2, zone_m=6.0, battery={}, route="aisle")
    overhead = _fleet(stations, hangers, "H", OVERHEAD_M, zone_m=3.0, route="overhead", kind="hanger")
    routes = [
        {"id": name, "points": [[0, 0], [length_m / 2 - 10, 0], [length_m / 2 - 10, 10], [0, 10]], "closed": True}
        for name, length_m in (("aisle", AISLE_M), ("overhead", OVERHEAD_M))
    ]
    return plant(lines, routes=routes, stores=stores, fleets=[aisle, overhead])


def _supply(material: str, fleet_id: str) -> dict[str, Any]:
    return supply(material, fleet=fleet_id, capacity=200, initial=150, reorder_at=140, kit=20)


def _fleet(stations: int, count: int, name: str, length_m: float, **values: Any) -> dict[str, Any]:
    bays = [bay(length_m * (n + 0.5) / stations, f"A{n}", places=2) for n in range(stations)]
    bays += [bay(length_m * k / 8, "S", places=10) | {"id": f"S{k}"} for k in range(8)]
    bays += [bay(length_m * (k + 0.31) / 8, places=count // 8 + 1, depot=True) for k in range(8)]
    return fleet(bays, count, handling_s=15.0, **values) | {"id": name, "prefix": name}


def eight_hours(layout: Layout) -> tuple[float, PlantState]:
    """Seconds that eight hours take, and how the plant is after them."""
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    start = perf_counter()
    proceed(Run(plan, state), 8 * HOUR_NS)
    return perf_counter() - start, state


def run() -> Iterator[Figure]:
    """The whole, and what one event of it costs."""
    taken_s, state = eight_hours(busy_plant())
    delivered = sum(each.delivered for each in state.logistics.fleets)
    yield compared(f"eight hours, {delivered} transport orders", taken_s, "s", to="limit", of=15.0)
    yield compared(f"one of {state.events} events", taken_s / state.events * 1e6, "µs", to="limit", of=10.0)
    quarter_s, quarter = eight_hours(busy_plant(30, 0.25))
    growth = (taken_s / state.events) / (quarter_s / quarter.events)
    yield compared("cost of an event, whole plant against a quarter of it", growth, "", to="limit", of=1.5, target=1.0)
