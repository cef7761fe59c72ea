"""Publish requests: which subscription answers which, and which are sent back with what."""

from __future__ import annotations

import pytest
from asyncua.ua.status_codes import StatusCodes

from tests.opcua.subscriptions.engine import Client, Rig
from twin.opcua.subscriptions.publish_queue import MOST_REQUESTS, PublishQueue


def queue_of(*rigs: Rig) -> PublishQueue:
    queue = PublishQueue()
    for number, rig in enumerate(rigs, 1):
        rig.subscription.number = number
        queue.subscriptions[number] = rig.subscription
    return queue


def end_interval(queue: PublishQueue, *rigs: Rig) -> None:
    for rig in rigs:
        rig.subscription.tick(1.0, has_request=len(queue) > 0)
    queue.serve(1.0)


def test_a_request_waits_for_something_to_say() -> None:
    rig, client = Rig(), Client()
    queue = queue_of(rig)
    queue.receive(client.request(), 0.0)
    assert client.answers == []
    end_interval(queue, rig)
    assert client.messages() == [(1, 1)]
    assert len(queue) == 0


def test_a_late_subscription_answers_the_next_request_at_once() -> None:
    rig, client = Rig(), Client()
    queue = queue_of(rig)
    end_interval(queue, rig)
    queue.receive(client.request(), 1.5)
    assert client.messages() == [(1, 1)]


def test_the_highest_priority_comes_first_and_equals_take_turns() -> None:
    low, high, other = Rig(priority=1, max_notifications=1), Rig(priority=9), Rig(priority=1)
    low.add(2)
    client, queue = Client(), queue_of(low, high, other)
    end_interval(queue, low, high, other)
    for _ in range(4):
        queue.receive(client.request(), 2.0)
    assert client.messages() == [(2, 1), (1, 1), (3, 1), (1, 2)]
    assert [answer.MoreNotifications for answer in client.answers] == [False, True, False, False]


def test_one_request_too_many_sends_the_oldest_back() -> None:
    client, queue = Client(), queue_of(Rig())
    for _ in range(MOST_REQUESTS + 1):
        queue.receive(client.request(), 0.0)
    assert client.faults == [(1, StatusCodes.BadTooManyPublishRequests)]
    assert len(queue) == MOST_REQUESTS


def test_without_subscriptions_every_request_is_sent_back() -> None:
    rig, client = Rig(), Client()
    queue = queue_of(rig)
    queue.receive(client.request(), 0.0)
    del queue.subscriptions[1]
    queue.serve(0.0)
    queue.receive(client.request(), 0.0)
    assert client.faults == [(1, StatusCodes.BadNoSubscription), (2, StatusCodes.BadNoSubscription)]


def test_a_request_whose_client_waits_no_longer_is_not_answered_with_a_message() -> None:
    rig, client = Rig(), Client()
    queue = queue_of(rig)
    queue.receive(client.request(expires_s=0.5), 0.0)
    queue.receive(client.request(expires_s=9.0), 0.0)
    end_interval(queue, rig)
    assert client.faults == [(1, StatusCodes.BadTimeout)]
    assert client.messages() == [(1, 1)]


@pytest.mark.parametrize("status", [StatusCodes.BadTimeout, StatusCodes.GoodSubscriptionTransferred])
def test_the_end_of_a_subscription_is_said_with_the_next_request(status: int) -> None:
    client, queue = Client(), queue_of(Rig())
    queue.end(1, status)
    queue.receive(client.request(), 0.0)
    (answer,) = client.answers
    (said,) = answer.NotificationMessage.NotificationData
    assert (answer.SubscriptionId, said.Status.value) == (1, status)
    queue.receive(client.request(), 0.0)
    assert client.faults == [(2, StatusCodes.BadNoSubscription)]


def test_a_session_whose_connection_is_gone_is_told_nothing_and_leaves_nothing() -> None:
    client, queue = Client(), queue_of(Rig(), Rig())
    queue.end(1, StatusCodes.BadTimeout)
    queue.forget(object())
    queue.end(2, StatusCodes.BadTimeout)
    assert not queue.in_use
    queue.receive(client.request(), 0.0)
    assert client.faults == [(1, StatusCodes.BadNoSubscription)]


def test_requests_of_a_lost_connection_are_forgotten() -> None:
    rig, client, lost = Rig(), Client(), object()
    queue = queue_of(rig)
    queue.receive(client.request(channel=lost), 0.0)
    queue.receive(client.request(), 0.0)
    queue.forget(lost)
    end_interval(queue, rig)
    assert len(client.answers) == 1
    assert len(queue) == 0
