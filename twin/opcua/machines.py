"""What third parties' variables say of each station and robot, as readings of the layout's own tags arrive.

Stations follow their `State`, `Mode`, `Processed`, `Defective` and `CycleTime`; robots their `From` and `To`. Whatever
the readings of one publish mean for a machine is written once, after all of them.

Machinery's state and mode follow PackML's, after OPC 40001-1: Execute is Executing; Aborting, Aborted and Clearing are
OutOfService; no known state is NotAvailable; everything else is NotExecuting. Production is Processing, Maintenance is
Maintenance, Manual and Setup are Setup, anything else is None. A robot executes while it drives.
Not here: how the nodes are made (`twin.opcua.machine_nodes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from asyncua import ua

from twin.opcua.instances import Members
from twin.opcua.packml_nodes import ALARM, COUNT, LEVELS
from twin.opcua.space import Space
from twin.opcua.state_machine import StateMachine, Update, instant
from twin.opcua.structures import structure, structures
from twin.plant.packml import Mode, State

Said = tuple[str, str, float | int | str | bool, int]  # owner id, tag id, value, source time in ns

ITEM_STATE, OPERATION_MODE, COUNTERS = "MachineryItemState/", "MachineryOperationMode/", "OperationCounters/"
_OUT_OF_SERVICE = (State.ABORTING, State.ABORTED, State.CLEARING)
_MODES = {Mode.PRODUCTION: "Processing", Mode.MAINTENANCE: "Maintenance", Mode.MANUAL: "Setup", Mode.SETUP: "Setup"}
_STATES, _KNOWN_MODES = len(State), len(Mode)
_FOLLOWED = frozenset({"State", "Mode", "Processed", "Defective", "CycleTime", "From", "To"})
_COUNTERS = {"ProdProcessedCount": "Processed", "ProdDefectiveCount": "Defective", "ProdConsumedCount": "Processed"}
_UNIT_IDS = {"ProdProcessedCount": 1, "ProdDefectiveCount": 1, "ProdConsumedCount": 2}  # of materials, our own numbers
_S, _MS = 1_000_000_000, 1_000_000


def item_state(state: State) -> str:
    """Machinery's state for a PackML state."""
    if state is State.EXECUTE:
        return "Executing"
    if state in _OUT_OF_SERVICE:
        return "OutOfService"
    return "NotAvailable" if state is State.UNDEFINED else "NotExecuting"


def operation_mode(mode: int) -> str:
    """Machinery's operation mode for a PackML mode."""
    return _MODES.get(Mode(mode), "None") if mode in _KNOWN else "None"


_KNOWN = frozenset(map(int, Mode))


@dataclass(slots=True)
class Machine:
    """One station or robot: its third parties' variables by path (a station itself by none), and what is known of it.

    Attributes:
        piece: how one product unit is called and counted.
        speed_per_min: what a station is designed for; 0 is not known.
        places: how many product units it works on at once.
        values: the newest readings, by tag.
        shown: the state of each state machine, by its path, that clients read now.
        lasted_ns: time in each PackML state, by mode.
    """

    members: Members
    piece: tuple[str, ua.EUInformation]
    speed_per_min: float = 0.0
    places: int = 1
    values: dict[str, float] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    lasted_ns: list[list[int]] = field(default_factory=lambda: [[0] * _STATES for _ in range(_KNOWN_MODES)])
    since_ns: int = 0

    @property
    def state(self) -> State:
        """The newest PackML state; Undefined before the first."""
        number = int(self.values.get("State", 0))
        return State(number) if 0 <= number < _STATES else State.UNDEFINED

    @property
    def mode(self) -> int:
        """The newest PackML mode; those of the user's own count as Invalid."""
        number = int(self.values.get("Mode", 0))
        return number if number in _KNOWN else 0


