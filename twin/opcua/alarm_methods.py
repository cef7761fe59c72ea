"""What operators may do with alarms: the methods of OPC UA Part 9, linked to the types' own nodes.

A client calls a type's method on a condition (or on its ShelvingState), or on the ConditionType to refresh.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asyncua import ua
from asyncua.server.address_space import AddressSpace
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes

from twin.opcua import condition
from twin.opcua.alarms import Alarm, Alarms
from twin.opcua.condition import Answer, Remark
from twin.opcua.internal_server import caller_name, caller_session
from twin.opcua.nodes import standard_node
from twin.opcua.notices import Notices

_Method = Callable[..., Awaitable[ua.StatusCode]]
_Act = Callable[..., Answer]


def link_methods(space: AddressSpace, alarms: Alarms, notices: Notices) -> None:
    """Let clients call them."""
    links: dict[_Method, tuple[int, ...]] = {
        _on_alarm(alarms, _at_once(condition.enable, alarms)): (ObjectIds.ConditionType_Enable,),
        _on_alarm(alarms, _at_once(condition.disable, alarms)): (ObjectIds.ConditionType_Disable,),
        _on_alarm(alarms, _answering(condition.add_comment, alarms), bytes, ua.LocalizedText): (
            ObjectIds.ConditionType_AddComment,
        ),
        _on_alarm(alarms, _answering(condition.acknowledge, alarms), bytes, ua.LocalizedText): (
            ObjectIds.AcknowledgeableConditionType_Acknowledge,
        ),
        _on_alarm(alarms, _answering(condition.confirm, alarms), bytes, ua.LocalizedText): (
            ObjectIds.AcknowledgeableConditionType_Confirm,
        ),
        _on_alarm(alarms, _shelving(alarms), float): (
            ObjectIds.ShelvedStateMachineType_TimedShelve,
            ObjectIds.AlarmConditionType_ShelvingState_TimedShelve,
        ),
        _on_alarm(alarms, lambda alarm: condition.shelve(alarm.condition, alarms.now_ns, None)): (
            ObjectIds.ShelvedStateMachineType_OneShotShelve,
            ObjectIds.AlarmConditionType_ShelvingState_OneShotShelve,
        ),
        _on_alarm(alarms, _at_once(condition.unshelve, alarms)): (
            ObjectIds.ShelvedStateMachineType_Unshelve,
            ObjectIds.AlarmConditionType_ShelvingState_Unshelve,
        ),
        _refresh(alarms, notices, int): (ObjectIds.ConditionType_ConditionRefresh,),
        _refresh(alarms, notices, int, int): (ObjectIds.ConditionType_ConditionRefresh2,),
    }
    for method, numbers in links.items():
        for number in numbers:
            space[standard_node(number)].call = method


def _at_once(act: _Act, alarms: Alarms) -> _Act:
    return lambda alarm: act(alarm.condition, alarms.now_ns)


def _shelving(alarms: Alarms) -> _Act:
    def shelve(alarm: Alarm, lasts_ms: float) -> Answer:
        lasts_ns = round(lasts_ms * 1e6) if 0 < lasts_ms < 1e12 else 0  # not a number is out of range as well
        return condition.shelve(alarm.condition, alarms.now_ns, lasts_ns)

    return shelve


def _answering(act: _Act, alarms: Alarms) -> _Act:
    """Something done to an alarm because of an event, with a comment; one without locale and text is none."""

    def answer(alarm: Alarm, event_id: bytes, comment: ua.LocalizedText) -> Answer:
        text = comment.Text or "" if comment.Text or comment.Locale else None
        change = alarms.change_of(alarm, event_id)
        return act(alarm.condition, Remark(alarms.now_ns, caller_name(), change, text))

    return answer


def _on_alarm(alarms: Alarms, act: _Act, *kinds: type) -> _Method:
    """A method of a condition with arguments of these kinds."""

    async def method(node: ua.NodeId, *arguments: ua.Variant) -> ua.StatusCode:
        alarm = alarms.at(node)
        if alarm is None:
            return _status(StatusCodes.BadNodeIdUnknown)
        values = [argument.Value for argument in arguments]
        if wrong := _wrong(values, kinds):
            return wrong
        answer = act(alarm, *values)
        if answer is Answer.GOOD:
            await alarms.tell(alarm)
        return _status(answer)

    return method


def _refresh(alarms: Alarms, notices: Notices, *kinds: type) -> _Method:
    async def method(_: ua.NodeId, *arguments: ua.Variant) -> ua.StatusCode:
        values = [argument.Value for argument in arguments]
        if wrong := _wrong(values, kinds):
            return wrong
        subscription, *items = values
        listeners = notices.listeners(subscription, caller_session())
        if listeners is None:
            return _status(StatusCodes.BadSubscriptionIdInvalid)
        if not listeners.keys() >= set(items):
            return _status(StatusCodes.BadMonitoredItemIdInvalid)
        alarms.refresh(listeners[item] for item in items or listeners)
        return _status(StatusCodes.Good)

    return method


def _wrong(values: list[object], kinds: tuple[type, ...]) -> ua.StatusCode | None:
    """Why a method cannot be called with these arguments. A null is an empty byte string or text."""
    if len(values) < len(kinds):
        return _status(StatusCodes.BadArgumentsMissing)
    if len(values) > len(kinds):
        return _status(StatusCodes.BadTooManyArguments)
    if all(isinstance(value, kind) for value, kind in zip(values, kinds, strict=True)):
        return None
    return _status(StatusCodes.BadInvalidArgument)


def _status(code: int) -> ua.StatusCode:
    return ua.StatusCode(ua.UInt32(code))
