"""HistoryRead of raw values (OPC UA Part 11) from rings in memory: of each tag of a station but instants, the newest.

Every variable keeps as many values as share `MEMORY_BYTES` between them, at most `LONGEST`; texts take their own room
besides. Modified, processed and at-time reads are not supported and say so.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any
from uuid import uuid4

from asyncua import ua
from asyncua.server.address_space import AddressSpace, AttributeValue
from asyncua.server.history import HistoryManager
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.plant_nodes import PlantNodes
from twin.opcua.raw_rows import NotFound, Span, select
from twin.opcua.ring import Ring, Row
from twin.opcua.values import datetime_at, unix_us
from twin.plant.layout import Layout

LONGEST = 4096
MEMORY_BYTES = 128 * 1024 * 1024
AT_ONCE = 1000  # values of one variable in one answer
CONTINUATIONS = 100  # of all clients together; the oldest is forgotten when there are more
_ROW_BYTES = 16
_CODES = {"Float": "d", "Double": "d", "String": ""}
_READABLE = 1 | 4  # CurrentRead, HistoryRead

Rings = dict[tuple[str, str], Ring]


def make_rings(layout: Layout) -> Rings:
    """An empty ring for each variable that keeps its history: (owner id, tag id) → ring."""
    tags = [
        (station.id, tag)
        for station in layout.stations
        for tag in layout.tags_of(station.tag_sets, station.tags)
        if tag.data_type != "DateTime"
    ]
    size = min(LONGEST, max(MEMORY_BYTES // _ROW_BYTES // max(len(tags), 1), 1))
    return {(station, tag.id): Ring(size, _CODES.get(tag.data_type, "q")) for station, tag in tags}


class RawHistory(HistoryManager):
    """Answers HistoryRead in the place of asyncua's own history."""

    def serve(self, space: AddressSpace, nodes: PlantNodes, rings: Rings) -> None:
        """Let clients read these rings."""
        self._kept = {nodes.variables[tag].node: (ring, nodes.variables[tag].type) for tag, ring in rings.items()}
        self._continuations: OrderedDict[bytes, tuple[ua.NodeId, int, list[ua.DataValue]]] = OrderedDict()
        for node in self._kept:
            attributes = space[node].attributes
            attributes[AttributeIds.Historizing] = _constant(True, ua.VariantType.Boolean)
            for level in (AttributeIds.AccessLevel, AttributeIds.UserAccessLevel):
                attributes[level] = _constant(_READABLE, ua.VariantType.Byte)

    async def read_history(self, params: ua.HistoryReadParameters) -> list[ua.HistoryReadResult]:
        """One answer for each node."""
        if params.ReleaseContinuationPoints:
            return [self._release(asked) for asked in params.NodesToRead]
        return [self._read(params, asked) for asked in params.NodesToRead]

    def _release(self, asked: ua.HistoryReadValueId) -> ua.HistoryReadResult:
        known = self._continuations.pop(asked.ContinuationPoint or b"", None)
        return _refused(StatusCodes.Good if known else StatusCodes.BadContinuationPointInvalid)

    def _read(self, params: ua.HistoryReadParameters, asked: ua.HistoryReadValueId) -> ua.HistoryReadResult:
        if asked.ContinuationPoint:
            node, at_once, values = self._continuations.pop(asked.ContinuationPoint, (None, 0, []))
            if node != asked.NodeId:
                return _refused(StatusCodes.BadContinuationPointInvalid)
            return self._answer(asked.NodeId, at_once, values)
        details: Any = params.HistoryReadDetails
        if refusal := self._refusal(details, params.TimestampsToReturn, asked.NodeId):
            return _refused(refusal)
        span = _span(details)
        if not span.holds:
            return _refused(StatusCodes.BadHistoryOperationInvalid)
        ring, kind = self._kept[asked.NodeId]
        found = [_value(row, kind, params.TimestampsToReturn) for row in select(ring.rows(), span)]
        return self._answer(asked.NodeId, min(span.count or AT_ONCE, AT_ONCE), found)

    def _refusal(self, details: object, stamps: ua.TimestampsToReturn, node: ua.NodeId) -> int:
        """Why history cannot be read in this way, 0 if it can."""
        if not isinstance(details, ua.ReadRawModifiedDetails) or details.IsReadModified:
            return StatusCodes.BadHistoryOperationUnsupported
        if stamps not in _STAMPS:
            return StatusCodes.BadTimestampsToReturnInvalid
        if node in self._kept:
            return 0
        known = node in self.iserver.aspace
        return StatusCodes.BadHistoryOperationUnsupported if known else StatusCodes.BadNodeIdUnknown

    def _answer(self, node: ua.NodeId, at_once: int, values: list[ua.DataValue]) -> ua.HistoryReadResult:
        code = StatusCodes.Good if values else StatusCodes.GoodNoData
        result = ua.HistoryReadResult(ua.StatusCode(ua.UInt32(code)), None, ua.HistoryData(values[:at_once]))
        if len(values) > at_once:
            result.ContinuationPoint = uuid4().bytes
            self._continuations[result.ContinuationPoint] = (node, at_once, values[at_once:])
            if len(self._continuations) > CONTINUATIONS:
                self._continuations.popitem(last=False)
        return result


_STAMPS = {  # whether source and server times are wanted
    ua.TimestampsToReturn.Source: (True, False),
    ua.TimestampsToReturn.Server: (False, True),
    ua.TimestampsToReturn.Both: (True, True),
}


def _value(row: Row | NotFound, kind: ua.VariantType, stamps: ua.TimestampsToReturn) -> ua.DataValue:
    time_ns, value = row
    time = datetime_at(time_ns // 1000)
    source, server = _STAMPS[stamps]
    code = StatusCodes.BadBoundNotFound if value is None else StatusCodes.Good
    return ua.DataValue(
        ua.Variant() if value is None else ua.Variant(bool(value) if kind is ua.VariantType.Boolean else value, kind),
        ua.StatusCode(ua.UInt32(code)),
        SourceTimestamp=time if source else None,
        ServerTimestamp=time if server else None,
    )


def _span(details: ua.ReadRawModifiedDetails) -> Span:
    start_ns, end_ns = (
        unix_us(time) * 1000 if time is not None and time.year > 1601 else None  # how OPC UA writes no time
        for time in (details.StartTime, details.EndTime)
    )
    return Span(start_ns, end_ns, details.NumValuesPerNode, details.ReturnBounds)


def _refused(code: int) -> ua.HistoryReadResult:
    return ua.HistoryReadResult(ua.StatusCode(ua.UInt32(code)))


def _constant(value: object, kind: ua.VariantType) -> AttributeValue:
    return AttributeValue(ua.DataValue(ua.Variant(value, kind)))
