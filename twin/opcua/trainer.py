"""The trainer's side of a simulated plant: a client that can do what no other here can, to a simulation alone.

It talks to this machine only, and refuses a server that is not the product's own simulation, whatever it offers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds

from twin.errors import LinkError, SimulationError
from twin.opcua.connection import REQUEST_S, Connection, link_errors
from twin.opcua.identity import SIMULATION_URI, TRAINING_URI
from twin.opcua.nodes import browse_path
from twin.opcua.training_nodes import ACTIVE, OBJECT

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ALIASES = {"plant": TRAINING_URI}


def train(words: Sequence[str], seconds: Callable[[str], float]) -> str:
    """Does what a command line says; what came of it. `seconds` reads durations.

    Raises:
        LinkError: if the server cannot be reached, is not on this machine, or is no simulation of this product.
        SimulationError: if the plant refuses.
    """
    options = _parser(seconds).parse_args(words)
    return asyncio.run(_with_trainer(options.url, options))


def _parser(seconds: Callable[[str], float]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twin train", description="Command a simulated plant, and break it.")
    parser.add_argument("url", metavar="opc.tcp://…")
    verbs = parser.add_subparsers(required=True, dest="verb", metavar="VERB")
    inject = verbs.add_parser("inject", help="begin a malfunction")
    inject.add_argument("malfunction")
    inject.add_argument("target")
    inject.add_argument("--severity", type=float, default=1.0, help="above 0, up to 1")
    inject.add_argument("--for", dest="for_s", type=seconds, default=0.0, metavar="10m", help="else until cleared")
    verbs.add_parser("clear", help="end a malfunction").add_argument("number", type=int)
    command = verbs.add_parser("command", help="a PackML command to a station or a line")
    command.add_argument("target")
    command.add_argument("command")
    verbs.add_parser("save", help="save the plant as it is, beside the server").add_argument("name")
    verbs.add_parser("list", help="malfunctions under way")
    return parser


async def _with_trainer(url: str, options: argparse.Namespace) -> str:
    if urlsplit(url).hostname not in LOOPBACK:
        raise LinkError(f"{url} is not on this machine: a plant is trained on where its simulation runs.")
    connection = Connection(url)
    try:
        await connection.open()
        if connection.application_uri != SIMULATION_URI:
            raise LinkError(
                f"{url} is {connection.application_uri or 'unknown'}, no simulation: nothing was asked of it."
            )
        return await _do(connection, options)
    finally:
        await connection.close()


async def _do(connection: Connection, options: argparse.Namespace) -> str:
    match options.verb:
        case "inject":
            given = (options.malfunction, options.target, options.severity, options.for_s)
            number, refused = await _call(connection, "Inject", *given)
            return _said(refused, f"{number}  {options.malfunction} at {options.target}")
        case "clear":
            number = ua.Variant(options.number, ua.VariantType.UInt32)
            (refused,) = await _call(connection, "Clear", number)
            return _said(refused, f"{options.number} is cleared")
        case "command":
            (refused,) = await _call(connection, "Command", options.target, options.command)
            return _said(refused, f"{options.target} was told to {options.command.lower()}")
        case "save":
            (refused,) = await _call(connection, "Save", options.name)
            return _said(refused, f"saved as {options.name}")
    return await _list(connection)


async def _list(connection: Connection) -> str:
    (answer,) = await connection.read([await _node(connection, ACTIVE)], AttributeIds.Value)
    rows = json.loads(answer.Value.Value if answer.Value is not None else "[]")
    lines = [
        f"{row['number']:>3}  {row['malfunction']} at {row['target']}, severity {row['severity']:g}" for row in rows
    ]
    return "\n".join(lines) or "nothing is wrong"


def _said(refused: str, done: str) -> str:
    if refused:
        raise SimulationError(refused)
    return done


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
