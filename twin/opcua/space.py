"""Making nodes straight in a server's address space: asyncua's own service looks through all siblings of each new node.

Attributes and references that many nodes have alike are one object: nobody changes them, as clients cannot write and
the product writes values only. Not here: what the nodes are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

from asyncua import ua
from asyncua.server.address_space import AddressSpace, AttributeValue, NodeData
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.companion import Ref
from twin.opcua.nodes import standard_node
from twin.plant.quality import BAD_WAITING

Step = tuple[int, str]  # namespace index and name, one element of a browse path

OBJECTS = standard_node(ObjectIds.ObjectsFolder)
FOLDER = standard_node(ObjectIds.FolderType)
OBJECT = standard_node(ObjectIds.BaseObjectType)
VARIABLE = standard_node(ObjectIds.BaseDataVariableType)
PROPERTY = standard_node(ObjectIds.PropertyType)
ORGANIZES = standard_node(ObjectIds.Organizes)
COMPONENT = standard_node(ObjectIds.HasComponent)
HAS_PROPERTY = standard_node(ObjectIds.HasProperty)
SUBTYPE = standard_node(ObjectIds.HasSubtype)
ADD_IN = standard_node(ObjectIds.HasAddIn)
_TYPE_DEFINITION = standard_node(ObjectIds.HasTypeDefinition)

_READABLE = 1
_YES, _NO = cast("ua.Boolean", True), cast("ua.Boolean", False)  # asyncua names a type for these that cannot be made
_DESCRIBED = ("BrowseName", "DisplayName", "NodeClass")  # what a reference says about its target
_TYPES = {
    AttributeIds.NodeClass: ua.VariantType.Int32,
    AttributeIds.WriteMask: ua.VariantType.UInt32,
    AttributeIds.UserWriteMask: ua.VariantType.UInt32,
    AttributeIds.EventNotifier: ua.VariantType.Byte,
    AttributeIds.DataType: ua.VariantType.NodeId,
    AttributeIds.ValueRank: ua.VariantType.Int32,
    AttributeIds.ArrayDimensions: ua.VariantType.UInt32,
    AttributeIds.AccessLevel: ua.VariantType.Byte,
    AttributeIds.UserAccessLevel: ua.VariantType.Byte,
    AttributeIds.Historizing: ua.VariantType.Boolean,
    AttributeIds.IsAbstract: ua.VariantType.Boolean,
    AttributeIds.Symmetric: ua.VariantType.Boolean,
    AttributeIds.Executable: ua.VariantType.Boolean,
    AttributeIds.UserExecutable: ua.VariantType.Boolean,
}
_WAITING = ua.DataValue(ua.Variant(), ua.StatusCode(ua.UInt32(BAD_WAITING)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node hangs: below which one, by which reference, and what type it is of (None for types and methods)."""

    parent: ua.NodeId
    via: ua.NodeId
    type: ua.NodeId | None = None


