"""PackML states, modes and transitions, exactly as OPC 30050 v1.01 (ISA-TR88.00.02-2015) numbers and names them.

The numbers are those of the OPC Foundation's PackML NodeSet; a test compares them with that file.
Not here: what a state costs (that is `twin.kpi`) and how it looks (that is `twin.panels.colours`).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray


class State(IntEnum):
    """The 17 PackML states, and Undefined for "no state known"."""

    UNDEFINED = 0
    CLEARING = 1
    STOPPED = 2
    STARTING = 3
    IDLE = 4
    SUSPENDED = 5
    EXECUTE = 6
    STOPPING = 7
    ABORTING = 8
    ABORTED = 9
    HOLDING = 10
    HELD = 11
    UNHOLDING = 12
    SUSPENDING = 13
    UNSUSPENDING = 14
    RESETTING = 15
    COMPLETING = 16
    COMPLETE = 17

    @property
    def label(self) -> str:
        """The state's name as the standard writes it: `Execute`, `Unsuspending`."""
        return self.name.capitalize()


class Mode(IntEnum):
    """PackML unit modes (ISA-TR88.00.02: 0 to 3 are defined, higher ones belong to the user).

    SETUP is ours: a changeover, a tool change.
    """

    INVALID = 0
    PRODUCTION = 1
    MAINTENANCE = 2
    MANUAL = 3
    SETUP = 4


class Command(StrEnum):
    """What may be asked of a state machine; COMPLETED is the automatic "state complete" (SC)."""

    RESET = "Reset"
    START = "Start"
    STOP = "Stop"
    HOLD = "Hold"
    UNHOLD = "Unhold"
    SUSPEND = "Suspend"
    UNSUSPEND = "Unsuspend"
    ABORT = "Abort"
    CLEAR = "Clear"
    COMPLETE = "Complete"
    COMPLETED = "StateComplete"


# Waiting states last until a command; every other state is acting and ends by itself (SC).
WAITING = frozenset({State.STOPPED, State.IDLE, State.SUSPENDED, State.ABORTED, State.HELD, State.COMPLETE})

_COMPLETED = {
    State.RESETTING: State.IDLE,
    State.STARTING: State.EXECUTE,
    State.EXECUTE: State.COMPLETING,
    State.COMPLETING: State.COMPLETE,
    State.HOLDING: State.HELD,
    State.UNHOLDING: State.EXECUTE,
    State.SUSPENDING: State.SUSPENDED,
    State.UNSUSPENDING: State.EXECUTE,
    State.STOPPING: State.STOPPED,
    State.CLEARING: State.STOPPED,
    State.ABORTING: State.ABORTED,
}

_NO_STOP = frozenset({State.STOPPED, State.STOPPING, State.CLEARING, State.ABORTING, State.ABORTED})
_NO_ABORT = frozenset({State.ABORTING, State.ABORTED})
_HOLDABLE = frozenset(
    {State.EXECUTE, State.STARTING, State.UNHOLDING, State.SUSPENDING, State.SUSPENDED, State.UNSUSPENDING}
)
_STATES = frozenset(State) - {State.UNDEFINED}

TRANSITIONS: dict[tuple[State, Command], State] = {
    **{(state, Command.COMPLETED): after for state, after in _COMPLETED.items()},
    **{(state, Command.STOP): State.STOPPING for state in _STATES - _NO_STOP},
    **{(state, Command.ABORT): State.ABORTING for state in _STATES - _NO_ABORT},
    **{(state, Command.HOLD): State.HOLDING for state in _HOLDABLE},
    (State.STOPPED, Command.RESET): State.RESETTING,
    (State.COMPLETE, Command.RESET): State.RESETTING,
    (State.IDLE, Command.START): State.STARTING,
    (State.EXECUTE, Command.COMPLETE): State.COMPLETING,
    (State.EXECUTE, Command.SUSPEND): State.SUSPENDING,
    (State.SUSPENDED, Command.UNSUSPEND): State.UNSUSPENDING,
    (State.HELD, Command.UNHOLD): State.UNHOLDING,
    (State.ABORTED, Command.CLEAR): State.CLEARING,
}


def after(state: State, command: Command) -> State | None:
    """The state that `command` leads to from `state`, or None where the standard does not allow it."""
    return TRANSITIONS.get((state, command))


def states_of(numbers: NDArray[np.float64]) -> NDArray[np.int32]:
    """The states that (n,) numbers read from machines stand for, (n,) int32; those the standard does not know are 0."""
    known = (numbers >= 0) & (numbers <= max(State))  # false for NaN
    return np.where(known, numbers, State.UNDEFINED).astype(np.int32)
