"""The shipped line's server with one client, for tests of what third parties see of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.node import Node

from tests.opcua.quiet_client import quiet_client
from twin.opcua.companion import URIS
from twin.opcua.nodes import browse_path
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED

NS = 1_767_225_600_000_000_000
S = 1_000_000_000
STATION, LINE, ROBOT = "OF1-08", "OF1", "AMR-1"
EXECUTE = "packml:BaseStateMachine/packml:MachineState/packml:ExecuteState"
LEVELS = (EXECUTE, "packml:BaseStateMachine/packml:MachineState", "packml:BaseStateMachine")  # the innermost first


class Rig:
    """The shipped line's server and one client."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.layout = read_layout(SHIPPED / "outdoor-line.json")
        self.server = PlantServer(self.layout)
        self.runner.run(self._open())

    async def _open(self) -> None:
        await self.server.build()
        self.client = Client(await self.server.open(0))
        await self.client.connect()
        self.namespaces = await self.client.get_namespace_array()
        self.object = next(owner for owner in self.layout.owners if owner.id == STATION).browse_path

    async def _close(self) -> None:
        await self.client.disconnect()
        await self.server.stop()

    def close(self) -> None:
        self.runner.run(self._close())
        self.runner.close()

    async def node(self, path: str) -> Node:
        path_here = browse_path(path, self.layout.namespaces | URIS, self.namespaces)
        assert path_here
        (result,) = await self.client.uaclient.translate_browsepaths_to_nodeids([path_here])
        result.StatusCode.check()
        return self.client.get_node(result.Targets[0].TargetId)

    def data(self, path: str) -> ua.DataValue:
        async def body() -> ua.DataValue:
            return await (await self.node(path)).read_data_value(raise_on_bad_status=False)

        return self.runner.run(body())

    def read(self, path: str) -> Any:
        value = self.data(path)
        assert value.Value is not None
        return value.Value.Value

    def tell(self, seconds: float = 0, **values: float) -> None:
        time_ns = NS + round(seconds * S)
        readings = [Reading(STATION, tag, value, time_ns) for tag, value in values.items()]
        self.runner.run(self.server.publish(readings))

    def call(self, object_: str, method: str, *arguments: Any) -> Any:
        async def body() -> Any:
            node = await self.node(object_)
            return await node.call_method((await self.node(f"{object_}/{method}")).nodeid, *arguments)

        return self.runner.run(body())

    def named(self, node: ua.NodeId) -> str:
        name = self.runner.run(self.client.get_node(node).read_browse_name())
        return f"{self.namespaces[name.NamespaceIndex]} {name.Name}"


@contextmanager
def shipped_rig() -> Iterator[Rig]:
    """A rig, closed at the end."""
    with quiet_client():
        rig = Rig()
        yield rig
        rig.close()
