"""A layout's own tags where a companion type has a member: what holds the same is the member, anything else stays."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds

from twin.opcua.identity import PACKML_URI
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout_file import parse_layout

NS = 1_767_225_600_000_000_000
TAGS = [
    {"id": "State", "browse_path": "Anywhere", "data_type": "Int32"},
    {"id": "Processed", "browse_path": "packml:Admin/packml:ProdProcessedCount", "data_type": "Int32"},
    {"id": "Blocked", "browse_path": "packml:Status/packml:EquipmentBlocked", "data_type": "Boolean"},
]


def station_server(tags: list[dict[str, Any]]) -> PlantServer:
    def named(identifier: str) -> dict[str, Any]:
        return {"id": identifier, "name": {"en": identifier, "zh_CN": identifier}}

    station = {**named("S1"), "cycle": {"kind": "deterministic", "value_s": 5}, "tags": tags}
    areas = [{**named("A1"), "lines": [{**named("L1"), "stations": [station]}]}]
    raw = {**named("p"), "format": 1, "namespaces": {"plant": "urn:x", "packml": PACKML_URI}, "areas": areas}
    return PlantServer(parse_layout(json.dumps(raw)))


def below(server: PlantServer, *names: tuple[str, str]) -> ua.NodeId | None:
    node: ua.NodeId | None = server.plant.owners["S1"]
    for alias, name in names:
        node = server.plant.space.child(node, (server.plant.space.indexes[alias], name)) if node else None
    return node


def test_a_plain_counter_in_the_structures_place_stays_a_plain_counter() -> None:
    async def body() -> None:
        server = station_server(TAGS)
        await server.build()
        await server.publish([Reading("S1", "Processed", 7, NS), Reading("S1", "State", 6, NS)])
        plant = server.plant
        counter = below(server, ("packml", "Admin"), ("packml", "ProdProcessedCount"))
        assert counter == plant.variables["S1", "Processed"].node
        assert plant.space.aspace.read_attribute_value(counter, AttributeIds.Value).Value == ua.Variant(
            7, ua.VariantType.Int32
        )
        assert below(server, ("packml", "Admin"), ("packml", "ProdDefectiveCount"))

    asyncio.run(body())


def test_a_tag_that_holds_what_the_type_asks_for_is_the_member() -> None:
    async def body() -> None:
        server = station_server(TAGS)
        await server.build()
        blocked = below(server, ("packml", "Status"), ("packml", "EquipmentBlocked"))
        assert blocked == server.plant.variables["S1", "Blocked"].node

    asyncio.run(body())


def test_a_station_without_any_tag_is_a_complete_unit_all_the_same() -> None:
    async def body() -> None:
        server = station_server([])
        await server.build()
        for part in ("BaseStateMachine", "Status", "Admin"):
            assert below(server, ("packml", part))
        assert below(server, ("machinery", "MachineryItemState"), ("ua", "CurrentState"), ("ua", "Id"))

    asyncio.run(body())
