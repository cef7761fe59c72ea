"""Names and numeric node ids of the OPC Foundation's PackML model (OPC 30050 v1.01) that this product uses.

All node ids belong to the namespace `PACKML_URI`, whatever index a server gives it. They are facts of the published
NodeSet; a test compares them with that file. Not here: what the states mean (`twin.plant.packml`).
"""

from __future__ import annotations

from twin.plant.packml import State

OBJECTS = 72  # the folder `PackMLObjects`, below Objects, that lists every PackML unit of a server
BASE_OBJECT_TYPE = 6

# Object types: node id → (browse name, the standard's node id of its supertype).
OBJECT_TYPES: dict[int, tuple[str, int]] = {
    3: ("PackMLBaseStateMachineType", 2771),
    4: ("PackMLStatusObjectType", 58),
    5: ("PackMLAdminObjectType", 58),
    BASE_OBJECT_TYPE: ("PackMLBaseObjectType", 58),
}

# Components of PackMLBaseObjectType: browse name → node id of the component's type.
COMPONENTS: dict[str, int] = {"BaseStateMachine": 3, "Status": 4, "Admin": 5}

# What `CurrentState/Id` points at while a unit is in a state.
STATES: dict[int, State] = {
    27: State.RESETTING,
    28: State.IDLE,
    29: State.STARTING,
    30: State.SUSPENDING,
    31: State.SUSPENDED,
    32: State.UNSUSPENDING,
    33: State.HOLDING,
    34: State.HELD,
    35: State.UNHOLDING,
    36: State.EXECUTE,
    37: State.COMPLETING,
    38: State.COMPLETE,
    53: State.STOPPED,
    54: State.STOPPING,
    55: State.CLEARING,
    61: State.ABORTING,
    62: State.ABORTED,
}
