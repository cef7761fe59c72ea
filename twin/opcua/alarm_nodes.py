"""The nodes of alarms: a condition below its source with a variable for each field, and the chain of notifiers above.

Nodes are laid into the address space as they are: through the server's node management one condition of some fifty
nodes takes ten times as long, and conditions are made in the middle of an alarm flood, when they are first heard of.
Their ids are texts by rule, so that they are the same after every start: `OF1-12/Breakdown/AckedState/Id`.
Methods are the types' own nodes, which is where clients call them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from asyncua import ua
from asyncua.server.address_space import AddressSpace, AttributeValue, NodeData
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.alarm_fields import CONDITION_ID, UNSHELVE_TIME, Fields, Place
from twin.opcua.nodes import standard_node

SHELVING = "ShelvingState"
_MACHINES = {
    SHELVING: ObjectIds.ShelvedStateMachineType,
    "LimitState": ObjectIds.ExclusiveLimitStateMachineType,
}
_COMPONENTS = {
    **dict.fromkeys(("EnabledState", "AckedState", "ConfirmedState", "ActiveState"), ObjectIds.TwoStateVariableType),
    **dict.fromkeys(("Quality", "LastSeverity", "Comment"), ObjectIds.ConditionVariableType),
    **dict.fromkeys((f"{name}/CurrentState" for name in _MACHINES), ObjectIds.FiniteStateVariableType),
}
_DATA_TYPES = {  # where it is not the type of the value as it is sent
    **dict.fromkeys(("Time", "ReceiveTime"), ObjectIds.UtcTime),
    **dict.fromkeys((UNSHELVE_TIME, "MaxTimeShelved"), ObjectIds.Duration),
}
_METHODS = {
    "": (
        ("Enable", ObjectIds.ConditionType_Enable),
        ("Disable", ObjectIds.ConditionType_Disable),
        ("AddComment", ObjectIds.ConditionType_AddComment),
        ("Acknowledge", ObjectIds.AcknowledgeableConditionType_Acknowledge),
        ("Confirm", ObjectIds.AcknowledgeableConditionType_Confirm),
    ),
    SHELVING: (
        ("TimedShelve", ObjectIds.ShelvedStateMachineType_TimedShelve),
        ("OneShotShelve", ObjectIds.ShelvedStateMachineType_OneShotShelve),
        ("Unshelve", ObjectIds.ShelvedStateMachineType_Unshelve),
    ),
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is the same of every node with this path."""

    reference: ua.NodeId
    node_class: ua.NodeClass
    name: ua.QualifiedName
    text: ua.LocalizedText
    type: ua.NodeId
    attributes: dict[AttributeIds, AttributeValue]


def below(node: ua.NodeId, path: str) -> ua.NodeId:
    """The id of a node of a condition, by its path; a condition itself is below its source's text id in this way."""
    return ua.NodeId(ua.String(f"{node.Identifier!s}/{path}"), node.NamespaceIndex)


def add_condition(space: AddressSpace, place: Place, fields: Fields) -> None:
    """Make the condition's nodes, each variable with its value."""
    kind = _object_kind(place.name, ObjectIds.HasComponent, place.type, place.node.NamespaceIndex)
    _lay(space, place.source_node, place.node, kind)
    refer(space, place.source_node, ObjectIds.HasCondition, place.node)
    machines = [name for name in _MACHINES if any(path.startswith(f"{name}/") for path in fields)]
    for name in machines:
        _lay(space, place.node, below(place.node, name), _object_kind(name, ObjectIds.HasComponent, _MACHINES[name]))
    for path, methods in _METHODS.items():
        at = below(place.node, path) if path else place.node
        space[at].references.extend(_method(name, number) for name, number in methods)
    for path, value in fields.items():
        if path != CONDITION_ID:
            parent, _, name = path.rpartition("/")
            data_type = _DATA_TYPES.get(path, value.VariantType.value)
            variable = _lay(
                space,
                below(place.node, parent) if parent else place.node,
                below(place.node, path),
                _variable_kind(name, data_type, _COMPONENTS.get(path, ObjectIds.PropertyType)),
            )
            variable.attributes[AttributeIds.Value] = AttributeValue(ua.DataValue(value))


def compute(space: AddressSpace, place: Place, path: str, value: Callable[[], ua.Variant]) -> None:
    """Let a variable of the condition be what `value` says whenever it is read."""
    space.set_attribute_value_callback(
        below(place.node, path), AttributeIds.Value, lambda _node, _attribute: ua.DataValue(value())
    )


async def write(space: AddressSpace, place: Place, fields: Iterable[tuple[str, ua.Variant]], time: ua.DateTime) -> None:
    """Give variables of the condition new values."""
    for path, value in fields:
        settled = ua.DataValue(value, SourceTimestamp=time, ServerTimestamp=time)
        await space.write_attribute_value(below(place.node, path), AttributeIds.Value, settled)


