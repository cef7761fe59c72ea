"""Full NodeSet2 files into a server, for who wants every node of a companion model instead of the compact tables.

asyncua's importer stumbles over what the OPC Foundation's newer files hold; what is done about it:
- nodes for design tools only are left out, as no file defines what they refer to;
- a required model may be newer than the server's: what is missing then is a node or two, not the model;
- `IsOptional="false"` is read as the false that it is;
- a structure's definition holds its supertype's fields, as Part 3 wants (5.8.3), and files leave them out;
- option sets over unsigned integers have no structure; values of types that nobody here knows are left out.
Not here: instances, which the tables make (`twin.opcua.instances`), on whichever types are there.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asyncua import ua
from asyncua.common.xmlimporter import XmlImporter
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import UaError

from twin.errors import SetupError
from twin.opcua.nodes import UA_URI, standard_node

_XML = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"
_UNSIGNED = {standard_node(number) for number in (ObjectIds.Byte, ObjectIds.UInt16, ObjectIds.UInt32, ObjectIds.UInt64)}


async def load_nodesets(server: Server, files: Sequence[Path]) -> None:
    """Add the files' nodes, each file after those it requires.

    Raises:
        SetupError: if a file cannot be read, is no NodeSet, or requires a model that no file given here has.
    """
    waiting = {path: _read(path) for path in files}
    known = {UA_URI}
    while waiting:
        ready = [path for path, root in waiting.items() if _required(root) <= known]
        if not ready:
            path, root = next(iter(waiting.items()))
            missing = ", ".join(sorted(_required(root) - known))
            raise SetupError(f"{path} requires {missing}. Give the NodeSet file of that, too.")
        for path in ready:
            root = waiting.pop(path)
            await _load(server, path, root)
            known |= _uris(root, "Model")


async def _load(server: Server, path: Path, root: ET.Element) -> None:
    _prepare(root)
    importer: Any = _Importer(server)
    try:
        await importer.import_xml(xmlstring=ET.tostring(root, encoding="unicode"))
    except (UaError, ValueError, KeyError, AttributeError, TypeError) as error:  # whatever asyncua meets in the file
        raise SetupError(f"{path} cannot be loaded: {error!r}. Serve without it; the compact tables do.") from error


def _read(path: Path) -> ET.Element:
    try:
        root = ET.parse(path).getroot()
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}. Name a NodeSet2 file.") from error
    except ET.ParseError as error:
        raise SetupError(f"{path} is not XML: {error}. Name a NodeSet2 file.") from error
    if root.tag != f"{_XML}UANodeSet":
        raise SetupError(f"{path} is not a NodeSet2 file. Name one.")
    return root


def _uris(root: ET.Element, tag: str) -> set[str]:
    return {model.get("ModelUri", "") for model in root.iter(f"{_XML}{tag}")}


def _required(root: ET.Element) -> set[str]:
    return _uris(root, "RequiredModel") - _uris(root, "Model")


def _prepare(root: ET.Element) -> None:
    """Take out of the file what asyncua would take wrongly."""
    ET.register_namespace("", _XML[1:-1])
    tools = [node for node in root if node.get("DesignToolOnly") == "true"]
    dropped = {node.get("NodeId") for node in tools}
    for node in tools:
        root.remove(node)
    for references in root.iter(f"{_XML}References"):
        for reference in [item for item in references if item.text in dropped]:
            references.remove(reference)
    for entry in root.iter(f"{_XML}Field"):
        if entry.get("IsOptional") in ("false", "0"):
            del entry.attrib["IsOptional"]


class _Importer(XmlImporter):
    """asyncua's importer without its traps; private names are its own, pinned with the library."""

    async def _check_required_models(self, xmlpath: Any = None, xmlstring: Any = None) -> None:
        """The files' order is settled before; versions are nobody's business here."""

    async def _add_variable_value(self, obj: Any) -> Any:
        above: Any = super()
        try:
            return await above._add_variable_value(obj)  # noqa: SLF001 - the importer's own hook; asyncua is pinned
        except Exception:  # noqa: BLE001 - one unknown type's value, in whatever way asyncua fails over it
            return ua.Variant()

    async def add_datatype(self, obj: Any, no_namespace_migration: bool = False) -> Any:
        if obj.parent in _UNSIGNED:
            obj.definitions = []
        above: Any = super()
        return await above.add_datatype(obj, no_namespace_migration)

    def _get_sdef(self, obj: Any) -> Any:
        above: Any = super()
        definition = above._get_sdef(obj)  # noqa: SLF001 - the importer's own hook; asyncua is pinned
        if definition is not None:
            names = {item.Name for item in definition.Fields}
            inherited = [item for item in self._fields(obj.parent) if item.Name not in names]
            definition.Fields = [*inherited, *definition.Fields]
            plain = definition.StructureType == ua.StructureType.Structure
            if plain and any(item.IsOptional for item in inherited):
                definition.StructureType = ua.StructureType.StructureWithOptionalFields
        return definition

    def _fields(self, kind: ua.NodeId) -> list[Any]:
        """The fields of a structure that is there, its supertypes' among them."""
        session: Any = self.session
        answer = session.iserver.aspace.read_attribute_value(kind, AttributeIds.DataTypeDefinition)
        definition = answer.Value.Value if answer.Value is not None else None
        return list(definition.Fields) if isinstance(definition, ua.StructureDefinition) else []
