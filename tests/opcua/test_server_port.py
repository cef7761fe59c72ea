"""Ports that the plant's server cannot have."""

from __future__ import annotations

import asyncio
import socket

import pytest

from twin.errors import SetupError
from twin.opcua.server import HOST, PlantServer, check_port
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED


def test_a_taken_port_is_a_setup_error_that_says_what_to_do() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupError, match=rf"Port {port} .*--port"):
            check_port(port)


def test_a_port_lost_while_the_server_was_built_is_the_same_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(port: int) -> None:
        server = PlantServer(read_layout(SHIPPED / "abstract-line.json"))
        await server.build()
        try:
            await server.open(port)
        finally:
            await server.stop()

    monkeypatch.setattr("twin.opcua.server.check_port", lambda _port: None)
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupError, match=rf"Port {port} .*--port"):
            asyncio.run(body(port))


def test_an_impossible_port_is_a_setup_error() -> None:
    with pytest.raises(SetupError, match="0 to 65535"):
        check_port(70_000)
