"""Browsing a whole server that nobody described: its tree of nodes, and which of its variables can be recorded.

The standard's own objects (Server, Aliases, Locations, …) are left out. Arrays, structures and unreadable variables are
counted, never silently dropped. Not here: what the tree means (`twin.opcua.discovery`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.history.recording import TagInfo
from twin.opcua.connection import Connection
from twin.opcua.nodes import standard_node, stored_node

MOST_NODES = 200_000

# Data types that can be recorded, by their number in namespace 0; text that is localised is recorded as plain text.
_TYPES = {
    1: "Boolean",
    2: "SByte",
    3: "Byte",
    4: "Int16",
    5: "UInt16",
    6: "Int32",
    7: "UInt32",
    8: "Int64",
    9: "UInt64",
    10: "Float",
    11: "Double",
    12: "String",
    13: "DateTime",
    21: "String",
}
# Alarms come as events; the fifty variables of a condition are no signals. These are the types of OPC UA Part 9.
_CONDITIONS = {
    standard_node(getattr(ObjectIds, name)) for name in dir(ObjectIds) if name.endswith(("AlarmType", "ConditionType"))
}
# Types whose variables say nothing better as long as they have no value: Number, Integer, UInteger, Enumeration, …
_ABSTRACT = {26: "Double", 27: "Int64", 28: "UInt64", 29: "Int32", 290: "Double", 294: "DateTime", 295: "String"}
_UNITS, _RANGES = "EngineeringUnits", ("InstrumentRange", "EURange")  # of two ranges the later one counts


@dataclass(frozen=True, slots=True)
class Found:
    """A node of the tree.

    Attributes:
        parent: index of its parent in the tree, -1 for a child of the Objects folder.
    """

    node: ua.NodeId
    parent: int
    name: ua.QualifiedName
    is_variable: bool
    is_property: bool
    type_definition: ua.NodeId


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that can be recorded: its index in the tree and its tag, whose id is the readable browse path."""

    index: int
    tag: TagInfo


async def browse_tree(connection: Connection) -> list[Found]:
    """Every object and variable below the Objects folder, breadth first, each once by its shortest path."""
    tree: list[Found] = []
    seen = {standard_node(ObjectIds.ObjectsFolder)}
    level = [(-1, standard_node(ObjectIds.ObjectsFolder))]
    while level and len(tree) < MOST_NODES:
        answers = await connection.browse([_children(node) for _, node in level])
        following = []
        for (parent, _), references in zip(level, answers, strict=True):
            for reference in references:
                node = _local(reference.NodeId)
                if node is None or node in seen or (parent < 0 and node.NamespaceIndex == 0):
                    continue
                if reference.TypeDefinition in _CONDITIONS:
                    continue
                seen.add(node)
                following.append((len(tree), node))
                tree.append(_found(reference, node, parent))
        level = following
    return tree


async def find_variables(connection: Connection, tree: Sequence[Found]) -> tuple[list[Variable], Counter[str]]:
    """The variables that can be recorded, and how many cannot, by reason."""
    candidates = [index for index, found in enumerate(tree) if found.is_variable and not _is_metadata(tree, found)]
    nodes = [tree[index].node for index in candidates]
    ranks = await connection.read(nodes, AttributeIds.ValueRank)
    types = await connection.read(nodes, AttributeIds.DataType)
    scalar = [row for row, rank in enumerate(ranks) if not _is_array(rank)]
    left_out = Counter({"array": len(candidates) - len(scalar)})
    values = await connection.read([nodes[row] for row in scalar])
    paths = _paths(tree)
    variables = []
    for row, value in zip(scalar, values, strict=True):
        data_type = _data_type(value, _content(types[row]))
        if data_type in ("array", "unreadable", "unsupported type"):
            left_out[data_type] += 1
            continue
        index = candidates[row]
        stored = stored_node(tree[index].node, connection.namespaces)
        variables.append(Variable(index, TagInfo(paths[index], stored, data_type)))
    return await _with_units(connection, tree, variables), +left_out


