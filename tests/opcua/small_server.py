"""A small OPC UA server as a process of its own, told what to do line by line: what tests connect to, stop and kill.

    python small_server.py PORT URI NAMESPACE…        prints `serving` when ready, answers `done` to every command

Commands are JSON objects: {"set": name, "value": …, "type": …, "status": …}, {"event": message}, {"add": name}.
"""

import asyncio
import json
import sys
from typing import Any

from asyncua import ua
from asyncua.common.node import Node
from asyncua.server.server import Server

PLANT, OTHER = "urn:test:plant", "urn:test:other"
PACKML = "http://opcfoundation.org/UA/PackML/"


class SmallServer:
    """The server and its variables by name."""

    def __init__(self) -> None:
        self.server = Server()
        self.variables: dict[str, Node] = {}

    async def build(self, port: int, uri: str, namespaces: list[str]) -> None:
        await self.server.init()
        self.server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/")
        self.server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        await self.server.set_application_uri(uri)
        index = {name: await self.server.register_namespace(name) for name in namespaces}
        self.plant, self.other = index[PLANT], index[OTHER]
        await self._build_station()
        await self._build_mixture()
        if PACKML in index:
            await self._build_packml(index[PACKML])

    async def _build_station(self) -> None:
        node = self.server.nodes.objects
        for name in ("Factory", "A", "L", "S1"):
            node = await node.add_object(self.plant, name)
        self.station = node
        for name, value, kind in (
            ("Temperature", 20.0, ua.VariantType.Double),
            ("Count", 1, ua.VariantType.Int32),
            ("Serial", "U-1", ua.VariantType.String),
        ):
            # The same string identifier in every order of namespaces: only the namespace tells them apart.
            self.variables[name] = await node.add_variable(
                _named(name, self.plant), f"{self.plant}:{name}", value, kind
            )
            await self.server.nodes.objects.add_variable(
                _named(name, self.other), f"{self.other}:Other{name}", value if name == "Serial" else -1, kind
            )
        temperature = self.variables["Temperature"]
        unit = ua.EUInformation(DisplayName=ua.LocalizedText("°C"), UnitId=1)
        await temperature.add_property(0, "EngineeringUnits", unit)
        await temperature.add_property(0, "EURange", ua.Range(-10.0, 90.0))

    async def _build_mixture(self) -> None:
        folder = await self.server.nodes.objects.add_folder(self.plant, "Mixed")
        await folder.add_variable(self.plant, "Array", [1, 2, 3], ua.VariantType.Int32)
        await folder.add_variable(self.plant, "Identifier", ua.NodeId(ua.Int32(1)), ua.VariantType.NodeId)
        for name, value, kind in (
            ("Text", ua.LocalizedText("hello"), ua.VariantType.LocalizedText),
            ("Big", 2**40, ua.VariantType.UInt64),
            ("Small", 7, ua.VariantType.Byte),
            ("温度", 21.5, ua.VariantType.Float),
            ("Twice", 1, ua.VariantType.Int16),
        ):
            self.variables[name] = await folder.add_variable(self.plant, name, value, kind)
        await folder.add_variable(self.other, "Twice", 2, ua.VariantType.Int16)

    async def _build_packml(self, index: int) -> None:
        base = await self.server.nodes.base_object_type.add_object_type(index, "PackMLBaseObjectType")
        kind = await base.add_object_type(self.plant, "FillerType")
        folder = await self.server.nodes.objects.add_folder(self.plant, "Hall")
        filler = await folder.add_object(self.plant, "Filler 1", objecttype=kind.nodeid)
        status = await filler.add_object(index, "Status")
        await status.add_variable(index, "StateCurrent", 6, ua.VariantType.Int32)
        await folder.add_variable(self.plant, "Humidity", 0.5, ua.VariantType.Double)

    async def obey(self, command: dict[str, Any]) -> None:
        if "set" in command:
            content = ua.Variant(command["value"])
            if "type" in command:
                content = ua.Variant(command["value"], ua.VariantType[command["type"]])
            value = ua.DataValue(content, ua.StatusCode(command.get("status", 0)))
            await self.server.write_attribute_value(self.variables[command["set"]].nodeid, value)
        elif "event" in command:
            generator = await self.server.get_event_generator()
            generator.event.Severity = 700
            generator.event.SourceName = "S1"
            await generator.trigger(message=command["event"])
        elif "add" in command:
            name = command["add"]
            self.variables[name] = await self.station.add_variable(self.plant, name, 5.0, ua.VariantType.Double)


def _named(name: str, namespace: int) -> ua.NodeId:
    return ua.NodeId(ua.String(name), ua.Int16(namespace))


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


async def main(port: int, uri: str, namespaces: list[str]) -> None:
    small = SmallServer()
    await small.build(port, uri, namespaces)
    async with small.server:
        say("serving")
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            await small.obey(json.loads(line))
            say("done")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
