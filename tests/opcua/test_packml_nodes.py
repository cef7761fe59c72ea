"""The compact PackML table against the OPC Foundation's own NodeSet file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from twin.opcua import packml_nodes
from twin.opcua.identity import PACKML_URI
from twin.plant.packml import State

NODESET = Path(__file__).parents[3] / "shared" / "nodesets" / "Opc.Ua.PackML.NodeSet2.xml"
XML = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"


@pytest.fixture(scope="module")
def nodes() -> dict[str, ET.Element]:
    if not NODESET.is_file():
        pytest.skip("the OPC Foundation's NodeSet files are not beside this checkout")
    root = ET.parse(NODESET).getroot()
    uris = root.find(f"{XML}NamespaceUris")
    assert uris is not None
    assert uris[0].text == PACKML_URI
    return {node.get("NodeId", ""): node for node in root}


def references(node: ET.Element, kind: str) -> list[str | None]:
    return [item.text for item in node.iter(f"{XML}Reference") if item.get("ReferenceType") == kind]


def test_object_types_have_the_standards_ids_names_and_supertypes(nodes: dict[str, ET.Element]) -> None:
    for number, (name, base) in packml_nodes.OBJECT_TYPES.items():
        node = nodes[f"ns=1;i={number}"]
        assert node.get("BrowseName") == f"1:{name}"
        assert references(node, "HasSubtype") == [f"i={base}"]


def test_components_have_the_standards_types(nodes: dict[str, ET.Element]) -> None:
    base = nodes[f"ns=1;i={packml_nodes.BASE_OBJECT_TYPE}"]
    parts = [nodes[part] for part in references(base, "HasComponent") if part]
    types = {part.get("BrowseName"): references(part, "HasTypeDefinition") for part in parts}
    for name, number in packml_nodes.COMPONENTS.items():
        assert types[f"1:{name}"] == [f"ns=1;i={number}"]


def test_the_folder_of_units_has_the_standards_id(nodes: dict[str, ET.Element]) -> None:
    assert nodes[f"ns=1;i={packml_nodes.OBJECTS}"].get("BrowseName") == "1:PackMLObjects"


def test_states_have_the_standards_ids_names_and_numbers(nodes: dict[str, ET.Element]) -> None:
    numbers = {}
    for node in nodes.values():
        value = node.find(f"{XML}Value")
        if node.get("BrowseName") == "StateNumber" and value is not None:
            numbers[node.get("ParentNodeId")] = int(value[0].text or "")
    for number, state in packml_nodes.STATES.items():
        assert nodes[f"ns=1;i={number}"].get("BrowseName") == f"1:{state.label}"
        assert numbers[f"ns=1;i={number}"] == state
    assert set(packml_nodes.STATES.values()) == set(State) - {State.UNDEFINED}
