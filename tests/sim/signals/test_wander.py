"""Wander: standard normal at every instant, smooth, and as long-lived as its time constant says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from twin.sim.randomness import NANOSECONDS, Floats, Normals
from twin.sim.signals.wander import LATTICE, wander

STREAMS = Normals(["wander"])
TAU_S = 60.0


def wandered(times: ArrayLike, tau_s: float = TAU_S) -> Floats:
    times_s = np.asarray(times, np.float64)
    rows = np.zeros(len(times_s), np.int64)
    time_ns = np.rint(times_s * NANOSECONDS).astype(np.int64)
    return wander(lambda counters: STREAMS.at(1, rows, counters), np.full(len(times_s), tau_s), time_ns)


def test_it_is_standard_normal_wherever_between_the_lattice_instants() -> None:
    for share in (0.0, 0.25, 0.5, 0.9):
        values = wandered((np.arange(40_000) + share) * TAU_S * LATTICE)
        assert values.mean() == pytest.approx(0.0, abs=0.03)
        assert values.std() == pytest.approx(1.0, rel=0.02)


def test_its_integral_time_scale_is_its_time_constant() -> None:
    """Over lags of both signs the autocorrelation of a process with time constant tau integrates to 2 tau."""
    step_s = TAU_S / 20
    values = wandered(np.arange(400_000) * step_s)
    furthest = round(2 * LATTICE * TAU_S / step_s)
    correlation = [float(np.mean(values[lag:] * values[: len(values) - lag])) for lag in range(furthest + 40)]
    assert step_s * (sum(correlation[: furthest + 1]) - correlation[0] / 2) == pytest.approx(TAU_S, rel=0.06)
    assert np.abs(correlation[furthest:]).max() < 0.03


def test_it_has_no_jumps_and_no_kinks() -> None:
    values = wandered(np.arange(0.0, 20 * TAU_S, TAU_S / 1000))
    slopes = np.diff(values) * 1000
    assert np.abs(slopes).max() < 12  # per time constant
    assert np.abs(np.diff(slopes)).max() < 0.08


def test_a_short_time_constant_forgets_soon() -> None:
    slow, quick = (wandered(np.arange(20_000) * 10.0, tau_s) for tau_s in (100.0, 3.0))
    assert np.corrcoef(slow[1:], slow[:-1])[0, 1] > 0.9
    assert abs(np.corrcoef(quick[1:], quick[:-1])[0, 1]) < 0.05
