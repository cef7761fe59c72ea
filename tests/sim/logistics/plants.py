"""Layouts for tests of logistics: a loop with stations, a store, a depot and a line, from a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.sim.lines import deterministic
from twin.plant.layout import Layout

NAME = {"en": "Thing", "zh_CN": "东西"}
MOVES = ("From", "To", "Departed", "Arrives", "Load", "Stop", "Place", "Battery", "Order")
TAG_SETS = {
    "vehicle": [{"id": tag, "browse_path": tag} for tag in MOVES],
    "stock": [{"id": tag, "browse_path": tag} for tag in ("Stock", "OnOrder", "Lot")],
    "supply": [{"id": tag, "browse_path": tag} for tag in ("Stock", "OnTheWay", "Lot", "Short")],
    "warehouse": [{"id": tag, "browse_path": tag} for tag in ("Goods", "Cells", "CraneQueue", "CranesBusy")],
    "dock": [{"id": tag, "browse_path": tag} for tag in ("Truck", "Loaded", "Staged", "TruckTurns", "Shipped")],
}


def supply(material: str = "part", **values: Any) -> dict[str, Any]:
    """A line-side stock of 20 that calls a kit of 10 when no more than 10 are there."""
    standard = {"per_unit": 1, "capacity": 20, "initial": 20, "reorder_at": 10, "kit": 10}
    return {"material": material, "store": "S", "fleet": "F", "tag_sets": ["supply"], **standard, **values}


def station(name: str, cycle: dict[str, Any], *supplies: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "name": NAME, "cycle": cycle, "supplies": list(supplies)}


def line(name: str, stations: Sequence[dict[str, Any]], **values: Any) -> dict[str, Any]:
    return {"id": name, "name": NAME, "stations": list(stations), **values}


def stock(material: str = "part", **values: Any) -> dict[str, Any]:
    return {"material": material, "capacity": 1000, "initial": 1000, **values}


def store(*stocks: dict[str, Any]) -> dict[str, Any]:
    return {"id": "S", "name": NAME, "stocks": list(stocks), "tag_sets": ["stock"]}


def bay(at_m: float, *serves: str, places: int = 1, depot: bool = False) -> dict[str, Any]:
    return {"id": f"B{at_m:g}", "at_m": at_m, "places": places, "serves": list(serves), "depot": depot}


def fleet(bays: Sequence[dict[str, Any]], count: int = 2, **values: Any) -> dict[str, Any]:
    standard = {"speed_m_s": 1.0, "zone_m": 5.0, "handling_s": 10.0, "tag_sets": ["vehicle"]}
    fixed = {"id": "F", "name": NAME, "prefix": "V", "route": "loop"}
    return {**fixed, "count": count, "bays": list(bays), **standard, **values}


def plant(lines: Sequence[dict[str, Any]], *, length_m: float = 100.0, **values: Any) -> Layout:
    """A plant of these lines whose only route is a rectangle of a length."""
    half = length_m / 2 - 10.0
    points = [[0, 0], [half, 0], [half, 10], [0, 10]]
    return Layout.model_validate(
        {
            "format": 1,
            "id": "logistics",
            "name": NAME,
            "namespaces": {"plant": "urn:test"},
            "tag_sets": TAG_SETS,
            "areas": [{"id": "area", "name": NAME, "lines": list(lines)}],
            "routes": [{"id": "loop", "points": points, "closed": True}],
            "materials": [{"id": "part", "name": NAME, "lot": 50}, {"id": "made", "name": NAME, "lot": 8}],
            **values,
        }
    )


def kanban_plant(cycle_s: float = 5.0, **values: Any) -> Layout:
    """One station that uses a part a cycle; a store across the loop, two vehicles in a depot behind it."""
    bays = [bay(10, "A"), bay(50, "S"), bay(80, places=4, depot=True)]
    station_a = station("A", deterministic(cycle_s), supply())
    standard: dict[str, Any] = {"stores": [store(stock())], "fleets": [fleet(bays)]}
    return plant([line("L", [station_a])], **{**standard, **values})
