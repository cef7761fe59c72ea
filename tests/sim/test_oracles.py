"""The simulator against published and exactly solved lines; `tests.bench.simulator` repeats it with a million units."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sim.lines import bernoulli_line, exponential, gershwin_line, outdoor_line, serial_line
from twin.sim.statistics import simulate
from twin.sim.summary import Estimate, LineSummary


def agrees(estimate: Estimate, exact: float, *, within: float) -> bool:
    """Whether the exact value lies within twice the 95 % interval, and that interval says something."""
    return abs(estimate.mean - exact) <= 2.0 * estimate.half_width < within


def gershwin_chain(places: int, p: float, r: float) -> tuple[float, float]:
    """Throughput and mean contents of Gershwin's two-machine line with N `places`, from its Markov chain."""
    states = [(n, a, b) for n in range(places + 1) for a in (0, 1) for b in (0, 1)]
    index = {state: number for number, state in enumerate(states)}
    chain, output = np.zeros((len(states), len(states))), np.zeros(len(states))

    def next_up(up: int, working: bool) -> dict[int, float]:
        if not up:
            return {1: r, 0: 1 - r}
        return {1: 1 - p, 0: p} if working else {1: 1.0}

    for state in states:
        n, first, second = state
        for a, chance_a in next_up(first, n < places).items():
            for b, chance_b in next_up(second, n > 0).items():
                made, taken = int(a and n < places), int(b and n > 0)
                chain[index[state], index[n + made - taken, a, b]] += chance_a * chance_b
                output[index[state]] += chance_a * chance_b * taken
    equations = np.vstack([chain.T - np.eye(len(states)), np.ones(len(states))])
    share = np.linalg.lstsq(equations, np.array([0.0] * len(states) + [1.0]), rcond=None)[0]
    return float(share @ output), float(sum(share[index[state]] * state[0] for state in states))


@pytest.mark.parametrize("buffer", [0, 1, 2, 3, 4])
def test_two_exponential_stations_have_the_closed_form_throughput(buffer: int) -> None:
    line = simulate(serial_line([exponential()] * 2, buffer), 40_000).lines[0]
    assert agrees(line.throughput_per_s, (buffer + 2) / (buffer + 3), within=0.02)


@pytest.mark.parametrize(("buffer", "exact"), [(0, 22 / 39), (1, 0.6705), (2, 0.7340), (3, 0.7767), (4, 0.8075)])
def test_three_exponential_stations_have_the_exact_throughput(buffer: int, exact: float) -> None:
    line = simulate(serial_line([exponential()] * 3, buffer), 30_000).lines[0]
    assert agrees(line.throughput_per_s, exact, within=0.02)


@pytest.mark.parametrize(("places", "published"), [(10, 0.8562), (20, 0.8705)])
def test_the_chain_of_this_file_is_gershwins(places: int, published: float) -> None:
    assert gershwin_chain(places, 0.01, 0.1) == pytest.approx((published, places / 2), abs=5e-5)


@pytest.mark.parametrize(("places", "p", "r"), [(10, 0.01, 0.1), (20, 0.01, 0.1), (2, 0.1, 0.4), (3, 0.1, 0.4)])
def test_gershwins_line_has_buffer_plus_two_places(places: int, p: float, r: float) -> None:
    throughput, contents = gershwin_chain(places, p, r)
    line = simulate(gershwin_line(places - 2, p, r), 60_000).lines[0]
    assert agrees(line.throughput_per_s, throughput, within=0.03)
    in_buffer, in_second, behind_first = line.stations[1].buffer, line.stations[1].units, line.stations[0].blocked
    halves = in_buffer.half_width + in_second.half_width + behind_first.half_width
    assert abs(in_buffer.mean + in_second.mean + behind_first.mean - contents) <= 2 * halves


def test_without_a_buffer_gershwins_line_is_buzacotts_to_three_digits() -> None:
    line = simulate(gershwin_line(0), 60_000).lines[0]
    assert agrees(line.throughput_per_s, 0.8333, within=0.03)


@pytest.mark.parametrize(("places", "exact"), [(1, 9 / 11), (3, 0.870968)])
def test_bernoulli_line_has_buffer_plus_one_places(places: int, exact: float) -> None:
    line = simulate(bernoulli_line(places - 1), 40_000).lines[0]
    assert agrees(line.throughput_per_s, exact, within=0.02)


@pytest.mark.parametrize(("carriers", "exact"), [(1, 0.125), (2, 0.2), (4, 0.2857), (8, 0.3636)])
def test_a_bounded_number_of_carriers_gives_the_practical_worst_case(carriers: int, exact: float) -> None:
    line = simulate(serial_line([exponential(2.0)] * 4, None, carriers=carriers), 15_000).lines[0]
    assert agrees(line.throughput_per_s, exact, within=0.02)


def little(line: LineSummary) -> float:
    """Relative error of Little's law on what the line let through, scrap aside."""
    return abs(line.wip.mean - line.throughput_per_s.mean * line.lead_time_s.mean) / line.wip.mean


def test_littles_law_holds_on_an_abstract_line() -> None:
    assert little(simulate(serial_line([exponential()] * 3, 3), 30_000).lines[0]) < 0.01


def test_littles_law_holds_on_the_shipped_line_without_scrap() -> None:
    assert little(simulate(outdoor_line(reject_probability=0.0), 3000).lines[0]) < 0.01
