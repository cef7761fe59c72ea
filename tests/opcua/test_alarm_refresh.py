"""ConditionRefresh: who asks is told what is of interest, between two marks, and nobody else is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import UaStatusCodeError

from tests.opcua.alarm_rig import (
    REFRESH,
    SERVER,
    Listener,
    call,
    finish,
    passed,
    reading,
)
from tests.opcua.test_server import Rig
from twin.opcua.nodes import standard_node


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.close()


def test_a_refresh_tells_one_subscription_what_is_of_interest(rig: Rig) -> None:
    async def body() -> None:
        first, other = await Listener(rig).open(SERVER), await Listener(rig).open(SERVER)
        await rig.server.set_alarm(reading(source="S2"))
        await rig.server.set_alarm(reading(source="S2", condition="Gone"))
        gone = [await first.next() for _ in range(2)][1]
        await finish(rig, "S2/Gone", gone["EventId"])
        before = {event["SourceName"]: event["EventId"] for event in await first.drained()}
        events = await first.drained()
        assert [event["EventType"] for event in (events[0], events[-1])] == [standard_node(kind) for kind in REFRESH]
        told = {event["ConditionId"].Identifier: event for event in events[1:-1]}
        assert "S2/Breakdown" in told
        assert "S2/Gone" not in told
        assert all(event["Retain"] for event in told.values())
        assert told["S2/Breakdown"]["EventId"] == before["S2"]
        kinds = [(await other.next())["EventType"] for _ in range(other.came.qsize())]
        assert not {standard_node(kind) for kind in REFRESH} & set(kinds)
        await first.subscription.delete()
        await other.subscription.delete()

    rig.runner.run(body())


def test_one_item_of_a_subscription_can_be_refreshed(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER, (await rig.node("S2")).nodeid, SERVER)
        await rig.server.set_alarm(reading(source="S1", condition="One"))
        await rig.server.set_alarm(reading(source="S2", condition="Two"))
        for _ in range(5):
            await listener.next()
        refresh2 = ObjectIds.ConditionType_ConditionRefresh2
        await call(rig, refresh2, listener.subscription.subscription_id, listener.items[1])
        came: list[tuple[int, dict[str, Any]]] = []
        while not came or came[-1][1]["EventType"] != standard_node(REFRESH[1]):
            came.append(await asyncio.wait_for(listener.came.get(), 5))
        assert {handle for handle, _ in came} == {listener.items[1]}
        assert {event["SourceName"] for _, event in came[1:-1]} == {"S2"}
        with pytest.raises(UaStatusCodeError, match="BadMonitoredItemIdInvalid"):
            await call(rig, refresh2, listener.subscription.subscription_id, 999_999)
        await listener.subscription.delete()

    rig.runner.run(body())


def test_nobody_refreshes_the_subscription_of_another(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        async with Client(rig.url) as stranger:
            node = stranger.get_node(standard_node(ObjectIds.ConditionType))
            number = ua.Variant(listener.subscription.subscription_id, ua.VariantType.UInt32)
            with pytest.raises(UaStatusCodeError, match="BadSubscriptionIdInvalid"):
                await node.call_method(standard_node(ObjectIds.ConditionType_ConditionRefresh), number)
        with pytest.raises(UaStatusCodeError, match="BadSubscriptionIdInvalid"):
            await call(rig, ObjectIds.ConditionType_ConditionRefresh, 4711)
        await listener.subscription.delete()

    rig.runner.run(body())


def test_no_filter_holds_back_the_marks_of_a_refresh(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER, only=ObjectIds.LimitAlarmType)
        await rig.server.set_alarm(reading(condition="Filtered"))
        await rig.server.set_alarm(passed(condition="Found"))
        events = await listener.drained()
        *alarms, start, found, end = [event["EventType"].Identifier for event in events]
        assert (start, end) == REFRESH
        assert {found, *alarms} == {ObjectIds.ExclusiveLevelAlarmType}
        await listener.subscription.delete()

    rig.runner.run(body())
