"""Instances of the companion types: whatever a type's table lists is made below an object, by name, once.

What a layout's own tags have made in a place stays, and is the member where it holds what the type asks for.
Methods are not copied: an object refers to its type's, as Part 3 allows, and a call says which object it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.companion import Content, Node, Ref, read_model
from twin.opcua.nodes import standard_node
from twin.opcua.packml_nodes import UNIT_MODES
from twin.opcua.space import Place, Space
from twin.opcua.type_nodes import MODELS

# Part 16's state machine, as far as instances here have it; every server has the type itself.
STANDARD = read_model(
    "ua",
    """
ObjectType 2771 FiniteStateMachineType 58
  Variable 2772 CurrentState LocalizedText 2760
    Property 2761 Id NodeId
    Property? 2758 Number UInt32
  Variable? 2773 LastTransition LocalizedText 2767
    Property 2768 Id NodeId
    Property? 2765 Number UInt32
    Property? 2766 TransitionTime UtcTime
""",
)
_TYPES: dict[Ref, Node] = {ref: node for model in (STANDARD, *MODELS) for ref, node in model.types.items()}

# Where a type leaves the data type to its instances, ours.
_CONCRETE = {
    ("packml", "UnitModeCurrent"): Content(UNIT_MODES.ref),
    ("di", "OperationCycleCounter"): Content(Ref("ua", ObjectIds.UInt32)),
}
_INT32 = standard_node(ObjectIds.Int32)

Values = Mapping[str, ua.Variant]
Members = dict[str, ua.NodeId]  # path of names below the instance → node


def fill(space: Space, instance: ua.NodeId, kind: Ref, values: Values | None = None) -> Members:
    """Make every member of `kind` below `instance`; `values` are first ones by path, for what has one for ever."""
    filling = _Filling(space, values or {}, {})
    filling.fill(instance, _members(kind), "")
    return filling.members


@dataclass(frozen=True, slots=True)
class _Filling:
    space: Space
    values: Values
    members: Members

    def fill(self, parent: ua.NodeId, wanted: tuple[Node, ...], path: str) -> None:
        for member in wanted:
            if member.kind == "Method":
                self.space.refer(parent, self.space.node(member.via), self.space.node(member.ref))
                continue
            here = f"{path}{member.name}"
            node = _member(self.space, parent, member, self.values.get(here))
            if node is not None:
                self.members[here] = node
                self.fill(node, (*_members(member.type), *member.members), f"{here}/")


def _member(space: Space, parent: ua.NodeId, member: Node, value: ua.Variant | None) -> ua.NodeId | None:
    """The member below `parent`; None where a layout has put something else in its place."""
    step = (space.indexes[member.alias], member.name)
    content = _CONCRETE.get((member.alias, member.name), member.content)
    there = space.child(parent, step)
    if there is not None:
        return there if content is None or _takes_over(space, there, content) else None
    place = Place(parent, space.node(member.via), space.node(member.type))
    if content is None:
        return space.object(step, place)
    return space.variable(step, place, space.node(content.type), rank=content.rank, value=value)


def _takes_over(space: Space, there: ua.NodeId, content: Content) -> bool:
    """Whether a layout's variable is what the type wants; a number of an enumeration gets the enumeration's type."""
    attribute = space.aspace[there].attributes[AttributeIds.DataType].value
    declared = attribute.Value.Value if attribute and attribute.Value else None
    wanted = space.node(content.type)
    if content.type == UNIT_MODES.ref and declared == _INT32:
        space.write(there, AttributeIds.DataType, ua.Variant(wanted, ua.VariantType.NodeId))
        return True
    return content.rank < 0 and declared == wanted


@cache
def _members(kind: Ref) -> tuple[Node, ...]:
    """What instances of a type have: its own members and its supertypes', the nearest of each name."""
    if kind not in _TYPES:
        return ()
    node = _TYPES[kind]
    own = {member.name: member for member in node.members if member.kind not in ("State", "Transition")}
    return (*(member for member in _members(node.type) if member.name not in own), *own.values())
