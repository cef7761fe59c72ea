"""Subscriptions, items and publish requests without a server: what the tests of this folder are built from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import extensionobject_from_binary, from_binary, nodeid_from_binary, struct_from_binary

from twin.opcua.subscriptions.items import REPORTING, DataItem, MonitoredAttribute
from twin.opcua.subscriptions.publish_queue import PublishRequest
from twin.opcua.subscriptions.sample import Sample
from twin.opcua.subscriptions.subscription import Revised, Subscription

DOUBLE = ua.VariantType.Double.value
SESSION = ua.NodeId(ua.Int32(7))


def revised(**changes: Any) -> Revised:
    usual = {
        "publishing_interval_s": 1.0,
        "lifetime_count": 30,
        "keep_alive_count": 3,
        "max_notifications": 1000,
        "priority": 0,
    }
    return Revised(**{**usual, **changes})


def subscription(number: int = 1, *, enabled: bool = True, **changes: Any) -> Subscription:
    """A subscription that began at 0 s."""
    return Subscription(number, SESSION, revised(**changes), enabled=enabled, now_s=0.0)


def double(value: float, status: int = 0) -> Sample:
    return Sample(value, DOUBLE, 1, 1, status)


class Rig:
    """One subscription, one attribute, one item of it."""

    def __init__(self, first: float = 0.0, **changes: Any) -> None:
        self.subscription = subscription(**changes)
        self.attribute = MonitoredAttribute(double(first))
        self.item = self.add(1)

    def add(self, handle: int, mode: int = REPORTING) -> DataItem:
        item = DataItem(self.subscription, handle, self.attribute, (SESSION, 13))
        item.configure(handle, 1, True)
        self.subscription.add(item)
        item.set_mode(mode)
        return item

    def write(self, value: float, now_s: float = 0.0, status: int = 0) -> None:
        self.attribute.change(double(value, status), now_s)

    def sent(self) -> list[float]:
        """The values of the next message."""
        return [value for _, value, _ in notifications(self.subscription)]


def notifications(of: Subscription) -> list[tuple[int, Any, int]]:
    """The next message: (client handle, value, status) of each data change in it."""
    message = decoded(of.next_message().message)
    return [
        (item.ClientHandle, item.Value.Value.Value, item.Value.StatusCode.value if item.Value.StatusCode else 0)
        for part in message.NotificationData
        for item in part.MonitoredItems
    ]


def decoded(message: bytes) -> ua.NotificationMessage:
    """A notification message as asyncua reads it."""
    return struct_from_binary(ua.NotificationMessage, Buffer(message))


@dataclass
class Client:
    """Publish requests and what came back."""

    answers: list[ua.PublishResult] = field(default_factory=list)
    faults: list[tuple[int, int]] = field(default_factory=list)
    _handle: int = 0

    def request(self, expires_s: float = 1e9, channel: object = None) -> PublishRequest:
        self._handle += 1
        handle = self._handle
        return PublishRequest(
            handle=handle,
            results=[],
            expires_s=expires_s,
            answer=lambda response: self.answers.append(published(response)),
            fail=lambda status: self.faults.append((handle, status)),
            channel=channel,
        )

    def messages(self) -> list[tuple[int, int]]:
        """(SubscriptionId, sequence number) of all answers."""
        return [(answer.SubscriptionId, answer.NotificationMessage.SequenceNumber) for answer in self.answers]


def published(response: bytes) -> ua.PublishResult:
    """A publish response as asyncua reads it."""
    buffer = Buffer(response)
    nodeid_from_binary(buffer)
    struct_from_binary(ua.ResponseHeader, buffer)
    return struct_from_binary(ua.PublishResult, buffer)


def data_value(encoded: bytes) -> ua.DataValue:
    return from_binary(ua.DataValue, Buffer(encoded))


def extension_object(encoded: bytes) -> Any:
    return extensionobject_from_binary(Buffer(encoded))
