"""What third parties read of a station and a robot, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asyncua import ua

from tests.opcua.shipped import EXECUTE, LEVELS, NS, ROBOT, STATION, Rig, S, shipped_rig
from twin.opcua.companion import URIS
from twin.opcua.machines import item_state, operation_mode
from twin.opcua.packml_nodes import UNIT_MODES
from twin.opcua.server import Occurrence, Reading
from twin.plant.packml import TRANSITIONS, Command, Mode, State


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with shipped_rig() as rig:
        yield rig


@pytest.mark.parametrize("state", [state for state in State if state])
def test_every_state_is_the_types_own_node_on_its_own_level(rig: Rig, state: State) -> None:
    rig.tell(State=state)
    active = []
    for level in LEVELS:
        path = f"{rig.object}/{level}/ua:CurrentState"
        status = rig.data(path).StatusCode
        assert status
        if status.is_good():
            name = rig.read(path).Text
            assert rig.named(rig.read(f"{path}/ua:Id")) == f"{URIS['packml']} {name}"
            active.append((name, rig.read(f"{path}/ua:Number")))
        else:
            assert status.name == "BadStateNotActive"
    assert active[0] == (state.label, int(state))
    assert [name for name, _ in active[1:]] == ["Running", "Cleared"][3 - len(active) :]


@pytest.mark.parametrize(("number", "before", "command"), [(n, *key) for n, key in enumerate(TRANSITIONS)])
def test_the_last_transition_leads_into_the_present_state(
    rig: Rig, number: int, before: State, command: Command
) -> None:
    after = TRANSITIONS[before, command]
    rig.tell(State=State.UNDEFINED)
    rig.tell(State=before)
    rig.tell(1000 + number, State=after)
    taken = []
    for level in LEVELS:
        path = f"{rig.object}/{level}/ua:LastTransition"
        time = rig.data(f"{path}/ua:TransitionTime")
        if time.SourceTimestamp and time.SourceTimestamp.timestamp() == NS // S + 1000 + number:
            text = rig.read(path).Text
            assert rig.named(rig.read(f"{path}/ua:Id")).endswith(f" {text}")
            taken.append(text)
    (transition,) = taken  # the way from one state to another is a transition of one level
    start, _, end = transition.partition("To")
    assert start in (before.label, "Running", "Cleared")
    assert end in (after.label, "Running", "Cleared")


def test_states_passed_within_one_publish_show_in_the_last_transition(rig: Rig) -> None:
    rig.tell(State=State.SUSPENDED)
    rig.tell(1, State=State.EXECUTE)
    assert rig.read(f"{rig.object}/{EXECUTE}/ua:LastTransition").Text == "UnsuspendingToExecute"


def test_counts_are_the_published_structure(rig: Rig) -> None:
    rig.tell(Processed=41, Defective=3)
    for counter, count, number in (("Processed", 41, 1), ("Defective", 3, 1), ("Consumed", 41, 2)):
        (row,) = rig.read(f"{rig.object}/packml:Admin/packml:Prod{counter}Count")
        body = row.Body
        assert int.from_bytes(body[:4], "little") == number
        assert int.from_bytes(body[-8:-4], "little") == int.from_bytes(body[-4:], "little") == count
        assert rig.named(row.TypeId) == f"{URIS['ua']} Default Binary"
    assert rig.read(f"{rig.object}/di:OperationCounters/di:OperationCycleCounter") == 41


def test_time_in_states_adds_up_to_the_clock(rig: Rig) -> None:
    counters = f"{rig.object}/di:OperationCounters"
    rig.tell(10, State=State.EXECUTE, Mode=Mode.PRODUCTION)
    start = rig.read(f"{counters}/di:PowerOnDuration"), rig.read(f"{counters}/di:OperationDuration")
    rig.tell(40, State=State.HELD)
    rig.tell(45, State=State.EXECUTE)
    assert rig.read(f"{counters}/di:PowerOnDuration") - start[0] == pytest.approx(35_000)
    assert rig.read(f"{counters}/di:OperationDuration") - start[1] == pytest.approx(30_000)
    states = rig.read(f"{rig.object}/packml:Admin/packml:StateCumulativeTime")
    modes = rig.read(f"{rig.object}/packml:Admin/packml:ModeCumulativeTime")
    assert (len(states), len(states[0])) == (len(Mode), len(State))
    assert states[Mode.PRODUCTION][State.EXECUTE] >= 30
    assert all(0 <= total - sum(row) < len(State) for total, row in zip(modes, states, strict=True))  # whole seconds


def test_speeds_are_units_a_minute(rig: Rig) -> None:
    rig.tell(State=State.EXECUTE, CycleTime=20.0)
    assert rig.read(f"{rig.object}/packml:Status/packml:CurMachSpeed") == pytest.approx(3.0)
    assert rig.read(f"{rig.object}/packml:Admin/packml:MachDesignSpeed") == pytest.approx(60 / 25)
    rig.tell(State=State.HELD)
    assert rig.read(f"{rig.object}/packml:Status/packml:CurMachSpeed") == 0.0


def test_a_breakdown_is_the_stop_reason_until_it_is_repaired(rig: Rig) -> None:
    async def emit(kind: str) -> None:
        await rig.server.emit(Occurrence(NS, STATION, kind, 700, "compressor gripper"))

    path = f"{rig.object}/packml:Admin/packml:StopReason"
    rig.runner.run(emit("breakdown"))
    body = rig.read(path).Body
    assert b"compressor gripper" in body
    assert (body[0], body[-1]) == (1, 1)
    rig.runner.run(emit("repaired"))
    assert rig.read(path).Body[-1] == 0


def test_the_unit_mode_is_the_enumeration_and_the_layouts_own_tag(rig: Rig) -> None:
    rig.tell(Mode=Mode.MAINTENANCE)

    async def kind() -> ua.NodeId:
        return await (await rig.node(f"{rig.object}/packml:Status/packml:UnitModeCurrent")).read_data_type()

    assert rig.read(f"{rig.object}/packml:Status/packml:UnitModeCurrent") == Mode.MAINTENANCE
    assert rig.named(rig.runner.run(kind())) == f"{rig.layout.namespaces['plant']} UnitModeEnum"
    path = f"{rig.object}/machinery:MachineryBuildingBlocks/machinery:MachineryOperationMode/ua:CurrentState"
    assert rig.read(path).Text == "Maintenance"


def test_the_unit_modes_are_packmls_and_our_own() -> None:
    assert UNIT_MODES.values[:4] == ("Invalid", "Produce", "Maintenance", "Manual")
    assert UNIT_MODES.values.index("Setup") == Mode.SETUP
    assert len(UNIT_MODES.values) == len(Mode)


def test_machinery_follows_packml() -> None:
    states = {state: item_state(state) for state in State}
    assert [state for state, item in states.items() if item == "Executing"] == [State.EXECUTE]
    assert states[State.ABORTED] == states[State.CLEARING] == "OutOfService"
    assert states[State.SUSPENDED] == states[State.HELD] == states[State.IDLE] == "NotExecuting"
    assert states[State.UNDEFINED] == "NotAvailable"
    assert [operation_mode(mode) for mode in (0, 1, 2, 3, 4, 17)] == [
        *("None", "Processing", "Maintenance", "Setup", "Setup", "None")
    ]


def test_every_machine_is_listed_with_a_nameplate_that_says_it_is_simulated(rig: Rig) -> None:
    expected = [station.id for station in rig.layout.stations] + [vehicle.id for vehicle in rig.layout.vehicles]

    async def listed() -> list[str]:
        children = await (await rig.node("machinery:Machines")).get_children()
        return [(await child.read_browse_name()).Name for child in children]

    assert rig.runner.run(listed()) == expected
    for machine in (rig.object, f"Factory/Vehicles/{ROBOT}"):
        name = machine.rpartition("/")[2]
        plate = f"{machine}/di:Identification"
        assert rig.read(f"{plate}/di:SerialNumber") == f"SIM-{name}"
        assert "simulated" in rig.read(f"{plate}/di:Manufacturer").Text
        assert rig.read(f"{plate}/di:ProductInstanceUri").endswith(f":outdoor-line:{name}")
        assert rig.read(f"{plate}/machinery:Location")
    kind = rig.runner.run(type_of(rig, f"{rig.object}/di:Identification"))
    assert kind == f"{URIS['machinery']} MachineIdentificationType"


async def type_of(rig: Rig, path: str) -> str:
    kind = await (await rig.node(path)).read_type_definition()
    assert kind
    name = await rig.client.get_node(kind).read_browse_name()
    return f"{rig.namespaces[name.NamespaceIndex]} {name.Name}"


def test_a_robot_executes_while_it_drives(rig: Rig) -> None:
    path = f"Factory/Vehicles/{ROBOT}/machinery:MachineryItemState/ua:CurrentState"
    for to_m, state in ((9.0, "Executing"), (0.0, "NotExecuting")):
        readings = [Reading(ROBOT, "From", 0.0, NS), Reading(ROBOT, "To", to_m, NS)]
        rig.runner.run(rig.server.publish(readings))
        assert rig.read(path).Text == state
