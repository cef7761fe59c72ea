"""A server that nobody here wrote: node-opcua, browsed, recorded, discovered, killed and met again."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.gateway.recorded import MemoryTarget, Told, recording_gateway
from tests.interop.node_opcua import HERE, MODULES, NODE, needs_node_opcua
from tests.opcua.small import free_port
from twin.gateway.discover import discover_layout
from twin.gateway.plan import plan_from_layout
from twin.history.recording import Origin
from twin.plant import quality
from twin.plant.layout_file import parse_layout

pytestmark = needs_node_opcua


@contextmanager
def foreign_server(port: int) -> Iterator[subprocess.Popen[str]]:
    """A running node-opcua server; it is killed at the end."""
    process = subprocess.Popen(
        [str(NODE), str(HERE / "foreign_server.js"), str(port)],
        env=os.environ | {"NODE_PATH": str(MODULES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        while (line := process.stdout.readline().strip()) != "serving":
            assert line, "the foreign server ended before it served"
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    port = free_port()
    with foreign_server(port):
        yield f"opc.tcp://127.0.0.1:{port}/"


def test_it_is_browsed_and_its_changing_variable_recorded(url: str) -> None:
    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(url, target, told=told):
            await asyncio.wait_for(told.started.wait(), 10)
            level = float(target.newest("Boiler house/Boiler 1/Level"))
            await target.until(lambda _: float(target.newest("Boiler house/Boiler 1/Level")) > level + 2)
        values = {tag.id.rsplit("/", 1)[1]: target.newest(tag.id) for tag in target.seen().catalog.tags}
        assert {name: values[name] for name in ("Running", "Cycles", "Product", "Note", "Reset", "Pressure")} == {
            "Running": 1.0,
            "Cycles": 42.0,
            "Product": "风扇 Ⅱ",
            "Note": "hello",
            "Reset": -3.0,
            "Pressure": 2.5,
        }
        pressure = target.seen().catalog.tags[target.seen().catalog.index("Boiler house/Boiler 1/Pressure")]
        assert (pressure.unit, pressure.low, pressure.high) == ("bar", 0.0, 10.0)
        broken = target.seen().catalog.index("Boiler house/Boiler 1/Broken")
        newest = target.seen().latest(target.seen().span().end_ns)
        assert quality.name(int(newest.quality[broken])) == "BadSensorFailure"
        assert target.seen().origin is Origin.PLANT
        assert "1 × array" in told.lines[0]

    asyncio.run(run())


def test_the_discovered_layout_holds_and_records_the_same(url: str) -> None:
    text = discover_layout(url)
    tags = {tag.id: tag for station in parse_layout(text).stations for tag in station.tags}
    assert (tags["Boiler_1.Pressure"].unit, tags["Boiler_1.Cycles"].data_type) == ("bar", "Int64")

    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(url, target, plan_from_layout(text, "discovered"), told):
            await asyncio.wait_for(told.started.wait(), 10)
            await target.until(lambda _: target.newest("Boiler_house/Boiler_1.Product") == "风扇 Ⅱ")
        assert told.lines == []

    asyncio.run(run())


def test_killed_and_started_again_it_is_one_gap() -> None:
    async def run() -> None:
        port = free_port()
        target, told = MemoryTarget(), Told()
        with foreign_server(port) as first:
            async with recording_gateway(f"opc.tcp://127.0.0.1:{port}/", target, told=told):
                await asyncio.wait_for(told.started.wait(), 10)
                first.kill()
                await target.until(lambda _: bool(target.gaps()))
                with foreign_server(port):
                    await target.until(lambda _: all(gap.end_ns for gap in target.gaps()))
        (gap,) = target.gaps()
        assert gap.end_ns

    asyncio.run(run())
