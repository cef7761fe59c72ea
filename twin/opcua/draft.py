"""A first layout file, written from a server's variables. Where things stand on the floor no server says: in a row.

Browse paths in it start at the Objects folder, as their leading `/` says, because a server's folders need not follow
area, line and station.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twin.opcua.browse import Found, Variable
from twin.opcua.identity import DI_URI, MACHINERY_URI, PACKML_URI
from twin.opcua.nodes import ALIAS, UA_URI
from twin.plant.layout import FORMAT
from twin.plant.layout_file import parse_layout
from twin.plant.units import unit_of

SPACING_M = 5.0
_LONGEST = 64
_ALIASES = {UA_URI: "ua", PACKML_URI: "packml", MACHINERY_URI: "machinery", DI_URI: "di"}
_LAYOUT_TYPES = {"SByte": "Int32", "Byte": "UInt32", "Int16": "Int32", "UInt16": "UInt32", "UInt64": "Int64"}
# PackML's names for what the floor and the state panel look for.
_PACKML_IDS = {
    "StateCurrent": "State",
    "UnitModeCurrent": "Mode",
    "EquipmentStarved": "Starved",
    "EquipmentBlocked": "Blocked",
    "ProdProcessedCount": "Processed",
    "ProdDefectiveCount": "Defective",
    "Processed": "Processed",  # this product's own plain counters beside PackML's structures
    "Defective": "Defective",
}


@dataclass(slots=True)
class _Draft:
    """A station in the making: its node's name, and its variables with their names below that node."""

    name: str
    packml: bool
    members: list[tuple[Variable, Sequence[str]]] = field(default_factory=list)


def draft_layout(
    tree: Sequence[Found], variables: Sequence[Variable], stations: Mapping[int, bool], namespaces: Sequence[str]
) -> tuple[str, int]:
    """The text of a layout file, and how many variables no browse path can spell (a `/` in a name) and it lacks.

    `stations` are indices into the tree, and whether each is a PackML station.
    """
    drafts: dict[int, _Draft] = {}
    lost = 0
    for variable in variables:
        lineage = _lineage(tree, variable.index)
        names = [tree[index].name.Name or "" for index in lineage]
        if any(not name or "/" in name for name in names) or _foreign(tree, lineage, namespaces):
            lost += 1
            continue
        # A variable belongs to the nearest station above it, else to its top folder, else to the Objects folder.
        above = [row for row, index in enumerate(lineage[:-1]) if index in stations]
        place = above[-1] if above else min(0, len(lineage) - 2)
        owner = lineage[place] if place >= 0 else -1
        if owner not in drafts:
            drafts[owner] = _Draft(names[place] if owner >= 0 else "Objects", stations.get(owner, False))
        drafts[owner].members.append((variable, names[place + 1 :]))
    text = json.dumps(_layout(tree, list(drafts.values()), namespaces), indent=1, ensure_ascii=False) + "\n"
    parse_layout(text, "the discovered layout")
    return text, lost


def _layout(tree: Sequence[Found], drafts: Sequence[_Draft], namespaces: Sequence[str]) -> dict[str, Any]:
    aliases = _aliases(tree, namespaces)
    taken = {"Discovered", "Line"}
    stations = []
    for row, draft in enumerate(drafts or [_Draft("Objects", packml=False)]):
        ids: set[str] = set()
        x_m = row * SPACING_M
        station = {
            "id": _identifier(draft.name, taken),
            "name": _both(draft.name),
            "kind": "generic",
            "pose": {"x_m": x_m, "y_m": 0.0},
            "at_m": x_m,
            "cycle": {"kind": "deterministic", "value_s": 60.0},
            "tags": [_tag(tree, member, draft.packml, ids, aliases) for member in draft.members],
        }
        stations.append(station)
    line = {"id": "Line", "name": _both("Discovered line"), "stations": stations}
    return {
        "format": FORMAT,
        "id": "discovered",
        "name": _both("Discovered plant"),
        "namespaces": {alias: namespaces[index] for index, alias in aliases.items()},
        "root": "Objects",
        "areas": [{"id": "Discovered", "name": _both("Discovered"), "lines": [line]}],
    }


def _tag(
    tree: Sequence[Found],
    member: tuple[Variable, Sequence[str]],
    packml: bool,
    taken: set[str],
    aliases: Mapping[int, str],
) -> dict[str, Any]:
    variable, names = member
    known = _PACKML_IDS.get(names[-1]) if packml and variable.tag.data_type != "String" else None
    plain = ".".join(names)
    identifier = _identifier(known if known and known not in taken else plain, taken)
    tag: dict[str, Any] = {
        "id": identifier,
        "browse_path": _spelled(tree, variable.index, aliases),
        "data_type": _LAYOUT_TYPES.get(variable.tag.data_type, variable.tag.data_type),
    }
    unit = unit_of(variable.tag.unit)
    if unit:
        tag["unit"] = unit.text
    if variable.tag.low is not None and variable.tag.high is not None:
        tag |= {"low": variable.tag.low, "high": variable.tag.high}
    if variable.tag.unit and not unit:  # a layout allows known units only: anything else is said in the name
        return tag | {"name": _both(f"{plain} [{variable.tag.unit}]")}
    return tag if identifier == plain else tag | {"name": _both(plain)}


def _spelled(tree: Sequence[Found], index: int, aliases: Mapping[int, str]) -> str:
    parts = []
    for step in _lineage(tree, index):
        name = tree[step].name
        alias, text = aliases[name.NamespaceIndex], name.Name or ""
        parts.append(text if alias == ALIAS and ":" not in text else f"{alias}:{text}")
    return "/" + "/".join(parts)


def _aliases(tree: Sequence[Found], namespaces: Sequence[str]) -> dict[int, str]:
    """An alias for each namespace that names use, by index; the one used most outside the companions is the plant's."""
    used = [found.name.NamespaceIndex for found in tree if found.name.NamespaceIndex < len(namespaces)]
    own = [index for index in used if namespaces[index] not in _ALIASES]
    plant = max(set(own), key=own.count) if own else 0
    aliases = {index: _ALIASES.get(namespaces[index], f"ns{index}") for index in sorted(set(used))}
    return aliases | {plant: ALIAS}


def _lineage(tree: Sequence[Found], index: int) -> list[int]:
    """The nodes from just below the Objects folder down to `index`."""
    lineage = [index]
    while tree[lineage[0]].parent >= 0:
        lineage.insert(0, tree[lineage[0]].parent)
    return lineage


def _foreign(tree: Sequence[Found], lineage: Sequence[int], namespaces: Sequence[str]) -> bool:
    """Whether a name is in a namespace that the server does not list."""
    return any(tree[index].name.NamespaceIndex >= len(namespaces) for index in lineage)


def _identifier(text: str, taken: set[str]) -> str:
    """An identifier that a layout allows, as near to `text` as may be, not among `taken`, and added to it."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", text).strip("._-")[:_LONGEST] or "T"
    identifier, number = plain, 2
    while identifier in taken:
        identifier = f"{plain[: _LONGEST - 8]}-{number}"
        number += 1
    taken.add(identifier)
    return identifier


def _both(text: str) -> dict[str, str]:
    return {"en": text[:200], "zh_CN": text[:200]}
