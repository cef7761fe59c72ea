"""The compact tables of companion models against the OPC Foundation's own NodeSet files, node by node."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from asyncua.ua.object_ids import ObjectIds

from twin.opcua import jobs_nodes, machinery_nodes, packml_nodes
from twin.opcua.companion import URIS, Content, Item, Model, Node, Ref
from twin.opcua.instances import STANDARD
from twin.opcua.type_nodes import MODELS
from twin.plant.packml import State

FOLDER = Path(__file__).parents[3] / "shared" / "nodesets"
XML = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"
FILES = {
    "di": "Opc.Ua.Di.NodeSet2.xml",
    "packml": "Opc.Ua.PackML.NodeSet2.xml",
    "machinery": "Opc.Ua.Machinery.NodeSet2.xml",
    "isa95": "opc.ua.isa95-jobcontrol.nodeset2.xml",
    "jobs": "Opc.Ua.Machinery.Jobs.Nodeset2.xml",
}
MANDATORY, OPTIONAL = "i=78", "i=80"


class Published:
    """One NodeSet file, its node ids and names written as the tables write them."""

    def __init__(self, alias: str) -> None:
        root = ET.parse(FOLDER / FILES[alias]).getroot()
        aliases = {uri: known for known, uri in URIS.items()}
        uris = [URIS["ua"], *(item.text or "" for item in root.iter(f"{XML}Uri"))]
        self.spaces = [aliases.get(uri, uri) for uri in uris]
        self.words = {item.get("Alias"): item.text or "" for item in root.iter(f"{XML}Alias")}
        self.nodes = {self.ref(node.get("NodeId", "")): node for node in root if node.get("NodeId")}

    def ref(self, text: str) -> Ref:
        text = self.words.get(text, text)
        index, _, number = text.rpartition("i=")
        return Ref(self.spaces[int(index[3:-1] or 0) if index else 0], int(number))

    def name(self, ref: Ref) -> tuple[str, str]:
        index, _, name = self.nodes[ref].get("BrowseName", "").rpartition(":")
        return self.spaces[int(index or 0)], name

    def references(self, ref: Ref, *, forward: bool = True) -> list[tuple[Ref, Ref]]:
        """Targets, each with the reference's type."""
        items = self.nodes[ref].iter(f"{XML}Reference")
        return [
            (self.ref(item.text or ""), self.ref(item.get("ReferenceType", "")))
            for item in items
            if (item.get("IsForward", "true") == "true") is forward
        ]

    def target(self, ref: Ref, kind: int, *, forward: bool = True) -> Ref | None:
        found = [node for node, via in self.references(ref, forward=forward) if via == Ref("ua", kind)]
        return found[0] if found else None

    def value(self, ref: Ref) -> ET.Element | None:
        return self.nodes[ref].find(f"{XML}Value")

    def content(self, ref: Ref) -> Content:
        node = self.nodes[ref]
        return self.spelled(node.get("DataType"), node.get("ValueRank"))

    def spelled(self, data_type: str | None, rank: str | None) -> Content:
        return Content(self.ref(data_type or f"i={ObjectIds.BaseDataType}"), int(rank or -1))


@cache
def published(alias: str) -> Published:
    if not FOLDER.is_dir():
        pytest.skip("the OPC Foundation's NodeSet files are not beside this checkout")
    return Published(alias)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.alias)
def test_types_have_the_published_ids_names_and_supertypes(model: Model) -> None:
    nodes = published(model.alias)
    for node in [*model.types.values(), *model.references.values()]:
        assert nodes.name(node.ref) == (node.alias, node.name)
        assert nodes.target(node.ref, ObjectIds.HasSubtype, forward=False) == node.type
        assert (nodes.nodes[node.ref].get("IsAbstract") == "true") is node.abstract


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.alias)
def test_members_are_the_published_ones(model: Model) -> None:
    for node in model.types.values():
        for member in node.members:
            check_member(published(model.alias), node, member)


def check_member(nodes: Published, parent: Node, member: Node) -> None:
    assert nodes.name(member.ref) == (member.alias, member.name)
    assert (member.ref, member.via) in nodes.references(parent.ref)
    if member.kind == "Method":
        check_arguments(nodes, member)
    else:
        assert nodes.target(member.ref, ObjectIds.HasTypeDefinition) == member.type
    if member.content:
        assert nodes.content(member.ref) == member.content
    if member.kind in ("State", "Transition"):
        number = Ref(member.ref.alias, member.number_node)
        value = nodes.value(number)
        assert nodes.name(number) == ("ua", f"{member.kind}Number")
        assert (number, Ref("ua", ObjectIds.HasProperty)) in nodes.references(member.ref)
        assert (int("".join(value.itertext())) if value is not None else None) == member.number
    else:
        rule = nodes.target(member.ref, ObjectIds.HasModellingRule)
        assert rule == Ref("ua", ObjectIds.ModellingRule_Optional if member.optional else 78)
    if member.kind == "Transition":
        ends = [nodes.target(member.ref, kind) for kind in (ObjectIds.FromState, ObjectIds.ToState)]
        assert ends == [Ref(member.ref.alias, end) for end in member.ends]
    for below in member.members:
        check_member(nodes, member, below)


