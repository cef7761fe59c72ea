"""Browse and BrowseNext over a real socket: no more references than asked for, and none lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from asyncua import ua
from asyncua.server.address_space import AddressSpace, ViewService
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes

from tests.opcua.listening import Listening, listening
from twin.opcua.browsing import MOST_POINTS, Browsing
from twin.opcua.connection import Connection
from twin.opcua.nodes import standard_node

NO: Any = False


@pytest.fixture(scope="module")
def rig() -> Iterator[Listening]:
    with listening() as made:
        yield made


def everything(node: ua.NodeId) -> ua.BrowseDescription:
    return ua.BrowseDescription(node, ua.BrowseDirection.Both, ResultMask=ua.UInt32(63))


@pytest.mark.parametrize("most", [1, 2, 5, 0])
def test_references_come_in_parts_and_are_all_there(rig: Listening, most: int) -> None:
    async def body() -> tuple[list[int], list[Any]]:
        session: Any = rig.client.uaclient.session
        wanted = ua.BrowseParameters(
            RequestedMaxReferencesPerNode=ua.Counter(most), NodesToBrowse=[everything(rig.folder.nodeid)]
        )
        (result,) = await session.browse(wanted)
        parts = [result.References]
        while result.ContinuationPoint:
            (result,) = await session.browse_next(ua.BrowseNextParameters(NO, [result.ContinuationPoint]))
            result.StatusCode.check()
            parts.append(result.References)
        return [len(part) for part in parts], [each.BrowseName.Name for part in parts for each in part]

    sizes, names = rig.run(body)
    assert names == ["Objects", "FolderType", "Level", "Count", "Text", "Profile"]
    assert sizes == {1: [1] * 6, 2: [2, 2, 2], 5: [5, 1], 0: [6]}[most]


def test_our_own_client_follows_continuation_points(rig: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body() -> list[str]:
        connection = Connection(rig.url)
        await connection.open()
        (found,) = await connection.browse([everything(rig.folder.nodeid)])
        await connection.close()
        return [each.BrowseName.Name for each in found]

    monkeypatch.setattr("twin.opcua.browsing.LARGEST_ANSWER", 2)
    assert rig.run(body) == ["Objects", "FolderType", "Level", "Count", "Text", "Profile"]


class FewNodes(ViewService):
    """A view in which every node has three references."""

    def __init__(self) -> None:
        super().__init__(AddressSpace())

    def browse(self, params: ua.BrowseParameters) -> list[ua.BrowseResult]:
        return [ua.BrowseResult(References=[ua.ReferenceDescription()] * 3) for _ in params.NodesToBrowse]


def browse(browsing: Browsing, nodes: int = 1) -> list[ua.BrowseResult]:
    wanted = [everything(standard_node(ObjectIds.ObjectsFolder))] * nodes
    return browsing.browse(ua.BrowseParameters(RequestedMaxReferencesPerNode=ua.Counter(2), NodesToBrowse=wanted))


def browse_next(browsing: Browsing, points: Sequence[Any], *, release: Any = NO) -> list[ua.BrowseResult]:
    return browsing.browse_next(ua.BrowseNextParameters(release, list(points)))


def test_a_continuation_point_holds_once() -> None:
    browsing = Browsing(FewNodes())
    (first,) = browse(browsing)
    (second,) = browse_next(browsing, [first.ContinuationPoint])
    assert (len(first.References), len(second.References), second.ContinuationPoint) == (2, 1, None)
    (again,) = browse_next(browsing, [first.ContinuationPoint])
    assert again.StatusCode.value == StatusCodes.BadContinuationPointInvalid


def test_a_released_continuation_point_is_gone() -> None:
    browsing = Browsing(FewNodes())
    (first,) = browse(browsing)
    (released,) = browse_next(browsing, [first.ContinuationPoint], release=True)
    assert (released.StatusCode.value, released.References) == (StatusCodes.Good, [])
    (gone,) = browse_next(browsing, [first.ContinuationPoint])
    assert gone.StatusCode.value == StatusCodes.BadContinuationPointInvalid


def test_continuation_points_are_bounded() -> None:
    browsing = Browsing(FewNodes())
    *fine, last = browse(browsing, MOST_POINTS + 1)
    assert all(len(result.References) == 2 for result in fine)
    assert (last.StatusCode.value, last.References) == (StatusCodes.BadNoContinuationPoints, [])
    browse_next(browsing, [fine[0].ContinuationPoint], release=True)
    (result,) = browse(browsing)
    assert result.StatusCode.is_good()
