"""An OPC UA server for a layout: the address space, values and events written into it. Loopback only, read-only.

What a client relies on:
- The server's application URI is `SIMULATION_URI`.
- Stations are PackML units, stations and robots Machinery machines, lines have job lists; they follow the readings.
- All readings of one `publish` become visible together: a carrier is never seen with half of a move.
- Events are told at the Server object, at their source and at everything between: line and area.
- Incidents are of IncidentEventType; their `Kind` is a property in the namespace `plant`.
- Alarms are conditions of OPC UA Part 9.
- Tags of stations, but instants, can be read back as raw history, a few thousand values each.
- Times have whole microseconds, the finest that asyncua carries.

Not here: where values come from, and any clock.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from asyncua import ua
from asyncua.common.events import Event
from asyncua.ua.attribute_ids import AttributeIds

from twin.errors import SetupError
from twin.opcua.alarm_methods import link_methods
from twin.opcua.alarms import AlarmReading, Alarms
from twin.opcua.companion import URIS
from twin.opcua.events import KIND
from twin.opcua.identity import LOAD_URI, SIMULATION_URI
from twin.opcua.jobs import Job
from twin.opcua.listener import PlantListener
from twin.opcua.load_nodes import add_load
from twin.opcua.methods import OnCommand, OnJob, OnMode, answer_calls
from twin.opcua.nodeset import load_nodesets
from twin.opcua.notices import SERVER, Notices
from twin.opcua.plant_nodes import PlantNodes, add_plant
from twin.opcua.raw_history import RawHistory, make_rings
from twin.opcua.ring import Ring
from twin.opcua.state_machine import Update
from twin.opcua.subscriptions.items import MonitoredAttribute
from twin.opcua.subscriptions.sample import Sample, ticks_of
from twin.opcua.training_nodes import TrainingHandlers, add_training
from twin.opcua.values import datetime_at
from twin.plant.layout import Layout
from twin.plant.quality import BAD_WAITING

HOST = "127.0.0.1"
_NULL, _DATE_TIME = ua.VariantType.Null.value, ua.VariantType.DateTime.value


class Reading(NamedTuple):
    """One value of one variable, as a recording would hold it: a DateTime is seconds since 1970 UTC."""

    owner: str
    tag: str
    value: float | int | str | bool
    source_ns: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened to an owner; severity is 1 to 1000."""

    time_ns: int
    source: str
    kind: str
    severity: int
    message: str


