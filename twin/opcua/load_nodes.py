"""Synthetic variables below `Objects/Load`, up to 120,000: blocks of a hundred groups of a hundred variables.

Their nodes hold next to nothing and make attributes and references when somebody asks: that many of asyncua's own
would take half a minute to add and half a gigabyte to keep. Not here: which values they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from asyncua import ua
from asyncua.server.address_space import AttributeValue, NodeData
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.attributes import MonitoredAttributes
from twin.opcua.subscriptions.items import MonitoredAttribute
from twin.opcua.subscriptions.sample import Sample
from twin.plant.quality import BAD_WAITING

SIBLINGS = 100
_FIRST_FOLDER = 1_000_000  # variables are numbered from 1 in their order, folders from here
_ORGANIZES, _HAS_TYPE = standard_node(ObjectIds.Organizes), standard_node(ObjectIds.HasTypeDefinition)
_OBJECTS = standard_node(ObjectIds.ObjectsFolder)
_CURRENT_READ = 1 << ua.AccessLevel.CurrentRead
_WAITING = Sample(None, ua.VariantType.Null.value, 0, 0, BAD_WAITING)

Attributes = dict[AttributeIds, AttributeValue]


def _constant(value: object, kind: ua.VariantType) -> AttributeValue:
    return AttributeValue(ua.DataValue(ua.Variant(value, kind)))


def _type(number: int, name: str, node_class: ua.NodeClass) -> ua.ReferenceDescription:
    names = ua.QualifiedName(name), ua.LocalizedText(name)
    return ua.ReferenceDescription(_HAS_TYPE, True, standard_node(number), *names, node_class)


def _common(node_class: ua.NodeClass) -> Attributes:
    return {
        AttributeIds.NodeClass: _constant(node_class, ua.VariantType.Int32),
        AttributeIds.WriteMask: _constant(0, ua.VariantType.UInt32),
        AttributeIds.UserWriteMask: _constant(0, ua.VariantType.UInt32),
    }


_FOLDER_TYPE = _type(ObjectIds.FolderType, "FolderType", ua.NodeClass.ObjectType)
_VARIABLE_TYPE = _type(ObjectIds.BaseDataVariableType, "BaseDataVariableType", ua.NodeClass.VariableType)
_ABOVE = ua.ReferenceDescription(
    _ORGANIZES,
    False,
    _OBJECTS,
    ua.QualifiedName("Objects"),
    ua.LocalizedText("Objects"),
    ua.NodeClass.Object,
    _FOLDER_TYPE.NodeId,
)
_FOLDER_ATTRIBUTES = _common(ua.NodeClass.Object) | {AttributeIds.EventNotifier: _constant(0, ua.VariantType.Byte)}


def add_load(
    attributes: MonitoredAttributes, types: Sequence[ua.VariantType], namespace: int
) -> list[MonitoredAttribute]:
    """Add one variable for each type, in their order; whoever has values for them calls `change`."""
    folders = count(_FIRST_FOLDER)

    def folder(name: str, parent: _Folder | None) -> _Folder:
        made = _Folder(_node(next(folders), namespace), name, parent)
        attributes.space[made.nodeid] = made
        if parent:
            parent.children.append(made)
        return made

    root = folder("Load", None)
    attributes.space[_OBJECTS].references.append(root.described())
    constants = {kind: _variable_attributes(kind) for kind in set(types)}
    values = []
    block = group = root
    for index, kind in enumerate(types):
        if index % SIBLINGS**2 == 0:
            block = folder(f"Block {index // SIBLINGS**2 + 1:02}", root)
        if index % SIBLINGS == 0:
            group = folder(f"Group {index // SIBLINGS + 1:04}", block)
        value = MonitoredAttribute(_WAITING)
        variable = _Variable(index + 1, group, constants[kind], value)
        attributes.space[variable.nodeid] = variable
        attributes.keep(variable.nodeid, value)
        group.children.append(variable)
        values.append(value)
    return values


def _node(number: int, namespace: int) -> ua.NodeId:
    return ua.NodeId(ua.Int32(number), ua.Int16(namespace))


def _variable_attributes(kind: ua.VariantType) -> Attributes:
    return _common(ua.NodeClass.Variable) | {
        AttributeIds.DataType: _constant(standard_node(kind.value), ua.VariantType.NodeId),
        AttributeIds.ValueRank: _constant(-1, ua.VariantType.Int32),
        AttributeIds.AccessLevel: _constant(_CURRENT_READ, ua.VariantType.Byte),
        AttributeIds.UserAccessLevel: _constant(_CURRENT_READ, ua.VariantType.Byte),
        AttributeIds.Historizing: _constant(False, ua.VariantType.Boolean),
    }


class _Node(NodeData):
    """A node that has no attributes and no references until somebody looks for them."""

    def __init__(self, node: ua.NodeId, parent: _Folder | None) -> None:
        self.nodeid = node
        self.parent = parent
        self.call = None

    def __getattr__(self, name: str) -> object:
        """Make, for this once, what NodeData would have."""
        match name:
            case "attributes":
                return self.make_attributes()
            case "references":
                return self.make_references()
        raise AttributeError(name)

    @property
    def name(self) -> str:
        """Its browse name."""
        raise NotImplementedError

    def make_attributes(self) -> Attributes:
        """What all nodes have; classes add theirs."""
        name = ua.QualifiedName(self.name, self.nodeid.NamespaceIndex)
        return {
            AttributeIds.NodeId: _constant(self.nodeid, ua.VariantType.NodeId),
            AttributeIds.BrowseName: _constant(name, ua.VariantType.QualifiedName),
            AttributeIds.DisplayName: _constant(ua.LocalizedText(self.name), ua.VariantType.LocalizedText),
        }

    def make_references(self) -> list[ua.ReferenceDescription]:
        """Its parent; classes add their type and children."""
        return [self.parent.described(forward=False) if self.parent else _ABOVE]

    def described(self, *, forward: bool = True) -> ua.ReferenceDescription:
        """An Organizes reference to it."""
        is_folder = isinstance(self, _Folder)
        return ua.ReferenceDescription(
            _ORGANIZES,
            forward,
            self.nodeid,
            ua.QualifiedName(self.name, self.nodeid.NamespaceIndex),
            ua.LocalizedText(self.name),
            ua.NodeClass.Object if is_folder else ua.NodeClass.Variable,
            (_FOLDER_TYPE if is_folder else _VARIABLE_TYPE).NodeId,
        )


class _Folder(_Node):
    """A folder and what it organizes."""

    def __init__(self, node: ua.NodeId, name: str, parent: _Folder | None) -> None:
        super().__init__(node, parent)
        self._name = name
        self.children: list[_Node] = []

    @property
    def name(self) -> str:
        return self._name

    def make_attributes(self) -> Attributes:
        return _FOLDER_ATTRIBUTES | super().make_attributes()

    def make_references(self) -> list[ua.ReferenceDescription]:
        return [_FOLDER_TYPE, *super().make_references(), *(child.described() for child in self.children)]


class _Variable(_Node):
    """A variable, named after its number, whose value is kept where it is monitored."""

    def __init__(self, number: int, parent: _Folder, constants: Attributes, value: MonitoredAttribute) -> None:
        super().__init__(_node(number, parent.nodeid.NamespaceIndex), parent)
        self._number = number
        self._constants = constants
        self._value = value

    @property
    def name(self) -> str:
        return f"Value {self._number:06}"

    def make_attributes(self) -> Attributes:
        value = AttributeValue(self._value.sample.data_value())
        return self._constants | super().make_attributes() | {AttributeIds.Value: value}

    def make_references(self) -> list[ua.ReferenceDescription]:
        return [_VARIABLE_TYPE, *super().make_references()]
