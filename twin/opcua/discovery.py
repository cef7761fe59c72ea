"""What on a server is a station: PackML and Machinery objects, found by their types, their place and their add-ins.

Most servers have no companion model; then nothing is recognised, and `twin.opcua.draft` makes a station of each folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.browse import Found, browse_tree, find_variables
from twin.opcua.connection import Connection
from twin.opcua.draft import draft_layout
from twin.opcua.identity import DI_URI, MACHINERY_URI, PACKML_URI
from twin.opcua.nodes import standard_node

Named = tuple[str, str]  # namespace URI and name

_PACKML_TYPE = (PACKML_URI, "PackMLBaseObjectType")
_COLLECTIONS = {(PACKML_URI, "PackMLObjects"): True, (MACHINERY_URI, "Machines"): False}  # whose children are PackML


async def discover(connection: Connection) -> tuple[str, Counter[str]]:
    """A layout file's text, and how many variables were left out of it, by reason."""
    tree = await browse_tree(connection)
    variables, left_out = await find_variables(connection, tree)
    types = await type_names(connection, tree)
    stations = find_stations(tree, types, connection.namespaces)
    text, unspellable = draft_layout(tree, variables, stations, connection.namespaces)
    return text, left_out + Counter({"a name that no browse path can spell": unspellable})


async def type_names(connection: Connection, tree: Sequence[Found]) -> dict[ua.NodeId, set[Named]]:
    """The names of each object's type and of all its supertypes, by type."""
    types = list({found.type_definition for found in tree if not found.is_variable})
    answers = await connection.read(types, AttributeIds.BrowseName)
    names: dict[ua.NodeId, set[Named]] = {kind: set() for kind in types}
    for kind, answer in zip(types, answers, strict=True):
        value = answer.Value.Value if answer.Value is not None else None
        if isinstance(value, ua.QualifiedName):
            names[kind].add(_named(value, connection.namespaces))
    climbing = {kind: kind for kind in types}  # type → how far up its supertypes it has been followed
    while climbing:
        above = await connection.browse([_supertype(kind) for kind in climbing.values()])
        following = {}
        for kind, references in zip(climbing, above, strict=True):
            for reference in references[:1]:
                name = _named(reference.BrowseName, connection.namespaces)
                if name not in names[kind]:
                    names[kind].add(name)
                    following[kind] = ua.NodeId(reference.NodeId.Identifier, reference.NodeId.NamespaceIndex)
        climbing = following
    return names


def find_stations(
    tree: Sequence[Found], types: Mapping[ua.NodeId, set[Named]], namespaces: Sequence[str]
) -> dict[int, bool]:
    """The objects that are stations, as indices into the tree, and whether each is a PackML one."""
    stations: dict[int, bool] = {}
    for index, found in enumerate(tree):
        if found.is_variable:
            continue
        name = _named(found.name, namespaces)
        above = _named(tree[found.parent].name, namespaces) if found.parent >= 0 else ("", "")
        if _PACKML_TYPE in types.get(found.type_definition, ()) or _COLLECTIONS.get(above, False):
            stations[index] = True
        elif above in _COLLECTIONS:
            stations.setdefault(index, False)
        elif _is_add_in(name) and above[0] not in ("", MACHINERY_URI):
            stations.setdefault(found.parent, False)
    return stations


def _is_add_in(name: Named) -> bool:
    """Whether an object of this name says that its parent is a machine: OPC 40001-1 names add-ins after their types."""
    return name[0] == MACHINERY_URI or name == (DI_URI, "Identification")


def _named(name: ua.QualifiedName, namespaces: Sequence[str]) -> Named:
    known = name.NamespaceIndex < len(namespaces)
    return namespaces[name.NamespaceIndex] if known else "", name.Name or ""


def _supertype(node: ua.NodeId) -> ua.BrowseDescription:
    return ua.BrowseDescription(
        NodeId=node,
        BrowseDirection=ua.BrowseDirection.Inverse,
        ReferenceTypeId=standard_node(ObjectIds.HasSubtype),
        IncludeSubtypes=False,
        NodeClassMask=ua.UInt32(0),
        ResultMask=ua.UInt32(ua.BrowseResultMask.All),
    )