async def _with_units(connection: Connection, tree: Sequence[Found], variables: list[Variable]) -> list[Variable]:
    """The variables with unit and range, where they have properties that say so."""
    rows = {variable.index: row for row, variable in enumerate(variables)}
    wanted = [
        found for found in tree if found.is_property and found.parent in rows and found.name.Name in (_UNITS, *_RANGES)
    ]
    wanted.sort(key=lambda found: (_UNITS, *_RANGES).index(found.name.Name or ""))
    values = await connection.read([found.node for found in wanted])
    for found, answer in zip(wanted, values, strict=True):
        row = rows[found.parent]
        variables[row] = replace(variables[row], tag=_refined(variables[row].tag, _content(answer)))
    return variables


def _refined(tag: TagInfo, said: Any) -> TagInfo:
    if isinstance(said, ua.EUInformation):
        return replace(tag, unit=said.DisplayName.Text or "")
    if isinstance(said, ua.Range) and said.Low < said.High:
        return replace(tag, low=float(said.Low), high=float(said.High))
    return tag


def _children(node: ua.NodeId) -> ua.BrowseDescription:
    return ua.BrowseDescription(
        NodeId=node,
        BrowseDirection=ua.BrowseDirection.Forward,
        ReferenceTypeId=standard_node(ObjectIds.HierarchicalReferences),
        IncludeSubtypes=True,
        NodeClassMask=ua.UInt32(ua.NodeClass.Object | ua.NodeClass.Variable),
        ResultMask=ua.UInt32(ua.BrowseResultMask.All),
    )


def _local(node: Any) -> ua.NodeId | None:
    """The node if it lives on this server; a reference may point to another one."""
    if getattr(node, "ServerIndex", 0) or getattr(node, "NamespaceUri", None):
        return None
    return ua.NodeId(node.Identifier, node.NamespaceIndex)


def _found(reference: ua.ReferenceDescription, node: ua.NodeId, parent: int) -> Found:
    return Found(
        node=node,
        parent=parent,
        name=reference.BrowseName,
        is_variable=reference.NodeClass == ua.NodeClass.Variable,
        is_property=reference.ReferenceTypeId == standard_node(ObjectIds.HasProperty),
        type_definition=ua.NodeId(reference.TypeDefinition.Identifier, reference.TypeDefinition.NamespaceIndex),
    )


def _is_metadata(tree: Sequence[Found], found: Found) -> bool:
    """A property of a variable says something about it: unit, range, names of states."""
    return found.is_property and found.parent >= 0 and tree[found.parent].is_variable


def _content(answer: ua.DataValue) -> Any:
    return answer.Value.Value if answer.Value is not None else None


def _is_array(rank: ua.DataValue) -> bool:
    value = _content(rank)
    return isinstance(value, int) and value >= 0


def _data_type(answer: ua.DataValue, declared: Any) -> str:
    """The built-in type's name, or why there is none. What the value is counts more than what is declared."""
    if answer.StatusCode is not None and answer.StatusCode.name in ("BadNotReadable", "BadUserAccessDenied"):
        return "unreadable"
    if answer.Value is not None and answer.Value.is_array:
        return "array"
    if _content(answer) is not None and answer.Value is not None:
        return _TYPES.get(int(answer.Value.VariantType.value), "unsupported type")
    standard = isinstance(declared, ua.NodeId) and declared.NamespaceIndex == 0
    return (_TYPES | _ABSTRACT).get(declared.Identifier, "unsupported type") if standard else "unsupported type"


def _paths(tree: Sequence[Found]) -> list[str]:
    """A readable path for each node, no two alike."""
    paths: list[str] = []
    counts: Counter[str] = Counter()
    for path in _plain_paths(tree, paths):
        counts[path] += 1
        paths.append(path if counts[path] == 1 else f"{path}#{counts[path]}")
    return paths


def _plain_paths(tree: Sequence[Found], paths: Sequence[str]) -> Iterator[str]:
    for found in tree:
        name = found.name.Name or "?"
        yield name if found.parent < 0 else f"{paths[found.parent]}/{name}"
