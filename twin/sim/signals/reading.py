"""What instruments read at one instant, and readings as samples: with what is wrong with them, to their decimals.

Nothing here lets time pass, so that whatever happens within the kernel may ask what is read just then.
"""

from __future__ import annotations

import numpy as np

from twin.sim.disturbance import Disturbance
from twin.sim.plan import Plan
from twin.sim.randomness import Int64s
from twin.sim.signals.courses import Courses
from twin.sim.signals.disturbances import disturb
from twin.sim.signals.results import finished, results
from twin.sim.signals.samples import Samples
from twin.sim.signals.values import Evaluation, Readings
from twin.sim.state import PlantState
from twin.sim.trace import course, courses, finish, finishes


def read_now(plan: Plan, state: PlantState) -> Samples:
    """What every instrument reads now; a result is that of the newest finished unit, as of then."""
    evaluation = Evaluation(plan.instruments, state.seed, Courses(courses(state)))
    rows = np.arange(plan.instruments.banks["result"].first)
    return evaluated(evaluation, _now(evaluation, rows, state.now_ns), finishes(state), state)


def read_one(plan: Plan, state: PlantState, signal: int) -> float | None:
    """What one instrument reads now; None for one that has read nothing yet, or makes no values."""
    index = plan.signals[signal].station
    station, instruments = state.stations[index], plan.instruments
    evaluation = Evaluation(instruments, state.seed, Courses(list(course(station, index, state.now_ns))))
    rows = np.flatnonzero(instruments.signal == signal)
    sampled = _now(evaluation, rows[rows < instruments.banks["result"].first], state.now_ns)
    newest = [] if len(sampled.row) or not station.processed else list(finish(station, index))
    read = evaluated(evaluation, sampled, newest, state)
    values = read.value[read.signal == signal]
    return float(values[0]) if len(values) else None


def stick(plan: Plan, state: PlantState, signal: int, until_ns: int = -1) -> Disturbance:
    """The disturbance that holds what an instrument reads now; 0 for one that has read nothing yet."""
    return Disturbance(signal, "stuck", read_one(plan, state, signal) or 0.0, state.now_ns, until_ns)


def evaluated(evaluation: Evaluation, sampled: Readings, rows: list[int], state: PlantState) -> Samples:
    """Readings, and the results of units by rows of `twin.sim.trace.FINISH`, as samples."""
    units = finished(evaluation.instruments, rows)
    values = np.concatenate([evaluation.sampled(sampled), results(evaluation, units)])
    asked = Readings(
        np.concatenate([sampled.row, units.asked.row]),
        np.concatenate([sampled.time_ns, units.asked.time_ns]),
        np.concatenate([sampled.counter, units.asked.counter]),
    )
    kept = disturb(evaluation, asked, values, state.disturbances)
    order = np.argsort(asked.time_ns, kind="stable")
    order = order[kept[order]]
    row = asked.row[order]
    rounded = evaluation.instruments.rounded(row, values[order])
    return Samples(asked.time_ns[order], evaluation.instruments.signal[row].astype(np.int32), rounded)


def _now(evaluation: Evaluation, rows: Int64s, now_ns: int) -> Readings:
    instruments = evaluation.instruments
    counter = (now_ns - instruments.phase_ns[rows]) // instruments.period_ns[rows]
    return Readings(rows, np.full(len(rows), now_ns), counter)
