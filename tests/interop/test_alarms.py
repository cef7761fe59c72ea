"""Alarms and history of the plant's server, as a client that nobody here wrote handles them: node-opcua's."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

from tests.interop.node_opcua import HERE, MODULES, NODE, needs_node_opcua
from tests.opcua.alarm_rig import passed, reading
from tests.opcua.test_server import NS, tiny_layout
from twin.opcua.server import PlantServer, Reading

pytestmark = needs_node_opcua

SECOND_NS = 1_000_000_000
PATIENCE_S = 20.0


class Operator:
    """The client's process: tell it what to do, hear what came."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.events: list[dict[str, Any]] = []

    async def tell(self, do: str, **more: Any) -> Any:
        """Give a command; its answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        while "answer" not in (said := await self._line()):
            assert "event" in said, said
        return said["answer"]

    async def event(self) -> dict[str, Any]:
        """The next event."""
        while not self.events:
            await self._line()
        return self.events.pop(0)

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout
        while True:
            line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE_S)
            assert line, "the client ended"
            if line.startswith(b"{"):  # node-opcua writes remarks of its own
                break
        said: dict[str, Any] = json.loads(line)
        if "event" in said:
            self.events.append(said["event"])
        return said


async def served(work: Any) -> None:
    """Run `work` with a plant's server and an operator connected to it."""
    server = PlantServer(tiny_layout())
    await server.build()
    url = await server.open(0)
    process = await asyncio.create_subprocess_exec(
        str(NODE), str(HERE / "alarm_client.js"), url,
        env=os.environ | {"NODE_PATH": str(MODULES)},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        operator = Operator(process)
        await operator.tell("connect", user="olga")
        await work(server, operator)
        await operator.tell("disconnect")
    finally:
        process.kill()
        await process.communicate()
        await server.stop()


def states(event: dict[str, Any]) -> tuple[bool, ...]:
    return tuple(event[name] for name in ("ActiveState.Id", "AckedState.Id", "ConfirmedState.Id", "Retain"))


def answer(event: dict[str, Any], comment: str = "") -> dict[str, str]:
    return {"condition": event["ConditionId"], "event": event["EventId"], "comment": comment}


def test_an_operator_acknowledges_confirms_and_comments() -> None:
    async def work(server: PlantServer, operator: Operator) -> None:
        await operator.tell("listen")
        await server.set_alarm(reading())
        first = await operator.event()
        assert (first["SourceName"], first["ConditionName"], first["Severity"]) == ("S1", "Breakdown", 800)
        assert states(first) == (True, False, True, True)
        assert await operator.tell("acknowledge", **answer(first, "on my way")) == "Good"
        event = await operator.event()
        assert states(event) == (True, True, False, True)
        assert (event["Comment"], event["ClientUserId"]) == ("on my way", "olga")
        assert await operator.tell("acknowledge", **answer(first)) == "BadConditionBranchAlreadyAcked"
        await server.set_alarm(reading(active=False, message="S1 can go on"))
        event = await operator.event()
        assert await operator.tell("confirm", **answer(event, "belt replaced")) == "Good"
        event = await operator.event()
        assert states(event) == (False, True, True, False)
        assert await operator.tell("confirm", **answer(event)) == "BadConditionBranchAlreadyConfirmed"
        assert await operator.tell("comment", **answer(event, "the second this week")) == "Good"
        assert (await operator.event())["Comment"] == "the second this week"
        await server.set_alarm(reading())
        assert await operator.tell("acknowledge", **answer(first)) == "BadEventIdUnknown"

    asyncio.run(served(work))


def test_an_operator_shelves_and_the_time_unshelves() -> None:
    async def work(server: PlantServer, operator: Operator) -> None:
        await operator.tell("listen")
        await server.set_alarm(passed())
        event = await operator.event()
        assert (event["LimitState.CurrentState"], event["SuppressedOrShelved"]) == ("High", False)
        node = event["ConditionId"]
        assert await operator.tell("shelve", condition=node, method="TimedShelve", time=60_000) == "Good"
        event = await operator.event()
        assert (event["ShelvingState.CurrentState"], event["SuppressedOrShelved"]) == ("TimedShelved", True)
        await server.pass_time(NS + 61 * SECOND_NS)
        event = await operator.event()
        assert (event["ShelvingState.CurrentState"], event["SuppressedOrShelved"]) == ("Unshelved", False)
        assert await operator.tell("shelve", condition=node, method="OneShotShelve") == "Good"
        assert await operator.tell("shelve", condition=node, method="Unshelve") == "Good"
        assert await operator.tell("shelve", condition=node, method="Unshelve") == "BadConditionNotShelved"

    asyncio.run(served(work))


def test_after_a_reconnection_the_list_is_what_is_active_now() -> None:
    async def work(server: PlantServer, operator: Operator) -> None:
        await server.set_alarm(reading())
        await server.set_alarm(passed())
        before = await operator.tell("list", count=2)
        assert {alarm["name"] for alarm in before} == {"Breakdown", "Vacuum.Level"}
        await operator.tell("disconnect")
        await server.set_alarm(reading(source="S2", condition="MinorStop", severity=400))
        await server.set_alarm(passed(None))
        await operator.tell("connect")
        await operator.tell("listen")
        alarms = await operator.tell("list", count=3)
        assert sorted((alarm["condition"].rpartition("=")[2], alarm["acked"]) for alarm in alarms) == [
            ("S1/Breakdown", False),
            ("S1/Vacuum.Level", False),  # back within its limits, but nobody has seen it
            ("S2/MinorStop", False),
        ]
        await server.set_alarm(reading(active=False))
        event = await operator.event()
        await operator.tell("acknowledge", **answer(event))
        await operator.tell("confirm", **answer(event))
        left = {alarm["condition"].rpartition("=")[2] for alarm in await operator.tell("list", count=2)}
        assert left == {"S1/Vacuum.Level", "S2/MinorStop"}

    asyncio.run(served(work))


def test_raw_history_is_read() -> None:
    async def work(server: PlantServer, operator: Operator) -> None:
        values = [Reading("S1", "Vacuum", float(step), NS + step * SECOND_NS) for step in range(2500)]
        await server.publish([*values, Reading("S1", "Serial", "U-工", NS)])
        begin_ms = NS // 1_000_000
        node = server_node(server, "Vacuum")
        found = await operator.tell("history", node=node, start=begin_ms - 1, end=begin_ms + 4500)
        inside = [[begin_ms + step * 1000, float(step)] for step in range(5)]
        assert found["values"] == [[begin_ms - 1, None], *inside, [begin_ms + 5000, 5.0]]  # it asks for bounds as well
        texts = await operator.tell("history", node=server_node(server, "Serial"), start=begin_ms - 1, end=begin_ms + 9)
        assert [value for _, value in texts["values"]] == [None, "U-工", None]

    asyncio.run(served(work))


def server_node(server: PlantServer, tag: str) -> str:
    return str(server.plant.variables["S1", tag].node.to_string())
