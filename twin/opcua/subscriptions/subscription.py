"""A subscription, Part 4 section 5.14.1: publishing cycles, keep-alive, lifetime, sequence numbers, retransmission.

It has no timer and reads no clock: `tick` is called at the end of each publishing interval. Not here: Publish requests
and which subscription gets one (`publish_queue`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.events import EventItem
from twin.opcua.subscriptions.items import REPORTING, DataItem, MonitoredItem
from twin.opcua.subscriptions.messages import Outgoing, data_changes, event_list, notification_message

LARGEST_MESSAGE = 25_000  # notifications in one message, about a megabyte
RETAINED = 64  # messages kept for Republish
LAST_SEQUENCE_NUMBER = 2**32 - 1

Item = TypeVar("Item", bound=MonitoredItem[Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What a client asked for, within what this server does."""

    publishing_interval_s: float
    lifetime_count: int
    keep_alive_count: int
    max_notifications: int
    priority: int


class Subscription:
    """A subscription and its monitored items.

    Attributes:
        number: the SubscriptionId.
        session_id: the session that owns it.
        revised: its parameters.
        items: MonitoredItemId → item.
        listeners: those of them that listen to events.
        sampling: items that wait for their sampling instant.
        start_s: when its first publishing interval began, on the loop's clock.
        retained: sequence number → message that was sent and not acknowledged, oldest first.
        late: whether it has a message and waits for a Publish request.
        expired: whether nobody has asked for its messages for a whole lifetime.
    """

    def __init__(self, number: int, session_id: ua.NodeId, revised: Revised, *, enabled: bool, now_s: float) -> None:
        self.number = number
        self.session_id = session_id
        self.items: dict[int, DataItem | EventItem] = {}
        self.listeners: dict[int, EventItem] = {}
        self.sampling: list[DataItem] = []
        self._data: list[DataItem] = []
        self._events: list[EventItem] = []
        self._sequence_number = 0
        self.retained: dict[int, bytes] = {}
        self._enabled = enabled
        self.late = self.expired = False
        self.revise(revised, now_s)
        self._keep_alive_counter = 1  # the first message says after one interval that the subscription works

    def revise(self, revised: Revised, now_s: float) -> None:
        """ModifySubscription: a new publishing interval begins now."""
        self.revised = revised
        self.start_s = now_s
        self._ticks = 0
        self.reset_lifetime()
        self._keep_alive_counter = revised.keep_alive_count

    def enable(self, enabled: bool) -> None:
        """SetPublishingMode; keep-alives go on while publishing is disabled."""
        self._enabled = enabled
        self.reset_lifetime()

    def reset_lifetime(self) -> None:
        """The client has shown that it is there."""
        self._lifetime_counter = self.revised.lifetime_count

    def next_tick_s(self, now_s: float) -> float:
        """When the next publishing interval ends; intervals that were missed are not made up for."""
        passed = int((now_s - self.start_s) / self.revised.publishing_interval_s + 1e-6)
        self._ticks = max(self._ticks, passed) + 1
        return self.start_s + self._ticks * self.revised.publishing_interval_s

    def list_item(self, item: MonitoredItem[Any]) -> None:
        """The item has something to send."""
        if item.listed:
            return
        item.listed = True
        if isinstance(item, DataItem):
            self._data.append(item)
        elif isinstance(item, EventItem):
            self._events.append(item)

    def add(self, item: DataItem | EventItem) -> None:
        """A new monitored item."""
        self.items[item.number] = item
        if isinstance(item, EventItem):
            self.listeners[item.number] = item

    def remove(self, item: DataItem | EventItem) -> None:
        """Delete a monitored item, and what it has queued."""
        del self.items[item.number]
        self.listeners.pop(item.number, None)
        item.close()
        item.queue.clear()

    def tick(self, now_s: float, *, has_request: bool) -> None:
        """End a publishing interval: sample what is due, count, and become late with whatever there is to say."""
        self.sampling = [item for item in self.sampling if not item.flush(now_s)]
        if has_request:
            self.reset_lifetime()
        else:
            self._lifetime_counter -= 1
            self.expired = self._lifetime_counter <= 0
        if self.late:
            return
        self._keep_alive_counter -= 1
        self.late = self._has_notifications() or self._keep_alive_counter <= 0

    def next_message(self) -> Outgoing:
        """What to send now; without notifications it is a keep-alive with the number that comes next."""
        self.reset_lifetime()
        self._keep_alive_counter = self.revised.keep_alive_count
        notifications = self._take_notifications() if self._enabled else []
        self.late = self._has_notifications()
        number = self._sequence_number % LAST_SEQUENCE_NUMBER + 1
        message = notification_message(number, notifications)
        if notifications:
            self._sequence_number = number
            self.retained[number] = message
            if len(self.retained) > RETAINED:
                del self.retained[next(iter(self.retained))]
        return Outgoing(self.number, message, list(self.retained), self.late)

    def acknowledge(self, sequence_number: int) -> int:
        """Forget a message; the status code of that."""
        known = self.retained.pop(sequence_number, None)
        return StatusCodes.Good if known is not None else StatusCodes.BadSequenceNumberUnknown

    def close(self) -> None:
        """Delete all monitored items."""
        for item in self.items.values():
            item.close()
        self.items.clear()
        self.listeners.clear()

    def _has_notifications(self) -> bool:
        return self._enabled and bool(self._data or self._events)

    def _take_notifications(self) -> list[bytes]:
        limit = self.revised.max_notifications
        data, self._data = _take(self._data, limit)
        events, self._events = _take(self._events, limit - len(data))
        notifications = [data_changes(data)] if data else []
        return [*notifications, event_list(events)] if events else notifications


def _take(items: list[Item], limit: int) -> tuple[list[bytes], list[Item]]:
    """Up to `limit` encoded notifications, and the items that have some left."""
    taken: list[bytes] = []
    left: list[Item] = []
    for item in items:
        if item.mode == REPORTING or item.triggered:
            if len(taken) < limit:
                item.encode(taken, limit - len(taken))
            if item.queue:
                left.append(item)
                continue
        item.listed = item.triggered = False
    return taken, left
