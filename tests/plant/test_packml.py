"""PackML against the OPC Foundation's own NodeSet: names, numbers and transitions."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest

from twin.plant.packml import WAITING, Command, State, after, states_of

_FILE = Path(__file__).resolve().parents[3] / "shared" / "nodesets" / "Opc.Ua.PackML.NodeSet2.xml"
_TABLE = """
Stopped Reset>Resetting Abort>Aborting
Resetting StateComplete>Idle Stop>Stopping Abort>Aborting
Idle Start>Starting Stop>Stopping Abort>Aborting
Starting StateComplete>Execute Hold>Holding Stop>Stopping Abort>Aborting
Execute StateComplete>Completing Hold>Holding Suspend>Suspending Complete>Completing Stop>Stopping Abort>Aborting
Completing StateComplete>Complete Stop>Stopping Abort>Aborting
Complete Reset>Resetting Stop>Stopping Abort>Aborting
Holding StateComplete>Held Stop>Stopping Abort>Aborting
Held Unhold>Unholding Stop>Stopping Abort>Aborting
Unholding StateComplete>Execute Hold>Holding Stop>Stopping Abort>Aborting
Suspending StateComplete>Suspended Hold>Holding Stop>Stopping Abort>Aborting
Suspended Unsuspend>Unsuspending Hold>Holding Stop>Stopping Abort>Aborting
Unsuspending StateComplete>Execute Hold>Holding Stop>Stopping Abort>Aborting
Stopping StateComplete>Stopped Abort>Aborting
Clearing StateComplete>Stopped Abort>Aborting
Aborting StateComplete>Aborted
Aborted Clear>Clearing
"""


@pytest.mark.parametrize("row", _TABLE.split("\n")[1:-1])
def test_transitions_are_those_of_the_standards_table(row: str) -> None:
    name, *allowed = row.split()
    state = State[name.upper()]
    expected = {Command(command): State[target.upper()] for command, target in (pair.split(">") for pair in allowed)}
    found = {command: target for command in Command if (target := after(state, command)) is not None}
    assert found == expected


def test_acting_states_end_by_themselves_and_waiting_ones_do_not() -> None:
    for state in set(State) - {State.UNDEFINED}:
        assert (after(state, Command.COMPLETED) is None) == (state in WAITING)


@pytest.mark.skipif(not _FILE.exists(), reason="the nodesets are not beside this checkout")
def test_numbers_are_those_of_the_nodeset() -> None:
    namespace = {"ua": "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd"}
    root = ElementTree.parse(_FILE).getroot()
    names = {node.get("NodeId"): node.get("BrowseName", "") for node in root.findall("ua:UAObject", namespace)}
    numbers = {}
    for variable in root.findall("ua:UAVariable", namespace):
        value = variable.find("ua:Value/", namespace)
        owner = names.get(variable.get("ParentNodeId"), "").split(":")[-1]
        if variable.get("BrowseName", "").endswith("StateNumber") and value is not None and value.text:
            numbers[owner] = int(value.text)
    known = {state.label: int(state) for state in State if state is not State.UNDEFINED}
    shared = known.keys() & numbers.keys()
    assert len(shared) >= 14  # some states are only inherited in the file
    assert {name: numbers[name] for name in shared} == {name: known[name] for name in shared}


@pytest.mark.parametrize(
    ("number", "state"), [(6, State.EXECUTE), (18, State.UNDEFINED), (float("nan"), 0), (1e300, 0)]
)
def test_unknown_numbers_read_as_undefined(number: float, state: State) -> None:
    assert states_of(np.array([number])).tolist() == [state]
