"""Monitored items for events over a real socket: where clause, select clauses, full queues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from asyncua import ua
from asyncua.common.events import Event
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from tests.opcua.listening import Listening, Subscribed, listening
from twin.opcua.nodes import standard_node


@pytest.fixture(scope="module")
def rig() -> Iterator[Listening]:
    with listening() as made:
        yield made


def event(name: str, kind: int = ObjectIds.BaseEventType) -> Event:
    made = Event()
    made.add_property("EventType", standard_node(kind), ua.VariantType.NodeId)
    made.add_property("SourceName", name, ua.VariantType.String)
    return made


def wanted_events(of_type: int | None = None) -> ua.EventFilter:
    base = standard_node(ObjectIds.BaseEventType)
    clauses = [
        ua.SimpleAttributeOperand(base, [ua.QualifiedName(name)], ua.IntegerId(AttributeIds.Value))
        for name in ("SourceName", "Missing", "EventType")
    ]
    elements = []
    if of_type is not None:
        literal = ua.LiteralOperand(ua.Variant(standard_node(of_type)))
        elements = [ua.ContentFilterElement(ua.FilterOperator.OfType, [literal])]
    return ua.EventFilter(clauses, ua.ContentFilter(elements))


async def events(subscribed: Subscribed) -> list[list[Any]]:
    while True:
        message = (await subscribed.publish()).NotificationMessage
        if message.NotificationData:
            return [[f.Value for f in each.EventFields] for part in message.NotificationData for each in part.Events]


def test_events_of_a_type_and_its_subtypes_arrive_with_the_fields_asked_for(rig: Listening) -> None:
    async def body() -> list[list[Any]]:
        subscribed = await Subscribed(rig.client).open()
        server = standard_node(ObjectIds.Server)
        wanted = wanted_events(ObjectIds.SystemEventType)
        await subscribed.monitor(server, attribute=AttributeIds.EventNotifier, wanted=wanted, queue_size=10)
        for name, kind in (
            ("base", ObjectIds.BaseEventType),
            ("system", ObjectIds.SystemEventType),
            ("device", ObjectIds.DeviceFailureEventType),
        ):
            await rig.server.subscriptions.trigger_event(event(name, kind), subscribed.number)
        got = await events(subscribed)
        await subscribed.close()
        return [fields[:2] for fields in got]

    assert rig.run(body) == [["system", None], ["device", None]]


def test_a_full_queue_of_events_says_so_with_an_event(rig: Listening) -> None:
    async def body() -> list[list[Any]]:
        subscribed = await Subscribed(rig.client).open()
        server = standard_node(ObjectIds.Server)
        await subscribed.monitor(server, attribute=AttributeIds.EventNotifier, wanted=wanted_events(), queue_size=2)
        for name in ("1", "2", "3"):
            await rig.server.subscriptions.trigger_event(event(name))
        got = await events(subscribed)
        await subscribed.close()
        return got

    overflow, *rest = rig.run(body)
    assert overflow[2] == standard_node(ObjectIds.EventQueueOverflowEventType)
    assert [fields[0] for fields in rest] == ["2", "3"]
