"""A client that nobody here wrote: node-opcua on the plant's server, whose subscriptions keep to Part 4."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.interop.node_opcua import HERE, MODULES, NODE, needs_node_opcua
from tests.opcua.listening import Listening, listening
from twin.opcua.subscriptions.sample import OVERFLOW

pytestmark = needs_node_opcua


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, Any]]:
    """What the client was told, after it has run once."""
    with listening() as rig:
        yield rig.run(lambda: foreign_client(rig), limit_s=60.0)


async def foreign_client(rig: Listening) -> dict[str, Any]:
    """Run the client, and write what it asks for."""
    process = await asyncio.create_subprocess_exec(
        str(NODE),
        str(HERE / "subscribing_client.js"),
        rig.url,
        env=os.environ | {"NODE_PATH": str(MODULES)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin
    assert process.stdout
    told: dict[str, Any] = {}
    while line := await process.stdout.readline():
        if not line.startswith(b"{"):
            continue  # node-opcua talks about itself
        said = json.loads(line)
        told = said.get("told", told)
        if "write" in said:
            for number, value in enumerate(said["write"]):
                rig.set_level(value, after_s=number * said["apart_s"])
            process.stdin.write(b"\n")
    assert await process.wait() == 0
    return told


def test_slow_ramps_are_reported_by_their_deadband(told: dict[str, Any]) -> None:
    assert told["ramp"] == [0, 2.5, 5]
    assert told["percent"] == [6, 16.5, 27]


def test_a_queue_of_none_holds_the_newest_and_a_modified_one_what_fits(told: dict[str, Any]) -> None:
    assert told["newest"][0] == 1
    assert told["newest"][1][:2] == [27, 3]
    assert told["modified"] == [3, [5, 6, 7], [OVERFLOW, 0, 0]]


def test_the_sampling_interval_is_kept(told: dict[str, Any]) -> None:
    interval_ms, values = told["sampled"]
    assert interval_ms == 400
    assert 4 <= values <= 5  # the first, and three or four instants within and after the second of changes


def test_what_cannot_be_filtered_is_refused(told: dict[str, Any]) -> None:
    assert told["refused"] == ["BadFilterNotAllowed", "BadMonitoredItemFilterUnsupported", "BadDeadbandFilterInvalid"]


def test_a_subscription_is_modified_within_limits(told: dict[str, Any]) -> None:
    assert told["subscription"] == [10, 30, 10]


def test_an_unknown_message_is_not_republished(told: dict[str, Any]) -> None:
    assert "BadMessageNotAvailable" in told["republish"]


def test_browsing_in_parts_loses_nothing(told: dict[str, Any]) -> None:
    assert told["browsed"][:-1] == [2] * (len(told["browsed"]) - 1)
    assert sum(told["browsed"]) == 5  # Aliases, Locations, Server, Things and the type of the Objects folder
