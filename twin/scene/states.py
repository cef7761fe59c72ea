"""What each PackML state looks like on the floor: which signal, how loud. Pure tables and one vectorised look-up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s
from twin.plant.packml import Mode, State
from twin.scene.theme import Signal

SIGNAL_OF_STATE = {
    State.UNDEFINED: Signal.STALE,
    State.EXECUTE: Signal.RUNNING,
    State.SUSPENDING: Signal.WAITING,
    State.SUSPENDED: Signal.WAITING,
    State.UNSUSPENDING: Signal.WAITING,
    State.HOLDING: Signal.HELD,
    State.HELD: Signal.HELD,
    State.UNHOLDING: Signal.HELD,
    State.ABORTING: Signal.ABORTED,
    State.ABORTED: Signal.ABORTED,
    State.CLEARING: Signal.ABORTED,
    State.STOPPED: Signal.STOPPED,
    State.STOPPING: Signal.STOPPED,
    State.RESETTING: Signal.STOPPED,
    State.IDLE: Signal.STOPPED,
    State.STARTING: Signal.STOPPED,
    State.COMPLETING: Signal.STOPPED,
    State.COMPLETE: Signal.STOPPED,
}

# Which segment of the stack light says it, from the bottom: the place is the shape that goes with the colour.
SEGMENTS = 4
SEGMENT_OF_SIGNAL = {
    Signal.STOPPED: 0,
    Signal.SERVICE: 0,
    Signal.RUNNING: 1,
    Signal.WAITING: 2,
    Signal.HELD: 2,
    Signal.ABORTED: 3,
}

# How strongly the floor under the station is coloured: plate and halo, 0 to 1. What is normal stays grey.
TINT_OF_SIGNAL = {Signal.HELD: 0.62, Signal.ABORTED: 0.85, Signal.SERVICE: 0.45}
BLUSH_OF_SIGNAL = {Signal.HELD: 0.16, Signal.ABORTED: 0.34}  # how much the machine itself takes on the colour
HALO_OF_SIGNAL = {Signal.HELD: 0.28, Signal.ABORTED: 0.75}

# For labels: what must not be left out. Selection adds more than any state does.
PRIORITY_OF_SIGNAL = {Signal.ABORTED: 90, Signal.HELD: 70, Signal.STALE: 50, Signal.SERVICE: 40, Signal.WAITING: 30}
PRIORITY_SELECTED, PRIORITY_OTHERS, PRIORITY_VEHICLES = 100, 20, 10
PRIORITY_AREAS, PRIORITY_PLACES, PRIORITY_LINES = 8, 6, 4  # names that are always the same

_TABLE = np.zeros(len(State), np.int32)
for _state, _signal in SIGNAL_OF_STATE.items():
    _TABLE[_state] = _signal


def signals(state: Int32s, mode: Floats, stale: NDArray[np.bool_]) -> Int32s:
    """(s,) Signal of each station: stale hides everything, a fault shows in every mode, service replaces the rest."""
    known = np.where((state >= 0) & (state < len(_TABLE)), state, 0)
    signal = _TABLE[known]
    serviced = np.isin(mode, (Mode.MAINTENANCE, Mode.MANUAL)) & (signal != Signal.ABORTED) & (signal != Signal.STALE)
    shown: Int32s = np.where(stale, Signal.STALE, np.where(serviced, Signal.SERVICE, signal)).astype(np.int32)
    return shown
