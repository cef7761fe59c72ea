"""Full NodeSet files in a server: their types are there with all members, and the plant's instances are of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds

from twin.errors import SetupError
from twin.opcua.identity import ISA95_URI, JOBS_URI, MACHINERY_URI, PACKML_URI
from twin.opcua.nodes import UA_URI
from twin.opcua.nodeset import load_nodesets
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout_file import read_layout
from twin.plant.packml import State
from twin.plant.shipped import SHIPPED

FOLDER = Path(__file__).parents[3] / "shared" / "nodesets"
HEAD = '<UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd">'


def file(name: str) -> Path:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip("the OPC Foundation's NodeSet files are not beside this checkout")
    return path


async def loaded(files: list[Path]) -> Server:
    server = Server()
    await server.init()
    await load_nodesets(server, files)
    return server


def attribute(server: Server, node: ua.NodeId, kind: AttributeIds) -> Any:
    value = server.iserver.aspace.read_attribute_value(node, kind).Value
    return value.Value if value is not None else None


def test_all_files_load_whatever_order_they_are_given_in() -> None:
    files = sorted({file("Opc.Ua.Di.NodeSet2.xml"), *FOLDER.glob("*.xml")}, reverse=True)

    async def body() -> None:
        server = await loaded(files)
        uris = await server.get_namespace_array()
        assert {PACKML_URI, MACHINERY_URI, JOBS_URI, ISA95_URI} < set(uris)
        index = uris.index("http://opcfoundation.org/UA/AutoID/")
        inherited = {}
        for node in list(server.iserver.aspace.keys()):
            if (
                node.NamespaceIndex == index
                and attribute(server, node, AttributeIds.NodeClass) == ua.NodeClass.DataType
            ):
                definition = attribute(server, node, AttributeIds.DataTypeDefinition)
                name = attribute(server, node, AttributeIds.BrowseName).Name
                if isinstance(definition, ua.StructureDefinition):
                    inherited[name] = [field.Name for field in definition.Fields]
        base = inherited["ScanResult"]
        assert inherited["RfidScanResult"] == [*base, "Sighting"]
        assert len(base) > 2

    asyncio.run(body())


def test_instances_are_of_the_loaded_types() -> None:
    layout = read_layout(SHIPPED / "outdoor-line.json")
    station = layout.stations[0].id

    async def body() -> None:
        server = PlantServer(layout, [file("Opc.Ua.PackML.NodeSet2.xml")])
        await server.build()
        await server.publish([Reading(station, "State", int(State.HELD), 10**18)])
        space = server.plant.space
        remote = ua.NodeId(
            ua.Int32(403), ua.Int16(space.indexes["packml"])
        )  # a method that the compact table leaves out
        assert space.has(remote)
        assert server.plant.machines.state(station) is State.HELD

    asyncio.run(body())


def test_a_missing_model_is_named() -> None:
    with pytest.raises(SetupError, match=r"Machinery.*requires .*UA/DI/"):
        asyncio.run(load_nodesets(Server(), [file("Opc.Ua.Machinery.NodeSet2.xml")]))


@pytest.mark.parametrize(
    ("text", "problem"),
    [("<UANodeSet", "not XML"), ("<html/>", "not a NodeSet2 file"), (None, "cannot be read")],
)
def test_what_is_no_nodeset_is_named(tmp_path: Path, text: str | None, problem: str) -> None:
    path = tmp_path / "some.xml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=problem):
        asyncio.run(load_nodesets(Server(), [path]))


def test_a_small_file_of_ones_own_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "own.xml"
    path.write_text(
        HEAD
        + '<NamespaceUris><Uri>urn:own</Uri></NamespaceUris><Models><Model ModelUri="urn:own" Version="1.0" '
        + f'PublicationDate="2026-01-01T00:00:00Z"><RequiredModel ModelUri="{UA_URI}"/></Model></Models>'
        + '<UAObjectType NodeId="ns=1;i=1" BrowseName="1:OwnType"><DisplayName>OwnType</DisplayName><References>'
        + '<Reference ReferenceType="i=45" IsForward="false">i=58</Reference></References></UAObjectType></UANodeSet>',
        encoding="utf-8",
    )

    async def body() -> str:
        server = await loaded([path])
        index = (await server.get_namespace_array()).index("urn:own")
        return str(attribute(server, ua.NodeId(ua.Int32(1), ua.Int16(index)), AttributeIds.BrowseName).Name)

    assert asyncio.run(body()) == "OwnType"
