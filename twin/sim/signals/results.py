"""Results of finished units, from rows of `twin.sim.trace.FINISH`: one value for each result of the station.

A value is a function of the row alone, so that whoever asks for it later, as an as-built record does, reads what was
published when the unit was finished.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.sim.randomness import Floats, Int64s
from twin.sim.signals.instruments import Instruments
from twin.sim.signals.values import Evaluation, Readings
from twin.sim.trace import FINISH, columns


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """n results to be made, each unit's in turn; (n,) columns.

    Attributes:
        unit: which of the rows it belongs to.
        rejected, worn, recipe: how the unit came out, services since the tool change, and the unit's recipe.
    """

    asked: Readings
    unit: Int64s
    rejected: NDArray[np.bool_]
    worn: Int64s
    recipe: Int64s


def finished(instruments: Instruments, rows: list[int]) -> Finished:
    """The results of the stations that have finished units."""
    units = columns(rows, FINISH)
    first, counts = instruments.results[units["station"]].T
    unit = np.repeat(np.arange(len(counts)), counts)
    row = np.arange(len(unit)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    asked = Readings(row, units["time_ns"][unit], units["number"][unit])
    return Finished(asked, unit, units["rejected"][unit] > 0, units["tool_services"][unit], units["recipe"][unit])


def limits(instruments: Instruments, of: Finished) -> tuple[Floats, Floats]:
    """Low and high limit (n,) of each result, infinite where there is none: of the unit's recipe, else of the tag."""
    rows = of.asked.row
    usual = instruments.banks["result"].at(rows)
    return instruments.recipes.limits(rows, of.recipe, usual["low"], usual["high"])


def results(evaluation: Evaluation, of: Finished) -> Floats:
    """The results (n,) of finished units.

    A unit that is not rejected keeps every limit; one that is breaks one in the first result that has any.
    """
    asked, instruments = of.asked, evaluation.instruments
    p, chance = instruments.banks["result"].at(asked.row), evaluation.chance(asked)
    mean = instruments.recipes.means(asked.row, of.recipe, p["mean"])
    low, high = limits(instruments, of)
    wander = evaluation.wander(asked, p["tau_s"])
    value = mean + p["deviation"] * chance + p["drift"] * wander + p["wear"] * of.worn
    beyond = np.maximum(p["deviation"] * (0.5 + np.abs(chance)), p["step"])
    with np.errstate(invalid="ignore"):
        bad = np.where(np.isfinite(high), high + beyond, low - beyond)
    return np.asarray(np.where(of.rejected & _tells(of.unit, low, high), bad, np.clip(value, low, high)), np.float64)


def _tells(unit: Int64s, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Which results (n,) are the first of their unit that has a limit."""
    limited = np.isfinite(low) | np.isfinite(high)
    before: Int64s = np.cumsum(limited) - limited
    return np.asarray(limited & (before == before[np.searchsorted(unit, unit)]), np.bool_)