@dataclass(slots=True)
class Space:
    """Adds nodes; those that are given no node id get consecutive numbers in the namespace `own`.

    Attributes:
        indexes: the server's index of each companion namespace, by its alias in the tables.
    """

    aspace: AddressSpace
    indexes: Mapping[str, int]
    own: int
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _children: dict[tuple[ua.NodeId, Step], ua.NodeId] = field(default_factory=dict)
    _shared: dict[tuple[AttributeIds, Any], AttributeValue] = field(default_factory=dict)
    _references: dict[tuple[ua.NodeId, ua.NodeId, bool], ua.ReferenceDescription] = field(default_factory=dict)
    _refs: dict[Ref, ua.NodeId] = field(default_factory=dict)

    def node(self, ref: Ref) -> ua.NodeId:
        """A published node on this server."""
        if ref not in self._refs:
            self._refs[ref] = ua.NodeId(ua.Int32(ref.number), ua.Int16(self.indexes[ref.alias]))
        return self._refs[ref]

    def has(self, node: ua.NodeId) -> bool:
        """Whether the server has the node."""
        return node in self.aspace

    def child(self, parent: ua.NodeId, step: Step) -> ua.NodeId | None:
        """The node of that name that was made below `parent`."""
        return self._children.get((parent, step))

    def object(self, step: Step, place: Place, text: str | None = None, node: ua.NodeId | None = None) -> ua.NodeId:
        """Add an object; `text` is its English display name, if not the name itself."""
        return self.add(ua.NodeClass.Object, step, place, {AttributeIds.EventNotifier: 0}, text=text, node=node)

    def variable(
        self,
        step: Step,
        place: Place,
        data_type: ua.NodeId,
        *,
        rank: int = -1,
        value: ua.Variant | None = None,
        text: str | None = None,
        node: ua.NodeId | None = None,
    ) -> ua.NodeId:
        """Add a variable that clients may read; without a `value` it waits for its first one."""
        shared = {
            AttributeIds.DataType: data_type,
            AttributeIds.ValueRank: rank,
            AttributeIds.AccessLevel: _READABLE,
            AttributeIds.UserAccessLevel: _READABLE,
            AttributeIds.Historizing: False,
        }
        if rank > 0:
            shared[AttributeIds.ArrayDimensions] = (0,) * rank
        made = self.add(ua.NodeClass.Variable, step, place, shared, text=text, node=node)
        first = _WAITING if value is None else ua.DataValue(value)
        self.aspace[made].attributes[AttributeIds.Value] = AttributeValue(first)
        return made

    def add(
        self,
        kind: ua.NodeClass,
        step: Step,
        place: Place,
        shared: Mapping[AttributeIds, Any],
        *,
        text: str | None = None,
        node: ua.NodeId | None = None,
    ) -> ua.NodeId:
        """Add a node of any class with the attributes that only its class has."""
        node = node or ua.NodeId(ua.Int32(next(self._ids)), ua.Int16(self.own))
        name = ua.QualifiedName(step[1], ua.UInt16(step[0]))
        display = ua.LocalizedText(text, "en") if text else ua.LocalizedText(step[1])
        data = NodeData(node)
        data.attributes = {
            AttributeIds.NodeId: _value(node, ua.VariantType.NodeId),
            AttributeIds.BrowseName: _value(name, ua.VariantType.QualifiedName),
            AttributeIds.DisplayName: _value(display, ua.VariantType.LocalizedText),
            AttributeIds.NodeClass: self._attribute(AttributeIds.NodeClass, kind),
            AttributeIds.WriteMask: self._attribute(AttributeIds.WriteMask, 0),
            AttributeIds.UserWriteMask: self._attribute(AttributeIds.UserWriteMask, 0),
        }
        for attribute, value in shared.items():
            data.attributes[attribute] = self._attribute(attribute, value)
        self.aspace[node] = data
        if place.type:
            data.references.append(self._reference(_TYPE_DEFINITION, place.type, forward=True))
        self._hang(data, name, display, place)
        self._children[place.parent, step] = node
        return node

    def refer(self, source: ua.NodeId, via: ua.NodeId, target: ua.NodeId) -> None:
        """Join two nodes that are both there, by a reference each way."""
        self.aspace[source].references.append(self._reference(via, target, forward=True))
        self.aspace[target].references.append(self._reference(via, source, forward=False))

    def point(self, source: ua.NodeId, via: ua.NodeId, target: ua.NodeId) -> None:
        """Refer to a node that has no use for the way back, such as a modelling rule."""
        self.aspace[source].references.append(self._reference(via, target, forward=True))

    def write(self, node: ua.NodeId, attribute: AttributeIds, variant: ua.Variant) -> None:
        """Give a node an attribute of its own."""
        self.aspace[node].attributes[attribute] = AttributeValue(ua.DataValue(variant))

    def _hang(self, data: NodeData, name: ua.QualifiedName, display: ua.LocalizedText, place: Place) -> None:
        kind = data.attributes[AttributeIds.NodeClass].value
        down = ua.ReferenceDescription(
            ReferenceTypeId=place.via,
            IsForward=_YES,
            NodeId=data.nodeid,
            BrowseName=name,
            DisplayName=display,
            NodeClass=kind.Value.Value if kind and kind.Value else ua.NodeClass.Unspecified,
            TypeDefinition=place.type or ua.NodeId(),
        )
        self.aspace[place.parent].references.append(down)
        data.references.append(self._reference(place.via, place.parent, forward=False))

    def _reference(self, via: ua.NodeId, target: ua.NodeId, *, forward: bool) -> ua.ReferenceDescription:
        """The reference to a node that is there; one object for all nodes that refer to it alike."""
        key = (via, target, forward)
        if key not in self._references:
            there = self.aspace[target]
            of_type = [ref.NodeId for ref in there.references if ref.ReferenceTypeId == _TYPE_DEFINITION]
            values = {name: there.attributes[getattr(AttributeIds, name)].value for name in _DESCRIBED}
            self._references[key] = ua.ReferenceDescription(
                ReferenceTypeId=via,
                IsForward=_YES if forward else _NO,
                NodeId=target,
                TypeDefinition=of_type[0] if of_type else ua.NodeId(),
                **{name: value.Value.Value for name, value in values.items() if value and value.Value},
            )
        return self._references[key]

    def _attribute(self, attribute: AttributeIds, value: Any) -> AttributeValue:
        key = (attribute, value)
        if key not in self._shared:
            content = list(value) if isinstance(value, tuple) else value
            self._shared[key] = _value(content, _TYPES[attribute])
        return self._shared[key]


def _value(content: Any, kind: ua.VariantType) -> AttributeValue:
    return AttributeValue(ua.DataValue(ua.Variant(content, kind)))
