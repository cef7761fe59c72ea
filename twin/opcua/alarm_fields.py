"""What is told of an alarm: every field of its events, which are also the values of its condition's variables.

A field is named by its browse path below the condition, names joined by `/`: `AckedState/Id`. The table is the
mandatory part of ExclusiveLevelAlarmType and OffNormalAlarmType (OPC UA Part 9), with ConfirmedState and shelving.
Not here: nodes, sending, and how an alarm lives (`twin.opcua.condition`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from typing import Any

from asyncua import ua
from asyncua.common.events import Event
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.opcua.condition import LONGEST_SHELVING_NS, Condition, Shelving
from twin.opcua.nodes import standard_node
from twin.opcua.values import datetime_at

Fields = dict[str, ua.Variant]
CONDITION_ID = "NodeId"  # the name asyncua gives to what is asked for by no path and the attribute NodeId

UNSHELVE_TIME = "ShelvingState/UnshelveTime"

_NEVER = ua.DateTime(1601, 1, 1, tzinfo=UTC)  # how OPC UA writes a time that has not come
_SHELVED = {
    Shelving.UNSHELVED: ObjectIds.ShelvedStateMachineType_Unshelved,
    Shelving.TIMED: ObjectIds.ShelvedStateMachineType_TimedShelved,
    Shelving.ONE_SHOT: ObjectIds.ShelvedStateMachineType_OneShotShelved,
}
_LIMITS = {
    "HighHigh": ObjectIds.ExclusiveLimitStateMachineType_HighHigh,
    "High": ObjectIds.ExclusiveLimitStateMachineType_High,
    "Low": ObjectIds.ExclusiveLimitStateMachineType_Low,
    "LowLow": ObjectIds.ExclusiveLimitStateMachineType_LowLow,
}
_STATES = {  # TwoStateVariables: what they say when true and when false
    "EnabledState": ("Enabled", "Disabled"),
    "AckedState": ("Acknowledged", "Unacknowledged"),
    "ConfirmedState": ("Confirmed", "Unconfirmed"),
    "ActiveState": ("Active", "Inactive"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What never changes of an alarm.

    Attributes:
        node: its condition's node, the ConditionId.
        source, source_node: id and node of what it belongs to.
        input_node: the variable it watches, a null id where there is none.
        limits: `HighLimit`, `LowLimit` and so on, as far as it has them; None for an alarm that has no limits.
    """

    node: ua.NodeId
    name: str
    source: str
    source_node: ua.NodeId
    input_node: ua.NodeId
    limits: tuple[tuple[str, float], ...] | None

    @property
    def type(self) -> int:
        """The number of its event type, which is also the type of its condition."""
        return ObjectIds.OffNormalAlarmType if self.limits is None else ObjectIds.ExclusiveLevelAlarmType


class PlantEvent(Event):
    """An event by its fields, as asyncua's subscription service wants to be asked for them."""

    def __init__(self, fields: Fields) -> None:
        super().__init__()
        self.fields = fields
        self.emitting_node = standard_node(ObjectIds.Server)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["fields"][name].Value
        except KeyError:
            raise AttributeError(name) from None

    def to_event_fields(self, select_clauses: Sequence[ua.SimpleAttributeOperand]) -> list[ua.Variant]:
        """The fields a client selected; what the event does not have is null."""
        return [self.fields.get(_key(clause), _NULL) for clause in select_clauses]


_NULL = ua.Variant()


def _key(clause: ua.SimpleAttributeOperand) -> str:
    if clause.BrowsePath:
        return "/".join(name.Name or "" for name in clause.BrowsePath)
    return AttributeIds(clause.AttributeId).name


def event_fields(event_id: bytes, time_ns: int, message: str, severity: int) -> Fields:
    """What changes from event to event, of any type."""
    time = _time(time_ns)
    return {
        "EventId": ua.Variant(event_id, ua.VariantType.ByteString),
        "Time": time,
        "ReceiveTime": time,
        "Message": _text(message),
        "Severity": ua.Variant(severity, ua.VariantType.UInt16),
    }


def server_fields(event_type: int) -> Fields:
    """What is always the same of events of a type that come from the server itself."""
    return {
        "EventType": _node(standard_node(event_type)),
        "SourceNode": _node(standard_node(ObjectIds.Server)),
        "SourceName": _string("Server"),
    }


