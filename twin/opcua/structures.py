"""Values of companion structures in OPC UA's binary encoding, written from the tables' own field lists.

They go out as raw extension objects: no class is made, registered or shared between servers in one process, and clients
decode them by the data type's definition. Not here: decoding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asyncua import ua
from asyncua.ua import ua_binary
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.companion import Content, DataType, Ref
from twin.opcua.space import Space
from twin.opcua.type_nodes import MODELS

_DATA_TYPES: dict[Ref, DataType] = {ref: kind for model in MODELS for ref, kind in model.data_types.items()}
_BUILT_IN = {
    ObjectIds.Boolean: ua.VariantType.Boolean,
    ObjectIds.Int16: ua.VariantType.Int16,
    ObjectIds.Int32: ua.VariantType.Int32,
    ObjectIds.UInt32: ua.VariantType.UInt32,
    ObjectIds.Float: ua.VariantType.Float,
    ObjectIds.String: ua.VariantType.String,
    ObjectIds.DecimalString: ua.VariantType.String,
    ObjectIds.DateTime: ua.VariantType.DateTime,
    ObjectIds.UtcTime: ua.VariantType.DateTime,
}
Fields = Mapping[str, Any]  # a structure's fields by name; optional ones may be missing


def structure(space: Space, kind: Ref, fields: Fields) -> ua.Variant:
    """One structure as a variable's value."""
    return ua.Variant(_extension(space, kind, fields), ua.VariantType.ExtensionObject)


def structures(space: Space, kind: Ref, rows: list[Fields]) -> ua.Variant:
    """An array of structures as a variable's value."""
    objects = [_extension(space, kind, fields) for fields in rows]
    return ua.Variant(objects, ua.VariantType.ExtensionObject, is_array=True)


def _extension(space: Space, kind: Ref, fields: Fields) -> ua.ExtensionObject:
    return ua.ExtensionObject(space.node(_DATA_TYPES[kind].detail), ua.ByteString(encode(kind, fields)))


def encode(kind: Ref, fields: Fields) -> bytes:
    """The structure's fields in the order of its definition (Part 6, 5.2.6); a mask says which optional ones follow.

    Raises:
        KeyError: if a field that is not optional is missing.
    """
    items = _DATA_TYPES[kind].fields
    optional = [item.name for item in items if item.optional]
    mask = sum(1 << bit for bit, name in enumerate(optional) if name in fields)
    head = mask.to_bytes(4, "little") if optional else b""
    present = [item for item in items if not item.optional or item.name in fields]
    return head + b"".join(_content(item.content, fields[item.name]) for item in present)


def _content(content: Content, value: Any) -> bytes:
    if content.rank < 0:
        return _single(content.type, value)
    return len(value).to_bytes(4, "little") + b"".join(_single(content.type, one) for one in value)


def _single(kind: Ref, value: Any) -> bytes:
    if kind in _DATA_TYPES:
        return encode(kind, value)
    if kind.number in _BUILT_IN:
        return bytes(ua_binary.pack_uatype(_BUILT_IN[kind.number], value))
    if isinstance(value, ua.Variant):
        return bytes(ua_binary.variant_to_binary(value))
    return bytes(ua_binary.struct_to_binary(value))
