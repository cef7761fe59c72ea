"""The plant's address space at full size: 392 stations, 161 vehicles and 10,000 tags, with third parties' models."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Iterator
from time import process_time

from tests.bench.timing import Figure, compared
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.plant.shipped import SHIPPED

LINES, CARRIERS, VEHICLES = 28, 20, 161
_NS = 1_767_225_600_000_000_000


def run() -> Iterator[Figure]:
    """CPU seconds to build, and CPU microseconds for what one change of state means to third parties."""
    layout = large_layout()
    server = PlantServer(layout)
    with asyncio.Runner() as runner:
        gc.disable()  # as the plant's process does until it is open
        start = process_time()
        runner.run(server.build())
        taken_s = process_time() - start
        gc.freeze()
        gc.enable()
        name = (
            f"address space of {len(layout.stations)} stations, {sum(len(owner.tags) for owner in layout.owners)} tags"
        )
        yield compared(name, taken_s, "s", to="limit", of=5.0, target=1.0)
        for what, values in (("first values", {"State": 5, "Mode": 1, "Processed": 0}), ("one state", {"State": 6})):
            readings = [
                Reading(station.id, tag, value, _NS) for station in layout.stations for tag, value in values.items()
            ]
            start = process_time()
            runner.run(server.publish(readings))
            each_us = (process_time() - start) / len(layout.stations) * 1e6
            yield compared(f"a station's publish: {what}", each_us, "µs", to="limit", of=1000.0)
        runner.run(server.stop())


def large_layout() -> Layout:
    """The shipped line many times over, under other names."""
    raw = json.loads((SHIPPED / "outdoor-line.json").read_text(encoding="utf-8"))
    raw["areas"][0]["lines"][0]["carriers"]["count"] = CARRIERS
    for station in raw["areas"][0]["lines"][0]["stations"]:
        station.pop("supplies", None)  # no fleet brings kits to every copy
    line = json.dumps(raw["areas"][0]["lines"][0])
    raw["areas"][0]["lines"] = [json.loads(line.replace('"OF1', f'"X{number}')) for number in range(LINES)]
    depot = {"id": "depot", "at_m": 79, "places": VEHICLES, "depot": True}
    raw["fleets"][0] |= {"count": VEHICLES, "zone_m": 0.4, "bays": [depot]}
    return parse_layout(json.dumps(raw))
