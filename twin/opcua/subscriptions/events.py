"""Monitored items for events, Part 4 sections 5.13.1 and 7.22.3: select clauses, where clause, overflow event.

An event reaches the items of the one node that it is sent at (`emitting_node`); who wants it at the Server object as
well sends it there too. Operators of where clauses are asyncua's. Not here: how events are made.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from asyncua import ua
from asyncua.common.events import Event
from asyncua.common.utils import ServiceError
from asyncua.server.address_space import AddressSpace
from asyncua.server.monitored_item_service import WhereClauseEvaluator
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.ua_binary import variant_to_binary

from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.attributes import is_subtype
from twin.opcua.subscriptions.items import DISABLED, MonitoredItem

if TYPE_CHECKING:
    from twin.opcua.subscriptions.subscription import Subscription

_OVERFLOW_TYPE = standard_node(ObjectIds.EventQueueOverflowEventType)
_log = logging.getLogger(__name__)


class EventItem(MonitoredItem[bytes]):
    """An item that queues the selected fields of events, encoded.

    Attributes:
        node: the notifier it listens to.
    """

    __slots__ = ("_select", "_where", "node")

    def __init__(self, subscription: Subscription, number: int, node: ua.NodeId) -> None:
        super().__init__(subscription, number)
        self.node = node
        self._select: list[ua.SimpleAttributeOperand] = []
        self._where: WhereClauseEvaluator | None = None

    def set_filter(self, wanted: object, space: AddressSpace) -> None:
        """Select and evaluate what the client asks for. Raises ServiceError where that is no EventFilter."""
        if not isinstance(wanted, ua.EventFilter) or not wanted.SelectClauses:
            raise ServiceError(StatusCodes.BadEventFilterInvalid)
        self._select = wanted.SelectClauses
        elements = wanted.WhereClause.Elements if wanted.WhereClause else None
        self._where = _WhereClause(_log, space, wanted.WhereClause) if elements else None

    def offer(self, event: Event) -> None:
        """Queue the event, if it passes the where clause."""
        if self.mode != DISABLED and (self._where is None or self._where.eval(event)):
            self.enqueue(self._fields(event))

    def tell(self, event: Event) -> None:
        """Queue the event whatever the where clause says: so a refresh of alarms is begun and ended (Part 9, 4.5)."""
        if self.mode != DISABLED:
            self.enqueue(self._fields(event))

    def encode(self, out: list[bytes], limit: int) -> None:
        sent, self.queue = self.queue[:limit], self.queue[limit:]
        if self.overflowed and (self.discard_oldest or not self.queue):
            sent.insert(0 if self.discard_oldest else len(sent), self._fields(_overflow_event()))
            self.overflowed = False
        out += [self.handle + fields for fields in sent]

    def close(self) -> None:
        self.mode = DISABLED

    def _fields(self, event: Event) -> bytes:
        fields = event.to_event_fields(self._select)
        return b"".join([len(fields).to_bytes(4, "little"), *map(variant_to_binary, fields)])


class _WhereClause(WhereClauseEvaluator):
    """asyncua's evaluation, with subtypes in OfType, and fields that an event lacks as null."""

    def _eval_el(self, index: int, event: Any) -> Any:
        element = self.elements[index]
        if element.FilterOperator == ua.FilterOperator.OfType:
            return is_subtype(self._aspace, event.EventType, self._eval_op(element.FilterOperands[0], event))
        return super()._eval_el(index, event)

    def _eval_op(self, op: Any, event: Any) -> Any:
        try:
            return super()._eval_op(op, event)
        except AttributeError:
            return None


def _overflow_event() -> Event:
    event = Event()
    now = ua.ResponseHeader().Timestamp
    event.add_property("EventId", b"overflow", ua.VariantType.ByteString)
    event.add_property("EventType", _OVERFLOW_TYPE, ua.VariantType.NodeId)
    event.add_property("SourceNode", standard_node(ObjectIds.Server), ua.VariantType.NodeId)
    event.add_property("SourceName", "Server", ua.VariantType.String)
    event.add_property("Time", now, ua.VariantType.DateTime)
    event.add_property("ReceiveTime", now, ua.VariantType.DateTime)
    event.add_property("Message", ua.LocalizedText("Events were discarded"), ua.VariantType.LocalizedText)
    event.add_property("Severity", 500, ua.VariantType.UInt16)
    return event
