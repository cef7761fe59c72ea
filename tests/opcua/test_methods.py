"""Calls of a station's and a line's methods, and the line's orders, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asyncua import ua
from asyncua.ua.uaerrors import BadInvalidArgument, BadInvalidState, BadNotFound, BadNotSupported

from tests.opcua.shipped import EXECUTE, LINE, NS, STATION, Rig, S, shipped_rig
from twin.opcua.jobs import Job, JobCommand, JobState
from twin.plant.packml import Command, Mode, State


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with shipped_rig() as rig:
        yield rig


def test_a_command_is_for_its_station_and_only_what_the_state_allows(rig: Rig) -> None:
    asked: list[tuple[str, Command]] = []

    def carry_out(owner: str, command: Command) -> bool:
        asked.append((owner, command))
        return True

    machine, execute = f"{rig.object}/packml:BaseStateMachine", f"{rig.object}/{EXECUTE}"
    rig.tell(State=State.EXECUTE)
    with pytest.raises(BadNotSupported):
        rig.call(execute, "packml:Hold")
    rig.server.on_command = carry_out
    rig.call(execute, "packml:Hold")
    rig.call(machine, "packml:Abort")
    with pytest.raises(BadInvalidState):
        rig.call(execute, "packml:Unhold")
    with pytest.raises(BadNotSupported):
        rig.call(rig.object, "packml:SetMachSpeed", ua.Variant(1.0, ua.VariantType.Float))
    rig.server.on_command = lambda _owner, _command: False
    with pytest.raises(BadInvalidState):
        rig.call(machine, "packml:Abort")
    rig.server.on_command = None
    assert asked == [(STATION, Command.HOLD), (STATION, Command.ABORT)]


def test_a_unit_mode_is_for_its_station_and_one_that_people_set(rig: Rig) -> None:
    asked: list[tuple[str, Mode]] = []

    def take(owner: str, mode: Mode) -> bool:
        asked.append((owner, mode))
        return mode is Mode.MAINTENANCE

    def mode(number: int) -> None:
        rig.call(rig.object, "packml:SetUnitMode", ua.Variant(number, ua.VariantType.Int32))

    with pytest.raises(BadNotSupported):
        mode(Mode.MAINTENANCE)
    rig.server.on_mode = take
    mode(Mode.MAINTENANCE)
    with pytest.raises(BadInvalidState):
        mode(Mode.MANUAL)
    for number in (Mode.INVALID, Mode.SETUP, 17):
        with pytest.raises(BadInvalidArgument):
            mode(number)
    rig.server.on_mode = None
    assert asked == [(STATION, Mode.MAINTENANCE), (STATION, Mode.MANUAL)]


JOBS = [
    Job("PO-1", "outdoor", 40, 40, JobState.ENDED, NS, NS + S, 1),
    Job("PO-2", "KFR-35", 60, 12, JobState.RUNNING, NS + S, 0, 2),
]


def test_a_lines_orders_are_listed_found_and_commanded(rig: Rig) -> None:
    line = f"{rig.object.rpartition('/')[0]}/jobs:JobManagement"
    control, results = f"{line}/jobs:JobOrderControl", f"{line}/jobs:JobOrderResults"
    rig.runner.run(rig.server.publish_jobs(LINE, JOBS, NS))
    listed = rig.read(f"{control}/isa95:JobOrderList")
    assert [b"PO-1" in order.Body for order in listed] == [True, False]
    assert [int.from_bytes(order.Body[-4:], "little") for order in listed] == [5, 3]
    assert rig.read(f"{control}/ua:CurrentState").Text == "Running"
    assert len(rig.read(f"{results}/isa95:JobOrderResponseList")) == 1
    response, status = rig.call(results, "isa95:RequestJobResponseByJobOrderID", "PO-2")
    assert b"PO-2" in response.Body
    assert status == 0
    with pytest.raises(BadNotFound):
        rig.call(results, "isa95:RequestJobResponseByJobOrderID", "PO-9")
    comment = ua.Variant([ua.LocalizedText("why")], ua.VariantType.LocalizedText, is_array=True)
    with pytest.raises(BadNotSupported):
        rig.call(control, "isa95:Pause", "PO-2", comment)
    asked: list[tuple[str, JobCommand, str]] = []

    def carry_out(line: str, command: JobCommand, order: str) -> bool:
        asked.append((line, command, order))
        return True

    rig.server.on_job = carry_out
    assert rig.call(control, "isa95:Pause", "PO-2", comment) == 0
    with pytest.raises(BadNotFound):
        rig.call(control, "isa95:Pause", "PO-9", comment)
    rig.server.on_job = None
    assert asked == [(LINE, JobCommand.PAUSE, "PO-2")]
