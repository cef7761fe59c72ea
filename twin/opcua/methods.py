"""What happens when a client calls a method of the plant: nothing here changes it, the server's owner may.

A call for a station, its state machine or a line's job orders goes to the owner's handler, if the present state allows
it. Without a handler, and for methods that nothing here serves, the answer is BadNotSupported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.companion import Model
from twin.opcua.jobs import JobCommand, JobLists
from twin.opcua.jobs_nodes import ISA95
from twin.opcua.machines import Machines
from twin.opcua.packml_nodes import MODEL as PACKML
from twin.opcua.space import Space
from twin.plant.packml import Command, Mode, after

OnCommand = Callable[[str, Command], bool]  # station id, command → whether it is carried out
OnMode = Callable[[str, Mode], bool]  # station id, unit mode → whether the station takes it
OnJob = Callable[[str, JobCommand, str], bool]  # line id, command, order id → whether it is carried out
Answer = ua.StatusCode | ua.CallMethodResult

_MODES = (Mode.PRODUCTION, Mode.MAINTENANCE, Mode.MANUAL)  # Setup is what a station does by itself
_COMMANDS = {command.value: command for command in Command} | {"ToComplete": Command.COMPLETE}


def _status(code: int) -> ua.StatusCode:
    return ua.StatusCode(ua.UInt32(code))


class Handlers(Protocol):
    """Who carries out what clients ask for; None where nobody does.

    Attributes:
        on_command: for PackML commands.
        on_mode: for PackML unit modes.
        on_job: for what is asked of a job order.
    """

    on_command: OnCommand | None
    on_mode: OnMode | None
    on_job: OnJob | None


def answer_calls(space: Space, machines: Machines, jobs: JobLists, handlers: Handlers) -> None:
    """Let clients call what the companion types' methods are for."""
    calls = _Calls(machines, jobs, handlers)
    lists = {
        "RequestJobResponseByJobOrderID": calls.response,
        "RequestJobResponseByJobOrderState": calls.responses,
    }
    commands = {name: calls.commanding(command) for name, command in _COMMANDS.items()}
    _bind(space, PACKML, {**commands, "SetUnitMode": calls.mode})
    _bind(space, ISA95, lists | {command.value: calls.asking(command) for command in JobCommand})


class _Calls:
    def __init__(self, machines: Machines, jobs: JobLists, handlers: Handlers) -> None:
        self._handlers = handlers
        self._machines = machines
        self._jobs = jobs
        self._owners = machines.objects()
        self._stations = machines.stations()

    def commanding(self, command: Command) -> Callable[..., Any]:
        async def call(object_: ua.NodeId, *_: ua.Variant) -> Answer:
            owner = self._owners.get(object_)
            if owner is None:
                return _status(StatusCodes.BadMethodInvalid)
            if self._handlers.on_command is None:
                return _status(StatusCodes.BadNotSupported)
            allowed = after(self._machines.state(owner), command) is not None
            done = allowed and self._handlers.on_command(owner, command)
            return _status(StatusCodes.Good if done else StatusCodes.BadInvalidState)

        return call

    async def mode(self, object_: ua.NodeId, *arguments: ua.Variant) -> Answer:
        owner = self._stations.get(object_)
        if owner is None:
            return _status(StatusCodes.BadMethodInvalid)
        if self._handlers.on_mode is None:
            return _status(StatusCodes.BadNotSupported)
        if not arguments or arguments[0].Value not in _MODES:
            return _status(StatusCodes.BadInvalidArgument)
        done = self._handlers.on_mode(owner, Mode(arguments[0].Value))
        return _status(StatusCodes.Good if done else StatusCodes.BadInvalidState)

    def asking(self, command: JobCommand) -> Callable[..., Any]:
        async def call(object_: ua.NodeId, *arguments: ua.Variant) -> Answer:
            line = self._jobs.lines.get(object_)
            if line is None:
                return _status(StatusCodes.BadMethodInvalid)
            if self._handlers.on_job is None:
                return _status(StatusCodes.BadNotSupported)
            job = self._jobs.find(line, str(arguments[0].Value)) if arguments else None
            if job is None:
                return _status(StatusCodes.BadNotFound)
            done = self._handlers.on_job(line, command, job.order_id)
            return _result() if done else _status(StatusCodes.BadInvalidState)

        return call

    async def response(self, object_: ua.NodeId, *arguments: ua.Variant) -> Answer:
        line = self._jobs.lines.get(object_)
        found = self._jobs.response(line, str(arguments[0].Value)) if line and arguments else None
        return _result(found) if found else _status(StatusCodes.BadNotFound)

    async def responses(self, object_: ua.NodeId, *arguments: ua.Variant) -> Answer:
        line = self._jobs.lines.get(object_)
        if line is None or not arguments:
            return _status(StatusCodes.BadArgumentsMissing)
        return _result(self._jobs.responses(line, [_state_number(state) for state in arguments[0].Value or ()]))


def _bind(space: Space, model: Model, calls: Mapping[str, Callable[..., Any]]) -> None:
    for kind in model.types.values():
        for member in kind.members:
            if member.kind == "Method":
                space.aspace[space.node(member.ref)].call = calls.get(member.name, _unsupported)


async def _unsupported(_object: ua.NodeId, *_: ua.Variant) -> Answer:
    return _status(StatusCodes.BadNotSupported)


def _result(*outputs: ua.Variant) -> ua.CallMethodResult:
    """The outputs, and after them the return status 0: no error (OPC 10031-4)."""
    return ua.CallMethodResult(OutputArguments=[*outputs, ua.Variant(0, ua.VariantType.UInt64)])


def _state_number(state: Any) -> int:
    """The last field of an ISA95StateDataType, whether or not this process knows its class."""
    if isinstance(state, ua.ExtensionObject):
        return int.from_bytes((state.Body or b"")[-4:], "little")
    return int(state.StateNumber)
