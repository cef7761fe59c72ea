"""A client that listens to the alarms of the tiny plant's server, and what the plant says of them."""

from __future__ import annotations

import asyncio
from typing import Any

from asyncua import ua
from asyncua.common.node import Node
from asyncua.common.subscription import Subscription
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from tests.opcua.test_server import NS, Rig
from twin.opcua.alarms import AlarmReading
from twin.opcua.nodes import standard_node

SECOND_NS = 1_000_000_000
SELECTED = (
    *("EventId", "EventType", "SourceNode", "SourceName", "Time", "Message", "Severity", "Retain", "BranchId"),
    *("ConditionName", "AckedState/Id", "ConfirmedState/Id", "ActiveState/Id", "EnabledState/Id", "Comment"),
    *("ActiveState/EffectiveDisplayName", "ClientUserId", "SuppressedOrShelved", "InputNode", "HighLimit"),
    *("LimitState/CurrentState/Id", "ShelvingState/CurrentState", "LastSeverity", "MaxTimeShelved", "LowLowLimit"),
)
REFRESH = (ObjectIds.RefreshStartEventType, ObjectIds.RefreshEndEventType)


SERVER = standard_node(ObjectIds.Server)


class Listener:
    """A subscription to the events of some nodes, and what came: for each, its fields by name."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.came: asyncio.Queue[tuple[int, dict[str, Any]]] = asyncio.Queue()

    def event_notification(self, event: Any) -> None:
        values = dict(zip((*SELECTED, "ConditionId"), (field.Value for field in event.event_fields), strict=True))
        self.came.put_nowait((event.server_handle, values))

    async def open(self, *nodes: ua.NodeId, only: int | None = None) -> Listener:
        self.subscription: Subscription = await self.rig.client.create_subscription(10, self)
        base = standard_node(ObjectIds.BaseEventType)
        clauses = [
            ua.SimpleAttributeOperand(base, [ua.QualifiedName(part) for part in name.split("/")], AttributeIds.Value)
            for name in SELECTED
        ]
        condition = standard_node(ObjectIds.ConditionType)
        clauses.append(ua.SimpleAttributeOperand(condition, [], AttributeIds.NodeId))
        literal = ua.LiteralOperand(ua.Variant(standard_node(only or ObjectIds.BaseEventType), ua.VariantType.NodeId))
        where = ua.ContentFilter([ua.ContentFilterElement(ua.FilterOperator.OfType, [literal])])
        self.items = [
            await self.subscription._subscribe(  # noqa: SLF001
                self.rig.client.get_node(node), AttributeIds.EventNotifier, ua.EventFilter(clauses, where)
            )
            for node in nodes
        ]
        return self

    async def next(self) -> dict[str, Any]:
        return (await asyncio.wait_for(self.came.get(), 5))[1]

    async def drained(self) -> list[dict[str, Any]]:
        """All that is under way: what comes before the answer to a refresh has ended."""
        await self.refresh()
        events: list[dict[str, Any]] = []
        while not events or events[-1]["EventType"] != standard_node(REFRESH[1]):
            events.append(await self.next())
        return events

    async def refresh(self) -> None:
        await call(self.rig, ObjectIds.ConditionType_ConditionRefresh, self.subscription.subscription_id)


async def call(rig: Rig, method: int, *arguments: Any, on: Node | None = None) -> None:
    given = [
        argument
        if isinstance(argument, ua.Variant | ua.LocalizedText) or not isinstance(argument, int)
        else ua.Variant(argument, ua.VariantType.UInt32)
        for argument in arguments
    ]
    node = on or rig.client.get_node(standard_node(ObjectIds.ConditionType))
    await node.call_method(standard_node(method), *given)


def reading(active: bool = True, **more: Any) -> AlarmReading:
    values: dict[str, Any] = {
        "time_ns": NS, "source": "S1", "condition": "Breakdown", "kind": "off_normal", "severity": 800,
        "message": "S1 broke down", "tag": "State",
    }  # fmt: skip
    return AlarmReading(active=active, **values | more)


def passed(limit: str | None = "High", **more: Any) -> AlarmReading:
    values = {"condition": "Vacuum.Level", "kind": "limit", "severity": 500, "message": "too high", "tag": "Vacuum"}
    return reading(limit is not None, limit=limit, **values | more)


def condition(rig: Rig, name: str, path: str = "") -> Node:
    below = f"/{path}" if path else ""
    return rig.client.get_node(ua.NodeId(ua.String(f"{name}{below}"), ua.Int16(rig.namespaces.index("urn:test:plant"))))


def states(event: dict[str, Any]) -> tuple[bool, ...]:
    return tuple(event[name] for name in ("ActiveState/Id", "AckedState/Id", "ConfirmedState/Id", "Retain"))


def paths(rig: Rig) -> list[list[str]]:
    index = rig.namespaces.index("urn:test:plant")
    steps = [f"{index}:{name}" for name in ("Factory", "A1", "L1", "S1")]
    return [steps[:end] for end in (2, 3, 4)]


async def finish(rig: Rig, name: str, event_id: bytes) -> None:
    """Let an alarm pass, be acknowledged and confirmed."""
    node, source = condition(rig, name), name.split("/")[0]
    await rig.server.set_alarm(reading(active=False, source=source, condition=name.split("/")[1]))
    await call(rig, ObjectIds.AcknowledgeableConditionType_Acknowledge, event_id, ua.LocalizedText(), on=node)
    await call(rig, ObjectIds.AcknowledgeableConditionType_Confirm, event_id, ua.LocalizedText(), on=node)


async def mandatory(node: Node) -> bool:
    rules = await node.get_references(ObjectIds.HasModellingRule, ua.BrowseDirection.Forward)
    return [rule.NodeId for rule in rules] == [standard_node(ObjectIds.ModellingRule_Mandatory)]
