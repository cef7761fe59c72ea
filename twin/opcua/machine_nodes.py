"""The nodes by which third parties find stations and vehicles: the PackML unit's members and Machinery's add-ins.

An add-in hangs from its machine and from the machine's folder of building blocks. Whatever a nameplate says that no
simulated machine can have is marked as simulated. Not here: what changes (`twin.opcua.machines`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asyncua import ua

from twin.opcua.engineering import eu_information
from twin.opcua.identity import SIMULATION_URI
from twin.opcua.instances import Members, fill
from twin.opcua.machinery_nodes import ADD_INS, BUILDING_BLOCKS, MACHINES
from twin.opcua.machinery_nodes import MODEL as MACHINERY
from twin.opcua.machines import ITEM_STATE, OPERATION_MODE, Machine, Machines
from twin.opcua.packml_nodes import BASE_OBJECT_TYPE, LEVELS, OBJECTS, UNIT_MODES
from twin.opcua.packml_nodes import MODEL as PACKML
from twin.opcua.space import ADD_IN, COMPONENT, FOLDER, ORGANIZES, Place, Space
from twin.opcua.state_machine import StateMachine
from twin.opcua.type_nodes import add_data_type
from twin.plant.layout import Layout, Line
from twin.plant.logistics import Vehicle
from twin.plant.process import mean_s
from twin.plant.stations import Station

_MAKER = "Factory Twin (simulated)"
_FASTEST = 1.25  # the upper end of a speed's range, as a multiple of the design speed; an estimate


def add_machines(space: Space, layout: Layout, owners: Mapping[str, ua.NodeId]) -> Machines:
    """Complete the objects of all stations and vehicles, and list them where third parties look."""
    kinds = {f"{path}/": StateMachine(space, PACKML.types[ref]) for ref, path, _ in LEVELS}
    for path in (ITEM_STATE, OPERATION_MODE):
        ref = ADD_INS["machinery", path.rstrip("/")]
        kinds[path] = StateMachine(space, MACHINERY.types[ref])
    add_data_type(space, UNIT_MODES)
    machines = {}
    for area, line, station in _stations(layout):
        object_ = owners[station.id]
        machines[station.id] = _station(space, object_, line, station, kinds)
        place = f"{layout.name.en}, {area}, {line.name.en}"
        members = machines[station.id].members
        members |= _add_ins(space, object_, _nameplate(layout, station, station.kind, place), kinds)
        space.refer(space.node(OBJECTS), ORGANIZES, object_)
    for vehicle in layout.vehicles:
        nameplate = _nameplate(layout, vehicle, vehicle.kind, f"{layout.name.en}, route {vehicle.route}")
        members = _add_ins(space, owners[vehicle.id], nameplate, kinds)
        machines[vehicle.id] = Machine(members, ("", eu_information("pcs")))
    for owner in machines:
        space.refer(space.node(MACHINES), ORGANIZES, owners[owner])
    return Machines(space, machines, kinds)


def _stations(layout: Layout) -> Iterator[tuple[str, Line, Station]]:
    for area in layout.areas:
        for line in area.lines:
            for station in line.stations:
                yield area.name.en, line, station


def _station(
    space: Space, object_: ua.NodeId, line: Line, station: Station, kinds: Mapping[str, StateMachine]
) -> Machine:
    speed = 60.0 * station.places / mean_s(station.cycle)
    design, limits = ua.Variant(speed, ua.VariantType.Float), ua.Variant(ua.Range(0.0, _FASTEST * speed))
    values = {
        "PackMLVersion": _text("TR88.00.02-2015"),
        "TagID": _text(station.id),
        "Status/MachSpeed": design,
        "Status/MachSpeed/EURange": limits,
        "Status/CurMachSpeed/EURange": limits,
        "Status/UnitSupportedModes": ua.Variant(space.node(UNIT_MODES.ref), ua.VariantType.NodeId),
        "Admin/MachDesignSpeed": design,
    }
    for _, path, _ in LEVELS:
        values |= kinds[f"{path}/"].fixed(f"{path}/")
    members = fill(space, object_, BASE_OBJECT_TYPE, values)
    piece = line.product.en if line.product else line.name.en
    return Machine({"": object_, **members}, (piece, eu_information("pcs")), speed, station.places)


def _add_ins(
    space: Space, machine: ua.NodeId, nameplate: Mapping[str, ua.Variant], kinds: Mapping[str, StateMachine]
) -> Members:
    """Machinery's building blocks; their members by path, which begins with the add-in's name."""
    step = (space.indexes["machinery"], BUILDING_BLOCKS)
    blocks = space.object(step, Place(machine, COMPONENT, FOLDER))
    members: Members = {}
    for (alias, name), ref in ADD_INS.items():
        made = space.object((space.indexes[alias], name), Place(machine, ADD_IN, space.node(ref)))
        space.refer(blocks, ADD_IN, made)
        below = fill(space, made, ref, nameplate if name == "Identification" else None)
        members |= {f"{name}/{path}": node for path, node in below.items()}
    return members


def _nameplate(layout: Layout, thing: Station | Vehicle, model: str, place: str) -> dict[str, ua.Variant]:
    words = f"{model.replace('_', ' ').capitalize()} (simulated)"
    return {
        "Manufacturer": _label(_MAKER),
        "ManufacturerUri": _text(SIMULATION_URI),
        "Model": _label(words),
        "SerialNumber": _text(f"SIM-{thing.id}"),
        "ProductInstanceUri": _text(f"{SIMULATION_URI}:{layout.id}:{thing.id}"),
        "ComponentName": _label(thing.name.en),
        "DeviceClass": _text(model),
        "Location": _text(place),
        "SoftwareRevision": _text("simulated"),
    }


def _text(text: str) -> ua.Variant:
    return ua.Variant(text, ua.VariantType.String)


def _label(text: str) -> ua.Variant:
    return ua.Variant(ua.LocalizedText(text, "en"), ua.VariantType.LocalizedText)