def check_arguments(nodes: Published, method: Node) -> None:
    spelled: dict[str, tuple[Item, ...]] = {"InputArguments": method.inputs, "OutputArguments": method.outputs}
    properties = {named(nodes, ref): ref for ref, _ in nodes.references(method.ref)}
    for (name, items), number in zip(spelled.items(), method.argument_nodes, strict=True):
        assert (name in properties) is bool(items)
        if items:
            assert properties[name] == Ref(method.ref.alias, number)
            assert [(item.name, item.content) for item in items] == read_arguments(nodes, properties[name])


def read_arguments(nodes: Published, ref: Ref) -> list[tuple[str, Content]]:
    value = nodes.value(ref)
    assert value is not None
    found = []
    for argument in value.iter():
        if argument.tag.endswith("}Argument"):
            parts = {part.tag.rpartition("}")[2]: part for part in argument}
            kind = "".join(parts["DataType"].itertext()).strip()
            found.append((parts["Name"].text or "", nodes.spelled(kind, parts["ValueRank"].text)))
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.alias)
def test_nothing_mandatory_is_left_out(model: Model) -> None:
    nodes = published(model.alias)
    for node in model.types.values():
        known = {member.ref for member in node.members}
        for ref, via in nodes.references(node.ref):
            owned = via.number in (ObjectIds.HasComponent, ObjectIds.HasProperty) and ref in nodes.nodes
            if owned and nodes.target(ref, ObjectIds.HasModellingRule) == Ref("ua", 78):
                assert ref in known, nodes.name(ref)


@pytest.mark.parametrize("model", [m for m in MODELS if m.data_types], ids=lambda model: model.alias)
def test_data_types_have_the_published_fields_and_encodings(model: Model) -> None:
    nodes = published(model.alias)
    for data_type in model.data_types.values():
        assert nodes.name(data_type.ref) == (model.alias, data_type.name)
        definition = nodes.nodes[data_type.ref].find(f"{XML}Definition")
        assert definition is not None
        if data_type.values:
            assert [(item.get("Name"), item.get("Value")) for item in definition] == [
                (name, str(number)) for number, name in enumerate(data_type.values)
            ]
            assert nodes.name(data_type.detail) == ("ua", "EnumValues")
            continue
        assert nodes.name(data_type.detail) == ("ua", "Default Binary")
        assert nodes.target(data_type.detail, ObjectIds.HasEncoding, forward=False) == data_type.ref
        assert list(data_type.fields) == [
            Item(
                item.get("Name", ""),
                nodes.spelled(item.get("DataType"), item.get("ValueRank")),
                item.get("IsOptional") == "true",
            )
            for item in definition
        ]


def test_the_folders_that_list_stations_and_machines_have_the_published_ids() -> None:
    assert published("packml").name(packml_nodes.OBJECTS) == ("packml", "PackMLObjects")
    assert published("machinery").name(machinery_nodes.MACHINES) == ("machinery", "Machines")


@pytest.mark.parametrize(
    ("alias", "add_ins"),
    [
        ("machinery", machinery_nodes.ADD_INS),
        ("jobs", {jobs_nodes.JOB_MANAGEMENT: jobs_nodes.JOB_MANAGEMENT_TYPE}),
    ],
)
def test_add_ins_have_the_default_browse_names_of_their_types(alias: str, add_ins: dict[tuple[str, str], Ref]) -> None:
    nodes = published(alias)
    for name, kind in add_ins.items():
        while not (said := [r for r, _ in nodes.references(kind) if named(nodes, r) == "DefaultInstanceBrowseName"]):
            above = nodes.target(kind, ObjectIds.HasSubtype, forward=False)
            assert above
            kind = above
        value = nodes.value(said[0])
        assert value is not None
        index, text = ("".join(part.itertext()).strip() for part in value[0])
        assert (nodes.spaces[int(index)], text) == name


def named(nodes: Published, ref: Ref) -> str:
    return nodes.name(ref)[1] if ref in nodes.nodes else ""


def test_packml_states_have_the_products_names_and_numbers() -> None:
    states = {node.name: node.number for kind in packml_nodes.MODEL.types.values() for node in kind.members}
    assert {state.label: int(state) for state in State if state}.items() <= states.items()


def test_the_standards_state_machine_has_the_standards_ids() -> None:
    (machine,) = STANDARD.types.values()
    current, last = machine.members
    assert machine.ref.number == ObjectIds.FiniteStateMachineType
    assert current.ref.number == ObjectIds.FiniteStateMachineType_CurrentState
    assert last.ref.number == ObjectIds.FiniteStateMachineType_LastTransition
    assert {node.name: node.ref.number for node in current.members} == {
        "Id": ObjectIds.FiniteStateVariableType_Id,
        "Number": ObjectIds.StateVariableType_Number,
    }
    assert {node.name: node.ref.number for node in last.members} == {
        "Id": ObjectIds.FiniteTransitionVariableType_Id,
        "Number": ObjectIds.TransitionVariableType_Number,
        "TransitionTime": ObjectIds.TransitionVariableType_TransitionTime,
    }
