"""The trainer's side of a simulated plant: a client that can do what no other here can, to a simulation alone.

It talks to this machine only, and refuses a server that is not the product's own simulation, whatever it offers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds

from twin.errors import LinkError, SimulationError
from twin.opcua.connection import REQUEST_S, Connection, link_errors
from twin.opcua.identity import SIMULATION_URI, TRAINING_URI
from twin.opcua.nodes import browse_path
from twin.opcua.training_nodes import ACTIVE, OBJECT

LOOPBACK = ("127.0.0.1", "localhost", "::1")
Answer = TypeVar("Answer")
_ALIASES = {"plant": TRAINING_URI}


def inject(url: str, malfunction: str, target: str, *, severity: float, lasts_s: float) -> int:
    """Begins a malfunction, for a time or (0) until it is cleared; its number.

    Raises:
        LinkError: like all here, if the server cannot be reached, is not on this machine or is no simulation.
        SimulationError: like all here, if the plant refuses.
    """
    number, refused = _ask(url, "Inject", malfunction, target, severity, lasts_s)
    _heed(refused)
    return int(number)


def clear(url: str, number: int) -> None:
    """Ends a malfunction."""
    _heed(*_ask(url, "Clear", ua.Variant(number, ua.VariantType.UInt32)))


def command(url: str, target: str, order: str) -> None:
    """Gives a station or a line a PackML command."""
    _heed(*_ask(url, "Command", target, order))


def save(url: str, name: str) -> None:
    """Saves the plant as it is, in the working directory of its server."""
    _heed(*_ask(url, "Save", name))


def under_way(url: str) -> list[dict[str, Any]]:
    """The malfunctions under way: number, malfunction, target and severity of each."""

    async def read(connection: Connection) -> list[dict[str, Any]]:
        (answer,) = await connection.read([await _node(connection, ACTIVE)], AttributeIds.Value)
        rows: list[dict[str, Any]] = json.loads(answer.Value.Value if answer.Value is not None else "[]")
        return rows

    return asyncio.run(_connected(url, read))


def _heed(refused: str) -> None:
    if refused:
        raise SimulationError(refused)


def _ask(url: str, name: str, *arguments: Any) -> list[Any]:
    return asyncio.run(_connected(url, lambda connection: _call(connection, name, *arguments)))


async def _connected(url: str, do: Callable[[Connection], Awaitable[Answer]]) -> Answer:
    if urlsplit(url).hostname not in LOOPBACK:
        raise LinkError(f"{url} is not on this machine: a plant is trained on where its simulation runs.")
    connection = Connection(url)
    try:
        await connection.open()
        if connection.application_uri != SIMULATION_URI:
            who = connection.application_uri or "unknown"
            raise LinkError(f"{url} is {who}, no simulation: nothing was asked of it.")
        return await do(connection)
    finally:
        await connection.close()


async def _call(connection: Connection, name: str, *arguments: Any) -> list[Any]:
    object_, method = await _node(connection), await _node(connection, name)
    given = [value if isinstance(value, ua.Variant) else ua.Variant(value) for value in arguments]
    request = ua.CallMethodRequest(object_, method, given)
    with link_errors(connection.url, f"calling {name}"):
        async with asyncio.timeout(REQUEST_S):
            (result,) = await connection.session.call([request])
            result.StatusCode.check()
    return [value.Value for value in result.OutputArguments]


async def _node(connection: Connection, *below: str) -> ua.NodeId:
    path = browse_path("/".join((OBJECT, *below)), _ALIASES, connection.namespaces)
    (node,) = await connection.translate([path]) if path is not None else [None]
    if node is None:
        raise LinkError(f"{connection.url} has nothing to train on: it was served by an older version.")
    return node
