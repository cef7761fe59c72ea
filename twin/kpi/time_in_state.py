"""Time in state: how long a station was in each PackML state, and what that means in the time elements of ISO 22400-2.

The books always balance: the elements of an interval add up to the interval, with "unknown" as a visible element.
Not here: planned times, so nothing can be said of set-up, maintenance or unscheduled time yet (they need the calendar).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from twin.plant.packml import State

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


def time_in_state(
    time_ns: Int64s, state: Int32s, interval: tuple[int, int], gaps: Sequence[tuple[int, int]] = ()
) -> Int64s:
    """Nanoseconds spent in each PackML state within `interval` = (after_ns, until_ns).

    Args:
        time_ns: (n,) int64, rising times of change, UTC.
        state: (n,) int32, PackML number that holds from each time on.
        interval: the stretch to account for.
        gaps: stretches without data, not overlapping each other: whatever held before them, there it is unknown.

    Returns:
        (18,) int64, by PackML number; what lies before the first change counts as Undefined (0).
    """
    after_ns, until_ns = interval
    bounds = np.clip(np.concatenate([[after_ns], time_ns, [until_ns]]), after_ns, until_ns)
    states = np.concatenate([[int(State.UNDEFINED)], state])
    spent = np.zeros(len(State), np.int64)
    np.add.at(spent, states, np.diff(bounds))
    for first_ns, last_ns in gaps:
        hidden = (max(first_ns, after_ns), min(last_ns, until_ns))
        if hidden[0] < hidden[1]:
            spent -= time_in_state(time_ns, state, hidden)
            spent[State.UNDEFINED] += hidden[1] - hidden[0]
    return spent


@dataclass(frozen=True, slots=True)
class TimeElements:
    """An interval of a station's time by what ISO 22400-2 calls it, nanoseconds. They add up to the interval.

    Attributes:
        production: APT, actual production time: Execute, and the short ramps into and out of it.
        waiting: starved or blocked, the Suspend group; ADET by OPC 40001-1, but not the station's own fault.
        held: the Hold group, minor stops; ADET.
        down: Aborting, Aborted, Clearing: breakdowns; ADET.
        idle: stopped, idle or complete without a fault; ADOT.
        unknown: no state known.
    """

    production: int
    waiting: int
    held: int
    down: int
    idle: int
    unknown: int


_MEMBERS: Mapping[str, Sequence[State]] = MappingProxyType(
    {
        "production": (State.EXECUTE, State.STARTING, State.COMPLETING, State.UNHOLDING, State.UNSUSPENDING),
        "waiting": (State.SUSPENDING, State.SUSPENDED),
        "held": (State.HOLDING, State.HELD),
        "down": (State.ABORTING, State.ABORTED, State.CLEARING),
        "idle": (State.STOPPING, State.STOPPED, State.RESETTING, State.IDLE, State.COMPLETE),
        "unknown": (State.UNDEFINED,),
    }
)


def time_elements(spent: Int64s) -> TimeElements:
    """The elements of an account that `time_in_state` made."""
    return TimeElements(**{name: int(spent[list(states)].sum()) for name, states in _MEMBERS.items()})
