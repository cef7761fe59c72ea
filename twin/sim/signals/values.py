"""What instruments of each kind read: one function a kind, from columns of parameters to a column of values.

A curve belongs to the unit in the station's first place: in a carousel one unit is followed all the way round, as an
instrument at that place would. It runs on the working clock, so a stop freezes it; without a unit it is at rest, which
is where it begins.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.sim.randomness import NANOSECONDS, Floats, Int64s
from twin.sim.signals.courses import Courses, Moments
from twin.sim.signals.instruments import Bank, Instruments
from twin.sim.signals.wander import wander

SAMPLE, WANDER, UNIT, NOISE = range(4)  # sides of an instrument's stream of chances: what each is for
_FAST = 0.2  # share of a level's deviation that differs from sample to sample (estimate: gauge noise)
_HOUR_NS = 3600.0 * NANOSECONDS


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """n values to be made, in order of rows: the instrument's row of the table, when, and the how-manieth it is."""

    row: Int64s
    time_ns: Int64s
    counter: Int64s

    def only(self, these: slice | NDArray[np.bool_]) -> Readings:
        """Some of them."""
        return Readings(self.row[these], self.time_ns[these], self.counter[these])


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What values depend on besides the readings asked for."""

    instruments: Instruments
    seed: int
    courses: Courses

    def chance(self, asked: Readings, side: int = SAMPLE) -> Floats:
        """A standard normal number (n,) for each reading."""
        return self.instruments.normals.at(self.seed, asked.row, asked.counter, side)

    def wander(self, asked: Readings, tau_s: Floats) -> Floats:
        """The slow wander (n,) of each reading's instrument."""
        normals = self.instruments.normals
        return wander(lambda counters: normals.at(self.seed, asked.row, counters, WANDER), tau_s, asked.time_ns)

    def sampled(self, asked: Readings) -> Floats:
        """The values (n,) of readings of sampled instruments."""
        parts = []
        for kind, make in _SAMPLED.items():
            bank = self.instruments.banks[kind]
            part = asked.only(slice(*np.searchsorted(asked.row, (bank.first, bank.end)).tolist()))
            if len(part.row):
                parts.append(make(self, part, bank))
        return np.concatenate(parts) if parts else np.empty(0)

    def ends(self, asked: Readings, moments: Moments, usual: Floats, power: NDArray[np.bool_]) -> Floats:
        """Where curves (n,) end, as logarithms by `power`: at what the recipe of the unit asks, where it does."""
        recipes = self.instruments.recipes
        if not recipes.names(asked.row):
            return usual
        end = recipes.means(asked.row, moments.recipe, np.full(len(usual), np.nan))
        return np.where(np.isnan(end), usual, np.log(end, out=end, where=power))

    def moments(self, asked: Readings) -> Moments:
        """How the station of each reading's instrument is then."""
        return self.courses.at(self.instruments.station[asked.row], asked.time_ns)


def _approach(evaluation: Evaluation, asked: Readings, bank: Bank) -> Floats:
    p, moments = bank.at(asked.row), evaluation.moments(asked)
    here, power = moments.unit >= 0, p["logarithmic"] > 0
    since_s = np.where(here, moments.served_ns / NANOSECONDS - p["delay_s"], 0.0)
    left = np.exp(-np.maximum(since_s, 0.0) / p["tau_s"])
    end = evaluation.ends(asked, moments, p["end"], power)
    value = end + (p["start"] - end) * left + here * p["deviation"] * evaluation.chance(asked)
    return np.asarray(np.exp(value, out=value, where=power), np.float64)


def _profile(evaluation: Evaluation, asked: Readings, bank: Bank) -> Floats:
    p, moments = bank.at(asked.row), evaluation.moments(asked)
    here = moments.unit >= 0
    share = np.where(here, moments.served_ns / np.maximum(moments.cycle_ns, 1), 0.0)
    curve = np.interp(2.0 * (asked.row - bank.first) + share, *bank.points)
    units = Readings(asked.row, asked.time_ns, moments.unit)
    scale = 1.0 + here * p["unit_deviation"] * evaluation.chance(units, UNIT)
    return np.asarray(curve * scale + here * p["deviation"] * evaluation.chance(asked), np.float64)


def _demand(evaluation: Evaluation, asked: Readings, bank: Bank) -> Floats:
    p, moments = bank.at(asked.row), evaluation.moments(asked)
    drawn = p["base"] + np.where(moments.running, p["running"], np.where(moments.off, 0.0, p["idle"]))
    return np.asarray(drawn * np.maximum(1.0 + p["cv"] * evaluation.chance(asked), 0.0), np.float64)


def _total(evaluation: Evaluation, asked: Readings, bank: Bank) -> Floats:
    """Exact whatever came before: times in states are sums of whole nanoseconds. It never falls: each of them rises."""
    p, moments = bank.at(asked.row), evaluation.moments(asked)
    idle_ns = asked.time_ns - moments.work - moments.off_ns
    drawn = p["base"] * asked.time_ns + p["running"] * moments.work + p["idle"] * idle_ns
    return np.asarray(drawn / _HOUR_NS, np.float64)


def _level(evaluation: Evaluation, asked: Readings, bank: Bank) -> Floats:
    p = bank.at(asked.row)
    slow, fast = evaluation.wander(asked, p["tau_s"]), evaluation.chance(asked)
    return np.asarray(p["mean"] + p["deviation"] * (math.sqrt(1.0 - _FAST**2) * slow + _FAST * fast), np.float64)


_SAMPLED: dict[str, Callable[[Evaluation, Readings, Bank], Floats]] = {
    "approach": _approach,
    "profile": _profile,
    "demand": _demand,
    "total": _total,
    "level": _level,
}
