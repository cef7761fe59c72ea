"""HistoryRead over a real socket, and what it costs to keep history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asyncua import ua
from asyncua.common.node import Node
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.status_codes import StatusCodes

from tests.opcua.test_server import Rig, tiny_layout
from twin.opcua import raw_history
from twin.opcua.raw_history import make_rings
from twin.opcua.server import Reading

SECOND_NS = 1_000_000_000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
BEGIN_NS = 1_767_225_600 * SECOND_NS


def at(seconds: float) -> Any:
    return BEGIN + timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    rig = Rig()
    readings = [Reading("S1", "Vacuum", 30.0 + step, BEGIN_NS + step * SECOND_NS) for step in range(1500)]
    readings += [Reading("S1", "Serial", f"U-{step}", BEGIN_NS + step * SECOND_NS) for step in range(3)]
    readings += [Reading("S1", "Blocked", step == 1, BEGIN_NS + step * SECOND_NS) for step in range(3)]
    rig.runner.run(rig.server.publish(readings))
    yield rig
    rig.close()


def read(
    rig: Rig, node: Node, start: object, end: object, count: int = 0, *, point: bytes | None = None, **more: Any
) -> ua.HistoryReadResult:
    begin, until = [time or datetime(1601, 1, 1, tzinfo=UTC) for time in (start, end)]
    details = ua.ReadRawModifiedDetails(more.pop("modified", False), begin, until, count, more.pop("bounds", False))
    wanted = ua.HistoryReadParameters(
        HistoryReadDetails=more.pop("details", details),
        TimestampsToReturn=more.pop("stamps", ua.TimestampsToReturn.Source),
        ReleaseContinuationPoints=more.pop("release", False),
        NodesToRead=[ua.HistoryReadValueId(NodeId=node.nodeid, ContinuationPoint=point)],
    )
    return rig.runner.run(rig.client.uaclient.history_read(wanted))[0]


def values(result: ua.HistoryReadResult) -> list[object]:
    result.StatusCode.check()
    return [value.Value.Value if value.Value else None for value in result.HistoryData.DataValues]


def tag(rig: Rig, name: str) -> Node:
    return rig.runner.run(rig.node("S1", name))


def test_values_come_back_with_their_times_and_types(rig: Rig) -> None:
    assert values(read(rig, tag(rig, "Vacuum"), at(1), at(4))) == [31.0, 32.0, 33.0]
    assert values(read(rig, tag(rig, "Vacuum"), at(4), at(1))) == [34.0, 33.0, 32.0]
    assert values(read(rig, tag(rig, "Serial"), at(0), at(9))) == ["U-0", "U-1", "U-2"]
    assert values(read(rig, tag(rig, "Blocked"), at(0), at(9))) == [False, True, False]
    first = read(rig, tag(rig, "Vacuum"), at(1), at(2), stamps=ua.TimestampsToReturn.Both).HistoryData.DataValues[0]
    assert (first.SourceTimestamp, first.ServerTimestamp) == (at(1), at(1))
    assert first.Value.VariantType is ua.VariantType.Double


def test_one_end_and_a_number(rig: Rig) -> None:
    assert values(read(rig, tag(rig, "Vacuum"), at(10), None, 2)) == [40.0, 41.0]
    assert values(read(rig, tag(rig, "Vacuum"), None, at(10), 2)) == [40.0, 39.0]
    assert read(rig, tag(rig, "Vacuum"), at(10), None).StatusCode.value == StatusCodes.BadHistoryOperationInvalid


def test_bounds_are_values_or_said_to_be_missing(rig: Rig) -> None:
    assert values(read(rig, tag(rig, "Vacuum"), at(0.5), at(1.5), bounds=True)) == [30.0, 31.0, 32.0]
    missing = read(rig, tag(rig, "Serial"), at(1.5), at(9), bounds=True).HistoryData.DataValues[-1]
    assert missing.StatusCode.value == StatusCodes.BadBoundNotFound
    assert missing.SourceTimestamp == at(9)


def test_a_long_answer_comes_in_parts(rig: Rig) -> None:
    vacuum = tag(rig, "Vacuum")
    first = read(rig, vacuum, at(0), at(9999))
    assert len(values(first)) == raw_history.AT_ONCE
    second = read(rig, vacuum, at(0), at(9999), point=first.ContinuationPoint)
    assert values(first) + values(second) == [30.0 + step for step in range(1500)]
    assert not second.ContinuationPoint
    again = read(rig, vacuum, at(0), at(9999), point=first.ContinuationPoint)
    assert again.StatusCode.value == StatusCodes.BadContinuationPointInvalid


def test_with_both_times_the_number_is_of_one_part(rig: Rig) -> None:
    vacuum = tag(rig, "Vacuum")
    result = read(rig, vacuum, at(0), at(5), 2)
    parts = [values(result)]
    while result.ContinuationPoint:
        result = read(rig, vacuum, at(0), at(5), 2, point=result.ContinuationPoint)
        parts.append(values(result))
    assert parts == [[30.0, 31.0], [32.0, 33.0], [34.0]]


def test_continuation_points_are_released_and_bounded(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_history, "CONTINUATIONS", 2)
    vacuum = tag(rig, "Vacuum")
    first, second, third = [read(rig, vacuum, at(0), at(9), 1).ContinuationPoint for _ in range(3)]
    invalid = StatusCodes.BadContinuationPointInvalid
    assert read(rig, vacuum, at(0), at(9), 1, point=first).StatusCode.value == invalid
    assert read(rig, vacuum, at(0), at(9), 1, point=second, release=True).StatusCode.is_good()
    assert read(rig, vacuum, at(0), at(9), 1, point=second).StatusCode.value == invalid
    assert values(read(rig, vacuum, at(0), at(9), 1, point=third)) == [31.0]


def test_what_is_not_supported_says_so(rig: Rig) -> None:
    vacuum, unsupported = tag(rig, "Vacuum"), StatusCodes.BadHistoryOperationUnsupported
    assert read(rig, vacuum, at(0), at(9), modified=True).StatusCode.value == unsupported
    assert read(rig, vacuum, at(0), at(9), details=ua.ReadProcessedDetails()).StatusCode.value == unsupported
    assert read(rig, tag(rig, "Started"), at(0), at(9)).StatusCode.value == unsupported
    nothing = rig.client.get_node(ua.NodeId(ua.Int32(999_999), ua.Int16(3)))
    assert read(rig, nothing, at(0), at(9)).StatusCode.value == StatusCodes.BadNodeIdUnknown
    assert read(rig, tag(rig, "Never"), at(0), at(9)).StatusCode.value == StatusCodes.GoodNoData
    neither = read(rig, vacuum, at(0), at(9), stamps=ua.TimestampsToReturn.Neither)
    assert neither.StatusCode.value == StatusCodes.BadTimestampsToReturnInvalid


@pytest.mark.parametrize(("name", "level"), [("Vacuum", 5), ("Serial", 5), ("Started", 1)])
def test_a_variable_says_whether_it_has_history(rig: Rig, name: str, level: int) -> None:
    node = tag(rig, name)
    historizing, access = (
        rig.runner.run(node.read_attribute(attribute)).Value.Value  # type: ignore[union-attr]
        for attribute in (AttributeIds.Historizing, AttributeIds.AccessLevel)
    )
    assert (historizing, access) == (level == 5, level)


def test_memory_is_shared_between_all_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_history, "MEMORY_BYTES", 16 * 16 * 10)
    rings = make_rings(tiny_layout())
    assert len(rings) == 16
    for step in range(100):
        for ring in rings.values():
            ring.append(step, step)
    assert {len(ring.rows()) for ring in rings.values()} == {10}
