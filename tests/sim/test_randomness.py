"""Chance: the same arguments give the same value, and the values have the shape the layout asks for."""

from __future__ import annotations

import math
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.plant.process import Bernoulli, Deterministic, Distribution, Exponential, Geometric, Lognormal
from twin.sim.randomness import NANOSECONDS, Normals, durations, uniforms


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5000)), min_size=1, max_size=30))
def test_a_value_depends_on_nothing_but_seed_and_counter(asked: list[tuple[int, int]]) -> None:
    stream = uniforms("stream")
    there = [stream.value(seed, counter) for seed, counter in asked]
    back = [uniforms("stream").value(seed, counter) for seed, counter in reversed(asked)]
    assert there == back[::-1]


def test_streams_and_seeds_differ() -> None:
    first = [uniforms("a").value(1, n) for n in range(100)]
    assert not set(first) & {uniforms("b").value(1, n) for n in range(100)}
    assert not set(first) & {uniforms("a").value(2, n) for n in range(100)}


@pytest.mark.parametrize(
    ("distribution", "mean", "deviation"),
    [
        (Deterministic(kind="deterministic", value_s=3.0), 3.0, 0.0),
        (Exponential(kind="exponential", mean_s=2.0), 2.0, 2.0),
        (Lognormal(kind="lognormal", mean_s=60.0, cv=1.0), 60.0, 60.0),
        (Lognormal(kind="lognormal", mean_s=25.0, cv=0.05), 25.0, 1.25),
        (Geometric(kind="geometric", probability=0.1), 10.0, math.sqrt(90.0)),
        (Bernoulli(kind="bernoulli", probability=0.9, slot_s=2.0), 2 / 0.9, 2 * math.sqrt(0.1) / 0.9),
        (Geometric(kind="geometric", probability=1.0), 1.0, 0.0),
    ],
)
def test_durations_have_their_mean_and_deviation(distribution: Distribution, mean: float, deviation: float) -> None:
    stream = durations("stream", distribution)
    values = [stream.value(7, n) / NANOSECONDS for n in range(40_000)]
    assert fmean(values) == pytest.approx(mean, rel=0.03)
    assert pstdev(values) == pytest.approx(deviation, rel=0.08)


def test_slotted_durations_are_whole_slots() -> None:
    stream = durations("stream", Geometric(kind="geometric", probability=0.3, slot_s=0.5))
    assert {stream.value(1, n) % (NANOSECONDS // 2) for n in range(1000)} == {0}


def test_normal_numbers_are_standard() -> None:
    values = read(Normals(["stream"]), 3, [(0, counter) for counter in range(40_000)])
    assert fmean(values) == pytest.approx(0.0, abs=0.02)
    assert pstdev(values) == pytest.approx(1.0, rel=0.02)
    assert fmean(value**4 for value in values) == pytest.approx(3.0, rel=0.1)


@given(
    st.integers(0, 2**64),
    st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 2**40)), min_size=1, max_size=20, unique=True),
)
def test_a_normal_number_depends_on_nothing_but_its_place(seed: int, asked: list[tuple[int, int]]) -> None:
    streams = Normals(["a", "b", "c"])
    together = read(streams, seed, asked)
    assert together == [read(streams, seed, [one])[0] for one in asked]
    assert together == read(Normals(["a", "b", "c"]), seed, asked[::-1])[::-1]
    assert len(set(together)) == len(asked)


def test_sides_streams_and_seeds_have_nothing_in_common() -> None:
    streams, asked = Normals(["a", "b"]), [(0, counter) for counter in range(4000)]
    ways = [
        read(streams, 1, asked),
        read(streams, 1, asked, side=1),
        read(streams, 2, asked),
        read(streams, 1, [(1, counter) for _, counter in asked]),
    ]
    assert np.abs(np.corrcoef(ways) - np.eye(4)).max() < 0.06


def read(streams: Normals, seed: int, asked: list[tuple[int, int]], side: int = 0) -> list[float]:
    rows, counters = np.array(asked, np.int64).T
    values: list[float] = streams.at(seed, rows, counters, side).tolist()
    return values
