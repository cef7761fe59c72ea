"""The simulator: a million units through each published line, against its oracle and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter, process_time

from tests.bench.timing import Figure, compared
from tests.sim.lines import HOUR_NS, bernoulli_line, exponential, gershwin_line, outdoor_line, serial_line
from tests.sim.signals.plants import every_kind
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import plan_plant
from twin.sim.signals.observe import observe
from twin.sim.statistics import simulate
from twin.sim.summary import Summary

UNITS = 1_000_000
TOLERANCE = 0.003


def _balanced(stations: int) -> Callable[[int], Layout]:
    return lambda buffer: serial_line([exponential()] * stations, buffer)


# name -> (line with a buffer, {buffer: exact throughput})
_ORACLES: dict[str, tuple[Callable[[int], Layout], dict[int, float]]] = {
    "2 exponential stations": (_balanced(2), {0: 2 / 3, 1: 3 / 4, 2: 4 / 5, 3: 5 / 6, 4: 6 / 7}),
    "3 exponential stations": (_balanced(3), {0: 22 / 39, 1: 0.6705, 2: 0.7340, 3: 0.7767, 4: 0.8075}),
    "Gershwin, N = b + 2": (gershwin_line, {0: 0.8333, 8: 0.8562, 18: 0.8705}),
    "Bernoulli, N = b + 1": (bernoulli_line, {0: 0.818182, 2: 0.870968}),
}


def run() -> Iterator[Figure]:
    """Speed first, then how far each throughput is from its oracle."""
    start = perf_counter()
    simulate(_balanced(3)(3), UNITS)
    taken_s = perf_counter() - start
    yield compared("10⁶ units through 3 stations", taken_s, "s", to="limit", of=60.0, target=1.0)
    yield compared("one service", taken_s / (3.15 * UNITS) * 1e6, "µs", to="limit", of=5.0)
    yield _shipped_line()
    yield from _signals()
    for name, (line, exact) in _ORACLES.items():
        for buffer, throughput in exact.items():
            summary = simulate(line(buffer), UNITS)
            yield _error(f"{name}, b = {buffer}", summary, throughput)
            if line is gershwin_line:
                yield _contents(buffer + 2, summary)


def _error(name: str, summary: Summary, exact: float) -> Figure:
    found = summary.lines[0].throughput_per_s
    what = f"{name}: {found.mean:.4f} ± {found.half_width:.4f}, exact {exact:.4f}"
    return compared(what, abs(found.mean - exact), "", to="tolerance", of=TOLERANCE, target=1.0)


def _contents(places: int, summary: Summary) -> Figure:
    first, second = summary.lines[0].stations
    contents = second.buffer.mean + second.units.mean + first.blocked.mean
    return compared(f"Gershwin, N = {places}: mean contents", contents, "", to="N / 2", of=places / 2)


def _shipped_line() -> Figure:
    plan = plan_plant(outdoor_line())
    state = start_plant(plan, 1)
    start = perf_counter()
    advance(plan, state, 8 * HOUR_NS)
    speed = 8 * 3600 / (perf_counter() - start)
    return compared("shipped line, real time over plant time", 1 / speed, "", to="10⁻³", of=1e-3, target=1.0)


def _signals() -> Iterator[Figure]:
    """What process values cost on top of the kernel: 1,500 of them, in windows to serve and in windows to record."""
    plan = plan_plant(every_kind(stations=250))
    watched, alone = start_plant(plan, 1), start_plant(plan, 1)
    for window_s, windows in ((0.05, 400), (60.0, 20)):
        samples, taken_s = 0, 0.0
        for _ in range(windows):
            until_ns = watched.now_ns + round(window_s * 1e9)
            start = process_time()
            samples += len(observe(plan, watched, until_ns).samples)
            between = process_time()
            advance(plan, alone, until_ns)
            taken_s += 2 * between - start - process_time()
        name = f"1,500 process values, a window of {window_s:g} s"
        yield compared(name, taken_s / windows * 1e3, "ms", to="window", of=window_s * 1e3, target=0.02)
    yield compared("one sample, in windows of 60 s", taken_s / samples * 1e6, "µs", to="limit", of=0.5, target=1.0)
