"""Binding: where the layout's things are in a recording's catalogue, as index columns made once per catalogue size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from twin.history.batch import Floats, Int32s
from twin.history.recording import Catalog
from twin.plant.layout import Layout, carrier_ids

STATION_TAGS = ("State", "Serial", "Units", "Processed", "Defective", "CycleTime", "CycleStarted")
CARRIER_TAGS = ("From", "To", "Departed", "Arrives", "Serial", "Station", "Place")
VEHICLE_TAGS = ("From", "To", "Departed", "Arrives", "Load", "Stop", "Place")


@dataclass(frozen=True, slots=True)
class Binding:
    """Catalogue indices by tag id, one column each; -1 where the recording has no such tag.

    Attributes:
        stations, carriers, vehicles: tag id → (n,) int32 in the order of the layout.
        carrier_line: (m,) int32, index of each carrier's line in the layout.
        vehicle_route: (r,) int32, index of each vehicle's route in the layout.
    """

    stations: dict[str, Int32s]
    carriers: dict[str, Int32s]
    vehicles: dict[str, Int32s]
    carrier_line: Int32s
    vehicle_route: Int32s


def bind(layout: Layout | None, catalog: Catalog) -> Binding:
    """The binding of a layout (none: an empty one) to what a recording has by now."""
    lines = layout.lines if layout else ()
    carriers = [(number, carrier) for number, line in enumerate(lines) for carrier in carrier_ids(line)]
    routes = {route.id: number for number, route in enumerate(layout.routes if layout else ())}
    vehicles = layout.vehicles if layout else ()
    return Binding(
        stations=_columns(catalog, STATION_TAGS, [station.id for station in (layout.stations if layout else ())]),
        carriers=_columns(catalog, CARRIER_TAGS, [carrier for _, carrier in carriers]),
        vehicles=_columns(catalog, VEHICLE_TAGS, [vehicle.id for vehicle in vehicles]),
        carrier_line=np.array([number for number, _ in carriers], np.int32),
        vehicle_route=np.array([routes[vehicle.route] for vehicle in vehicles], np.int32),
    )


def _columns(catalog: Catalog, tags: Iterable[str], owners: list[str]) -> dict[str, Int32s]:
    return {tag: np.array([catalog.index(f"{owner}/{tag}") for owner in owners], np.int32) for tag in tags}


def picked(column: Floats, index: Int32s) -> Floats:
    """The values at `index`, NaN where the index is -1."""
    if not len(column):
        return np.full(len(index), np.nan)
    return np.where(index >= 0, column[index], np.nan)
