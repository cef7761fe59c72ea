"""What disturbances make of values: effects as data, applied to columns by time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twin.errors import SimulationError
from twin.sim.disturbance import Disturbance
from twin.sim.randomness import NANOSECONDS, Floats
from twin.sim.signals.values import NOISE, Evaluation, Readings

_HOUR_NS = 3600 * NANOSECONDS
EFFECTS = ("offset", "scale", "drift", "noise", "stuck", "missing")


def disturb(
    evaluation: Evaluation, asked: Readings, values: Floats, disturbances: Sequence[Disturbance]
) -> NDArray[np.bool_]:
    """Changes `values` (n,) as the disturbances say; which of them (n,) there are at all."""
    kept = np.ones(len(values), np.bool_)
    if not len(values):
        return kept
    signal, first_ns, last_ns = evaluation.instruments.signal[asked.row], asked.time_ns.min(), asked.time_ns.max()
    for one in disturbances:
        if one.since_ns > last_ns or 0 <= one.until_ns <= first_ns:
            continue
        hit = (signal == one.signal) & (asked.time_ns >= one.since_ns)
        if one.until_ns >= 0:
            hit &= asked.time_ns < one.until_ns
        values[hit] = _disturbed(evaluation, asked.only(hit), values[hit], one)
        if one.effect == "missing":
            kept &= ~hit
    return kept


def _disturbed(evaluation: Evaluation, asked: Readings, values: Floats, one: Disturbance) -> Floats:
    match one.effect:
        case "offset":
            return values + one.amount
        case "scale":
            return values * one.amount
        case "drift":
            return np.asarray(values + one.amount * (asked.time_ns - one.since_ns) / _HOUR_NS, np.float64)
        case "noise":
            return values + one.amount * evaluation.chance(asked, NOISE)
        case "stuck":
            return np.full(len(values), one.amount)
        case "missing":
            return values
    raise SimulationError(f"There is no effect {one.effect!r} on instruments; choose one of {', '.join(EFFECTS)}.")