class Machines:
    """All machines of a server, by owner id."""

    def __init__(self, space: Space, machines: dict[str, Machine], kinds: dict[str, StateMachine]) -> None:
        self._space = space
        self._machines = machines
        self._kinds = kinds  # state machine's path within a machine → its type

    def state(self, owner: str) -> State:
        """The PackML state that clients read of a station."""
        return self._machines[owner].state

    def objects(self) -> dict[ua.NodeId, str]:
        """The objects whose state machines a method can be called for, and whose they are."""
        return {
            machine.members[path]: owner
            for owner, machine in self._machines.items()
            for _, path, _ in LEVELS
            if path in machine.members
        }

    def stations(self) -> dict[ua.NodeId, str]:
        """The objects of stations themselves, and whose they are."""
        return {machine.members[""]: owner for owner, machine in self._machines.items() if "" in machine.members}

    def follow(self, readings: Iterable[Said]) -> list[Update]:
        """What the readings mean for third parties' variables."""
        changed: dict[str, set[str]] = {}
        times: dict[str, int] = {}
        for owner, tag, value, source_ns in readings:
            if tag in _FOLLOWED and owner in self._machines and not isinstance(value, str):
                machine = self._machines[owner]
                if tag in ("State", "Mode"):
                    _account(machine, source_ns)
                machine.values[tag] = value
                changed.setdefault(owner, set()).add(tag)
                times[owner] = source_ns
        return [
            update
            for owner, tags in changed.items()
            for update in self._updates(self._machines[owner], tags, times[owner])
        ]

    def stopped(self, owner: str, *, kind: str, severity: int, message: str, time_ns: int) -> list[Update]:
        """What a breakdown or minor stop, or its end, means for the stop reason."""
        machine = self._machines.get(owner)
        if machine is None or "Admin/StopReason" not in machine.members or kind not in _STOPS:
            return []
        fields = {
            "ID": _STOPS[kind],
            "Value": severity,
            "Message": message,
            "Category": _STOPS[kind],
            "DateTime": instant(time_ns).Value,
            "AckDateTime": instant(0).Value,
            "Trigger": kind != "repaired",
        }
        return [Update(machine.members["Admin/StopReason"], structure(self._space, ALARM, fields), time_ns)]

    def _updates(self, machine: Machine, tags: set[str], time_ns: int) -> Iterator[Update]:
        if tags & {"State", "Mode"}:
            yield from self._states(machine, time_ns)
            yield from _durations(machine, time_ns)
        if tags & {"From", "To"}:
            driving = machine.values.get("From") != machine.values.get("To")
            yield from self._enter(machine, ITEM_STATE, "Executing" if driving else "NotExecuting", time_ns)
            yield from self._enter(machine, OPERATION_MODE, "Processing", time_ns)
        if tags & {"Processed", "Defective"}:
            yield from self._counts(machine, tags, time_ns)
        if tags & {"State", "CycleTime"}:
            yield from _speed(machine, time_ns)

    def _states(self, machine: Machine, time_ns: int) -> Iterator[Update]:
        if "State" in machine.values:
            inner = machine.state.label
            for _, path, around in reversed(LEVELS):
                kind = self._kinds[f"{path}/"]
                here = inner if inner in kind else ""
                yield from self._enter(machine, f"{path}/", here, time_ns)
                inner = around if here else inner
            yield from self._enter(machine, ITEM_STATE, item_state(machine.state), time_ns)
        if "Mode" in machine.values:
            yield from self._enter(machine, OPERATION_MODE, operation_mode(machine.mode), time_ns)

    def _enter(self, machine: Machine, path: str, state: str, time_ns: int) -> Iterator[Update]:
        before = machine.shown.get(path)
        if before != state:
            machine.shown[path] = state
            yield from self._kinds[path].enter(machine.members, path, (before or "", state), time_ns)

    def _counts(self, machine: Machine, tags: set[str], time_ns: int) -> Iterator[Update]:
        name, unit = machine.piece
        for counter, tag in _COUNTERS.items():
            node = machine.members.get(f"Admin/{counter}")
            if node and tag in tags:
                count = int(machine.values[tag])
                row = {"ID": _UNIT_IDS[counter], "Name": name, "Unit": unit, "Count": count, "AccCount": count}
                yield Update(node, structures(self._space, COUNT, [row]), time_ns)
        node = machine.members.get(f"{COUNTERS}OperationCycleCounter")
        if node and "Processed" in tags:
            yield Update(node, ua.Variant(int(machine.values["Processed"]), ua.VariantType.UInt32), time_ns)


# Numbers of our own for what stops a station, as PackML leaves them to the user.
_STOPS = {"breakdown": 1, "minor_stop": 2, "repaired": 0}


def _account(machine: Machine, until_ns: int) -> None:
    """Add the time since the last change to the present state's."""
    if machine.since_ns:
        machine.lasted_ns[machine.mode][machine.state] += max(until_ns - machine.since_ns, 0)
    machine.since_ns = until_ns


def _durations(machine: Machine, time_ns: int) -> Iterator[Update]:
    lasted = machine.lasted_ns
    total = sum(map(sum, lasted))
    states = ua.Variant(
        [[ns // _S for ns in row] for row in lasted], ua.VariantType.Int32, Dimensions=_SHAPE, is_array=True
    )
    executing = sum(row[State.EXECUTE] for row in lasted)
    contents = {
        "Admin/StateCumulativeTime": states,
        "Admin/ModeCumulativeTime": ua.Variant([sum(row) // _S for row in lasted], ua.VariantType.Int32, is_array=True),
        "Admin/AccTimeSinceReset": ua.Variant(total // _S, ua.VariantType.Int32),
        f"{COUNTERS}PowerOnDuration": ua.Variant(total / _MS, ua.VariantType.Double),
        f"{COUNTERS}OperationDuration": ua.Variant(executing / _MS, ua.VariantType.Double),
    }
    for path, content in contents.items():
        if path in machine.members:
            yield Update(machine.members[path], content, time_ns)


def _speed(machine: Machine, time_ns: int) -> Iterator[Update]:
    node = machine.members.get("Status/CurMachSpeed")
    cycle_s = machine.values.get("CycleTime", 0.0)
    if node:
        running = machine.state is State.EXECUTE
        speed = (60.0 * machine.places / cycle_s if cycle_s else machine.speed_per_min) if running else 0.0
        yield Update(node, ua.Variant(speed, ua.VariantType.Float), time_ns)


_SHAPE = [ua.Int32(_KNOWN_MODES), ua.Int32(_STATES)]
