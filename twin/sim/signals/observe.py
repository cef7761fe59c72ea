"""Letting a plant live and seeing all of it: what happened, and what every instrument read meanwhile.

A stretch of time may be cut into windows anywhere, by saves and forks too: the samples are the same, value for value.
Not here: what is read at one instant (`twin.sim.signals.reading`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.sim.kernel import advance
from twin.sim.messages import Message
from twin.sim.plan import Plan
from twin.sim.signals.courses import Courses
from twin.sim.signals.instruments import Instruments
from twin.sim.signals.reading import evaluated
from twin.sim.signals.samples import Samples, changes
from twin.sim.signals.values import Evaluation, Readings
from twin.sim.state import PlantState
from twin.sim.trace import Trace, courses


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
    samples = evaluated(evaluation, _due(plan.instruments, after_ns, until_ns), trace.finishes, state)
    return Observed(messages, samples)


def _due(instruments: Instruments, after_ns: int, until_ns: int) -> Readings:
    """The sample instants in the half-open interval (after, until]."""
    sampled = slice(0, instruments.banks["result"].first)
    period_ns, phase_ns = instruments.period_ns[sampled], instruments.phase_ns[sampled]
    first = (after_ns - phase_ns) // period_ns + 1
    counts = (until_ns - phase_ns) // period_ns + 1 - first
    row = np.repeat(np.arange(len(counts)), counts)
    counter = np.arange(len(row)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return Readings(row, phase_ns[row] + counter * period_ns[row], counter)
