"""The address space of a layout: one node per name on the browse paths, typed variables, third parties' models, events.

Node ids are numeric and follow the layout's order, so the same layout always gets the same ids; what third parties see
beyond the layout's own tags comes after them. A station's own `Status/StateCurrent` and plain counters stand beside the
PackML model's: they are what the product's gateway records, one number each.
Not here: the server, and what third parties' variables say (`twin.opcua.machines`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asyncua import ua
from asyncua.server.address_space import AddressSpace
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.companion import URIS, Ref
from twin.opcua.engineering import eu_information, eu_range
from twin.opcua.events import INCIDENT_TYPE, KIND
from twin.opcua.identity import PACKML_URI
from twin.opcua.jobs import JobLists
from twin.opcua.machine_nodes import add_machines
from twin.opcua.machines import Machines
from twin.opcua.nodes import ALIAS, standard_node
from twin.opcua.packml_nodes import BASE_OBJECT_TYPE, MODEL
from twin.opcua.space import (
    COMPONENT,
    FOLDER,
    HAS_PROPERTY,
    OBJECT,
    OBJECTS,
    ORGANIZES,
    PROPERTY,
    SUBTYPE,
    VARIABLE,
    Place,
    Space,
    Step,
)
from twin.opcua.type_nodes import add_types
from twin.plant.layout import Layout, Owner
from twin.plant.terms import Name, Tag

_ANALOG = standard_node(ObjectIds.AnalogUnitType)
_COMPONENTS = {node.name: node.type for node in MODEL.types[BASE_OBJECT_TYPE].members if node.kind == "Object"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the plant on this server."""

    node: ua.NodeId
    type: ua.VariantType


@dataclass(frozen=True, slots=True)
class PlantNodes:
    """Where everything of the layout is on this server.

    Attributes:
        space: for whoever adds more nodes.
        variables: (owner id, tag id) → variable.
        owners: owner id → its object.
        chains: owner id → what its events are heard at besides the server: area, line, the owner itself.
        machines: what follows the readings for third parties.
        jobs: the lines' job lists.
        incident_type: event type of the plant's events, with the property `Kind` in the namespace `plant`.
        namespace: the server's index of the namespace `plant`.
    """

    space: Space
    variables: dict[tuple[str, str], Variable]
    owners: dict[str, ua.NodeId]
    chains: dict[str, tuple[ua.NodeId, ...]]
    machines: Machines
    jobs: JobLists
    incident_type: ua.NodeId
    namespace: int


def add_plant(aspace: AddressSpace, layout: Layout, namespaces: Mapping[str, int]) -> PlantNodes:
    """Build the layout's nodes; `namespaces` is the server's index of each namespace, the companions' too."""
    return _Builder(aspace, layout, namespaces).build()


class _Builder:
    """Adds nodes along browse paths, each once."""

    def __init__(self, aspace: AddressSpace, layout: Layout, namespaces: Mapping[str, int]) -> None:
        self._layout = layout
        self._aliases = {alias: namespaces[uri] for alias, uri in layout.namespaces.items()}
        self._packml = namespaces[PACKML_URI]
        indexes = {alias: namespaces[uri] for alias, uri in URIS.items()} | {ALIAS: self._aliases[ALIAS]}
        self._space = Space(aspace, indexes, indexes[ALIAS])

    def build(self) -> PlantNodes:
        incident_type = self._event_type()
        add_types(self._space)
        stations = {station.id: station.name for station in self._layout.stations}
        variables: dict[tuple[str, str], Variable] = {}
        owners: dict[str, ua.NodeId] = {}
        for owner in self._layout.owners:
            kind = self._space.node(BASE_OBJECT_TYPE) if owner.id in stations else OBJECT
            node = owners[owner.id] = self._owner(owner, kind, stations.get(owner.id))
            variables |= {(owner.id, tag.id): self._variable(owner, node, tag) for tag in owner.tags}
        lines = {
            line.id: self._folder(OBJECTS, self._steps(f"{self._layout.root}/{area.id}/{line.id}"), FOLDER, ORGANIZES)
            for area in self._layout.areas
            for line in area.lines
        }
        machines = add_machines(self._space, self._layout, owners)
        jobs = JobLists(self._space, self._layout, lines)
        chains = {owner.id: self._chain(owner) for owner in self._layout.owners}
        return PlantNodes(self._space, variables, owners, chains, machines, jobs, incident_type, self._aliases[ALIAS])

    def _chain(self, owner: Owner) -> tuple[ua.NodeId, ...]:
        above, node = len(self._steps(self._layout.root)), OBJECTS
        chain = []
        for step in self._steps(owner.browse_path):
            node = self._space.child(node, step) or node
            chain.append(node)
        return tuple(chain[above:])

    def _owner(self, owner: Owner, kind: ua.NodeId, name: Name | None) -> ua.NodeId:
        *above, step = self._steps(owner.browse_path)
        parent = self._folder(OBJECTS, above, FOLDER, ORGANIZES)
        return self._space.object(step, Place(parent, ORGANIZES, kind), _text(name))

    def _variable(self, owner: Owner, owner_node: ua.NodeId, tag: Tag) -> Variable:
        start = OBJECTS if tag.browse_path.startswith("/") else owner_node
        *above, step = self._steps(tag.browse_path)
        parent = self._folder(start, above, OBJECT, COMPONENT)
        kind = ua.VariantType[tag.data_type]
        place = Place(parent, COMPONENT, _ANALOG if tag.unit else VARIABLE)
        node = self._space.variable(step, place, standard_node(kind.value), text=_text(tag.name))
        if tag.unit:
            self._engineering(node, tag)
        return Variable(node, kind)

    def _engineering(self, node: ua.NodeId, tag: Tag) -> None:
        place, span = Place(node, HAS_PROPERTY, PROPERTY), eu_range(tag)
        unit = ua.Variant(eu_information(tag.unit))
        self._space.variable((0, "EngineeringUnits"), place, standard_node(ObjectIds.EUInformation), value=unit)
        if span:
            self._space.variable((0, "EURange"), place, standard_node(ObjectIds.Range), value=ua.Variant(span))

    def _folder(self, start: ua.NodeId, steps: list[Step], kind: ua.NodeId, via: ua.NodeId) -> ua.NodeId:
        """The node that `steps` lead to; those on the way that nothing made yet are made as `kind`."""
        node = start
        for step in steps:
            there = self._space.child(node, step)
            component: Ref | None = _COMPONENTS.get(step[1]) if step[0] == self._packml else None
            made = kind if component is None else self._space.node(component)
            node = there or self._space.object(step, Place(node, via, made))
        return node

    def _event_type(self) -> ua.NodeId:
        base = Place(standard_node(ObjectIds.BaseEventType), SUBTYPE)
        step = (self._aliases[ALIAS], INCIDENT_TYPE)
        node = self._space.add(ua.NodeClass.ObjectType, step, base, {AttributeIds.IsAbstract: False})
        place = Place(node, HAS_PROPERTY, PROPERTY)
        self._space.variable(
            (self._aliases[ALIAS], KIND), place, standard_node(ObjectIds.String), value=ua.Variant(None)
        )
        return node

    def _steps(self, path: str) -> list[Step]:
        parts = (part.rpartition(":") for part in path.strip("/").split("/"))
        return [(self._aliases[alias or ALIAS], name) for alias, _, name in parts]


def _text(name: Name | None) -> str | None:
    return name.en if name else None
