"""The server side of the benchmark `server`, as a process of its own.

    python -m tests.bench._server_under_load ours|asyncua ITEMS HZ SECONDS

Prints the address, waits for a line on stdin, writes ITEMS Doubles HZ times a second, and waits for another line, which
says that all have arrived. Prints a JSON object: values written, its own processor time and the wall time that took.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from time import perf_counter, process_time

from asyncua import ua
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds

from twin.opcua.listener import PlantListener
from twin.opcua.subscriptions.sample import Sample, ticks_of
from twin.opcua.values import datetime_at

_START_NS = 1_767_225_600_000_000_000
_DOUBLE = ua.VariantType.Double
Write = Callable[[int], Awaitable[None]]


async def main(which: str, items: int, hertz: float, duration_s: float) -> None:
    server = PlantListener() if which == "ours" else Server()
    await server.init()
    server.set_endpoint("opc.tcp://127.0.0.1:0/")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    nodes = await _variables(server, items)
    write = _ours(server, nodes) if isinstance(server, PlantListener) else _asyncuas(server, nodes)
    async with server:
        assert server.bserver is not None
        print(f"opc.tcp://127.0.0.1:{server.bserver.port}/", flush=True)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, sys.stdin.readline)
        start, used, cycles = perf_counter(), process_time(), round(hertz * duration_s)
        for cycle in range(1, cycles + 1):
            await write(cycle)
            await _until(start + cycle / hertz)
        await loop.run_in_executor(None, sys.stdin.readline)
        said = {"values": cycles * items, "cpu_s": process_time() - used, "wall_s": perf_counter() - start}
        print(json.dumps(said), flush=True)


async def _until(instant_s: float) -> None:
    """Let clients have the loop, until an instant of `perf_counter` at least."""
    loop = asyncio.get_running_loop()
    come = loop.create_future()
    loop.call_later(max(instant_s - perf_counter(), 0), come.set_result, None)
    await come


async def _variables(server: Server, items: int) -> list[ua.NodeId]:
    nodes: list[ua.NodeId] = []
    for first in range(0, items, 100):
        folder = await server.nodes.objects.add_folder(1, f"Folder {first}")
        for number in range(first, min(first + 100, items)):
            node = ua.NodeId(ua.Int32(100_000 + number), ua.Int16(1))
            await folder.add_variable(node, f"Variable {number}", 0.0, _DOUBLE)
            nodes.append(node)
    return nodes


def _ours(server: PlantListener, nodes: list[ua.NodeId]) -> Write:
    declare, first = server.subscriptions.attributes.declare, Sample(0.0, _DOUBLE.value, 1, 1)
    attributes = [declare(node, first) for node in nodes]

    async def write(cycle: int) -> None:
        now_s, source_ns = asyncio.get_running_loop().time(), _START_NS + cycle * 1_000_000
        for number, attribute in enumerate(attributes):
            ticks = ticks_of(source_ns)
            attribute.change(Sample(number + cycle * 0.5, _DOUBLE.value, ticks, ticks), now_s)

    return write


def _asyncuas(server: Server, nodes: list[ua.NodeId]) -> Write:
    async def write(cycle: int) -> None:
        for number, node in enumerate(nodes):
            time = datetime_at((_START_NS + cycle * 1_000_000) // 1000)
            value = ua.DataValue(ua.Variant(number + cycle * 0.5, _DOUBLE), SourceTimestamp=time, ServerTimestamp=time)
            await server.iserver.aspace.write_attribute_value(node, AttributeIds.Value, value)

    return write


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
