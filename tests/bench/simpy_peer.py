"""The simulator against a bare SimPy model of the same serial line, and its cost per event as plants grow."""

from __future__ import annotations

import json
import random
from collections.abc import Generator, Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter

import simpy

from tests.bench.timing import Figure, compared
from tests.sim.lines import exponential, serial_line
from twin.plant.layout import Layout
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.state import PlantState

ROUNDS, SERVICES = 15, 30_000
GROWTH_ROUNDS, EVENTS = 7, 40_000
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


def ours(plan: Plan, units: int) -> tuple[float, int]:
    """Seconds for `units` through a plant, and how many events that took."""
    state = start_plant(plan, 1)
    start = perf_counter()
    proceed(Run(plan, state), FOREVER, units)
    return perf_counter() - start, state.events


def run() -> Iterator[Figure]:
    """Medians of short rounds in turn, so that whatever else the machine does meets all of them alike."""
    for stations in (3, 20):
        plan, units = plan_plant(serial_line([exponential()] * stations, BUFFER)), SERVICES // stations
        rounds = [(ours(plan, units)[0], bare_simpy(stations, units)) for _ in range(ROUNDS)]
        own_us, peer_us = (median(column) / (units * stations) * 1e6 for column in zip(*rounds, strict=True))
        slower = median(own_s / peer_s for own_s, peer_s in rounds)
        name = f"one service, {stations} stations"
        figure = compared(name, own_us, "µs", to="bare SimPy model", of=peer_us, target=1.0)
        yield replace(figure, ratio=slower)
    yield from _growth()


def _growth() -> Iterator[Figure]:
    """What an event costs as lines become longer and plants have more of them."""
    plans = {
        "20 stations": plan_plant(serial_line([exponential()] * 20, BUFFER)),
        "2,000 stations": plan_plant(serial_line([exponential()] * 2000, BUFFER)),
        "200 lines of 10 stations": plan_plant(_lines(200, 10)),
    }
    warm = {name: start_plant(plan, 1) for name, plan in plans.items()}
    costs: dict[str, list[float]] = {name: [] for name in plans}
    for _ in range(GROWTH_ROUNDS):
        for name, plan in plans.items():
            costs[name].append(_event_us(plan, warm[name]))
    small = costs.pop("20 stations")
    for name, taken in costs.items():
        growth = median(large_us / small_us for large_us, small_us in zip(taken[1:], small[1:], strict=True))
        figure = compared(f"one event, {name}", median(taken), "µs", to="20 stations", of=median(small), target=1.5)
        yield replace(figure, ratio=growth)


def _event_us(plan: Plan, state: PlantState) -> float:
    """What an event costs while a plant lives on for about as many events as in any other."""
    before, start = state.events, perf_counter()
    proceed(Run(plan, state), state.now_ns + 2 * EVENTS // len(plan.stations) * NANOSECONDS)
    return (perf_counter() - start) / (state.events - before) * 1e6


def _lines(lines: int, stations: int) -> Layout:
    """Serial lines beside one another."""
    raw = serial_line([exponential()] * stations, BUFFER).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    line = json.dumps(raw["areas"][0]["lines"][0])
    copies = [line.replace('"M', f'"L{number}M').replace('"line"', f'"L{number}"') for number in range(lines)]
    raw["areas"][0]["lines"] = [json.loads(copy) for copy in copies]
    return Layout.model_validate(raw)
