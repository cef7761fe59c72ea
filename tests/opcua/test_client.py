"""The link against a real server on loopback: values, events, liveness, and names that outlive a connection."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count

import pytest
from asyncua import ua

from tests.opcua.small import OTHER, PACKML, PLANT, URI, Small, free_port, small_server
from twin.errors import LinkError
from twin.opcua.client import Item, Link
from twin.opcua.connection import Connection
from twin.opcua.nodes import browse_path, live_node, stored_node
from twin.opcua.values import Report
from twin.plant import quality

ALIASES = {"plant": PLANT, "other": OTHER}


@pytest.fixture(scope="module")
def server() -> Iterator[Small]:
    with small_server() as small:
        yield small


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    connection = Connection(url)
    try:
        await connection.open()
        yield connection
    finally:
        await connection.close()


class Listener:
    """A link that listens, and what it has delivered."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        stamps = count(1)
        self.link = Link(connection, lambda: next(stamps), self.reports.put_nowait)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[asyncio.Task[None]]:
        await self.link.open()
        task = asyncio.create_task(self.link.listen())
        try:
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, LinkError):
                await task

    async def follow(self, *names: str) -> dict[int, int]:
        paths = [browse_path(f"Factory/A/L/S1/{name}", ALIASES, self.connection.namespaces) for name in names]
        nodes = await self.connection.translate([path for path in paths if path])
        items = [Item(tag, node, names[tag] == "Serial") for tag, node in enumerate(nodes) if node]
        return await self.link.subscribe(items)

    async def next(self) -> Report:
        return await asyncio.wait_for(self.reports.get(), 5)


def test_the_server_introduces_itself(server: Small) -> None:
    async def run() -> None:
        async with connected(server.url) as connection:
            assert connection.application_uri == URI
            assert connection.namespaces[2:] == [PLANT, OTHER, PACKML]

    asyncio.run(run())


def test_values_arrive_with_text_status_and_one_report_for_each_response(server: Small) -> None:
    async def run() -> None:
        async with connected(server.url) as connection:
            listener = Listener(connection)
            async with listener.listening():
                assert await listener.follow("Temperature", "Count", "Serial") == {}
                first = await listener.next()
                assert sorted(first.batch.tag.tolist()) == [0, 1, 2]
                assert [text for _, text in first.texts] == ["U-1"]
                server.tell(set="Count", value=5, type="Int32", status=quality.UNCERTAIN)
                after = await listener.next()
                assert after.batch.value.tolist() == [5.0]
                assert after.batch.quality.tolist() == [quality.UNCERTAIN]
                assert after.time_ns > first.time_ns

    asyncio.run(run())


def test_a_value_of_another_type_than_expected_is_a_mismatch_and_the_others_live_on(server: Small) -> None:
    async def run() -> None:
        async with connected(server.url) as connection:
            listener = Listener(connection)
            async with listener.listening():
                nodes = [
                    live_node(f"nsu={PLANT};s={name}", connection.namespaces) for name in ("Serial", "Temperature")
                ]
                await listener.link.subscribe([Item(tag, node, False) for tag, node in enumerate(nodes) if node])
                first = await listener.next()
                assert sorted(zip(first.batch.tag, first.batch.quality, strict=True)) == [
                    (0, quality.BAD_TYPE_MISMATCH),
                    (1, quality.GOOD),
                ]
                server.tell(set="Temperature", value=21.0)
                assert (await listener.next()).batch.value.tolist() == [21.0]

    asyncio.run(run())


def test_events_of_the_server_become_records(server: Small) -> None:
    async def run() -> None:
        async with connected(server.url) as connection:
            listener = Listener(connection)
            async with listener.listening():
                await listener.follow("Count")
                await listener.next()
                server.tell(event="spindle jammed")
                (event,) = (await listener.next()).events
                assert (event.source, event.message, event.severity) == ("S1", "spindle jammed", 700)
                assert event.kind == "BaseEventType"
                assert event.source_ns > 1_600_000_000_000_000_000

    asyncio.run(run())


def test_a_node_that_is_not_there_is_refused_alone(server: Small) -> None:
    async def run() -> None:
        async with connected(server.url) as connection:
            listener = Listener(connection)
            async with listener.listening():
                gone = live_node(f"nsu={PLANT};s=Gone", connection.namespaces)
                here = live_node(f"nsu={PLANT};s=Count", connection.namespaces)
                assert gone
                assert here
                refused = await listener.link.subscribe([Item(0, gone, False), Item(1, here, False)])
                assert refused == {0: quality.BAD_NODE_UNKNOWN}
                assert (await listener.next()).batch.tag.tolist() == [1]

    asyncio.run(run())


