"""The simulator against a bare SimPy model of the same serial line, and its cost per event as plants grow."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from statistics import median
from time import perf_counter

import simpy

from tests.bench.timing import Figure, compared
from tests.sim.lines import exponential, serial_line
from twin.plant.layout import Layout
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import plan_plant
from twin.sim.run import Run

ROUNDS = 5
UNITS = 20_000
BUFFER = 2
FOREVER = 1 << 62


def bare_simpy(stations: int, units: int) -> float:
    """Seconds of CPU for `units` through a line of exponential stations with buffers, as SimPy's own examples write it.

    A worker takes from the store before it, works, and puts into the store behind it; its own position is the place.
    """
    environment = simpy.Environment()
    chance = random.Random(1)
    stores = [simpy.Store(environment, capacity=max(BUFFER, 1)) for _ in range(stations - 1)]
    finished = environment.event()

    def work(number: int) -> Generator[simpy.Event, object, None]:
        made = 0
        while True:
            if number:
                yield stores[number - 1].get()
            yield environment.timeout(chance.expovariate(1.0))
            if number < stations - 1:
                yield stores[number].put(1)
            else:
                made += 1
                if made == units:
                    finished.succeed()

    for number in range(stations):
        environment.process(work(number))
    start = perf_counter()
    environment.run(until=finished)
    return perf_counter() - start


def ours(layout: Layout, units: int) -> tuple[float, int]:
    """Seconds for `units` through a layout, and how many events that took."""
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    start = perf_counter()
    proceed(Run(plan, state), FOREVER, units)
    return perf_counter() - start, state.events


def run() -> Iterator[Figure]:
    """Medians of interleaved rounds."""
    for stations in (3, 20):
        layout = serial_line([exponential()] * stations, BUFFER)
        rounds = [(ours(layout, UNITS)[0], bare_simpy(stations, UNITS)) for _ in range(ROUNDS)]
        speed = [peer_s / own_s for own_s, peer_s in rounds]
        what = f"{stations} stations: services a second over SimPy's (1 is as fast)"
        yield compared(what, 1 / median(speed), "", to="slower than SimPy", of=1.0, target=1.0)
    yield _growth()


def _growth() -> Figure:
    costs = {}
    for stations in (20, 2000):
        taken_s, events = ours(serial_line([exponential()] * stations, BUFFER), 400_000 // stations)
        costs[stations] = taken_s / events * 1e6
    return compared("one event, 2,000 stations", costs[2000], "µs", to="20 stations", of=costs[20], target=1.5)
