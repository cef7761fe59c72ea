"""Letting a plant live and seeing all of it: what happened, and what every instrument read meanwhile.

A stretch of time may be cut into windows anywhere, by saves and forks too: the samples are the same, value for value.
Not here: what instruments of each kind read (`twin.sim.signals.values`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.sim.disturbance import Disturbance
from twin.sim.kernel import advance
from twin.sim.messages import Message
from twin.sim.plan import Plan
from twin.sim.signals.courses import Courses
from twin.sim.signals.disturbances import disturb
from twin.sim.signals.instruments import Instruments
from twin.sim.signals.results import finished, results
from twin.sim.signals.samples import Samples, changes
from twin.sim.signals.values import Evaluation, Readings
from twin.sim.state import PlantState
from twin.sim.trace import Trace, courses, finishes


@dataclass(frozen=True, slots=True)
class Observed:
    """What happened in a stretch of time, and the samples of it; each in order of time."""

    messages: list[Message]
    samples: Samples

    def in_order(self, plan: Plan) -> list[Message]:
        """Both as messages, in order of time."""
        return sorted([*self.messages, *changes(plan, self.samples)], key=lambda message: message.time_ns)


def observe(plan: Plan, state: PlantState, until_ns: int) -> Observed:
    """Lets the plant live until `until_ns`, that instant included, under observation.

    Best in windows of seconds to minutes: a sample takes some 300 bytes while it is made.
    """
    after_ns = state.now_ns
    trace = Trace(courses(state))
    messages = advance(plan, state, until_ns, trace)
    evaluation = Evaluation(plan.instruments, state.seed, Courses(trace.courses))
    samples = _evaluated(evaluation, _due(plan.instruments, after_ns, until_ns), trace.finishes, state)
    return Observed(messages, samples)


def read_now(plan: Plan, state: PlantState) -> Samples:
    """What every instrument reads now; a result is that of the newest finished unit, as of then."""
    evaluation = Evaluation(plan.instruments, state.seed, Courses(courses(state)))
    rows = np.arange(plan.instruments.banks["result"].first)
    counter = (state.now_ns - plan.instruments.phase_ns[rows]) // plan.instruments.period_ns[rows]
    sampled = Readings(rows, np.full(len(rows), state.now_ns), counter)
    return _evaluated(evaluation, sampled, finishes(state), state)


def stick(plan: Plan, state: PlantState, signal: int, until_ns: int = -1) -> Disturbance:
    """The disturbance that holds what an instrument reads now; 0 for one that has read nothing yet."""
    read = read_now(plan, state)
    values = read.value[read.signal == signal]
    return Disturbance(signal, "stuck", float(values[0]) if len(values) else 0.0, state.now_ns, until_ns)


def _evaluated(evaluation: Evaluation, sampled: Readings, rows: list[int], state: PlantState) -> Samples:
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


def _due(instruments: Instruments, after_ns: int, until_ns: int) -> Readings:
    """The sample instants in the half-open interval (after, until]."""
    sampled = slice(0, instruments.banks["result"].first)
    period_ns, phase_ns = instruments.period_ns[sampled], instruments.phase_ns[sampled]
    first = (after_ns - phase_ns) // period_ns + 1
    counts = (until_ns - phase_ns) // period_ns + 1 - first
    row = np.repeat(np.arange(len(counts)), counts)
    counter = np.arange(len(row)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return Readings(row, phase_ns[row] + counter * period_ns[row], counter)
