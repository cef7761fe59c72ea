"""A source before one station with an unbounded buffer is a queue of the textbooks: M/M/1, M/M/c, M/G/1."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.sim.lines import deterministic, exponential, serial_line
from twin.plant.layout import Layout
from twin.sim.statistics import simulate
from twin.sim.summary import StationSummary


def queue(service: dict[str, Any], *, servers: int = 1, order: str = "parallel", units: int = 60_000) -> StationSummary:
    """The station of a queue with arrivals at rate 1; a source is a first station, which is never starved."""
    raw = serial_line([exponential(), service], None).model_dump(mode="json", by_alias=True)
    raw["areas"][0]["lines"][0]["stations"][1] |= {"places": servers, "order": order}
    return simulate(Layout.model_validate(raw), units).lines[0].stations[1]


def erlang_c(offered: float, servers: int) -> float:
    """The probability that an arrival has to wait in M/M/c (Erlang 1917)."""
    last = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return last / (sum(offered**n / math.factorial(n) for n in range(servers)) + last)


@pytest.mark.parametrize(("servers", "mean_s"), [(1, 0.7), (2, 1.4), (3, 2.1), (8, 6.0)])
def test_parallel_places_are_the_servers_of_m_m_c(servers: int, mean_s: float) -> None:
    found = queue(exponential(mean_s), servers=servers)
    waiting = erlang_c(mean_s, servers) * mean_s / (servers - mean_s)
    assert found.buffer.mean == pytest.approx(waiting, abs=2 * found.buffer.half_width)
    assert found.buffer.half_width < 0.25 * waiting
    assert found.units.mean == pytest.approx(mean_s, rel=0.03)


@pytest.mark.parametrize(
    ("service", "squared_cv"),
    [
        (deterministic(0.7), 0.0),
        ({"kind": "erlang", "mean_s": 0.7, "stages": 4}, 1 / 4),
        ({"kind": "uniform", "low_s": 0.2, "high_s": 1.2}, 1 / 12 / 0.7**2),
        ({"kind": "lognormal", "mean_s": 0.7, "cv": 1.2}, 1.44),
    ],
)
def test_one_place_is_m_g_1(service: dict[str, Any], squared_cv: float) -> None:
    """Pollaczek and Khinchine: Lq = rho² (1 + cv²) / 2 (1 - rho)."""
    found = queue(service, units=90_000)
    waiting = 0.7**2 * (1 + squared_cv) / (2 * 0.3)
    assert found.buffer.mean == pytest.approx(waiting, abs=2 * found.buffer.half_width)
    assert found.buffer.half_width < 0.25 * waiting


def test_a_carousel_holds_back_what_is_finished_early() -> None:
    carousel, parallel = (queue(exponential(2.1), servers=4, order=order) for order in ("carousel", "parallel"))
    assert carousel.units.mean > parallel.units.mean * 1.1
