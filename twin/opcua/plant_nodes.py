"""The address space of a layout: one node per name on the browse paths, typed variables, PackML units, the event type.

Nodes go straight into the server's node management service: one awaited call per node would cost most of the start-up.
Node ids are numeric and follow the layout's order, so the same layout always gets the same ids. Not here: the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from asyncua import ua
from asyncua.server.address_space import NodeManagementService
from asyncua.ua.object_ids import ObjectIds

from twin.opcua import packml_nodes
from twin.opcua.events import INCIDENT_TYPE, KIND
from twin.opcua.identity import PACKML_URI
from twin.opcua.nodes import ALIAS
from twin.plant.layout import Layout, Owner
from twin.plant.terms import Name, Tag


def _node(number: int, namespace: int = 0) -> ua.NodeId:
    return ua.NodeId(ua.Int32(number), ua.Int16(namespace))


_OBJECTS = _node(ObjectIds.ObjectsFolder)
_FOLDER = _node(ObjectIds.FolderType)
_OBJECT = _node(ObjectIds.BaseObjectType)
_VARIABLE = _node(ObjectIds.BaseDataVariableType)
_ANALOG = _node(ObjectIds.AnalogUnitType)
_PROPERTY = _node(ObjectIds.PropertyType)
_ORGANIZES = _node(ObjectIds.Organizes)
_COMPONENT = _node(ObjectIds.HasComponent)
_HAS_PROPERTY = _node(ObjectIds.HasProperty)
_SUBTYPE = _node(ObjectIds.HasSubtype)

Step = tuple[int, str]  # namespace index and name, one element of a browse path


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the plant on this server."""

    node: ua.NodeId
    type: ua.VariantType


@dataclass(frozen=True, slots=True)
class PlantNodes:
    """Where everything of the layout is on this server.

    Attributes:
        variables: (owner id, tag id) → variable.
        owners: owner id → its object.
        chains: owner id → what its events are heard at besides the server: area, line, the owner itself.
        incident_type: event type of the plant's events, with the property `Kind` in the namespace `plant`.
        namespace: the server's index of the namespace `plant`.
    """

    variables: dict[tuple[str, str], Variable]
    owners: dict[str, ua.NodeId]
    chains: dict[str, tuple[ua.NodeId, ...]]
    incident_type: ua.NodeId
    namespace: int


def add_plant(service: NodeManagementService, layout: Layout, namespaces: Mapping[str, int]) -> PlantNodes:
    """Build the layout's nodes; `namespaces` is the server's index of each namespace URI."""
    return _Builder(service, layout, namespaces).build()