def add_notifiers(space: AddressSpace, chains: Mapping[str, tuple[ua.NodeId, ...]]) -> None:
    """Let the events of each owner be heard at it and at everything above it; a chain is outermost first."""
    server = standard_node(ObjectIds.Server)
    for parent, node in dict.fromkeys(_links(server, chains.values())):
        refer(space, parent, ObjectIds.HasNotifier, node)
        heard = ua.Variant(1, ua.VariantType.Byte)  # SubscribeToEvents
        space[node].attributes[AttributeIds.EventNotifier] = AttributeValue(ua.DataValue(heard))


def refer(space: AddressSpace, source: ua.NodeId, reference: int, target: ua.NodeId) -> None:
    """Add a reference, and its inverse."""
    kind = standard_node(reference)
    for node, other, forward in ((source, target, True), (target, source, False)):
        space[node].references.append(_description(space, other, kind, forward=forward))


def _links(server: ua.NodeId, chains: Iterable[tuple[ua.NodeId, ...]]) -> Iterator[tuple[ua.NodeId, ua.NodeId]]:
    for chain in chains:
        yield from zip((server, *chain), chain, strict=False)


def _description(
    space: AddressSpace, node: ua.NodeId, reference: ua.NodeId, *, forward: bool
) -> ua.ReferenceDescription:
    """A reference to a node that is already there."""
    data = space[node]

    def attribute(which: AttributeIds) -> Any:
        value = data.attributes[which].value
        return value.Value.Value if value and value.Value else None

    types = (ref.NodeId for ref in data.references if ref.ReferenceTypeId == _TYPE_REFERENCE)
    return ua.ReferenceDescription(
        reference,
        forward,
        node,
        attribute(AttributeIds.BrowseName),
        attribute(AttributeIds.DisplayName),
        attribute(AttributeIds.NodeClass),
        next(types, ua.NodeId()),
    )


_TYPE_REFERENCE = standard_node(ObjectIds.HasTypeDefinition)


def _lay(space: AddressSpace, parent: ua.NodeId, node: ua.NodeId, kind: _Kind) -> NodeData:
    data = NodeData(node)
    data.attributes = dict(kind.attributes)
    data.attributes[AttributeIds.NodeId] = _constant(node, ua.VariantType.NodeId)
    data.references = [_type_description(kind.type), _description(space, parent, kind.reference, forward=False)]
    space[node] = data
    space[parent].references.append(
        ua.ReferenceDescription(kind.reference, True, node, kind.name, kind.text, kind.node_class, kind.type)
    )
    return data


@cache
def _type_description(kind: ua.NodeId) -> ua.ReferenceDescription:
    return ua.ReferenceDescription(_TYPE_REFERENCE, True, kind)


@cache
def _method(name: str, number: int) -> ua.ReferenceDescription:
    return ua.ReferenceDescription(
        standard_node(ObjectIds.HasComponent),
        True,
        standard_node(number),
        ua.QualifiedName(name),
        ua.LocalizedText(name),
        ua.NodeClass.Method,
    )


@cache
def _object_kind(name: str, reference: int, kind: int, namespace: int = 0) -> _Kind:
    attributes = {AttributeIds.EventNotifier: _constant(0, ua.VariantType.Byte)}
    return _kind(ua.NodeClass.Object, ua.QualifiedName(name, namespace), reference, kind, attributes)


@cache
def _variable_kind(name: str, data_type: int, kind: int) -> _Kind:
    reference = ObjectIds.HasProperty if kind == ObjectIds.PropertyType else ObjectIds.HasComponent
    attributes = {
        AttributeIds.DataType: _constant(standard_node(data_type), ua.VariantType.NodeId),
        AttributeIds.ValueRank: _constant(-1, ua.VariantType.Int32),
        AttributeIds.AccessLevel: _constant(1, ua.VariantType.Byte),
        AttributeIds.UserAccessLevel: _constant(1, ua.VariantType.Byte),
        AttributeIds.Historizing: _constant(False, ua.VariantType.Boolean),
        AttributeIds.MinimumSamplingInterval: _constant(0.0, ua.VariantType.Double),
    }
    return _kind(ua.NodeClass.Variable, ua.QualifiedName(name), reference, kind, attributes)


def _kind(
    node_class: ua.NodeClass,
    name: ua.QualifiedName,
    reference: int,
    kind: int,
    attributes: dict[AttributeIds, AttributeValue],
) -> _Kind:
    text = ua.LocalizedText(name.Name)
    attributes |= {
        AttributeIds.NodeClass: _constant(node_class, ua.VariantType.Int32),
        AttributeIds.BrowseName: _constant(name, ua.VariantType.QualifiedName),
        AttributeIds.DisplayName: _constant(text, ua.VariantType.LocalizedText),
        AttributeIds.WriteMask: _constant(0, ua.VariantType.UInt32),
        AttributeIds.UserWriteMask: _constant(0, ua.VariantType.UInt32),
    }
    return _Kind(standard_node(reference), node_class, name, text, standard_node(kind), attributes)


def _constant(value: object, kind: ua.VariantType) -> AttributeValue:
    return AttributeValue(ua.DataValue(ua.Variant(value, kind)))
