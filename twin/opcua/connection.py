"""One connection to one OPC UA server: open, ask in batches the server allows, close. All with time limits of our own.

asyncua is used without its supervisor, its watchdog, its publish loop and its subscriptions: their reconnection loses
monitored items without a word. A connection that is in doubt is thrown away and a new one is opened.
Not here: subscriptions and publishing (`twin.opcua.client`), what an answer means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from asyncua import ua
from asyncua.client.client import Client
from asyncua.client.ua_session import UaSession
from asyncua.common.shortcuts import Shortcuts
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import UaError, UaStatusCodeError

from twin.errors import LinkError, TwinError
from twin.opcua.nodes import standard_node

REQUEST_S = 10.0  # a busy server may take its time over one answer; a dead one is noticed by silence, much sooner
CONNECT_S = 8.0
CLOSE_S = 1.0
SESSION_MS = 60_000  # a server holds the session of a killed gateway this long
LARGEST_MESSAGE = 64 * 1024 * 1024
BATCH = 1000

_NO = cast("ua.Boolean", False)  # asyncua's own default lets go of continuation points instead of following them

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class _Session(UaSession):
    """A session that leaves publishing to its owner."""

    def ensure_publish_loop(self) -> None:
        """Start nothing: `twin.opcua.client` publishes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many operations the server takes in one request, never 0."""

    read: int = BATCH
    browse: int = BATCH
    translate: int = BATCH
    monitor: int = BATCH


@contextmanager
def link_errors(url: str, doing: str) -> Iterator[None]:
    """Turn whatever a broken link raises into one calm LinkError."""
    try:
        yield
    except TimeoutError as error:
        raise LinkError(f"{url} did not answer in time while {doing}") from error
    except ConnectionRefusedError as error:
        raise LinkError(f"nothing answers at {url} (is the server running?)") from error
    except UaStatusCodeError as error:
        name = ua.StatusCode(error.code).name
        raise LinkError(f"{url} answered {name} while {doing}") from error
    except (OSError, UaError) as error:
        raise LinkError(f"the connection to {url} broke while {doing}: {error}") from error


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until the first fails, then end the others and raise that failure as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except BaseExceptionGroup as failures:
        _, unknown = failures.split(TwinError)
        if unknown:
            raise
        failure: BaseException = failures
        while isinstance(failure, BaseExceptionGroup):
            failure = failure.exceptions[0]
        raise failure from None


def check_address(url: str) -> None:
    """Raise LinkError unless `url` names an OPC UA server."""
    try:
        parts = urlsplit(url)
        holds = parts.scheme == "opc.tcp" and parts.hostname and parts.port
    except ValueError:
        holds = False
    if not holds:
        raise LinkError(f"{url} is not the address of an OPC UA server; that reads opc.tcp://host:port")


class Connection:
    """An open session with a server.

    Attributes:
        url: the server's address.
        application_uri: who the server says it is.
        namespaces: its NamespaceArray; indices hold for this connection only.
        session: the asyncua session, for services that this class does not wrap.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.application_uri = ""
        self.namespaces: list[str] = []
        self._limits = Limits()
        check_address(url)
        self._client = Client(url, timeout=REQUEST_S)
        self._client.name = self._client.description = "factory-twin"
        self._client.application_uri = "urn:factory-twin:gateway"
        self._client.session_timeout = SESSION_MS
        self._client.max_messagesize = LARGEST_MESSAGE
        self.session = _Session(self._client.uaclient)
        self._client.uaclient.session = self.session
        self._client.nodes = Shortcuts(self.session)

    async def open(self) -> None:
        """Connect and learn who is there. Raises LinkError; close the connection all the same."""
        with link_errors(self.url, "connecting"):
            async with asyncio.timeout(CONNECT_S):
                await self._client.connect_socket()
                await self._client.send_hello()
                await self._client.open_secure_channel()
                session = await self._client.create_session()
                await self._client.activate_session()
        self.application_uri = session.ServerEndpoints[0].Server.ApplicationUri or ""
        await self._introduce()

    async def _introduce(self) -> None:
        ids = ObjectIds
        limits = "Server_ServerCapabilities_OperationLimits_"
        numbers = [
            ids.Server_NamespaceArray,
            ids.Server_ServerArray,
            getattr(ids, limits + "MaxNodesPerRead"),
            getattr(ids, limits + "MaxNodesPerBrowse"),
            getattr(ids, limits + "MaxNodesPerTranslateBrowsePathsToNodeIds"),
            getattr(ids, limits + "MaxMonitoredItemsPerCall"),
        ]
        answers = await self.read([standard_node(number) for number in numbers])
        namespaces, servers, *allowed = (answer.Value.Value if answer.Value else None for answer in answers)
        if not isinstance(namespaces, list):
            raise LinkError(f"{self.url} does not say which namespaces it has, so no variable of it can be named")
        self.namespaces = [str(uri) for uri in namespaces]
        if isinstance(servers, list) and servers:
            self.application_uri = str(servers[0])
        self._limits = Limits(
            *(min(BATCH, number or BATCH) if isinstance(number, int) else BATCH for number in allowed)
        )

    async def close(self) -> None:
        """Say goodbye if the server still listens, then drop the transport whatever happens."""
        protocol = self._client.uaclient.protocol
        with suppress(OSError, UaError):
            async with asyncio.timeout(CLOSE_S):
                await self._client.disconnect()
        if protocol is not None and protocol.transport is not None:
            protocol.transport.abort()

    async def renew(self) -> None:
        """Keep the secure channel open, for as long as the connection lives."""
        while True:
            await asyncio.sleep(self._client.secure_channel_timeout * 0.75 / 1000)
            with link_errors(self.url, "renewing the secure channel"):
                await self._client.open_secure_channel(renew=True)
                self._client.uaclient.revolve_security_token()

    async def read(
        self, nodes: Sequence[ua.NodeId], attribute: AttributeIds = AttributeIds.Value
    ) -> list[ua.DataValue]:
        """One attribute of each node."""

        def ask(part: Sequence[ua.NodeId]) -> Awaitable[list[ua.DataValue]]:
            return self.session.read_attributes(list(part), attribute)

        return await self._in_batches(nodes, self._limits.read, "reading", ask)

    async def browse(self, wanted: Sequence[ua.BrowseDescription]) -> list[list[ua.ReferenceDescription]]:
        """The references of each description, continuation points followed. A node that cannot be browsed has none."""

        def ask(part: Sequence[ua.BrowseDescription]) -> Awaitable[list[ua.BrowseResult]]:
            return self.session.browse(ua.BrowseParameters(NodesToBrowse=list(part)))

        def ask_next(part: Sequence[bytes]) -> Awaitable[list[ua.BrowseResult]]:
            return self.session.browse_next(ua.BrowseNextParameters(_NO, list(part)))

        found = await self._in_batches(wanted, self._limits.browse, "browsing", ask)
        references = [list(result.References or ()) for result in found]
        waiting = [(index, result.ContinuationPoint) for index, result in enumerate(found) if result.ContinuationPoint]
        while waiting:
            more = await self._in_batches([point for _, point in waiting], self._limits.browse, "browsing", ask_next)
            for (index, _), result in zip(waiting, more, strict=True):
                references[index] += result.References or ()
            waiting = [
                (index, result.ContinuationPoint)
                for (index, _), result in zip(waiting, more, strict=True)
                if result.ContinuationPoint
            ]
        return references

    async def translate(self, paths: Sequence[ua.BrowsePath]) -> list[ua.NodeId | None]:
        """The node at the end of each browse path, None where there is none."""

        def ask(part: Sequence[ua.BrowsePath]) -> Awaitable[list[ua.BrowsePathResult]]:
            return self.session.translate_browsepaths_to_nodeids(list(part))

        results = await self._in_batches(paths, self._limits.translate, "looking up browse paths", ask)
        return [result.Targets[0].TargetId if result.Targets else None for result in results]

    async def monitor(
        self, subscription: int, items: Sequence[ua.MonitoredItemCreateRequest]
    ) -> list[ua.MonitoredItemCreateResult]:
        """Add monitored items to a subscription."""

        def ask(part: Sequence[ua.MonitoredItemCreateRequest]) -> Awaitable[list[ua.MonitoredItemCreateResult]]:
            wanted = ua.CreateMonitoredItemsParameters(
                SubscriptionId=ua.IntegerId(subscription),
                TimestampsToReturn=ua.TimestampsToReturn.Both,
                ItemsToCreate=list(part),
            )
            return self.session.create_monitored_items(wanted)

        return await self._in_batches(items, self._limits.monitor, "subscribing", ask)

    async def _in_batches(
        self, asked: Sequence[Asked], size: int, doing: str, ask: Callable[[Sequence[Asked]], Awaitable[list[Answer]]]
    ) -> list[Answer]:
        answers: list[Answer] = []
        for first in range(0, len(asked), size):
            part = asked[first : first + size]
            with link_errors(self.url, doing):
                async with asyncio.timeout(REQUEST_S):
                    answers += await ask(part)
            if len(answers) != first + len(part):
                raise LinkError(f"{self.url} left out answers while {doing}")
        return answers