class _Builder:
    """Adds nodes along browse paths, each once, with consecutive numeric ids in the plant's own namespace."""

    def __init__(self, service: NodeManagementService, layout: Layout, namespaces: Mapping[str, int]) -> None:
        self._service = service
        self._layout = layout
        self._aliases = {alias: namespaces[uri] for alias, uri in layout.namespaces.items()}
        self._packml = namespaces[PACKML_URI]
        self._ids = count(1)
        self._made: dict[tuple[Step, ...], ua.NodeId] = {(): _OBJECTS}

    def build(self) -> PlantNodes:
        incident_type = self._event_type()
        units = self._packml_model()
        stations = {station.id: station.name for station in self._layout.stations}
        variables: dict[tuple[str, str], Variable] = {}
        owners: dict[str, ua.NodeId] = {}
        for owner in self._layout.owners:
            kind = _node(packml_nodes.BASE_OBJECT_TYPE, self._packml) if owner.id in stations else _OBJECT
            node = owners[owner.id] = self._owner(owner, kind, stations.get(owner.id))
            if owner.id in stations:
                self._refer(units, node)
            variables |= {(owner.id, tag.id): self._variable(owner, tag) for tag in owner.tags}
        chains = {owner.id: self._chain(owner) for owner in self._layout.owners}
        return PlantNodes(variables, owners, chains, incident_type, self._aliases[ALIAS])

    def _chain(self, owner: Owner) -> tuple[ua.NodeId, ...]:
        steps, root = self._steps(owner.browse_path), self._steps(self._layout.root)
        return tuple(self._made[steps[:end]] for end in range(len(root) + 1, len(steps) + 1))

    def _owner(self, owner: Owner, kind: ua.NodeId, name: Name | None) -> ua.NodeId:
        steps = self._steps(owner.browse_path)
        parent = self._folder(steps[:-1], _FOLDER, _ORGANIZES)
        node = self._object(parent, steps[-1], kind, _ORGANIZES, name)
        self._made[steps] = node
        return node

    def _variable(self, owner: Owner, tag: Tag) -> Variable:
        base = () if tag.browse_path.startswith("/") else self._steps(owner.browse_path)
        below = self._steps(tag.browse_path)
        parent = self._folder((*base, *below[:-1]), _OBJECT, _COMPONENT)
        kind = ua.VariantType[tag.data_type]
        analog = bool(tag.signal and tag.unit)
        node = self._add(
            ua.NodeClass.Variable,
            below[-1],
            (parent, _COMPONENT, _ANALOG if analog else _VARIABLE),
            ua.VariableAttributes(DisplayName=_text(tag.name, below[-1][1]), DataType=_node(kind.value), ValueRank=-1),
        )
        if analog:
            self._engineering(node, tag)
        return Variable(node, kind)

    def _engineering(self, node: ua.NodeId, tag: Tag) -> None:
        unit = ua.EUInformation(UnitId=-1, DisplayName=ua.LocalizedText(tag.unit))
        self._property(node, "EngineeringUnits", ObjectIds.EUInformation, unit)
        if tag.low is not None and tag.high is not None:
            self._property(node, "EURange", ObjectIds.Range, ua.Range(tag.low, tag.high))

    def _folder(self, steps: tuple[Step, ...], kind: ua.NodeId, reference: ua.NodeId) -> ua.NodeId:
        """The node at the end of `steps`; those on the way that nothing made yet are made as `kind`."""
        if steps not in self._made:
            parent = self._folder(steps[:-1], kind, reference)
            index, name = steps[-1]
            component = packml_nodes.COMPONENTS.get(name) if index == self._packml else None
            made = kind if component is None else _node(component, self._packml)
            self._made[steps] = self._object(parent, steps[-1], made, reference, None)
        return self._made[steps]

    def _packml_model(self) -> ua.NodeId:
        """The types that tell third parties what a station is, and the folder that lists the stations."""
        for number, (name, base) in packml_nodes.OBJECT_TYPES.items():
            self._add(
                ua.NodeClass.ObjectType,
                (self._packml, name),
                (_node(base), _SUBTYPE, ua.NodeId()),
                ua.ObjectTypeAttributes(DisplayName=ua.LocalizedText(name)),
                _node(number, self._packml),
            )
        return self._add(
            ua.NodeClass.Object,
            (self._packml, "PackMLObjects"),
            (_OBJECTS, _ORGANIZES, _FOLDER),
            ua.ObjectAttributes(DisplayName=ua.LocalizedText("PackMLObjects")),
            _node(packml_nodes.OBJECTS, self._packml),
        )

    def _event_type(self) -> ua.NodeId:
        node = self._add(
            ua.NodeClass.ObjectType,
            (self._aliases[ALIAS], INCIDENT_TYPE),
            (_node(ObjectIds.BaseEventType), _SUBTYPE, ua.NodeId()),
            ua.ObjectTypeAttributes(DisplayName=ua.LocalizedText(INCIDENT_TYPE)),
        )
        self._property(node, KIND, ObjectIds.String, None, self._aliases[ALIAS])
        return node

    def _object(
        self, parent: ua.NodeId, step: Step, kind: ua.NodeId, reference: ua.NodeId, name: Name | None
    ) -> ua.NodeId:
        attributes = ua.ObjectAttributes(DisplayName=_text(name, step[1]))
        return self._add(ua.NodeClass.Object, step, (parent, reference, kind), attributes)

    def _property(self, node: ua.NodeId, name: str, data_type: int, value: object, namespace: int = 0) -> None:
        attributes = ua.VariableAttributes(
            DisplayName=ua.LocalizedText(name),
            DataType=_node(data_type),
            ValueRank=-1,
            Value=ua.Variant(value),
        )
        self._add(ua.NodeClass.Variable, (namespace, name), (node, _HAS_PROPERTY, _PROPERTY), attributes)

    def _add(
        self,
        node_class: ua.NodeClass,
        step: Step,
        place: tuple[ua.NodeId, ua.NodeId, ua.NodeId],
        attributes: Any,  # asyncua types the field as its wire wrapper, not as the attribute classes it takes
        node: ua.NodeId | None = None,
    ) -> ua.NodeId:
        """Add one node; `place` is its parent, the reference from there, and its type definition."""
        node = node or _node(next(self._ids), self._aliases[ALIAS])
        item = ua.AddNodesItem(
            ParentNodeId=place[0],
            ReferenceTypeId=place[1],
            RequestedNewNodeId=node,
            BrowseName=ua.QualifiedName(step[1], step[0]),
            NodeClass=node_class,
            NodeAttributes=attributes,
            TypeDefinition=place[2],
        )
        self._service.add_nodes([item])[0].StatusCode.check()
        return node

    def _refer(self, source: ua.NodeId, target: ua.NodeId) -> None:
        item = ua.AddReferencesItem(source, _ORGANIZES, True, None, target, ua.NodeClass.Object)
        self._service.add_references([item])[0].check()

    def _steps(self, path: str) -> tuple[Step, ...]:
        parts = (part.rpartition(":") for part in path.strip("/").split("/"))
        return tuple((self._aliases[alias or ALIAS], name) for alias, _, name in parts)


def _text(name: Name | None, otherwise: str) -> ua.LocalizedText:
    return ua.LocalizedText(name.en, "en") if name else ua.LocalizedText(otherwise)
