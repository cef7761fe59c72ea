"""The services of both sets over a real socket, as a client sees them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import (
    BadMessageNotAvailable,
    BadNoSubscription,
    BadNothingToDo,
    BadSubscriptionIdInvalid,
    BadTimestampsToReturnInvalid,
)

from tests.opcua.listening import Listening, Subscribed, item, listening
from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.sample import OVERFLOW

ABSOLUTE, PERCENT = 1, 2


@pytest.fixture(scope="module")
def rig() -> Iterator[Listening]:
    with listening() as made:
        yield made


def deadband(kind: int, value: float) -> ua.DataChangeFilter:
    return ua.DataChangeFilter(ua.DataChangeTrigger.StatusValue, ua.UInt32(kind), value)


def test_every_item_reports_its_first_value_and_then_changes(rig: Listening) -> None:
    async def body() -> list[list[Any]]:
        got = []
        for name in ("Level", "Count", "Text", "Profile"):
            subscribed = await Subscribed(rig.client).open()
            await subscribed.monitor(rig.variables[name].nodeid)
            got.append(await subscribed.values())
            if name == "Level":
                rig.set_level(5.0)
            else:
                await rig.write(name, {"Count": 7, "Text": "b", "Profile": [3.0]}[name])
            got.append(await subscribed.values())
            await subscribed.close()
        rig.set_level(0.0)
        return got

    assert rig.run(body) == [[0.0], [5.0], [0], [7], ["a"], ["b"], [[1.0, 2.0]], [[3.0]]]


def test_a_slow_ramp_passes_absolute_and_percent_deadbands(rig: Listening) -> None:
    async def body(wanted: ua.DataChangeFilter) -> list[Any]:
        rig.set_level(0.0)
        subscribed = await Subscribed(rig.client).open()
        await subscribed.monitor(rig.variables["Level"].nodeid, queue_size=100, wanted=wanted)
        for step in range(1, 41):
            rig.set_level(step / 4)
        values = await subscribed.values()
        await subscribed.close()
        return values

    expected = [0.0, 2.25, 4.5, 6.75, 9.0]
    assert rig.run(lambda: body(deadband(ABSOLUTE, 2.0))) == expected
    assert rig.run(lambda: body(deadband(PERCENT, 1.0))) == expected  # of 200


def test_what_cannot_be_monitored_says_why(rig: Listening) -> None:
    async def body() -> list[int]:
        subscribed = await Subscribed(rig.client).open()
        level, text = rig.variables["Level"].nodeid, rig.variables["Text"].nodeid
        profile = rig.variables["Profile"].nodeid
        results = [
            await subscribed.monitor(ua.NodeId(ua.Int32(999_999), ua.Int16(1))),
            await subscribed.monitor(level, attribute=AttributeIds.Executable),
            await subscribed.monitor(level, attribute=99),
            await subscribed.monitor(level, IndexRange="0:1"),
            await subscribed.monitor(level, DataEncoding=ua.QualifiedName("Default XML")),
            await subscribed.monitor(text, wanted=deadband(ABSOLUTE, 1.0)),
            await subscribed.monitor(profile, wanted=deadband(PERCENT, 1.0)),
            await subscribed.monitor(level, wanted=deadband(PERCENT, 101.0)),
            await subscribed.monitor(level, attribute=AttributeIds.DisplayName, wanted=deadband(ABSOLUTE, 1.0)),
            await subscribed.monitor(rig.folder.nodeid, attribute=AttributeIds.EventNotifier, wanted=ua.EventFilter()),
            await subscribed.monitor(standard_node(ObjectIds.Server), attribute=AttributeIds.EventNotifier),
        ]
        await subscribed.close()
        return [result.StatusCode.value for result in results]

    codes = StatusCodes
    assert rig.run(body) == [
        codes.BadNodeIdUnknown,
        codes.BadAttributeIdInvalid,
        codes.BadAttributeIdInvalid,
        codes.BadIndexRangeInvalid,
        codes.BadDataEncodingUnsupported,
        codes.BadFilterNotAllowed,
        codes.BadMonitoredItemFilterUnsupported,
        codes.BadDeadbandFilterInvalid,
        codes.BadFilterNotAllowed,
        codes.BadNotSupported,
        codes.BadEventFilterInvalid,
    ]


@pytest.mark.parametrize(
    ("sampling_ms", "queue_size", "revised"),
    [(0.0, 0, (0.0, 1)), (-1.0, 1, (300.0, 1)), (10.0, 7, (50.0, 7)), (250.0, 10**6, (250.0, 1000))],
)
def test_sampling_interval_and_queue_size_are_revised(
    rig: Listening, sampling_ms: float, queue_size: int, revised: tuple[float, int]
) -> None:
    async def body() -> tuple[float, int]:
        subscribed = await Subscribed(rig.client).open(interval_ms=300.0)
        node = rig.variables["Level"].nodeid
        result = await subscribed.monitor(node, sampling_ms=sampling_ms, queue_size=queue_size)
        await subscribed.close()
        return result.RevisedSamplingInterval, result.RevisedQueueSize

    assert rig.run(body) == revised


def test_a_subscription_is_revised_when_made_and_when_modified(rig: Listening) -> None:
    async def body() -> list[tuple[float, int, int]]:
        subscribed = await Subscribed(rig.client).open(interval_ms=0.0, lifetime=1)
        wanted = ua.ModifySubscriptionParameters(
            ua.IntegerId(subscribed.number), 1e12, ua.Counter(0), ua.Counter(10**6), ua.Counter(5), ua.Byte(3)
        )
        modified = await subscribed.session.update_subscription(wanted)
        results = [
            (each.RevisedPublishingInterval, each.RevisedLifetimeCount, each.RevisedMaxKeepAliveCount)
            for each in (subscribed.result, modified)
        ]
        await subscribed.close()
        return results

    assert rig.run(body) == [(10.0, 3, 1), (3_600_000.0, 15_000, 5_000)]


def test_a_full_queue_says_so(rig: Listening) -> None:
    async def body() -> list[tuple[float, int]]:
        rig.set_level(0.0)
        subscribed = await Subscribed(rig.client).open()
        await subscribed.monitor(rig.variables["Level"].nodeid, queue_size=3)
        for value in range(1, 6):
            rig.set_level(float(value))
        message = (await subscribed.publish()).NotificationMessage
        await subscribed.close()
        values = [each.Value for each in message.NotificationData[0].MonitoredItems]
        return [(each.Value.Value, each.StatusCode.value if each.StatusCode else 0) for each in values]

    assert rig.run(body) == [(3.0, OVERFLOW), (4.0, 0), (5.0, 0)]


def test_modified_items_have_their_new_queue_and_filter(rig: Listening) -> None:
    async def body() -> tuple[list[int], list[Any]]:
        rig.set_level(0.0)
        subscribed = await Subscribed(rig.client).open()
        created = await subscribed.monitor(rig.variables["Level"].nodeid)
        new = ua.MonitoringParameters(ua.IntegerId(9), 0.0, deadband(ABSOLUTE, 1.0), ua.Counter(5), True)
        wanted = [ua.MonitoredItemModifyRequest(number, new) for number in (created.MonitoredItemId, ua.IntegerId(0))]
        results = await subscribed.session.modify_monitored_items(
            ua.ModifyMonitoredItemsParameters(ua.IntegerId(subscribed.number), ua.TimestampsToReturn.Both, wanted)
        )
        for value in (0.5, 1.5, 2.0, 3.0):
            rig.set_level(value)
        values = await subscribed.values()
        await subscribed.close()
        return [result.StatusCode.value for result in results], values

    assert rig.run(body) == ([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid], [0.0, 1.5, 3.0])


def test_modes_and_triggering(rig: Listening) -> None:
    async def body() -> list[list[Any]]:
        rig.set_level(0.0)
        subscribed = await Subscribed(rig.client).open()
        number = ua.IntegerId(subscribed.number)
        trigger = await subscribed.monitor(rig.variables["Count"].nodeid)
        await subscribed.monitor(rig.variables["Level"].nodeid, mode=ua.MonitoringMode.Sampling)
        linked = await subscribed.monitor(rig.variables["Level"].nodeid, mode=ua.MonitoringMode.Sampling)
        got = [await subscribed.values()]
        request = ua.SetTriggeringRequest()
        request.Parameters = ua.SetTriggeringParameters(
            number, trigger.MonitoredItemId, [linked.MonitoredItemId, ua.IntegerId(0)], []
        )
        answer = await subscribed.session._send_request(request)  # noqa: SLF001 — asyncua's client has no such call
        assert answer is not None
        rig.set_level(8.0)
        await rig.write("Count", 70)
        got.append(await subscribed.values())
        wanted = ua.SetMonitoringModeParameters(number, ua.MonitoringMode.Disabled, [trigger.MonitoredItemId])
        assert [each.value for each in await subscribed.session.set_monitoring_mode(wanted)] == [0]
        await rig.write("Count", 71)
        mode = ua.SetMonitoringModeParameters(number, ua.MonitoringMode.Reporting, [linked.MonitoredItemId])
        await subscribed.session.set_monitoring_mode(mode)
        rig.set_level(9.0)
        got.append(await subscribed.values())
        await subscribed.close()
        await rig.write("Count", 7)
        return got

    assert rig.run(body) == [[7], [70, 8.0], [9.0]]


def test_a_message_is_republished_until_it_is_acknowledged(rig: Listening) -> None:
    async def body() -> tuple[bool, list[list[int]]]:
        subscribed = await Subscribed(rig.client).open()
        await subscribed.monitor(rig.variables["Level"].nodeid)
        sent = await subscribed.publish()
        again = await subscribed.session.republish(subscribed.number, 1)
        answers = [await subscribed.publish(1), await subscribed.publish(1)]
        with pytest.raises(BadMessageNotAvailable):
            await subscribed.session.republish(subscribed.number, 1)
        with pytest.raises(BadSubscriptionIdInvalid):
            await subscribed.session.republish(0, 1)
        await subscribed.close()
        return again == sent.NotificationMessage, [[each.value for each in answer.Results] for answer in answers]

    assert rig.run(body) == (True, [[StatusCodes.Good], [StatusCodes.BadSequenceNumberUnknown]])


def test_a_transferred_subscription_goes_on_at_the_other_session(rig: Listening) -> None:
    async def body() -> tuple[list[int], int, list[Any]]:
        rig.set_level(4.0)
        subscribed = await Subscribed(rig.client).open()
        await subscribed.monitor(rig.variables["Level"].nodeid)
        assert await subscribed.values() == [4.0]
        waiting = asyncio.create_task(subscribed.publish())
        other = await rig.connect()
        taken = Subscribed(other)
        taken.number = subscribed.number
        wanted = ua.TransferSubscriptionsParameters([ua.IntegerId(taken.number)], True)
        (result,) = await taken.session.transfer_subscriptions(wanted)
        values = await taken.values()
        answers = [await waiting]
        while not answers[-1].NotificationMessage.NotificationData:
            answers.append(await subscribed.publish())
        (farewell,) = answers[-1].NotificationMessage.NotificationData
        with pytest.raises(BadNoSubscription):
            await subscribed.publish()
        await other.disconnect()
        return list(result.AvailableSequenceNumbers), farewell.Status.value, values

    assert rig.run(body) == ([1], StatusCodes.GoodSubscriptionTransferred, [4.0])


def test_a_subscription_that_nobody_asks_for_ends_and_says_so(rig: Listening) -> None:
    async def body() -> tuple[int, int]:
        subscribed = await Subscribed(rig.client).open(lifetime=3)
        while rig.server.subscriptions.subscriptions:
            await rig.variables["Count"].read_value()
            await rig.client.nodes.objects.read_browse_name()
        answer = await subscribed.publish()
        (said,) = answer.NotificationMessage.NotificationData
        return answer.SubscriptionId - subscribed.number, said.Status.value

    assert rig.run(body) == (0, StatusCodes.BadTimeout)


def test_calls_that_mean_nothing_fail_as_a_whole(rig: Listening) -> None:
    async def body() -> None:
        subscribed = await Subscribed(rig.client).open()
        nothing = ua.CreateMonitoredItemsParameters(ua.IntegerId(subscribed.number), ua.TimestampsToReturn.Both, [])
        with pytest.raises(BadNothingToDo):
            await subscribed.session.create_monitored_items(nothing)
        never = ua.CreateMonitoredItemsParameters(
            ua.IntegerId(subscribed.number), ua.TimestampsToReturn.Invalid, [item(rig.folder.nodeid)]
        )
        with pytest.raises(BadTimestampsToReturnInvalid):
            await subscribed.session.create_monitored_items(never)
        await subscribed.close()
        with pytest.raises(BadNoSubscription):
            await subscribed.publish()

    rig.run(body)


def test_a_client_that_vanishes_leaves_nothing(rig: Listening) -> None:
    async def body() -> None:
        other = await rig.connect()
        subscribed = await Subscribed(other).open()
        await subscribed.monitor(rig.variables["Level"].nodeid)
        waiting = [asyncio.create_task(subscribed.publish()) for _ in range(8)]
        await subscribed.session.read_attributes([rig.folder.nodeid], AttributeIds.BrowseName)
        await other.disconnect()
        await asyncio.gather(*waiting, return_exceptions=True)
        while rig.server.subscriptions.subscriptions:
            await rig.client.nodes.objects.read_browse_name()

    rig.run(body)
    assert rig.level.items == ()
