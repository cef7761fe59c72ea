"""A listener with a few variables, and raw sessions on it: what tests of its services are built from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.node import Node
from asyncua.ua.attribute_ids import AttributeIds

from tests.opcua.quiet_client import quiet_client
from twin.opcua.listener import PlantListener
from twin.opcua.subscriptions.items import MonitoredAttribute
from twin.opcua.subscriptions.sample import Sample
from twin.opcua.values import datetime_at

Result = TypeVar("Result")
K = ua.VariantType
START_US = 1_767_225_600_000_000


class Listening:
    """The listener, its variables by name, and one client.

    Attributes:
        level: a Double from 0 to 200 whose values come in bulk; the others are asyncua's own.
        load: synthetic variables, where a test adds some.
    """

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.variables: dict[str, Node] = {}
        self.load: list[MonitoredAttribute] = []
        self.runner.run(self._open())

    async def _open(self) -> None:
        server = self.server = PlantListener()
        await server.init()
        server.set_endpoint("opc.tcp://127.0.0.1:0/")
        server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        self.folder = await server.nodes.objects.add_folder(1, "Things")
        for name, value, kind in (
            ("Level", 0.0, K.Double),
            ("Count", 0, K.Int32),
            ("Text", "a", K.String),
            ("Profile", [1.0, 2.0], K.Double),
        ):
            self.variables[name] = await self.folder.add_variable(1, name, value, kind)
        await self.variables["Level"].add_property(0, "EURange", ua.Range(0.0, 200.0))
        first = Sample(0.0, K.Double.value, 1, 1)
        self.level: MonitoredAttribute = server.subscriptions.attributes.declare(self.variables["Level"].nodeid, first)
        await server.start()
        assert self.server.bserver is not None
        self.url = f"opc.tcp://127.0.0.1:{self.server.bserver.port}/"
        self.client = await self.connect()

    async def connect(self) -> Client:
        client = Client(self.url, timeout=10)
        await client.connect()
        session: Any = client.uaclient.session
        session.ensure_publish_loop = _publish_nothing
        return client

    def set_level(self, value: float, after_s: float = 0.0) -> None:
        """Write the level now, or as if it were some time later."""
        now_s = asyncio.get_running_loop().time() + after_s
        self.level.change(Sample(value, K.Double.value, 2, 3), now_s)

    async def write(self, name: str, value: object) -> None:
        before = await self.variables[name].read_data_value()
        assert before.Value is not None
        data = ua.DataValue(ua.Variant(value, before.Value.VariantType), SourceTimestamp=datetime_at(START_US))
        node = self.variables[name].nodeid
        (await self.server.iserver.aspace.write_attribute_value(node, AttributeIds.Value, data)).check()

    def run(self, body: Callable[[], Awaitable[Result]], limit_s: float = 10.0) -> Result:
        """Run a test's body within the listener's loop."""

        async def within() -> Result:
            async with asyncio.timeout(limit_s):
                return await body()

        return self.runner.run(within())

    def close(self) -> None:
        async def end() -> None:
            await self.client.disconnect()
            await self.server.stop()

        self.runner.run(end())
        self.runner.close()


def _publish_nothing() -> None:
    """The tests send every Publish request themselves."""


class Subscribed:
    """A subscription of one client, driven request by request."""

    def __init__(self, client: Client) -> None:
        self.session: Any = client.uaclient.session
        self.number = 0

    async def open(self, interval_ms: float = 10.0, lifetime: int = 1000, most: int = 0) -> Subscribed:
        wanted = ua.CreateSubscriptionParameters(
            interval_ms, ua.Counter(lifetime), ua.Counter(1), ua.Counter(most), True
        )
        self.result = await self.session.create_subscription(wanted, callback=lambda _: None)
        self.number = self.result.SubscriptionId
        return self

    async def monitor(self, node: ua.NodeId, **changes: Any) -> ua.MonitoredItemCreateResult:
        wanted = ua.CreateMonitoredItemsParameters(
            ua.IntegerId(self.number), ua.TimestampsToReturn.Both, [item(node, **changes)]
        )
        results: list[ua.MonitoredItemCreateResult] = await self.session.create_monitored_items(wanted)
        return results[0]

    async def publish(self, *acknowledge: int) -> ua.PublishResult:
        wanted = [
            ua.SubscriptionAcknowledgement(ua.IntegerId(self.number), ua.Counter(number)) for number in acknowledge
        ]
        answer: ua.PublishResult = (await self.session.publish(wanted)).Parameters
        return answer

    async def values(self) -> list[Any]:
        """The values of the next message that has some."""
        while True:
            message = (await self.publish()).NotificationMessage
            if message.NotificationData:
                return [each.Value.Value.Value for part in message.NotificationData for each in part.MonitoredItems]

    async def close(self) -> None:
        await self.session.delete_subscriptions([self.number])


def item(
    node: ua.NodeId,
    *,
    attribute: int = AttributeIds.Value,
    sampling_ms: float = 0.0,
    queue_size: int = 1,
    wanted: Any = None,
    mode: ua.MonitoringMode = ua.MonitoringMode.Reporting,
    **target: Any,
) -> ua.MonitoredItemCreateRequest:
    parameters = ua.MonitoringParameters(ua.IntegerId(1), sampling_ms, wanted, ua.Counter(queue_size), True)
    return ua.MonitoredItemCreateRequest(ua.ReadValueId(node, ua.IntegerId(attribute), **target), mode, parameters)


@contextmanager
def listening() -> Iterator[Listening]:
    """A listener for all tests of a file; making one takes most of a second."""
    with quiet_client():
        rig = Listening()
        yield rig
        rig.close()
