"""Publishing cycles: first message, keep-alive, lifetime, limits, sequence numbers, retransmission."""

from __future__ import annotations

import pytest
from asyncua.ua.status_codes import StatusCodes

from tests.opcua.subscriptions.engine import Rig, decoded, revised, subscription
from twin.opcua.subscriptions.subscription import LAST_SEQUENCE_NUMBER, RETAINED, Subscription


def late_after(of: Subscription, ticks: int) -> list[bool]:
    """Whether there is something to say after each of so many intervals, with a request each time."""
    said = []
    for tick in range(ticks):
        of.tick(float(tick + 1), has_request=True)
        said.append(of.late)
        if of.late:
            of.next_message()
    return said


def test_the_first_interval_ends_with_a_message_and_then_every_keep_alive() -> None:
    assert late_after(subscription(keep_alive_count=3), 8) == [True, False, False, True, False, False, True, False]


def test_a_keep_alive_has_the_number_of_the_next_message_and_is_not_kept() -> None:
    rig = Rig()
    first = decoded(rig.subscription.next_message().message)
    for _ in range(2):
        idle = rig.subscription.next_message()
        message = decoded(idle.message)
        assert (message.SequenceNumber, message.NotificationData) == (2, [])
        assert idle.available == [1]
    rig.write(1.0)
    assert first.SequenceNumber == 1
    assert decoded(rig.subscription.next_message().message).SequenceNumber == 2


def test_it_expires_after_a_lifetime_without_requests_and_not_before() -> None:
    sub = subscription(lifetime_count=4)
    for tick in range(3):
        sub.tick(float(tick), has_request=False)
    assert not sub.expired
    sub.tick(4.0, has_request=True)
    for tick in range(3):
        sub.tick(float(tick), has_request=False)
    assert not sub.expired
    sub.tick(8.0, has_request=False)
    assert sub.expired


def test_messages_are_limited_and_say_that_there_is_more() -> None:
    rig = Rig(max_notifications=2)
    for handle in range(2, 6):
        rig.add(handle)
    sizes = []
    for _ in range(3):
        outgoing = rig.subscription.next_message()
        sizes.append((len(decoded(outgoing.message).NotificationData[0].MonitoredItems), outgoing.more))
    assert sizes == [(2, True), (2, True), (1, False)]


def test_a_long_queue_is_sent_in_parts_in_its_order() -> None:
    rig = Rig(max_notifications=2)
    rig.item.configure(1, 10, True)
    for value in range(1, 5):
        rig.write(float(value))
    assert [rig.sent() for _ in range(3)] == [[0.0, 1.0], [2.0, 3.0], [4.0]]


def test_disabled_publishing_keeps_alive_and_keeps_what_is_queued() -> None:
    rig = Rig()
    rig.subscription.enable(False)
    assert late_after(rig.subscription, 4) == [True, False, False, True]
    rig.subscription.enable(True)
    assert rig.sent() == [0.0]


def test_sequence_numbers_wrap_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twin.opcua.subscriptions.subscription.LAST_SEQUENCE_NUMBER", 3)
    rig = Rig()
    numbers = []
    for value in range(1, 6):
        numbers.append(decoded(rig.subscription.next_message().message).SequenceNumber)
        rig.write(float(value))
    assert numbers == [1, 2, 3, 1, 2]
    assert LAST_SEQUENCE_NUMBER == 2**32 - 1


def test_messages_are_kept_as_they_were_sent_until_acknowledged() -> None:
    rig = Rig()
    sent = rig.subscription.next_message()
    assert rig.subscription.retained == {1: sent.message}
    assert rig.subscription.acknowledge(1) == StatusCodes.Good
    assert rig.subscription.acknowledge(1) == StatusCodes.BadSequenceNumberUnknown
    assert rig.subscription.retained == {}


def test_what_is_kept_for_republish_is_bounded_and_the_oldest_goes_first() -> None:
    rig = Rig()
    for value in range(RETAINED + 3):
        rig.write(value + 1.0)
        outgoing = rig.subscription.next_message()
    assert list(rig.subscription.retained) == list(range(4, RETAINED + 4)) == list(outgoing.available)


def test_a_modified_subscription_begins_a_new_interval_and_lifetime() -> None:
    sub = subscription(lifetime_count=2)
    sub.tick(1.0, has_request=False)
    sub.revise(revised(publishing_interval_s=0.5, lifetime_count=2), 1.25)
    sub.tick(1.75, has_request=False)
    assert not sub.expired
    assert [sub.next_tick_s(1.25), sub.next_tick_s(1.75)] == [1.75, 2.25]


def test_intervals_that_were_missed_are_not_made_up_for() -> None:
    sub = subscription(publishing_interval_s=1.0)
    assert [sub.next_tick_s(now_s) for now_s in (0.0, 1.01, 5.5, 6.0)] == [1.0, 2.0, 6.0, 7.0]
