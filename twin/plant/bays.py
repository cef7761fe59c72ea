"""Bays of the fleets of a described plant: one for each thing that a fleet serves, where its route passes nearest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from twin.plant.paths import Path, path_through
from twin.plant.terms import Point, Raw

_PLACES = {"store": 6, "warehouse": 8, "station": 2}  # vehicles at once at a bay (estimates)


def add_bays(raw: Raw) -> None:
    """Gives each fleet of a layout its bays: its depots, which the description has, and those that follow."""
    routes = {route["id"]: path_through(route["points"], closed=True) for route in raw.get("routes", ())}
    standing = dict(_standing(raw))
    for fleet in raw.get("fleets", ()):
        path = routes.get(fleet["route"])
        if path is None:
            continue  # the layout's own check says so
        bays = [
            {"id": depot["id"], "at_m": nearest_m(path, depot["at"]), "places": depot["places"], "depot": True}
            for depot in fleet.pop("depots", ())
        ]
        for name in dict.fromkeys(_served(raw, fleet["id"])):
            what, point = standing[name]
            bay = {"id": f"at-{name}", "at_m": nearest_m(path, point), "places": _PLACES[what], "serves": [name]}
            bays.append(bay)
        fleet["bays"] = sorted(bays, key=lambda bay: float(bay["at_m"]))


def nearest_m(path: Path, point: Point) -> float:
    """Distance along a path to where it passes nearest to a point, metres."""
    start, step = path.points[:-1], np.diff(path.points, axis=0)
    share = np.clip(((point - start) * step).sum(axis=1) / (step**2).sum(axis=1), 0.0, 1.0)
    off = np.hypot(*(start + step * share[:, None] - point).T)
    leg = int(np.argmin(off))
    at_m = path.at[leg] + share[leg] * np.hypot(*step[leg])
    return round(float(at_m), 1) % round(path.length_m, 1)


def _standing(raw: Raw) -> Iterator[tuple[str, tuple[str, Point]]]:
    """Id → what it is and where it stands, of everything that vehicles may serve."""
    stations = [station for area in raw["areas"] for line in area["lines"] for station in line["stations"]]
    house = [raw["warehouse"]] if "warehouse" in raw else []
    for what, things in (("station", stations), ("store", raw.get("stores", ())), ("warehouse", house)):
        for thing in things:
            yield thing["id"], (what, (thing["pose"]["x_m"], thing["pose"]["y_m"]))


def _served(raw: Raw, fleet: str) -> Iterator[str]:
    """Ids of everything between which a fleet moves loads."""
    for area in raw["areas"]:
        for line in area["lines"]:
            for station in line["stations"]:
                for supply in station.get("supplies", ()):
                    if supply["fleet"] == fleet:
                        yield from (supply["store"], station["id"])
            output = line.get("output", {})
            if output.get("fleet") == fleet:
                yield from (line["stations"][-1]["id"], output["store"])
