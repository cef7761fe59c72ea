"""Names of nodes that outlive a connection: node ids by namespace URI, and browse paths with namespace aliases.

An index into a NamespaceArray holds for one connection only: a server that starts again in another order would make
one signal out of another, so nothing here ever stores one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from asyncua import ua
from asyncua.ua.object_ids import ObjectIds

UA_URI = "http://opcfoundation.org/UA/"
_YES, _NO = cast("ua.Boolean", True), cast("ua.Boolean", False)  # asyncua names a type for these that cannot be made
ALIAS = "plant"  # the namespace alias of names that carry none


def standard_node(number: int) -> ua.NodeId:
    """A node of the standard's own namespace."""
    return ua.NodeId(ua.Int32(number))


def stored_node(node: ua.NodeId, namespaces: Sequence[str]) -> str:
    """The node by namespace URI: `nsu=<uri>;s=<identifier>`; a node of the standard's own namespace as `i=<number>`."""
    identifier = ua.NodeId(node.Identifier, ua.Int16(0), node.NodeIdType).to_string()
    if node.NamespaceIndex == 0 or node.NamespaceIndex >= len(namespaces):
        return node.to_string()
    return f"nsu={namespaces[node.NamespaceIndex]};{identifier}"


def live_node(stored: str, namespaces: Sequence[str]) -> ua.NodeId | None:
    """The stored node as this server numbers it now, None where the server does not have its namespace."""
    if not stored.startswith("nsu="):
        return ua.NodeId.from_string(stored)
    # The identifier is sought from the left of the last part that can be one: URIs and string ids may hold semicolons.
    uri = max((uri for uri in namespaces if stored.startswith(f"nsu={uri};")), key=len, default=None)
    if uri is None:
        return None
    return ua.NodeId.from_string(f"ns={namespaces.index(uri)};{stored[len(uri) + 5 :]}")


def browse_path(
    path: str, aliases: Mapping[str, str], namespaces: Sequence[str], start: ua.NodeId | None = None
) -> ua.BrowsePath | None:
    """The path that `path` spells below `start` (the Objects folder), None where the server lacks a namespace of it."""
    elements = []
    for part in path.strip("/").split("/"):
        alias, colon, name = part.partition(":")
        uri = aliases.get(alias if colon else ALIAS)
        if uri is None or uri not in namespaces:
            return None
        elements.append(
            ua.RelativePathElement(
                ReferenceTypeId=standard_node(ObjectIds.HierarchicalReferences),
                IsInverse=_NO,
                IncludeSubtypes=_YES,
                TargetName=ua.QualifiedName(name if colon else part, namespaces.index(uri)),
            )
        )
    return ua.BrowsePath(start or standard_node(ObjectIds.ObjectsFolder), ua.RelativePath(elements))
