"""Alarms of the plant's server as a client sees and handles them, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaStatusCodeError

from tests.opcua.alarm_rig import (
    SECOND_NS,
    SELECTED,
    SERVER,
    Listener,
    call,
    condition,
    mandatory,
    passed,
    paths,
    reading,
    states,
)
from tests.opcua.test_server import NS, Rig
from twin.opcua.nodes import standard_node
from twin.opcua.server import Occurrence


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.close()


def test_an_alarm_lives_as_the_standard_says_and_its_nodes_say_the_same(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        await rig.server.set_alarm(reading())
        event = await listener.next()
        node = condition(rig, "S1/Breakdown")
        assert event["ConditionId"] == node.nodeid
        assert event["EventType"] == standard_node(ObjectIds.OffNormalAlarmType)
        assert event["SourceNode"] == (await rig.node("S1")).nodeid
        assert event["InputNode"] == (await rig.node("S1", "State")).nodeid
        assert (event["SourceName"], event["ConditionName"], event["Severity"]) == ("S1", "Breakdown", 800)
        assert states(event) == (True, False, True, True)
        assert event["ActiveState/EffectiveDisplayName"].Text == "Active"
        assert event["BranchId"].is_null()

        acknowledge = ObjectIds.AcknowledgeableConditionType_Acknowledge
        await call(rig, acknowledge, event["EventId"], ua.LocalizedText("on my way", "en"), on=node)
        event = await listener.next()
        assert states(event) == (True, True, False, True)
        assert event["Comment"].Text == "on my way"
        await rig.server.set_alarm(reading(active=False, time_ns=NS + SECOND_NS))
        event = await listener.next()
        assert states(event) == (False, True, False, True)
        confirm = ObjectIds.AcknowledgeableConditionType_Confirm
        await call(rig, confirm, event["EventId"], ua.LocalizedText(), on=node)
        event = await listener.next()
        assert states(event) == (False, True, True, False)
        assert event["Comment"].Text == "on my way"
        for name in SELECTED:
            if event[name] is not None and name not in ("LimitState/CurrentState/Id", "HighLimit", "LowLowLimit"):
                assert await condition(rig, "S1/Breakdown", name).read_value() == event[name], name
        await listener.subscription.delete()

    rig.runner.run(body())


def test_a_passed_limit_is_an_exclusive_level_alarm_with_its_limits(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        await rig.server.set_alarm(passed())
        event = await listener.next()
        assert event["EventType"] == standard_node(ObjectIds.ExclusiveLevelAlarmType)
        assert event["LimitState/CurrentState/Id"] == standard_node(ObjectIds.ExclusiveLimitStateMachineType_High)
        assert event["ActiveState/EffectiveDisplayName"].Text == "Active/High"
        assert (event["HighLimit"], event["LowLowLimit"]) == (60.0, None)
        await rig.server.set_alarm(passed("HighHigh", severity=900))
        event = await listener.next()
        assert event["LimitState/CurrentState/Id"] == standard_node(ObjectIds.ExclusiveLimitStateMachineType_HighHigh)
        assert (event["Severity"], event["LastSeverity"], states(event)[1]) == (900, 500, False)
        await rig.server.set_alarm(passed(None))
        event = await listener.next()
        assert event["LimitState/CurrentState/Id"].is_null()
        await listener.subscription.delete()

    rig.runner.run(body())


def test_an_event_comes_once_to_each_item_that_watches_the_source_or_what_is_above_it(rig: Rig) -> None:
    async def body() -> None:
        above = [SERVER, *[(await rig.client.nodes.objects.get_child(path)).nodeid for path in paths(rig)]]
        listener = await Listener(rig).open(*above, (await rig.node("S2")).nodeid)
        await rig.server.set_alarm(reading(condition="MinorStop"))
        came = [await asyncio.wait_for(listener.came.get(), 5) for _ in above]
        assert {handle for handle, _ in came} == set(listener.items[:-1])
        assert len({event["EventId"] for _, event in came}) == 1
        assert listener.came.empty()
        await listener.subscription.delete()

    rig.runner.run(body())


def test_incidents_are_heard_at_their_source_as_well(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER, (await rig.node("S1")).nodeid, (await rig.node("S2")).nodeid)
        await rig.server.emit(Occurrence(NS, "S1", "repaired", 100, "S1 runs again"))
        came = [await asyncio.wait_for(listener.came.get(), 5) for _ in range(2)]
        assert {handle for handle, _ in came} == set(listener.items[:2])
        assert {event["Message"].Text for _, event in came} == {"S1 runs again"}
        await listener.subscription.delete()

    rig.runner.run(body())


def test_no_name_gives_an_operator_the_right_to_write(rig: Rig) -> None:
    async def body() -> None:
        client = Client(rig.url)
        client.set_user("admin")
        async with client as admin:
            node = admin.get_node((await rig.node("S1", "State")).nodeid)
            await node.write_value(ua.DataValue(ua.Variant(9, ua.VariantType.Int32)))

    with pytest.raises(UaStatusCodeError, match="BadUserAccessDenied"):
        rig.runner.run(body())


def test_who_answers_an_alarm_is_written_beside_it(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        await rig.server.set_alarm(reading(condition="Named"))
        event = await listener.next()
        client = Client(rig.url)
        client.set_user("olga")
        async with client as olga:
            node = olga.get_node(event["ConditionId"])
            method = standard_node(ObjectIds.ConditionType_AddComment)
            await node.call_method(method, event["EventId"], ua.LocalizedText("looking into it"))
        event = await listener.next()
        assert (event["ClientUserId"], event["Comment"].Text) == ("olga", "looking into it")
        await listener.subscription.delete()

    rig.runner.run(body())


def test_shelved_for_a_time_it_comes_back_by_itself(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        begin_ns = NS + 100 * SECOND_NS
        await rig.server.pass_time(begin_ns)
        await rig.server.set_alarm(reading(condition="Shelf"))
        await listener.next()
        shelf, remaining = (condition(rig, "S1/Shelf", f"ShelvingState{path}") for path in ("", "/UnshelveTime"))
        timed = ObjectIds.ShelvedStateMachineType_TimedShelve
        await call(rig, timed, 60_000.0, on=shelf)
        event = await listener.next()
        assert (event["SuppressedOrShelved"], event["ShelvingState/CurrentState"].Text) == (True, "TimedShelved")
        assert event["Retain"]
        await rig.server.pass_time(begin_ns + 20 * SECOND_NS)
        assert await remaining.read_value() == 40_000.0
        await rig.server.pass_time(begin_ns + 60 * SECOND_NS)
        event = await listener.next()
        assert (event["SuppressedOrShelved"], event["ShelvingState/CurrentState"].Text) == (False, "Unshelved")
        await call(rig, ObjectIds.ShelvedStateMachineType_OneShotShelve, on=shelf)
        await rig.server.set_alarm(reading(active=False, condition="Shelf"))
        assert [(await listener.next())["SuppressedOrShelved"] for _ in range(2)] == [True, False]
        with pytest.raises(UaStatusCodeError, match="BadConditionNotShelved"):
            await call(rig, ObjectIds.ShelvedStateMachineType_Unshelve, on=shelf)
        for wrong in (0.0, -1.0, 1e18, float("nan")):
            with pytest.raises(UaStatusCodeError, match="BadShelvingTimeOutOfRange"):
                await call(rig, timed, wrong, on=shelf)
        await listener.subscription.delete()

    rig.runner.run(body())


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        (ObjectIds.AcknowledgeableConditionType_Acknowledge, (b"x" * 16, ua.LocalizedText()), "BadEventIdUnknown"),
        (ObjectIds.AcknowledgeableConditionType_Confirm, (b"", ua.LocalizedText()), "BadEventIdUnknown"),
        (ObjectIds.AcknowledgeableConditionType_Confirm, (b"",), "BadArgumentsMissing"),
        (ObjectIds.AcknowledgeableConditionType_Confirm, ("x", ua.LocalizedText()), "BadInvalidArgument"),
        (ObjectIds.ConditionType_AddComment, (b"", ua.LocalizedText(), b""), "BadTooManyArguments"),
        (ObjectIds.ConditionType_Enable, (), "BadConditionAlreadyEnabled"),
    ],
)
def test_a_wrong_call_is_refused_by_the_standards_code(
    rig: Rig, method: int, arguments: Sequence[Any], error: str
) -> None:
    rig.runner.run(rig.server.set_alarm(reading(condition="Wrong")))
    with pytest.raises(UaStatusCodeError) as raised:
        rig.runner.run(call(rig, method, *arguments, on=condition(rig, "S1/Wrong")))
    assert raised.value.code == getattr(StatusCodes, error)


def test_a_method_needs_a_condition(rig: Rig) -> None:
    node = rig.runner.run(rig.node("S1"))
    with pytest.raises(UaStatusCodeError, match="BadNodeIdUnknown"):
        rig.runner.run(call(rig, ObjectIds.ConditionType_Enable, on=node))


def test_what_is_disabled_says_nothing_until_it_is_enabled(rig: Rig) -> None:
    async def body() -> None:
        listener = await Listener(rig).open(SERVER)
        await rig.server.set_alarm(reading(condition="Off"))
        seen = (await listener.next())["EventId"]
        node = condition(rig, "S1/Off")
        await call(rig, ObjectIds.ConditionType_Disable, on=node)
        event = await listener.next()
        assert (event["EnabledState/Id"], event["Retain"]) == (False, False)
        await rig.server.set_alarm(reading(active=False, condition="Off"))
        await rig.server.set_alarm(reading(condition="Off"))
        with pytest.raises(UaStatusCodeError, match="BadConditionDisabled"):
            await call(rig, ObjectIds.AcknowledgeableConditionType_Acknowledge, seen, ua.LocalizedText(), on=node)
        await call(rig, ObjectIds.ConditionType_Enable, on=node)
        assert states(await listener.next()) == (True, False, True, True)
        assert listener.came.empty()
        await listener.subscription.delete()

    rig.runner.run(body())


def test_a_condition_is_found_below_its_source_with_its_type_and_methods(rig: Rig) -> None:
    async def body() -> None:
        await rig.server.set_alarm(passed(condition="Found"))
        node, source = condition(rig, "S1/Found"), await rig.node("S1")
        for reference in (ObjectIds.HasComponent, ObjectIds.HasCondition):
            targets = await source.get_references(reference, ua.BrowseDirection.Forward)
            assert node.nodeid in [target.NodeId for target in targets]
        assert await node.read_type_definition() == standard_node(ObjectIds.ExclusiveLevelAlarmType)
        names = {(await child.read_browse_name()).Name for child in await node.get_children()}
        assert {"Acknowledge", "Confirm", "AddComment", "Enable", "Disable", "ShelvingState", "LimitState"} <= names
        parents = await node.get_references(ObjectIds.HasComponent, ua.BrowseDirection.Inverse)
        assert [(parent.NodeId, parent.BrowseName.Name) for parent in parents] == [(source.nodeid, "S1")]
        for kind in (
            ObjectIds.ExclusiveLevelAlarmType,
            ObjectIds.ExclusiveLimitAlarmType,
            ObjectIds.AlarmConditionType,
        ):
            for declared in await rig.client.get_node(standard_node(kind)).get_children():
                if await mandatory(declared):
                    assert (await declared.read_browse_name()).Name in names

    rig.runner.run(body())


def test_notifiers_lead_from_the_server_to_the_station(rig: Rig) -> None:
    async def body() -> None:
        node = rig.client.nodes.server
        for name in ("A1", "L1", "S1"):
            below = await node.get_referenced_nodes(ObjectIds.HasNotifier, ua.BrowseDirection.Forward)
            (node,) = [each for each in below if (await each.read_browse_name()).Name == name]
            assert await node.read_event_notifier() == {ua.EventNotifier.SubscribeToEvents}

    rig.runner.run(body())