def fixed_fields(place: Place) -> Fields:
    """What is always the same of an alarm's events."""
    kind, name = (
        (ObjectIds.MaintenanceConditionClassType, "MaintenanceConditionClassType")
        if place.limits is None
        else (ObjectIds.ProcessConditionClassType, "ProcessConditionClassType")
    )
    fields = {
        CONDITION_ID: _node(place.node),
        "EventType": _node(standard_node(place.type)),
        "SourceNode": _node(place.source_node),
        "SourceName": _string(place.source),
        "ConditionClassId": _node(standard_node(kind)),
        "ConditionClassName": _word(name),
        "ConditionName": _string(place.name),
        "BranchId": _state(0),
        "Quality": ua.Variant(ua.StatusCode(), ua.VariantType.StatusCode),
        "InputNode": _node(place.input_node),
        "MaxTimeShelved": ua.Variant(LONGEST_SHELVING_NS / 1e6, ua.VariantType.Double),
    }
    if place.limits is None:
        fields["NormalState"] = _state(0)
    return fields | {name: ua.Variant(limit, ua.VariantType.Double) for name, limit in place.limits or ()}


def alarm_fields(condition: Condition, event_id: bytes, *, limits: bool) -> Fields:
    """What changes of an alarm; `limits` is whether it has any."""
    fields = event_fields(event_id, condition.time_ns, condition.message, condition.severity)
    for name, state, since_ns in (
        ("EnabledState", condition.enabled, condition.enabled_ns),
        ("AckedState", condition.acked, condition.acked_ns),
        ("ConfirmedState", condition.confirmed, condition.confirmed_ns),
        ("ActiveState", condition.active, condition.active_ns),
    ):
        fields[name] = _word(_STATES[name][not state])
        fields[f"{name}/Id"] = ua.Variant(state, ua.VariantType.Boolean)
        fields[f"{name}/TransitionTime"] = _time(since_ns)
    shown = _STATES["ActiveState"][not condition.active]
    shelved = condition.shelving is not Shelving.UNSHELVED
    fields |= {
        "ActiveState/EffectiveDisplayName": _word(f"{shown}/{condition.limit}" if condition.limit else shown),
        "Retain": ua.Variant(condition.retain, ua.VariantType.Boolean),
        "Quality/SourceTimestamp": fields["Time"],
        "LastSeverity": ua.Variant(condition.last_severity, ua.VariantType.UInt16),
        "LastSeverity/SourceTimestamp": _time(condition.severity_ns),
        "Comment": _text(condition.comment),
        "Comment/SourceTimestamp": _time(condition.comment_ns),
        "ClientUserId": _string(condition.user),
        "SuppressedOrShelved": ua.Variant(shelved, ua.VariantType.Boolean),
        "ShelvingState/CurrentState": _word(condition.shelving.value),
        "ShelvingState/CurrentState/Id": _state(_SHELVED[condition.shelving]),
        UNSHELVE_TIME: unshelve_time(condition, condition.time_ns),
    }
    if limits:
        fields["LimitState/CurrentState"] = _word(condition.limit)
        fields["LimitState/CurrentState/Id"] = _state(_LIMITS.get(condition.limit, 0))
    return fields


def unshelve_time(condition: Condition, time_ns: int) -> ua.Variant:
    """How long the alarm stays shelved, in ms."""
    shelved = condition.shelving is not Shelving.UNSHELVED
    return ua.Variant(max(condition.unshelve_ns - time_ns, 0) / 1e6 if shelved else 0.0, ua.VariantType.Double)


@cache
def _word(text: str) -> ua.Variant:
    """A text of a small vocabulary."""
    return _text(text)


@cache
def _state(number: int) -> ua.Variant:
    """A state of a state machine's type; 0 is none."""
    return _node(standard_node(number) if number else ua.NodeId())


def _text(text: str) -> ua.Variant:
    return ua.Variant(ua.LocalizedText(text, "en") if text else ua.LocalizedText(), ua.VariantType.LocalizedText)


def _node(node: ua.NodeId) -> ua.Variant:
    return ua.Variant(node, ua.VariantType.NodeId)


def _string(text: str) -> ua.Variant:
    return ua.Variant(text, ua.VariantType.String)


def _time(time_ns: int) -> ua.Variant:
    return ua.Variant(datetime_at(time_ns // 1000) if time_ns else _NEVER, ua.VariantType.DateTime)
