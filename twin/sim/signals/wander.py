"""Slow smooth wander as a function of time and of nothing before it: standard normal at every instant.

Normal numbers stand at lattice instants, L apart. In between, the two neighbours are blended with smoothstep weights
that are scaled so that their squares add up to one: the variance is one everywhere, and the curve has no kinks. Its
autocorrelation is 0 from 2 L on, and its integral over all lags is 2 tau, that of a mean-reverting (Ornstein-Uhlenbeck)
process of time constant tau, when L = 1.4219 tau: 2 / L times the square of the integral of a number's weight.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twin.sim.randomness import NANOSECONDS, Floats, Int64s

LATTICE = 1.4219301620576064  # lattice distance / time constant


def wander(normals: Callable[[Int64s], Floats], tau_s: Floats, time_ns: Int64s) -> Floats:
    """Wanders (n,) of time constants `tau_s` (n,) at `time_ns` (n,).

    `normals` reads the wanders' own streams of standard normal numbers at (n,) counters.
    """
    lattice_ns = np.rint(tau_s * (LATTICE * NANOSECONDS)).astype(np.int64)
    before = time_ns // lattice_ns
    share = (time_ns - before * lattice_ns) / lattice_ns
    late = share * share * (3.0 - 2.0 * share)
    early = 1.0 - late
    mixed = early * normals(before) + late * normals(before + 1)
    return np.asarray(mixed / np.sqrt(early * early + late * late), np.float64)