def test_stored_nodes_find_the_same_variable_after_the_namespaces_changed_places(server: Small) -> None:
    async def value_of(url: str, stored: str) -> float:
        async with connected(url) as connection:
            node = live_node(stored, connection.namespaces)
            assert node
            assert stored_node(node, connection.namespaces) == stored
            (answer,) = await connection.read([node])
            assert answer.Value
            return float(answer.Value.Value)

    with small_server(namespaces=(OTHER, PLANT)) as swapped:
        for url in (server.url, swapped.url):
            assert asyncio.run(value_of(url, f"nsu={OTHER};s=Count")) == -1
            assert asyncio.run(value_of(url, f"nsu={PLANT};s=Count")) > 0


def test_names_with_semicolons_and_standard_nodes_are_stored_and_found() -> None:
    namespaces = ["http://opcfoundation.org/UA/", "urn:a", "urn:a;b"]
    for stored in ("i=2258", "nsu=urn:a;s=x;y=1", "nsu=urn:a;b;i=7", "nsu=urn:a;b;s=ns=3;x"):
        node = live_node(stored, namespaces)
        assert node
        assert stored_node(node, namespaces) == stored
    assert live_node("nsu=urn:absent;i=1", namespaces) is None


def test_a_frozen_server_is_noticed_by_its_silence() -> None:
    async def run(small: Small) -> None:
        async with connected(small.url) as connection:
            listener = Listener(connection)
            async with listener.listening() as listening:
                await listener.follow("Count")
                await listener.next()
                small.freeze()
                start = asyncio.get_running_loop().time()
                with pytest.raises(LinkError, match="silent"):
                    await asyncio.wait_for(listening, 5)
                assert asyncio.get_running_loop().time() - start <= 3.0

    with small_server() as small:
        asyncio.run(run(small))


@pytest.mark.parametrize(("last", "next_one"), [(5, 7), (5, 5), (2**32 - 1, 2)])
def test_a_hole_in_the_sequence_ends_the_link_instead_of_passing_unseen(last: int, next_one: int) -> None:
    delivered = asyncio.run(_two_responses(last, last % (2**32 - 1) + 1))
    assert delivered == 2
    with pytest.raises(LinkError, match="left out notifications"):
        asyncio.run(_two_responses(last, next_one))


async def _two_responses(*numbers: int) -> int:
    """Let a link read two publish responses with these sequence numbers; how many it delivered."""
    delivered: list[Report] = []
    connection = Connection("opc.tcp://127.0.0.1:4840/")
    responses = [_response(number) for number in numbers]

    async def publish(_: object) -> ua.PublishResponse:
        if responses:
            return responses.pop(0)
        raise LinkError("no more")

    setattr(connection.session, "publish", publish)  # noqa: B010 - a stand-in for the server
    with pytest.raises(LinkError) as lost:
        await Link(connection, count(1).__next__, delivered.append).listen()
    if "no more" not in str(lost.value):
        raise lost.value
    return len(delivered)


def _response(number: int) -> ua.PublishResponse:
    change = ua.DataChangeNotification(MonitoredItems=[])
    item = ua.MonitoredItemNotification(ua.IntegerId(1), ua.DataValue(ua.Variant(1.0)))
    change.MonitoredItems.append(item)
    message = ua.NotificationMessage(ua.Counter(number), NotificationData=[change])
    return ua.PublishResponse(Parameters=ua.PublishResult(SubscriptionId=ua.IntegerId(1), NotificationMessage=message))


def test_nobody_there_is_one_calm_sentence() -> None:
    async def run() -> None:
        async with connected(f"opc.tcp://127.0.0.1:{free_port()}/"):
            pytest.fail("connected to nobody")

    with pytest.raises(LinkError, match="is the server running"):
        asyncio.run(run())


@pytest.mark.parametrize("url", ["nonsense", "http://localhost:1/", "opc.tcp://host", "opc.tcp://host:port"])
def test_what_is_no_address_is_said_so(url: str) -> None:
    with pytest.raises(LinkError, match=r"opc\.tcp://host:port"):
        Connection(url)
