"""Compact tables of companion models, and how they read: types, their members, states, transitions and structures.

A table is text of one namespace, one node a line, members indented below their type. It holds what the model makes
mandatory and, marked `?`, the optional members that this product serves; nothing else. Numbers are the published node
ids in that namespace; a name or number of another namespace carries its alias: `ua:CurrentState`, `di:1005`. What the
columns mean stands at the functions that read them. Not here: the tables themselves, and any node of a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from asyncua.ua.object_ids import ObjectIds

from twin.opcua.identity import DI_URI, ISA95_URI, JOBS_URI, MACHINERY_URI, PACKML_URI
from twin.opcua.nodes import UA_URI

# The namespaces that tables may name.
URIS = {
    "ua": UA_URI,
    "di": DI_URI,
    "packml": PACKML_URI,
    "machinery": MACHINERY_URI,
    "isa95": ISA95_URI,
    "jobs": JOBS_URI,
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A node of a published model: its namespace's alias and its number there."""

    alias: str
    number: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a variable, a field or an argument holds: a data type, and -1 for one value or the number of dimensions."""

    type: Ref
    rank: int = -1


@dataclass(frozen=True, slots=True)
class Item:
    """A field of a structure, or an argument of a method."""

    name: str
    content: Content
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A type, or a member of one.

    Attributes:
        kind: the line's first word.
        type: the type's supertype, or the member's type definition.
        via: the reference that leads to a member.
        inputs, outputs: arguments of a method; `argument_nodes` are the two properties that say so, 0 for none.
        number: a state's or a transition's, and `number_node` the property that says so.
        ends: the states that a transition leads from and to.
    """

    kind: str
    ref: Ref
    alias: str
    name: str
    optional: bool = False
    abstract: bool = False
    type: Ref = Ref("ua", 0)
    content: Content | None = None
    via: Ref = Ref("ua", ObjectIds.HasComponent)
    inputs: tuple[Item, ...] = ()
    outputs: tuple[Item, ...] = ()
    argument_nodes: tuple[int, int] = (0, 0)
    number: int | None = None
    number_node: int = 0
    ends: tuple[int, int] = (0, 0)
    members: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class DataType:
    """A structure, or an enumeration whose values are numbered from 0.

    Attributes:
        detail: the structure's binary encoding, or the property that lists the enumeration's values.
    """

    ref: Ref
    name: str
    detail: Ref
    fields: tuple[Item, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class Model:
    """One namespace's table."""

    alias: str
    types: dict[Ref, Node] = field(default_factory=dict)
    data_types: dict[Ref, DataType] = field(default_factory=dict)
    references: dict[Ref, Node] = field(default_factory=dict)


def read_model(alias: str, text: str) -> Model:
    """The table of a namespace."""
    model = Model(alias)
    for line, below in _blocks(text.strip().splitlines()):
        kind, number, name, *rest = line.split()
        ref = Ref(alias, int(number))
        if kind == "Structure":
            fields = tuple(_item(alias, *entry.split()) for entry in below)
            model.data_types[ref] = DataType(ref, name, Ref(alias, int(rest[0])), fields)
        elif kind == "Enumeration":
            model.data_types[ref] = DataType(ref, name, Ref(alias, int(rest[0])), values=tuple(rest[1:]))
        elif kind == "ReferenceType":
            model.references[ref] = Node(kind, ref, alias, name, type=_ref(alias, rest[0]))
        else:
            members = tuple(_member(alias, entry, deeper) for entry, deeper in _blocks(below))
            abstract = kind.endswith("*")
            model.types[ref] = Node(
                kind.rstrip("*"), ref, alias, name, abstract=abstract, type=_ref(alias, rest[0]), members=members
            )
    return model


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line that is not indented, with the lines below it, less one indent."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("  "):
            block.append(line[2:])
        else:
            if block:
                yield block[0], block[1:]
            block = [line]


def _member(alias: str, line: str, below: list[str]) -> Node:
    """One member of a type.

    Columns after kind, number and name. Object: type. Variable, Property: data type, then the type if it is not the
    plain one. State: node=number. Transition: node=number (empty where the model gives none), from, to. Method:
    `in:` and `out:` with the number of the property and the arguments. `via=` names an unusual reference.
    """
    kind, number, text, *rest = line.split()
    optional, kind = kind.endswith("?"), kind.rstrip("?")
    ref, (space, name) = Ref(alias, int(number)), _name(alias, text)
    via = next((_ref(alias, word[4:]) for word in rest if word.startswith("via=")), _VIA.get(kind, _COMPONENT))
    rest = [word for word in rest if not word.startswith("via=")]
    node = Node(
        kind, ref, space, name, optional, via=via, members=tuple(_member(alias, *one) for one in _blocks(below))
    )
    if kind == "Method":
        return _with_arguments(node, alias, rest)
    if kind in ("State", "Transition"):
        where, _, value = rest[0].partition("=")
        ends = (int(rest[1]), int(rest[2])) if kind == "Transition" else (0, 0)
        known = int(value) if value else None
        return replace(node, type=_KINDS[kind], number=known, number_node=int(where), ends=ends)
    if kind == "Object":
        return replace(node, type=_ref(alias, rest[0]))
    return replace(node, content=_content(alias, rest[0]), type=_ref(alias, rest[1]) if rest[1:] else _KINDS[kind])


def _with_arguments(node: Node, alias: str, words: list[str]) -> Node:
    nodes = {"in": 0, "out": 0}
    items: dict[str, tuple[Item, ...]] = {"in": (), "out": ()}
    way = ""
    for word in words:
        if word.startswith(("in:", "out:")):
            way, _, number = word.partition(":")
            nodes[way] = int(number)
        else:
            items[way] = (*items[way], _item(alias, *word.split("=")))
    return replace(node, inputs=items["in"], outputs=items["out"], argument_nodes=(nodes["in"], nodes["out"]))


def _item(alias: str, name: str, content: str) -> Item:
    return Item(name.rstrip("?"), _content(alias, content), name.endswith("?"))


def _content(alias: str, text: str) -> Content:
    name, _, shape = text.partition("[")
    ref = (
        _ref(alias, name)
        if name[-1].isdigit() and not hasattr(ObjectIds, name)
        else Ref("ua", getattr(ObjectIds, name))
    )
    return Content(ref, shape.count(",") + 1 if shape else -1)


def _ref(alias: str, text: str) -> Ref:
    space, _, number = text.rpartition(":")
    return Ref(space or alias, int(number))


def _name(alias: str, text: str) -> tuple[str, str]:
    space, _, name = text.rpartition(":")
    return space or alias, name


_COMPONENT = Ref("ua", ObjectIds.HasComponent)
_VIA = {"Property": Ref("ua", ObjectIds.HasProperty)}
_KINDS = {  # the type definition of a member whose line names none
    "Variable": Ref("ua", ObjectIds.BaseDataVariableType),
    "Property": Ref("ua", ObjectIds.PropertyType),
    "State": Ref("ua", ObjectIds.StateType),
    "Transition": Ref("ua", ObjectIds.TransitionType),
}
