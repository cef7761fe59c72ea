"""Process values: results of a finished unit, curves within a cycle, wandering levels.

A curve belongs to the unit in the station's first place: in a carousel one unit is followed all the way round, as an
instrument at that place would. It runs on the working clock, so a stop freezes it.
"""

from __future__ import annotations

import math

from twin.plant.process import Approach, Level, Result
from twin.sim.machine import working
from twin.sim.plan import SignalPlan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import SAMPLE, Run

_MEMORY_SAMPLES = 15.0  # a level forgets where it was within about this many samples


def write_results(run: Run, index: int, *, rejected: bool) -> None:
    """Writes the results of the unit a station has just finished; a reject shows in the first that has a limit."""
    for number in run.plan.stations[index].results:
        plan = run.plan.signals[number]
        limited = (plan.tag.low, plan.tag.high) != (None, None)
        _write(run, number, _result(plan, _chance(run, number), rejected=rejected and limited))
        rejected = rejected and not limited


def sample(run: Run, number: int) -> None:
    """Writes the next value of a curve or a level, and asks for the one after it."""
    plan = run.plan.signals[number]
    run.push(run.state.now_ns + plan.period_ns, SAMPLE, number)
    if isinstance(plan.signal, Level):
        _write(run, number, _level(plan.signal, run.state.signals[number], _chance(run, number)))
    elif isinstance(plan.signal, Approach):
        station = run.state.stations[plan.station]
        unit = next((unit for unit in station.units if unit.place == 0), None)
        if unit is not None:
            lasted = min(working(station, run.state.now_ns), unit.end_work) - unit.begun_work
            _write(run, number, _approach(plan.signal, lasted / NANOSECONDS, _chance(run, number)))


def _chance(run: Run, number: int) -> float:
    """The next standard normal number of a signal."""
    counter = run.state.samples[number]
    run.state.samples[number] = counter + 1
    return run.plan.signals[number].chance.value(run.state.seed, counter)


def _result(plan: SignalPlan, chance: float, *, rejected: bool) -> float:
    signal, tag = plan.signal, plan.tag
    if not isinstance(signal, Result):
        raise TypeError(tag.id)
    if not rejected:
        return signal.mean + signal.deviation * chance
    beyond = signal.deviation * (0.5 + abs(chance))
    if tag.high is not None:
        return tag.high + beyond
    return (tag.low or 0.0) - beyond


def _level(signal: Level, before: float | None, chance: float) -> float:
    keep = math.exp(-1.0 / _MEMORY_SAMPLES)
    fresh = signal.deviation * chance
    if before is None:
        return signal.mean + fresh
    return signal.mean + keep * (before - signal.mean) + math.sqrt(1.0 - keep * keep) * fresh


def _approach(signal: Approach, lasted_s: float, chance: float) -> float:
    """The curve at a time within the cycle; the deviation of a logarithmic one is relative."""
    left = math.exp(-lasted_s / signal.tau_s)
    if signal.logarithmic:
        return signal.end * math.exp(left * math.log(signal.start / signal.end) + signal.deviation * chance)
    return signal.end + (signal.start - signal.end) * left + signal.deviation * chance


def _write(run: Run, number: int, exact: float) -> None:
    plan = run.plan.signals[number]
    value = round(exact, plan.decimals)
    run.state.signals[number] = value
    if run.out is not None:
        run.tell(run.plan.stations[plan.station].id, frozenset({plan.tag.id}), {plan.tag.id: shown(plan, value)})


def shown(plan: SignalPlan, value: float) -> float | int:
    """A signal's value in the data type of its tag."""
    return value if plan.tag.data_type in {"Float", "Double"} else round(value)
