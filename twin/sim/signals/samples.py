"""Samples: values of signals as columns, in order of time; and the same as changes, one by one, for who wants those."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.sim.messages import Change
from twin.sim.plan import Plan
from twin.sim.randomness import Floats, Int64s


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """n values: plant time, number of the signal within the plan, value rounded to what is worth writing down."""

    time_ns: Int64s
    signal: NDArray[np.int32]
    value: Floats

    def __len__(self) -> int:
        return len(self.time_ns)


NO_SAMPLES = Samples(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0))


def changes(plan: Plan, samples: Samples) -> list[Change]:
    """Samples as changes of tags, whole numbers where the tag's data type is whole."""
    told = []
    for time_ns, number, value in zip(
        samples.time_ns.tolist(), samples.signal.tolist(), samples.value.tolist(), strict=True
    ):
        signal = plan.signals[number]
        told.append(Change(time_ns, signal.owner, signal.tag.id, int(value) if signal.whole else value))
    return told
