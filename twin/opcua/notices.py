"""Who hears of alarms: events sent to everybody who listens, and the listening items of one subscription.

An event is sent at each node where it can be heard, always with the same fields; a monitored item hears it once,
because it listens to one node.
"""

from __future__ import annotations

from collections.abc import Iterable

from asyncua import ua
from asyncua.common.events import Event
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.events import EventItem
from twin.opcua.subscriptions.service import SubscriptionService

SERVER = standard_node(ObjectIds.Server)


class Notices:
    """Sends events to the clients of one server."""

    def __init__(self, service: SubscriptionService) -> None:
        self._service = service

    async def send(self, event: Event, nodes: Iterable[ua.NodeId]) -> None:
        """Send an event at each of the nodes."""
        for node in nodes:
            event.emitting_node = node
            await self._service.trigger_event(event)

    def listeners(self, subscription: int, session: ua.NodeId | None) -> dict[int, EventItem] | None:
        """The items of the session's subscription that listen to events, None where it has no such subscription."""
        found = self._service.subscriptions.get(subscription)
        return None if found is None or found.session_id != session else found.listeners
