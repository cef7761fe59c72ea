"""The gateway against real servers on loopback: it records, notices what is missing, and comes back by itself."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.gateway.recorded import MemoryTarget, Told, WatchedRecording, recording_gateway, small_plan
from tests.opcua.small import OTHER, PACKML, PLANT, URI, Small, free_port, small_server
from twin.errors import RecordingError
from twin.gateway import round as round_module
from twin.gateway import supervise
from twin.history.recording import Origin
from twin.plant import quality

SECOND_NS = 1_000_000_000


@pytest.fixture(scope="module")
def server() -> Iterator[Small]:
    with small_server() as small:
        yield small


def test_values_texts_and_events_are_recorded_under_the_layouts_names(server: Small) -> None:
    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(server.url, target, small_plan(), told):
            await asyncio.wait_for(told.started.wait(), 10)
            server.tell(set="Serial", value="U-7")
            await target.until(lambda _: target.newest("S1/Serial") == "U-7")
            server.tell(event="jam")
            await target.until(lambda seen: bool(seen.events(0, seen.span().end_ns)))
        assert target.newest("S1/Temperature") == 20.0
        assert target.gaps() == []
        assert target.identity == URI
        assert told.lines == []
        node = target.seen().catalog.tags[target.seen().catalog.index("S1/Temperature")].node
        assert node == f"nsu={PLANT};s=Temperature"

    asyncio.run(run())


def test_a_server_without_a_layout_is_browsed(server: Small) -> None:
    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(server.url, target, told=told):
            await asyncio.wait_for(told.started.wait(), 10)
        assert target.newest("Mixed/Text") == "hello"
        assert target.seen().layout is None
        assert "1 × array" in told.lines[0]

    asyncio.run(run())


def test_the_span_grows_though_nothing_changes(server: Small) -> None:
    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(server.url, target, small_plan(), told):
            await asyncio.wait_for(told.started.wait(), 10)
            ends = [target.seen().span().end_ns]
            for _ in range(3):
                await target.until(lambda seen: seen.span().end_ns > ends[-1])
                ends.append(target.seen().span().end_ns)
        assert max(after - before for before, after in pairwise(ends)) <= SECOND_NS // 2

    asyncio.run(run())


def test_a_frozen_server_is_one_gap_from_its_last_word_to_its_next(server: Small) -> None:
    async def run() -> None:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(server.url, target, small_plan(), told):
            await asyncio.wait_for(told.started.wait(), 10)
            server.freeze()
            frozen_ns = target.seen().span().end_ns
            await target.until(lambda _: bool(target.gaps()))
            noticed_ns = target.seen().span().end_ns
            server.thaw()
            await target.until(lambda _: all(gap.end_ns for gap in target.gaps()))
        (gap,) = target.gaps()
        assert noticed_ns - frozen_ns <= 3 * SECOND_NS
        assert abs(gap.start_ns - frozen_ns) <= 0.8 * SECOND_NS  # a keep-alive comes each half second
        assert gap.end_ns
        assert gap.end_ns > noticed_ns
        assert "silent" in gap.cause

    asyncio.run(run())


def test_a_killed_server_comes_back_with_its_namespaces_in_another_order_and_nothing_is_mixed_up() -> None:
    async def run() -> None:
        port = free_port()
        target, told = MemoryTarget(), Told()
        with small_server(port, namespaces=(PLANT, OTHER, PACKML)) as first:
            async with recording_gateway(first.url, target, small_plan(), told):
                await asyncio.wait_for(told.started.wait(), 10)
                first.kill()
                await target.until(lambda _: bool(target.gaps()))
                with small_server(port, namespaces=(OTHER, PLANT)) as second:
                    second.tell(set="Count", value=9, type="Int32")
                    await target.until(lambda _: target.newest("S1/Count") == 9.0)
        (gap,) = target.gaps()
        assert gap.end_ns
        values = target.seen().read(0, target.seen().span().end_ns)
        assert -1.0 not in values.value.tolist()
        assert not [row for row in values.time_ns.tolist() if gap.start_ns < row < gap.end_ns]
        assert values.time_ns.tolist() == sorted(values.time_ns.tolist())
        assert len(told.lines) >= 1

    asyncio.run(run())


def test_a_server_down_at_the_start_is_waited_for_with_one_calm_line_and_the_recording_begins_with_it() -> None:
    async def run() -> None:
        port = free_port()
        target, told = MemoryTarget(), Told()
        async with recording_gateway(f"opc.tcp://127.0.0.1:{port}/", target, small_plan(), told):
            await asyncio.wait_for(told.news.wait(), 5)
            with small_server(port):
                await asyncio.wait_for(told.started.wait(), 15)
        assert target.gaps() == []
        assert len(told.lines) == 1
        assert "is the server running" in told.lines[0]

    asyncio.run(run())


def test_a_tag_the_server_lacks_is_bad_and_goes_live_when_it_appears(
    server: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        monkeypatch.setattr(round_module, "LOOK_AGAIN_S", 0.05)
        target, told = MemoryTarget(), Told()

        def status(seen: WatchedRecording) -> int:
            snapshot = seen.latest(seen.span().end_ns)
            index = seen.catalog.index("S1/Late")
            return int(snapshot.quality[index]) if 0 <= index < len(snapshot) else quality.BAD_WAITING

        async with recording_gateway(server.url, target, small_plan("Late"), told):
            await target.until(lambda seen: status(seen) == quality.BAD_NODE_UNKNOWN)
            await asyncio.wait_for(told.started.wait(), 10)
            server.tell(add="Late")
            await target.until(lambda seen: status(seen) == quality.GOOD)
        assert target.newest("S1/Late") == 5.0
        assert told.lines == [f"1 of 4 tags are not on {server.url}: S1/Late, …"]

    asyncio.run(run())


def test_a_recording_is_continued_with_a_gap_for_the_time_nobody_recorded(server: Small) -> None:
    async def run() -> None:
        target = MemoryTarget()
        for _ in range(2):
            told = Told()
            async with recording_gateway(server.url, target, small_plan(), told):
                await asyncio.wait_for(told.started.wait(), 10)
        (gap,) = target.gaps()
        assert (gap.source, gap.cause) == ("recorder", "nobody was recording")
        values = target.seen().read(0, target.seen().span().end_ns)
        assert gap.end_ns in values.time_ns.tolist()
        assert not [row for row in values.time_ns.tolist() if gap.start_ns < row < (gap.end_ns or 0)]

    asyncio.run(run())


def test_the_servers_own_identity_decides_what_is_a_simulation(server: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    async def origin() -> Origin:
        target, told = MemoryTarget(), Told()
        async with recording_gateway(server.url, target, small_plan(), told):
            await asyncio.wait_for(told.started.wait(), 10)
        return target.seen().origin

    assert asyncio.run(origin()) is Origin.PLANT
    monkeypatch.setattr(supervise, "SIMULATION_URI", URI)
    assert asyncio.run(origin()) is Origin.SIMULATION


@pytest.mark.parametrize(("origin", "identity"), [(Origin.PLANT, "urn:test:elsewhere"), (Origin.SIMULATION, URI)])
def test_another_plants_recording_is_not_continued(server: Small, origin: Origin, identity: str) -> None:
    async def run() -> None:
        target = MemoryTarget()
        target.recorder(origin, None, identity)
        async with recording_gateway(server.url, target, small_plan()) as recording:
            await recording

    with pytest.raises(RecordingError, match="another folder"):
        asyncio.run(run())
