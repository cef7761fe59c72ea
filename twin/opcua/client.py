"""The link: one session with one server, its subscription, and the publish responses it brings, as Reports.

A link lives once. It says nothing about what to do after it is lost: `twin.gateway` opens another.
Liveness is any publish response, data or keep-alive; a server that sends none for about two seconds is lost, however
open its socket may be.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import BadTimeout, BadTooManyPublishRequests

from twin.errors import LinkError
from twin.opcua.connection import REQUEST_S, Connection, link_errors, together
from twin.opcua.events import event_filter, event_type, incident_type_path, make_event
from twin.opcua.nodes import standard_node
from twin.opcua.values import Report, make_report

PUBLISHING_MS = 100.0
KEEP_ALIVES = 5  # a keep-alive each 0.5 s
LIFETIMES = 100  # the server forgets a subscription nobody asks for after 10 s
SILENCE_S = 2.0
TICK_S = 0.25
OUTSTANDING = 2  # publish requests waiting at the server, so that one is always there when it has something to say
QUEUE = 50  # values of a tag that wait for a client that is held up: SILENCE_S of a curve with 25 a second
LAST_SEQUENCE_NUMBER = 2**32 - 1  # after it comes 1
_EVENTS = 0  # the client handle of the event item; tag index + 1 is that of a tag


@dataclass(frozen=True, slots=True)
class Item:
    """A variable to subscribe to, by the tag it feeds."""

    tag: int
    node: ua.NodeId
    is_text: bool


class Link:
    """A subscription on an open connection.

    Attributes:
        alive_ns: arrival of the newest publish response: the last instant known to be covered.
    """

    def __init__(self, connection: Connection, now_ns: Callable[[], int], deliver: Callable[[Report], None]) -> None:
        self._connection = connection
        self._now_ns = now_ns
        self._deliver = deliver
        self._is_text: dict[int, bool] = {}
        self._type_names: dict[ua.NodeId, str] = {}
        self._acknowledge: list[ua.SubscriptionAcknowledgement] = []
        self._in_order = asyncio.Lock()
        self._sequence = 0
        self._heard = False
        self._silence_s = SILENCE_S
        self._subscription = 0
        self.alive_ns = now_ns()

    async def open(self, kind_namespace: str | None = None) -> None:
        """Create the subscription, and subscribe to the server's events; a server without events is fine."""
        parameters = ua.CreateSubscriptionParameters(
            RequestedPublishingInterval=PUBLISHING_MS,
            RequestedLifetimeCount=LIFETIMES,
            RequestedMaxKeepAliveCount=KEEP_ALIVES,
            MaxNotificationsPerPublish=0,
            PublishingEnabled=True,
            Priority=0,
        )
        session = self._connection.session
        with link_errors(self._connection.url, "subscribing"):
            async with asyncio.timeout(REQUEST_S):
                answer = await session.create_subscription(parameters, callback=self._nobody)
        self._subscription = answer.SubscriptionId
        keep_alive_s = answer.RevisedPublishingInterval * answer.RevisedMaxKeepAliveCount / 1000
        self._silence_s = max(SILENCE_S, 2.5 * keep_alive_s)
        await self._subscribe_events(kind_namespace)

    async def subscribe(self, items: Sequence[Item]) -> dict[int, int]:
        """Subscribe to variables; the status codes of the tags that the server refused."""
        self._is_text |= {item.tag: item.is_text for item in items}
        requests = [_monitored(item.tag + 1, item.node, AttributeIds.Value) for item in items]
        results = await self._connection.monitor(self._subscription, requests)
        return {
            item.tag: result.StatusCode.value
            for item, result in zip(items, results, strict=True)
            if not result.StatusCode.is_good()
        }

    async def listen(self) -> None:
        """Deliver a Report for every publish response, until the link is lost. Raises LinkError."""
        await together(self._watch(), self._connection.renew(), *(self._publish() for _ in range(OUTSTANDING)))

    async def _subscribe_events(self, kind_namespace: str | None) -> None:
        """Ask for the events of the Server object, as precisely as the server takes it.

        A simulated plant tells each breakdown twice, as an incident and as an alarm; until a recording knows what an
        alarm is, only incidents are recorded of it.
        """
        namespaces = self._connection.namespaces
        index = namespaces.index(kind_namespace) if kind_namespace in namespaces else None
        only = await self._incident_type(kind_namespace) if kind_namespace else None
        for wanted in dict.fromkeys([(index, only), (index, None), (None, None)]):
            item = _monitored(_EVENTS, standard_node(ObjectIds.Server), AttributeIds.EventNotifier)
            item.RequestedParameters.Filter = event_filter(*wanted)
            item.RequestedParameters.QueueSize = ua.Counter(1000)
            (result,) = await self._connection.monitor(self._subscription, [item])
            if result.StatusCode.is_good():
                return

    async def _incident_type(self, kind_namespace: str) -> ua.NodeId | None:
        path = incident_type_path(kind_namespace, self._connection.namespaces)
        return (await self._connection.translate([path]))[0] if path else None

    async def _watch(self) -> None:
        """Count ticks without a publish response. A tick that comes late counts once: then it was us who were busy."""
        silent_s = 0.0
        while silent_s < self._silence_s:
            await asyncio.sleep(TICK_S)
            silent_s = 0.0 if self._heard else silent_s + TICK_S
            self._heard = False
        raise LinkError(f"{self._connection.url} has been silent for {self._silence_s:g} s")

    async def _publish(self) -> None:
        while True:
            acknowledged, self._acknowledge = self._acknowledge, []
            try:
                with link_errors(self._connection.url, "publishing"):
                    try:
                        answer = await self._connection.session.publish(acknowledged)
                    except BadTimeout:
                        continue  # the request waited too long at the server; silence is counted elsewhere
            except LinkError as error:
                if isinstance(error.__cause__, BadTooManyPublishRequests):
                    return  # the other requests go on
                raise
            async with self._in_order:  # the names of new event types may have to be waited for
                await self._handle(answer.Parameters)

    async def _handle(self, result: ua.PublishResult) -> None:
        self._heard = True
        message = result.NotificationMessage
        values: list[ua.MonitoredItemNotification] = []
        happened: list[Sequence[ua.Variant]] = []
        for notification in message.NotificationData or ():
            if isinstance(notification, ua.DataChangeNotification):
                values += notification.MonitoredItems
            elif isinstance(notification, ua.EventNotificationList):
                happened += [event.EventFields for event in notification.Events]
            elif isinstance(notification, ua.StatusChangeNotification):
                name = notification.Status.name
                raise LinkError(f"{self._connection.url} ended the subscription: {name}")
        if values or happened:
            await self._report(result, values, happened)
        self.alive_ns = self._now_ns()

    async def _report(
        self,
        result: ua.PublishResult,
        values: Sequence[ua.MonitoredItemNotification],
        happened: Sequence[Sequence[ua.Variant]],
    ) -> None:
        number = result.NotificationMessage.SequenceNumber
        if self._sequence and number != self._sequence % LAST_SEQUENCE_NUMBER + 1:
            raise LinkError(f"{self._connection.url} left out notifications: {number} came after {self._sequence}")
        self._sequence = number
        self._acknowledge.append(ua.SubscriptionAcknowledgement(result.SubscriptionId, number))
        await self._learn_types(happened)
        readings = [
            (item.ClientHandle - 1, self._is_text[item.ClientHandle - 1], item.Value)
            for item in values
            if item.ClientHandle - 1 in self._is_text
        ]
        arrival_ns = self._now_ns()  # not before: a report must reach the recorder in the order of its stamps
        events = [make_event(fields, self._now_ns(), self._type_names.__getitem__) for fields in happened]
        self._deliver(make_report(arrival_ns, readings, events))

    async def _learn_types(self, happened: Sequence[Sequence[ua.Variant]]) -> None:
        """Read the names of event types met for the first time."""
        types = {kind for fields in happened if (kind := event_type(fields)) and kind not in self._type_names}
        if types:
            names = await self._connection.read(list(types), AttributeIds.BrowseName)
            for kind, name in zip(types, names, strict=True):
                value = name.Value.Value if name.Value is not None else None
                self._type_names[kind] = value.Name if isinstance(value, ua.QualifiedName) else kind.to_string()

    @staticmethod
    def _nobody(_: ua.PublishResult) -> None:
        """Publish responses are read here, not called back."""


def _monitored(handle: int, node: ua.NodeId, attribute: AttributeIds) -> ua.MonitoredItemCreateRequest:
    return ua.MonitoredItemCreateRequest(
        ItemToMonitor=ua.ReadValueId(NodeId=node, AttributeId=attribute),
        MonitoringMode=ua.MonitoringMode.Reporting,
        RequestedParameters=ua.MonitoringParameters(
            ClientHandle=ua.IntegerId(handle), SamplingInterval=0.0, QueueSize=ua.Counter(QUEUE), DiscardOldest=True
        ),
    )
