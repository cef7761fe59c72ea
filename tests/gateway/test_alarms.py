"""What a gateway records of a plant that tells the same trouble as an incident and as an alarm."""

import asyncio

from tests.gateway.recorded import MemoryTarget, Told, recording_gateway
from tests.opcua.test_server import NS, tiny_layout
from twin.gateway.plan import plan_from_layout
from twin.opcua.alarms import AlarmReading
from twin.opcua.browse import browse_tree
from twin.opcua.connection import Connection
from twin.opcua.server import Occurrence, PlantServer


def test_of_our_own_plant_incidents_are_recorded_and_alarms_are_not() -> None:
    async def run() -> None:
        layout = tiny_layout()
        server = PlantServer(layout)
        await server.build()
        url = await server.open(0)
        target, told = MemoryTarget(), Told()
        plan = plan_from_layout(layout.model_dump_json(by_alias=True, exclude_none=True), "tiny")
        async with recording_gateway(url, target, plan, told):
            await asyncio.wait_for(told.started.wait(), 10)
            await server.set_alarm(AlarmReading(NS, "S1", "Breakdown", "off_normal", True, 800, "S1 broke down"))
            await server.emit(Occurrence(NS, "S1", "breakdown", 800, "S1 broke down"))
            await target.until(lambda seen: bool(seen.events(0, seen.span().end_ns + 1)))
            await server.emit(Occurrence(NS, "S1", "repaired", 100, "S1 runs again"))
            await target.until(lambda seen: len(seen.events(0, seen.span().end_ns + 1)) > 1)
        seen = target.seen()
        assert [event.kind for event in seen.events(0, seen.span().end_ns + 1)] == ["breakdown", "repaired"]
        await server.stop()

    asyncio.run(run())


def test_conditions_are_no_signals_to_record() -> None:
    async def run() -> None:
        server = PlantServer(tiny_layout())
        await server.build()
        connection = Connection(await server.open(0))
        await connection.open()
        before = await browse_tree(connection)
        await server.set_alarm(AlarmReading(NS, "S1", "Breakdown", "off_normal", True, 800, "S1 broke down"))
        await server.set_alarm(AlarmReading(NS, "S1", "Hot", "limit", True, 800, "S1 is hot", "High"))
        assert await browse_tree(connection) == before
        await connection.close()
        await server.stop()

    asyncio.run(run())
