"""The Publish requests of one session, and which of its subscriptions each of them answers for.

Part 4 section 5.14.5: requests are answered oldest first; of the subscriptions that are late the one with the highest
priority comes first, then the one that has waited longest. Not here: what a message says (`subscription`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.messages import Outgoing, notification_message, publish_response, status_change
from twin.opcua.subscriptions.subscription import Subscription

MOST_REQUESTS = 100  # more than the subscriptions of any client; one more and the oldest is sent back
_FAREWELLS = 100


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """A Publish request that waits for something to say.

    Attributes:
        handle: the client's request handle.
        results: of its acknowledgements, status codes.
        expires_s: when its client stops waiting, on the loop's clock.
        answer: sends the encoded response.
        fail: sends a service fault with this status code.
        channel: the connection it came over.
    """

    handle: int
    results: Sequence[int]
    expires_s: float
    answer: Callable[[bytes], None]
    fail: Callable[[int], None]
    channel: object


class PublishQueue:
    """The waiting requests of a session and the subscriptions that it owns.

    Attributes:
        subscriptions: by SubscriptionId, in the order in which they became late.
    """

    def __init__(self) -> None:
        self.subscriptions: dict[int, Subscription] = {}
        self._requests: deque[PublishRequest] = deque()
        self._farewells: deque[tuple[int, int]] = deque(maxlen=_FAREWELLS)
        self._deserted = False  # the connection is gone, and nobody may ever ask again

    @property
    def in_use(self) -> bool:
        """Whether the session has subscriptions, or has to be told of some that are gone."""
        return bool(self.subscriptions or self._farewells)

    def __len__(self) -> int:
        return len(self._requests)

    def receive(self, request: PublishRequest, now_s: float) -> None:
        """Queue a request, and answer what can be answered."""
        if len(self._requests) >= MOST_REQUESTS:
            self._requests.popleft().fail(StatusCodes.BadTooManyPublishRequests)
        self._deserted = False
        self._requests.append(request)
        self.serve(now_s)

    def serve(self, now_s: float) -> None:
        """Answer requests as long as there is something to say."""
        while self._requests and self._farewells:
            self._say_farewell(*self._farewells.popleft(), self._requests.popleft())
        while (late := self._most_urgent()) and (request := self._next_request(now_s)):
            del self.subscriptions[late.number]  # to the end: others of its priority come before its next message
            self.subscriptions[late.number] = late
            request.answer(publish_response(request.handle, late.next_message(), request.results))
        if not self.subscriptions:
            while self._requests:
                self._requests.popleft().fail(StatusCodes.BadNoSubscription)

    def expire(self, now_s: float) -> None:
        """Send back what its client does not wait for any more."""
        while self._requests and self._requests[0].expires_s <= now_s:
            self._requests.popleft().fail(StatusCodes.BadTimeout)

    def end(self, subscription: int, status: int) -> None:
        """Say with the next request, if one can be hoped for, why a subscription is no longer here."""
        self.subscriptions.pop(subscription, None)
        if not self._deserted:
            self._farewells.append((subscription, status))

    def forget(self, channel: object) -> None:
        """Drop the requests of a connection that is gone; unless there are others, nothing more is to be said."""
        self._requests = deque(request for request in self._requests if request.channel is not channel)
        if not self._requests:
            self._deserted = True
            self._farewells.clear()

    def _most_urgent(self) -> Subscription | None:
        late = (subscription for subscription in self.subscriptions.values() if subscription.late)
        return max(late, key=lambda subscription: subscription.revised.priority, default=None)

    def _next_request(self, now_s: float) -> PublishRequest | None:
        self.expire(now_s)
        return self._requests.popleft() if self._requests else None

    @staticmethod
    def _say_farewell(subscription: int, status: int, request: PublishRequest) -> None:
        message = notification_message(1, [status_change(status)])
        request.answer(publish_response(request.handle, Outgoing(subscription, message), request.results))
