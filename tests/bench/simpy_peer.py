"""The simulator against bare SimPy models of the same lines, in processor time: a service, and how its cost grows."""

from __future__ import annotations

import json
import random
from collections.abc import Generator, Iterator
from dataclasses import replace
from statistics import median
from time import process_time

import simpy

from tests.bench.timing import Figure, compared
from tests.sim.lines import exponential, serial_line
from twin.plant.layout import Layout
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run

SIZES = ((1, 3), (1, 20), (2, 10), (20, 10), (40, 10), (200, 10))  # lines, stations of each
SMALL = (2, 10)
ROUNDS, SERVICES, WARM_UP_S, BUFFER = 9, 20_000, 60, 2


class Ours:
    """Serial lines beside one another that have run in."""

    def __init__(self, lines: int, stations: int) -> None:
        self._plan = plan_plant(_lines(lines, stations))
        self._state = start_plant(self._plan, 1)
        proceed(Run(self._plan, self._state), WARM_UP_S * NANOSECONDS)

    def service_us(self) -> float:
        """Processor time of a service during the next ones; each is one event."""
        state = self._state
        before, start = state.events, process_time()
        proceed(Run(self._plan, state), state.now_ns + SERVICES * NANOSECONDS // len(self._plan.stations))
        return (process_time() - start) / (state.events - before) * 1e6


class Peer:
    """The same lines as SimPy's own examples write them.

    A worker takes from the store before it, works, and puts into the store behind it; its own position is the place.
    """

    def __init__(self, lines: int, stations: int) -> None:
        self._environment, self._chance, self._services = simpy.Environment(), random.Random(1), 0
        self._stations = lines * stations
        for _ in range(lines):
            stores = [simpy.Store(self._environment, capacity=BUFFER) for _ in range(stations - 1)]
            for before, behind in zip([None, *stores], [*stores, None], strict=True):
                self._environment.process(self._work(before, behind))
        self._environment.run(until=WARM_UP_S)

    def _work(self, before: simpy.Store | None, behind: simpy.Store | None) -> Generator[simpy.Event, object, None]:
        while True:
            if before is not None:
                yield before.get()
            yield self._environment.timeout(self._chance.expovariate(1.0))
            self._services += 1
            if behind is not None:
                yield behind.put(1)

    def service_us(self) -> float:
        """Processor time of a service during the next ones."""
        before, start = self._services, process_time()
        self._environment.run(until=self._environment.now + SERVICES / self._stations)
        return (process_time() - start) / (self._services - before) * 1e6


def run() -> Iterator[Figure]:
    """Medians of short rounds in turn, so that whatever else the machine does meets all of them alike.

    What does not fit the processor's cache is slow for both: growth has a target where a plant is as large as ours.
    """
    pairs = {size: (Ours(*size), Peer(*size)) for size in SIZES}
    costs: dict[tuple[int, int], list[tuple[float, float]]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size, (ours, peer) in pairs.items():
            costs[size].append((ours.service_us(), peer.service_us()))
    for (lines, stations), rounds in costs.items():
        own_us, peer_us = (median(column) for column in zip(*rounds, strict=True))
        figure = compared(f"a service, {lines} × {stations} stations", own_us, "µs", to="SimPy", of=peer_us, target=1.0)
        yield replace(figure, ratio=median(own_us / peer_us for own_us, peer_us in rounds))
    small_us, small_peer_us = (median(column) for column in zip(*costs.pop(SMALL), strict=True))
    for (lines, stations), rounds in costs.items():
        own_us, peer_us = (median(column) for column in zip(*rounds, strict=True))
        if stations == SMALL[1]:
            what = f"a service, {lines * stations} stations (SimPy: × {peer_us / small_peer_us:.2f})"
            yield compared(what, own_us, "µs", to=f"{SMALL[0] * SMALL[1]} stations", of=small_us, target=1.5)


def _lines(lines: int, stations: int) -> Layout:
    raw = serial_line([exponential()] * stations, BUFFER).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    line = json.dumps(raw["areas"][0]["lines"][0])
    copies = [line.replace('"M', f'"L{number}M').replace('"line"', f'"L{number}"') for number in range(lines)]
    raw["areas"][0]["lines"] = [json.loads(copy) for copy in copies]
    return Layout.model_validate(raw)
