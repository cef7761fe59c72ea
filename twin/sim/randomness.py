"""Chance as a pure function of (seed, stream, counter): nothing is drawn "next", so nothing has to be remembered.

Two futures that differ in one fault see the same chances everywhere else, and a fork continues as the original would.
Values are made in blocks with numpy; the block at hand is a cache, never state.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from twin.plant.process import (
    Bernoulli,
    Deterministic,
    Distribution,
    Erlang,
    Exponential,
    Geometric,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)

Floats = NDArray[np.float64]
Int64s = NDArray[np.int64]
UInt64s = NDArray[np.uint64]
Uniforms = Callable[[int], Floats]  # side -> (block,) float64 in [0, 1); sides are independent of each other
NANOSECONDS = 1_000_000_000

T = TypeVar("T")

_BLOCK = 1 << 9
_MASK = _BLOCK - 1
_WORD = (1 << 64) - 1
_STEP = np.uint64(0x9E3779B97F4A7C15)  # splitmix64's, from the golden ratio


class Stream(Generic[T]):
    """One stream of values; `value(seed, counter)` is the same for the same arguments, for ever."""

    __slots__ = ("_first", "_make", "_name", "_seed", "_values")

    def __init__(self, name: str, make: Callable[[Uniforms], Sequence[T]]) -> None:
        self._name = name
        self._make = make
        self._seed = self._first = -1  # of the block at hand
        self._values: Sequence[T] = ()

    def value(self, seed: int, counter: int) -> T:
        """The value at `counter`."""
        at = counter & _MASK
        if counter - at != self._first or seed != self._seed:
            self._take_block(seed, counter - at)
        return self._values[at]

    def _take_block(self, seed: int, first: int) -> None:
        key = _key(f"{seed}/{self._name}")
        self._values = self._make(lambda side: _uniform(key + side, first))
        self._seed, self._first = seed, first


def durations(name: str, distribution: Distribution) -> Stream[int]:
    """A stream of durations in whole nanoseconds, at least one."""

    def make(uniform: Uniforms) -> array[int]:
        seconds = _seconds(distribution, uniform)
        return array("q", np.maximum(np.rint(seconds * NANOSECONDS), 1).astype(np.int64).tobytes())

    return Stream(name, make)


def uniforms(name: str) -> Stream[float]:
    """A stream of numbers in [0, 1)."""
    return Stream(name, lambda uniform: array("d", uniform(0).tobytes()))


class Normals:
    """Many streams of standard normal numbers, read anywhere and all at once: the reading side is numpy throughout.

    Attributes:
        keys: (streams,) uint64; what tells the streams apart, a function of their names alone.
    """

    __slots__ = ("keys",)

    def __init__(self, names: Sequence[str]) -> None:
        self.keys = np.array([_key(name) for name in names], np.uint64)

    def at(self, seed: int, streams: Int64s, counters: Int64s, side: int = 0) -> Floats:
        """The numbers (n,) at `counters` (n,) of `streams` (n,); sides are independent of each other.

        Box and Muller from one word: its upper half gives the radius, so no number lies beyond 6.7 deviations.
        """
        if not len(streams):
            return np.empty(0)
        key = (self.keys ^ np.uint64(_seed_key(seed)))[streams]
        word = _mixed((counters + 1).astype(np.uint64) * _STEP + (key + np.uint64(side)))
        radius = np.sqrt(-2.0 * np.log(((word >> np.uint64(32)).astype(np.float64) + 0.5) * 2.0**-32))
        angle = (word & np.uint64(0xFFFFFFFF)).astype(np.float64) * (2.0 * math.pi * 2.0**-32)
        return np.asarray(radius * np.cos(angle), np.float64)


@cache
def _seed_key(seed: int) -> int:
    return _key(f"{seed}/signals")


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _uniform(key: int, first: int) -> Floats:
    """splitmix64 of the counters from `first` on, the 53 upper bits as a fraction."""
    counters = np.arange(first + 1, first + 1 + _BLOCK, dtype=np.uint64)
    return (_mixed(counters * _STEP + np.uint64(key & _WORD)) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mixed(z: UInt64s) -> UInt64s:
    """The finaliser of splitmix64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _normal(uniform: Uniforms) -> Floats:
    """Box and Muller: two fractions make one normal number, so that a counter is all there is to know."""
    radius = np.sqrt(-2.0 * np.log1p(-uniform(0)))
    return np.asarray(radius * np.cos(2.0 * math.pi * uniform(1)), np.float64)


def _seconds(distribution: Distribution, uniform: Uniforms) -> Floats:
    return _SECONDS[type(distribution)](distribution, uniform)


def _exponential(duration: Exponential, uniform: Uniforms) -> Floats:
    return np.asarray(-duration.mean_s * np.log1p(-uniform(0)), np.float64)


def _lognormal(duration: Lognormal, uniform: Uniforms) -> Floats:
    variance = math.log1p(duration.cv * duration.cv)
    exponent = math.sqrt(variance) * _normal(uniform) - variance / 2
    return np.asarray(duration.mean_s * np.exp(exponent), np.float64)


def _erlang(duration: Erlang, uniform: Uniforms) -> Floats:
    mean_s = duration.mean_s / duration.stages
    return np.asarray(sum(-mean_s * np.log1p(-uniform(side)) for side in range(duration.stages)), np.float64)


def _weibull(duration: Weibull, uniform: Uniforms) -> Floats:
    scale_s = duration.mean_s / math.gamma(1 + 1 / duration.shape)
    return np.asarray(scale_s * (-np.log1p(-uniform(0))) ** (1 / duration.shape), np.float64)


def _slots(duration: Geometric | Bernoulli, uniform: Uniforms) -> Floats:
    if duration.probability == 1.0:
        return np.full(_BLOCK, duration.slot_s)
    slots = np.ceil(np.log1p(-uniform(0)) / math.log1p(-duration.probability))
    return np.asarray(duration.slot_s * np.maximum(slots, 1.0), np.float64)


def _triangular(duration: Triangular, uniform: Uniforms) -> Floats:
    width_s, chance = duration.high_s - duration.low_s, uniform(0)
    turn = (duration.mode_s - duration.low_s) / width_s
    rising = duration.low_s + width_s * np.sqrt(turn * chance)
    falling = duration.high_s - width_s * np.sqrt((1 - turn) * (1 - chance))
    return np.asarray(np.where(chance < turn, rising, falling), np.float64)


_SECONDS: dict[type, Callable[[Any, Uniforms], Floats]] = {
    Deterministic: lambda duration, _: np.full(_BLOCK, duration.value_s),
    Exponential: _exponential,
    Lognormal: _lognormal,
    Uniform: lambda duration, uniform: duration.low_s + (duration.high_s - duration.low_s) * uniform(0),
    Triangular: _triangular,
    Erlang: _erlang,
    Weibull: _weibull,
    Geometric: _slots,
    Bernoulli: _slots,
}
