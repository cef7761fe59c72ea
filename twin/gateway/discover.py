"""`twin discover`: connect, look, write a first layout."""

from __future__ import annotations

import asyncio
import sys

from twin.errors import LinkError
from twin.opcua.connection import Connection
from twin.opcua.discovery import discover


def discover_layout(url: str) -> str:
    """The text of a layout file with what the server has. Raises LinkError."""
    return asyncio.run(_discover(url))


async def _discover(url: str) -> str:
    connection = Connection(url)
    try:
        await connection.open()
        text, left_out = await discover(connection)
    except LinkError as error:
        raise LinkError(f"{error}. Check the address, and that the server lets anonymous users browse.") from error
    finally:
        await connection.close()
    for reason, count in left_out.items():
        sys.stderr.write(f"left out: {count} × {reason}\n")
    return text
