"""The plant's server as a client sees it, over a real socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.node import Node
from asyncua.common.subscription import DataChangeNotif
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import BadUserAccessDenied

from tests.opcua.quiet_client import quiet_client
from twin.opcua import packml_nodes
from twin.opcua.events import INCIDENT_TYPE
from twin.opcua.identity import PACKML_URI, SIMULATION_URI
from twin.opcua.nodes import browse_path
from twin.opcua.server import Occurrence, PlantServer, Reading
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.plant.quality import BAD_WAITING

PLANT_URI = "urn:test:plant"
NS = 1_767_225_600_123_456_000  # 2026-01-01 00:00:00.123456 UTC
MOVE = ("From", "To", "Departed", "Arrives")
STATION_TAGS = [
    {"id": "State", "browse_path": "packml:Status/StateCurrent", "data_type": "Int32"},
    {"id": "Blocked", "browse_path": "packml:Status/packml:EquipmentBlocked", "data_type": "Boolean"},
    {"id": "Serial", "browse_path": "Product/Serial", "data_type": "String"},
    {"id": "Started", "browse_path": "Cycle/Started", "data_type": "DateTime"},
    {"id": "Single", "browse_path": "Single", "data_type": "Float"},
    {"id": "Count", "browse_path": "Count", "data_type": "UInt32"},
    {"id": "Large", "browse_path": "Large", "data_type": "Int64"},
    {
        "id": "Vacuum",
        "browse_path": "Process/Vacuum",
        "unit": "Pa",
        "low": 1,
        "high": 60,
        "signal": {"kind": "level", "mean": 30, "deviation": 2},
    },
    {"id": "Never", "browse_path": "Never"},
]
CARRIER_TAGS = [{"id": name, "browse_path": f"Move/{name}"} for name in MOVE[:2]] + [
    {"id": name, "browse_path": f"Move/{name}", "data_type": "DateTime"} for name in MOVE[2:]
]


def named(identifier: str) -> dict[str, object]:
    return {"id": identifier, "name": {"en": f"The {identifier}", "zh_CN": identifier}}


def tiny_layout() -> Layout:
    stations = [
        {**named(f"S{number}"), "cycle": {"kind": "deterministic", "value_s": 5}, "tag_sets": ["station"]}
        for number in (1, 2)
    ]
    line = {**named("L1"), "carriers": {"count": 2, "tag_sets": ["carrier"]}, "stations": stations}
    raw = {
        **named("tiny"),
        "format": 1,
        "namespaces": {"plant": PLANT_URI, "packml": PACKML_URI},
        "tag_sets": {"station": STATION_TAGS, "carrier": CARRIER_TAGS},
        "areas": [{**named("A1"), "lines": [line]}],
    }
    return parse_layout(json.dumps(raw))


class Rig:
    """One server and one client for all tests of this file; building a server takes most of a second."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.layout = tiny_layout()
        self.server = PlantServer(self.layout)
        self.runner.run(self._open())

    async def _open(self) -> None:
        await self.server.build()
        self.url = await self.server.open(0)
        self.client = Client(self.url)
        await self.client.connect()
        self.namespaces = await self.client.get_namespace_array()

    def close(self) -> None:
        self.runner.run(self._close())
        self.runner.close()

    async def _close(self) -> None:
        await self.client.disconnect()
        await asyncio.wait_for(self.server.stop(), 1.0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left

    async def node(self, owner_id: str, tag_id: str | None = None) -> Node:
        owner = next(owner for owner in self.layout.owners if owner.id == owner_id)
        below = [f"/{tag.browse_path}" for tag in owner.tags if tag.id == tag_id]
        path = browse_path(owner.browse_path + "".join(below), self.layout.namespaces, self.namespaces)
        assert path is not None
        result = (await self.client.uaclient.translate_browsepaths_to_nodeids([path]))[0]
        result.StatusCode.check()
        assert len(result.Targets) == 1
        return self.client.get_node(result.Targets[0].TargetId)

    async def read(self, owner: str, tag: str) -> ua.DataValue:
        return await (await self.node(owner, tag)).read_data_value(raise_on_bad_status=False)


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with quiet_client():
        rig = Rig()
        yield rig
        rig.close()


@pytest.mark.parametrize(
    ("tag", "value", "kind"),
    [
        ("State", 6, ua.VariantType.Int32),
        ("Blocked", True, ua.VariantType.Boolean),
        ("Serial", "U-1 工", ua.VariantType.String),
        ("Single", 0.5, ua.VariantType.Float),
        ("Count", 4_000_000_000, ua.VariantType.UInt32),
        ("Large", 2**60, ua.VariantType.Int64),
        ("Vacuum", 31.25, ua.VariantType.Double),
    ],
)
def test_a_value_arrives_with_its_type_and_exact_source_time(
    rig: Rig, tag: str, value: float | str, kind: ua.VariantType
) -> None:
    async def body() -> ua.DataValue:
        await rig.server.publish([Reading("S2", tag, value, NS)])
        return await rig.read("S2", tag)

    got = rig.runner.run(body())
    assert got.Value is not None
    assert (got.Value.Value, got.Value.VariantType) == (value, kind)
    assert got.SourceTimestamp == datetime(2026, 1, 1, 0, 0, 0, 123456, UTC)


def test_an_instant_given_in_seconds_arrives_to_the_microsecond(rig: Rig) -> None:
    async def body() -> ua.DataValue:
        await rig.server.publish([Reading("S1", "Started", NS / 1e9, NS)])
        return await rig.read("S1", "Started")

    got = rig.runner.run(body())
    assert got.Value is not None
    assert got.Value.Value == datetime(2026, 1, 1, 0, 0, 0, 123456, UTC)


def test_a_variable_without_a_value_says_so(rig: Rig) -> None:
    got = rig.runner.run(rig.read("S1", "Never"))
    assert got.StatusCode is not None
    assert got.StatusCode.value == BAD_WAITING


def test_every_browse_path_of_the_layout_leads_to_one_node(rig: Rig) -> None:
    async def body() -> list[ua.NodeId]:
        return [(await rig.node(owner.id, tag.id)).nodeid for owner in rig.layout.owners for tag in owner.tags]

    found = rig.runner.run(body())
    assert len({(node.NamespaceIndex, node.Identifier) for node in found}) == len(found) == 2 * 9 + 2 * 4
    assert all(isinstance(node.Identifier, int) for node in found)


def test_the_server_says_that_it_is_a_simulation(rig: Rig) -> None:
    servers = rig.runner.run(rig.client.get_node(ua.NodeId(ua.Int32(ObjectIds.Server_ServerArray))).read_value())
    endpoints = rig.runner.run(rig.client.get_endpoints())
    assert servers[0] == SIMULATION_URI
    assert rig.namespaces[1] == SIMULATION_URI
    assert [end.Server.ApplicationUri for end in endpoints] == [SIMULATION_URI]
    assert [end.EndpointUrl for end in endpoints] == [rig.url]


def test_stations_are_packml_units_by_type_and_listed_where_third_parties_look(rig: Rig) -> None:
    async def body() -> None:
        index = ua.Int16(rig.namespaces.index(PACKML_URI))
        stations = [await rig.node("S1"), await rig.node("S2")]
        folder = rig.client.get_node(ua.NodeId(ua.Int32(packml_nodes.OBJECTS.number), index))
        assert [(await child.read_browse_name()).Name for child in await folder.get_children()] == ["S1", "S2"]
        expected = ua.NodeId(ua.Int32(packml_nodes.BASE_OBJECT_TYPE.number), index)
        assert [await station.read_type_definition() for station in stations] == [expected, expected]
        base = await rig.client.get_node(expected).get_parent()
        assert base is not None
        assert base.nodeid.Identifier == ObjectIds.BaseObjectType
        status = await (await stations[0].get_child(f"{index}:Status")).read_type_definition()
        assert status == ua.NodeId(ua.Int32(4), index)

    rig.runner.run(body())


def test_a_process_value_carries_unit_and_range(rig: Rig) -> None:
    async def body() -> tuple[ua.EUInformation, ua.Range]:
        node = await rig.node("S1", "Vacuum")
        unit = await (await node.get_child("0:EngineeringUnits")).read_value()
        return unit, await (await node.get_child("0:EURange")).read_value()

    unit, limits = rig.runner.run(body())
    assert (unit.DisplayName.Text, unit.UnitId, unit.Description.Text) == ("Pa", 5259596, "pascal")
    assert unit.NamespaceUri == "http://www.opcfoundation.org/UA/units/un/cefact"
    assert (limits.Low, limits.High) == (1, 60)  # up to the alarm limits, as the signal itself keeps to 22 to 38


def test_clients_cannot_write(rig: Rig) -> None:
    async def body() -> None:
        node = await rig.node("S1", "State")
        await node.write_value(ua.DataValue(ua.Variant(9, ua.VariantType.Int32)))

    with pytest.raises(BadUserAccessDenied):
        rig.runner.run(body())


class Heard:
    """Collects what a subscription brings."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[object] = asyncio.Queue()

    def datachange_notification(self, _node: Node, value: object, _data: DataChangeNotif) -> None:
        self.queue.put_nowait(value)

    def event_notification(self, event: object) -> None:
        self.queue.put_nowait(event)

    async def next(self) -> object:
        return await asyncio.wait_for(self.queue.get(), 5)


def test_an_event_brings_source_kind_severity_message_and_time(rig: Rig) -> None:
    async def body() -> object:
        heard = Heard()
        subscription = await rig.client.create_subscription(10, heard)
        index = rig.namespaces.index(PLANT_URI)
        types = rig.client.get_node(ua.NodeId(ua.Int32(ObjectIds.BaseEventType)))
        kind = await types.get_child(f"{index}:{INCIDENT_TYPE}")
        await subscription.subscribe_events(evtypes=kind)
        await rig.server.emit(Occurrence(NS, "S2", "breakdown", 700, "burner nozzle"))
        event = await heard.next()
        await subscription.delete()
        return event

    event = rig.runner.run(body())
    fields = vars(event)
    assert (fields["SourceName"], fields["Kind"], fields["Severity"]) == ("S2", "breakdown", 700)
    assert fields["Message"].Text == "burner nozzle"
    assert fields["Time"] == datetime(2026, 1, 1, 0, 0, 0, 123456, UTC)


def test_all_values_of_one_publish_are_written_before_anything_else_runs(rig: Rig) -> None:
    async def body() -> tuple[list[bool], set[object]]:
        heard = Heard()
        subscription = await rig.client.create_subscription(10, heard)
        nodes = [await rig.node("L1/C01", name) for name in MOVE[:2]]
        await rig.server.publish([Reading("L1/C01", name, 0.0, NS) for name in MOVE[:2]])
        await subscription.subscribe_data_change(nodes)
        for _ in nodes:
            await heard.next()
        ran: list[bool] = []
        asyncio.get_running_loop().call_soon(ran.append, True)
        await rig.server.publish([Reading("L1/C01", name, 7.5, NS) for name in MOVE[:2]])
        before = list(ran)
        values = {await heard.next() for _ in nodes}
        await subscription.delete()
        return before, values

    before, values = rig.runner.run(body())
    assert before == []
    assert values == {7.5}