class PlantServer:
    """The plant's OPC UA server: `build`, `publish` the first values, `open`, and `stop` at the end.

    Attributes:
        plant: what was built.
        on_command: called with station and PackML command when a client asks for one that the station's state allows;
            says whether it is carried out. None, as it is at first: clients are told that it is not supported.
        on_mode: the same for station and unit mode, whatever the state.
        on_job: the same for line, command and order.
    """

    plant: PlantNodes

    def __init__(self, layout: Layout, nodesets: Sequence[Path] = ()) -> None:
        self._nodesets = nodesets
        self.on_command: OnCommand | None = None
        self.on_mode: OnMode | None = None
        self.on_job: OnJob | None = None
        self._layout = layout
        self._server = PlantListener()
        self._history = RawHistory(self._server.iserver)
        self._server.iserver.history_manager = self._history
        self._rings = make_rings(layout)
        self._load: list[tuple[MonitoredAttribute, int]] = []
        self._values: dict[tuple[str, str], tuple[MonitoredAttribute, int, Ring | None]] = {}

    async def build(self) -> None:
        """Make the whole address space; every variable waits for its first value.

        Raises:
            SetupError: if a NodeSet file cannot be loaded.
        """
        server = self._server
        server.name = f"Factory Twin: {self._layout.name.en}"
        server.manufacturer_name = "Factory Twin"
        server.product_uri = SIMULATION_URI
        server.application_type = ua.ApplicationType.Server
        server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        server.set_identity_tokens([ua.AnonymousIdentityToken, ua.UserNameIdentityToken])
        await server.init()
        await server.set_application_uri(SIMULATION_URI)
        await load_nodesets(server, self._nodesets)
        uris = {*self._layout.namespaces.values(), *URIS.values()}
        indexes = {uri: await server.register_namespace(uri) for uri in sorted(uris)}
        self.plant = add_plant(server.iserver.aspace, self._layout, indexes)
        answer_calls(self.plant.space, self.plant.machines, self.plant.jobs, self)
        attributes, waiting = server.subscriptions.attributes, Sample(None, _NULL, 0, 0, BAD_WAITING)
        for name, variable in self.plant.variables.items():
            attribute = attributes.declare(variable.node, waiting)
            self._values[name] = attribute, variable.type.value, self._rings.get(name)
        self._history.serve(server.iserver.aspace, self.plant, self._rings)
        self._notices = Notices(server.subscriptions)
        self._alarms = Alarms(server.iserver.aspace, self._layout, self.plant, self._notices)
        link_methods(server.iserver.aspace, self._alarms, self._notices)

    async def add_load(self, data_types: Sequence[str]) -> None:
        """Add synthetic variables of these data types, numbered from 0 in their order."""
        namespace = await self._server.register_namespace(LOAD_URI)
        types = [ua.VariantType[name] for name in data_types]
        values = add_load(self._server.subscriptions.attributes, types, namespace)
        self._load = [(value, kind.value) for value, kind in zip(values, types, strict=True)]

    async def add_training(self, handlers: TrainingHandlers) -> None:
        """Add the trainer's object, whose methods these handlers carry out."""
        self._active = await add_training(self._server, handlers)
        self._shown = "[]"

    async def show_active(self, text: str) -> None:
        """Show the malfunctions under way, as JSON."""
        if text != self._shown:
            self._shown = text
            await self._active.write_value(text, ua.VariantType.String)

    async def open(self, port: int) -> str:
        """Let clients connect; port 0 is any free one. Returns the server's address.

        Raises:
            SetupError: if the port is taken.
        """
        check_port(port)
        self._server.set_endpoint(f"opc.tcp://{HOST}:{port}/")
        try:
            await self._server.start()
        except OSError as error:  # somebody took it since the check
            raise _taken(port, error) from error
        listener = self._server.bserver
        return f"opc.tcp://{HOST}:{listener.port if listener else port}/"

    async def publish(self, readings: Iterable[Reading]) -> None:
        """Change values, all of them before anything is sent to a client: it waits for nothing."""
        now_s = asyncio.get_running_loop().time()
        values, readings = self._values, list(readings)
        for owner, tag, value, source_ns in readings:
            attribute, kind, ring = values[owner, tag]
            ticks = ticks_of(source_ns)
            attribute.change(Sample(_content(value, kind), kind, ticks, ticks), now_s)
            if ring is not None:
                ring.append(source_ns, value)
        await self._write(self.plant.machines.follow(readings))

    async def publish_jobs(self, line_id: str, jobs: Sequence[Job], source_ns: int) -> None:
        """Show these production orders, and no others, as the line's at `source_ns`."""
        await self._write(self.plant.jobs.publish(line_id, jobs, source_ns))

    async def _write(self, updates: Iterable[Update]) -> None:
        """Change what third parties read; asyncua's write waits for nothing either."""
        write = self._server.iserver.aspace.write_attribute_value
        for node, content, source_ns, status in updates:
            time = datetime_at(source_ns // 1000)
            value = ua.DataValue(content, ua.StatusCode(ua.UInt32(status)), SourceTimestamp=time, ServerTimestamp=time)
            (await write(node, AttributeIds.Value, value)).check()

    def publish_load(self, changes: Iterable[tuple[int, float | int | str | bool]], source_ns: int) -> None:
        """Change synthetic variables, given by number, at one instant."""
        now_s, ticks, load = asyncio.get_running_loop().time(), ticks_of(source_ns), self._load
        for number, value in changes:
            attribute, kind = load[number]
            attribute.change(Sample(_content(value, kind), kind, ticks, ticks), now_s)

    async def emit(self, occurrence: Occurrence) -> None:
        """Send an event to every client that listens to the source or to anything above it."""
        time = datetime_at(occurrence.time_ns // 1000)
        event = Event()
        event.add_property("EventId", uuid4().bytes, ua.VariantType.ByteString)
        event.add_property("EventType", self.plant.incident_type, ua.VariantType.NodeId)
        event.add_property("SourceNode", self.plant.owners.get(occurrence.source, SERVER), ua.VariantType.NodeId)
        event.add_property("SourceName", occurrence.source, ua.VariantType.String)
        event.add_property("Time", time, ua.VariantType.DateTime)
        event.add_property("ReceiveTime", time, ua.VariantType.DateTime)
        event.add_property("Message", ua.LocalizedText(occurrence.message), ua.VariantType.LocalizedText)
        event.add_property("Severity", occurrence.severity, ua.VariantType.UInt16)
        event.add_property(KIND, occurrence.kind, ua.VariantType.String)
        await self._notices.send(event, (SERVER, *self.plant.chains.get(occurrence.source, ())))
        said = {"kind": occurrence.kind, "message": occurrence.message}
        stopped = self.plant.machines.stopped
        await self._write(stopped(occurrence.source, severity=occurrence.severity, time_ns=occurrence.time_ns, **said))

    async def set_alarm(self, reading: AlarmReading) -> None:
        """Say whether an alarm of the plant is active; every change becomes an event of its condition."""
        await self._alarms.set(reading)

    async def pass_time(self, time_ns: int) -> None:
        """Say how late it is: alarms that were shelved until now come back."""
        await self._alarms.pass_time(time_ns)

    async def stop(self) -> None:
        """Close every connection and the socket."""
        await self._server.stop()


def check_port(port: int) -> None:
    """Find out that a port is taken before anything is built, and without asyncua's traceback.

    Raises:
        SetupError: if it is.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left by another server is free
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise _taken(port, error) from error


def _taken(port: int, error: OSError | OverflowError) -> SetupError:
    reason = error.strerror if isinstance(error, OSError) else "ports go from 0 to 65535"
    return SetupError(
        f"Port {port} of this machine cannot be used ({reason}). Choose another with --port, or --port 0 for any."
    )


def _content(value: float | int | str | bool, kind: int) -> object:
    return datetime_at(round(float(value) * 1e6)) if kind == _DATE_TIME else value
