"""All subscriptions of a server and their timers; it stands in the place of asyncua's own SubscriptionService.

Not here: the services of Part 4 (`subscription_services`, `item_services`), how requests come (`twin.opcua.listener`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from asyncua import ua
from asyncua.common.events import Event
from asyncua.common.utils import ServiceError
from asyncua.server.address_space import AddressSpace
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.attributes import MonitoredAttributes
from twin.opcua.subscriptions.publish_queue import PublishQueue, PublishRequest
from twin.opcua.subscriptions.subscription import Revised, Subscription

MOST_SUBSCRIPTIONS = 1000


class SubscriptionService:
    """The subscriptions of all sessions; a session is known by its id.

    Attributes:
        subscriptions: SubscriptionId → subscription; asyncua looks here for those of a session.
        attributes: what they can monitor.
    """

    def __init__(self, space: AddressSpace) -> None:
        self.subscriptions: dict[int, Subscription] = {}
        self.attributes = MonitoredAttributes(space)
        self._queues: dict[ua.NodeId, PublishQueue] = defaultdict(PublishQueue)
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._numbers = count(1)

    def add(self, session_id: ua.NodeId, revised: Revised, *, enabled: bool) -> Subscription:
        """A new subscription. Raises ServiceError where there are too many."""
        if len(self.subscriptions) >= MOST_SUBSCRIPTIONS:
            raise ServiceError(StatusCodes.BadTooManySubscriptions)
        number = next(self._numbers)
        subscription = Subscription(number, session_id, revised, enabled=enabled, now_s=_now_s())
        self.subscriptions[number] = self._queues[session_id].subscriptions[number] = subscription
        self._set_timer(subscription)
        return subscription

    def revise(self, subscription: Subscription, revised: Revised) -> None:
        """Give it other parameters; its publishing interval begins anew."""
        subscription.revise(revised, _now_s())
        self._set_timer(subscription)

    def owned(self, session_id: ua.NodeId, number: int) -> Subscription:
        """The session's subscription, whose client has just shown that it is there.

        Raises:
            ServiceError: where the session has no such subscription.
        """
        subscription = self.subscriptions.get(number)
        if subscription is None or subscription.session_id != session_id:
            raise ServiceError(StatusCodes.BadSubscriptionIdInvalid)
        subscription.reset_lifetime()
        return subscription

    def publish(self, session_id: ua.NodeId, request: PublishRequest) -> None:
        """Answer the request now, or when there is something to say."""
        self._queues[session_id].receive(request, _now_s())
        self._tidy(session_id)

    def transfer(self, subscription: Subscription, session_id: ua.NodeId) -> None:
        """Give a subscription to another session; the one that had it is told."""
        before, subscription.session_id = subscription.session_id, session_id
        self._queues[before].end(subscription.number, StatusCodes.GoodSubscriptionTransferred)
        self._queues[before].serve(_now_s())
        self._tidy(before)
        self._queues[session_id].subscriptions[subscription.number] = subscription

    def delete(self, subscription: Subscription) -> None:
        """End a subscription; requests that wait for nothing any more are sent back."""
        self._end(subscription)
        queue = self._queues[subscription.session_id]
        queue.subscriptions.pop(subscription.number, None)
        queue.serve(_now_s())
        self._tidy(subscription.session_id)

    async def delete_subscriptions(self, ids: Sequence[int]) -> list[ua.StatusCode]:
        """What asyncua calls when a session closes."""
        for number in ids:
            self.delete(self.subscriptions[number])
        return [ua.StatusCode() for _ in ids]

    async def trigger_event(self, event: Event, subscription_id: int | None = None) -> None:
        """Offer an event to the items of the node that it is sent at, of one subscription or of all.

        Raises:
            KeyError: where there is no subscription with this id.
        """
        chosen = self.subscriptions.values() if subscription_id is None else [self.subscriptions[subscription_id]]
        for subscription in chosen:
            for item in subscription.listeners.values():
                if item.node == event.emitting_node:
                    item.offer(event)

    def forget_channel(self, session_id: ua.NodeId, channel: object) -> None:
        """A session's connection is gone, and with it the Publish requests that came over it."""
        self._queues[session_id].forget(channel)
        self._tidy(session_id)

    def close(self) -> None:
        """The server stops."""
        for subscription in list(self.subscriptions.values()):
            self._end(subscription)

    def _set_timer(self, subscription: Subscription) -> None:
        if before := self._timers.pop(subscription.number, None):
            before.cancel()
        due_s = subscription.next_tick_s(_now_s())
        timer = asyncio.get_running_loop().call_at(due_s, self._tick, subscription)
        self._timers[subscription.number] = timer

    def _tick(self, subscription: Subscription) -> None:
        now_s, queue = _now_s(), self._queues[subscription.session_id]
        queue.expire(now_s)
        subscription.tick(now_s, has_request=len(queue) > 0)
        if subscription.expired:
            self._end(subscription)
            queue.end(subscription.number, StatusCodes.BadTimeout)
        else:
            self._set_timer(subscription)
        queue.serve(now_s)
        self._tidy(subscription.session_id)

    def _end(self, subscription: Subscription) -> None:
        self._timers.pop(subscription.number).cancel()
        del self.subscriptions[subscription.number]
        subscription.close()

    def _tidy(self, session_id: ua.NodeId) -> None:
        """Forget the queue of a session that has nothing."""
        if not self._queues[session_id].in_use:
            del self._queues[session_id]


def _now_s() -> float:
    return asyncio.get_running_loop().time()
