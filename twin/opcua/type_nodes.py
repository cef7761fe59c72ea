"""The companion models' types as nodes of a server, with the published node ids. Their methods are all instances'.

A type that the server already has, because somebody loaded its full NodeSet, is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua import jobs_nodes, machinery_nodes, packml_nodes
from twin.opcua.companion import Content, DataType, Item, Model, Node, Ref
from twin.opcua.nodes import standard_node
from twin.opcua.space import FOLDER, HAS_PROPERTY, OBJECTS, ORGANIZES, PROPERTY, SUBTYPE, Place, Space

MODELS = (machinery_nodes.DI, packml_nodes.MODEL, machinery_nodes.MODEL, jobs_nodes.ISA95, jobs_nodes.MODEL)

_ENCODING = standard_node(ObjectIds.HasEncoding)
_ENCODING_TYPE = standard_node(ObjectIds.DataTypeEncodingType)
_STRUCTURE, _ENUMERATION = standard_node(ObjectIds.Structure), standard_node(ObjectIds.Enumeration)
_RULE = standard_node(ObjectIds.HasModellingRule)
_RULES = {
    False: standard_node(ObjectIds.ModellingRule_Mandatory),
    True: standard_node(ObjectIds.ModellingRule_Optional),
}
_ENDS = (standard_node(ObjectIds.FromState), standard_node(ObjectIds.ToState))
_SUB_STATES = standard_node(ObjectIds.HasSubStateMachine)
_CALLABLE = {AttributeIds.Executable: True, AttributeIds.UserExecutable: True}


def add_types(space: Space, models: Iterable[Model] = MODELS) -> None:
    """Add every type of the tables, and the folders below Objects that list stations and machines."""
    for model in models:
        if any(space.has(space.node(ref)) for ref in model.types):
            continue
        for reference in model.references.values():
            attributes = {AttributeIds.IsAbstract: False, AttributeIds.Symmetric: False}
            place = Place(space.node(reference.type), SUBTYPE)
            _add(space, ua.NodeClass.ReferenceType, reference, place, attributes)
        for data_type in model.data_types.values():
            add_data_type(space, data_type)
        for node in model.types.values():
            _add_type(space, node)
    for ref, name in ((packml_nodes.OBJECTS, "PackMLObjects"), (machinery_nodes.MACHINES, "Machines")):
        if not space.has(space.node(ref)):
            space.object((space.indexes[ref.alias], name), Place(OBJECTS, ORGANIZES, FOLDER), node=space.node(ref))


def _add_type(space: Space, node: Node) -> None:
    place = Place(space.node(node.type), SUBTYPE)
    _add(space, ua.NodeClass.ObjectType, node, place, {AttributeIds.IsAbstract: node.abstract})
    made = space.node(node.ref)
    for member in node.members:
        _add_member(space, made, member)
    for member in node.members:
        if member.kind == "Transition":
            for via, end in zip(_ENDS, member.ends, strict=True):
                space.refer(space.node(member.ref), via, space.node(Ref(node.ref.alias, end)))
    parts = {member.name: space.node(member.ref) for member in node.members}
    for (kind, _, _), (_, path, state) in pairwise(packml_nodes.LEVELS):
        if kind == node.ref:
            space.refer(parts[state], _SUB_STATES, parts[path.rpartition("/")[2]])


def _add_member(space: Space, parent: ua.NodeId, member: Node) -> None:
    made = space.node(member.ref)
    place = Place(parent, space.node(member.via), space.node(member.type))
    if member.kind == "Method":
        _add(space, ua.NodeClass.Method, member, Place(parent, space.node(member.via)), _CALLABLE)
        for name, number, items in zip(
            ("InputArguments", "OutputArguments"), member.argument_nodes, (member.inputs, member.outputs), strict=True
        ):
            if items:
                _add_arguments(space, made, name, Ref(member.ref.alias, number), items)
    elif member.content:
        step = (space.indexes[member.alias], member.name)
        space.variable(step, place, space.node(member.content.type), rank=member.content.rank, node=made)
    else:
        space.object((space.indexes[member.alias], member.name), place, node=made)
    if member.kind in ("State", "Transition"):
        name = f"{member.kind}Number"
        value = ua.Variant(member.number, ua.VariantType.UInt32) if member.number is not None else ua.Variant()
        says = space.node(Ref(member.ref.alias, member.number_node))
        kind = standard_node(ObjectIds.UInt32)
        space.variable((0, name), Place(made, HAS_PROPERTY, PROPERTY), kind, value=value, node=says)
    else:
        space.point(made, _RULE, _RULES[member.optional])
    for below in member.members:
        _add_member(space, made, below)


def _add_arguments(space: Space, method: ua.NodeId, name: str, ref: Ref, items: tuple[Item, ...]) -> None:
    arguments = [
        ua.Argument(
            Name=item.name,
            DataType=space.node(item.content.type),
            ValueRank=item.content.rank,
            ArrayDimensions=_dimensions(item.content),
        )
        for item in items
    ]
    value = ua.Variant(arguments, ua.VariantType.ExtensionObject, is_array=True)
    place = Place(method, HAS_PROPERTY, PROPERTY)
    kind = standard_node(ObjectIds.Argument)
    space.variable((0, name), place, kind, rank=1, value=value, node=space.node(ref))


def add_data_type(space: Space, data_type: DataType) -> None:
    """Add a structure with its binary encoding, or an enumeration with its values."""
    made, detail = space.node(data_type.ref), space.node(data_type.detail)
    step = (space.indexes[data_type.ref.alias], data_type.name)
    base = _STRUCTURE if data_type.fields else _ENUMERATION
    space.add(ua.NodeClass.DataType, step, Place(base, SUBTYPE), {AttributeIds.IsAbstract: False}, node=made)
    if data_type.fields:
        space.object((0, "Default Binary"), Place(made, _ENCODING, _ENCODING_TYPE), node=detail)
        definition: ua.StructureDefinition | ua.EnumDefinition = _structure(space, data_type)
    else:
        values = [
            ua.EnumValueType(Value=number, DisplayName=ua.LocalizedText(name))
            for number, name in enumerate(data_type.values)
        ]
        fields = [
            ua.EnumField(Name=name, Value=number, DisplayName=ua.LocalizedText(name))
            for number, name in enumerate(data_type.values)
        ]
        definition = ua.EnumDefinition(Fields=fields)
        variant = ua.Variant(values, ua.VariantType.ExtensionObject, is_array=True)
        place, kind = Place(made, HAS_PROPERTY, PROPERTY), standard_node(ObjectIds.EnumValueType)
        space.variable((0, "EnumValues"), place, kind, rank=1, value=variant, node=detail)
    variant = ua.Variant(definition, ua.VariantType.ExtensionObject)
    space.write(made, AttributeIds.DataTypeDefinition, variant)


def _structure(space: Space, data_type: DataType) -> ua.StructureDefinition:
    fields = [
        ua.StructureField(
            Name=item.name,
            DataType=space.node(item.content.type),
            ValueRank=item.content.rank,
            ArrayDimensions=_dimensions(item.content),
            IsOptional=item.optional,
        )
        for item in data_type.fields
    ]
    kinds = ua.StructureType
    optional = any(item.optional for item in data_type.fields)
    return ua.StructureDefinition(
        DefaultEncodingId=space.node(data_type.detail),
        BaseDataType=_STRUCTURE,
        StructureType=kinds.StructureWithOptionalFields if optional else kinds.Structure,
        Fields=fields,
    )


def _add(space: Space, kind: ua.NodeClass, node: Node, place: Place, shared: dict[AttributeIds, bool]) -> None:
    space.add(kind, (space.indexes[node.alias], node.name), place, shared, node=space.node(node.ref))


def _dimensions(content: Content) -> list[ua.UInt32]:
    return [ua.UInt32(0)] * max(content.rank, 0)
