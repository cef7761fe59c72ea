"""One round: everything from an open connection to its loss. Find the tags, subscribe to them, store what comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from asyncua import ua

from twin.errors import LinkError
from twin.gateway.clock import Clock
from twin.gateway.plan import Plan, Wanted, locate
from twin.gateway.store import Store
from twin.history.recording import Gap
from twin.opcua.client import Item, Link
from twin.opcua.connection import Connection, together
from twin.opcua.nodes import ALIAS
from twin.opcua.values import Report, bad_report
from twin.plant import quality

LOOK_AGAIN_S = 60.0


class Round:
    """The life of one link.

    Args:
        wake: called when something waits in the store.
        tell: called with what a person should know.
    """

    def __init__(
        self,
        connection: Connection,
        plan: Plan,
        store: Store,
        clock: Clock,
        *,
        wake: Callable[[], None],
        tell: Callable[[str], None],
    ) -> None:
        self._connection = connection
        self._plan = plan
        self._store = store
        self._clock = clock
        self._wake = wake
        self._tell = tell
        self._link = Link(connection, clock.now_ns, self._deliver)
        self._missing: Mapping[int, Wanted] = {}

    async def run(self) -> None:
        """Record until the link is lost. Raises LinkError then, with the gap already open."""
        nodes = await locate(self._connection, self._plan, self._plan.wanted)
        wanted = [self._at(item, node) for item, node in zip(self._plan.wanted, nodes, strict=True)]
        tags = self._store.define([item.tag for item in wanted])
        await self._link.open(self._plan.aliases.get(ALIAS))
        try:
            await together(self._link.listen(), self._follow(dict(zip(tags, wanted, strict=True)), nodes))
        except LinkError as error:
            self._store.lose(Gap(self._connection.url, self._link.alive_ns, None, str(error)))
            self._wake()
            raise

    async def _follow(self, wanted: Mapping[int, Wanted], nodes: Sequence[ua.NodeId | None]) -> None:
        """Subscribe to what was found, and look again for the rest now and then."""
        await self._subscribe(wanted, nodes)
        if self._missing:
            some = ", ".join(item.tag.id for item in list(self._missing.values())[:3])
            self._tell(f"{len(self._missing)} of {len(wanted)} tags are not on {self._connection.url}: {some}, …")
        while self._missing:
            await asyncio.sleep(LOOK_AGAIN_S)
            nodes = await locate(self._connection, self._plan, list(self._missing.values()))
            again = [self._at(item, node) for item, node in zip(self._missing.values(), nodes, strict=True)]
            tags = self._store.define([item.tag for item in again])
            await self._subscribe(dict(zip(tags, again, strict=True)), nodes)

    async def _subscribe(self, wanted: Mapping[int, Wanted], nodes: Sequence[ua.NodeId | None]) -> None:
        items = [
            Item(tag, node, item.tag.is_text)
            for (tag, item), node in zip(wanted.items(), nodes, strict=True)
            if node is not None
        ]
        refused = await self._link.subscribe(items)
        asked = {item.tag for item in items}
        bad = {tag: quality.BAD_NODE_UNKNOWN for tag in wanted if tag not in asked} | refused
        news = {tag: status for tag, status in bad.items() if tag not in self._missing}
        self._missing = {tag: wanted[tag] for tag in bad}
        if news:
            self._store.put(bad_report(self._clock.now_ns(), news))
            self._wake()

    def _at(self, item: Wanted, node: ua.NodeId | None) -> Wanted:
        return item if node is None else item.at(node, self._connection.namespaces)

    def _deliver(self, report: Report) -> None:
        self._store.put(report)
        if len(report.batch):
            self._store.restore(report.time_ns)
        self._wake()
