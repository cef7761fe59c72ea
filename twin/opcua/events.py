"""Events of a server as Event records: which fields are asked for, and how an answer reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from twin.history.recording import Event
from twin.opcua.nodes import ALIAS, browse_path, standard_node
from twin.opcua.values import source_time_ns, text_of

FIELDS = ("SourceName", "Message", "Severity", "Time", "EventType")
INCIDENT_TYPE = "IncidentEventType"  # of the simulator's events
KIND = "Kind"  # their property: breakdown, waiting, repairing, minor_stop, repaired


def event_filter(kind_namespace: int | None, only: ua.NodeId | None = None) -> ua.EventFilter:
    """Ask for the base fields, and for `Kind` where the server has the namespace that defines it.

    With `only` no other type of event is wanted.
    """
    names = [ua.QualifiedName(name, 0) for name in FIELDS]
    if kind_namespace is not None:
        names.append(ua.QualifiedName(KIND, kind_namespace))
    base = standard_node(ObjectIds.BaseEventType)
    clauses = [
        ua.SimpleAttributeOperand(TypeDefinitionId=base, BrowsePath=[name], AttributeId=AttributeIds.Value)
        for name in names
    ]
    where = ua.ContentFilter()
    if only is not None:
        literal = ua.LiteralOperand(ua.Variant(only, ua.VariantType.NodeId))
        where.Elements = [ua.ContentFilterElement(ua.FilterOperator.OfType, [literal])]
    return ua.EventFilter(SelectClauses=clauses, WhereClause=where)


def incident_type_path(kind_namespace: str, namespaces: Sequence[str]) -> ua.BrowsePath | None:
    """Where a server has the type of the simulator's events, None where it lacks their namespace."""
    return browse_path(INCIDENT_TYPE, {ALIAS: kind_namespace}, namespaces, standard_node(ObjectIds.BaseEventType))


def event_type(fields: Sequence[ua.Variant]) -> ua.NodeId | None:
    """The event's type."""
    value = fields[4].Value if len(fields) > 4 else None
    return value if isinstance(value, ua.NodeId) else None


def make_event(fields: Sequence[ua.Variant], arrival_ns: int, type_name: Callable[[ua.NodeId], str]) -> Event:
    """The record of one event; what the server left out reads as empty."""
    source, message, severity, time, *_ = (*fields, *[ua.Variant()] * 5)
    kind = text_of(fields[5]) if len(fields) > 5 else None
    node = event_type(fields)
    said = time.Value if isinstance(time.Value, datetime) else None
    return Event(
        time_ns=arrival_ns,
        source=text_of(source) or "",
        kind=kind or (type_name(node) if node else ""),
        severity=min(max(severity.Value, 1), 1000) if isinstance(severity.Value, int) else 1,
        message=text_of(message) or "",
        source_ns=source_time_ns(said, arrival_ns),
    )
