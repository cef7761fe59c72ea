"""`twin record`: the headless recorder process. Signals, the time it is wanted, and what it prints."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from twin.errors import LayoutError, Problem
from twin.gateway.plan import Plan, plan_from_layout
from twin.gateway.supervise import Gateway
from twin.gateway.target import Folder


def run_gateway(url: str, folder: Path, layout: Path | None = None, *, for_s: float | None = None) -> None:
    """Record a server into a folder until told to stop, or for a time.

    Args:
        url: the server's address, `opc.tcp://host:port`.
        folder: the recording; one that is there already is continued.
        layout: layout file; without one the shipped layout that fits the server, else all that browsing finds.
        for_s: how long; without it until SIGTERM or SIGINT.

    Raises:
        TwinError: where this server cannot be recorded into this folder. A server that does not answer is waited for.
    """
    plan = _plan(layout) if layout else None
    asyncio.run(_record(url, folder, plan, for_s))


async def _record(url: str, folder: Path, plan: Plan | None, for_s: float | None) -> None:
    def started() -> None:
        sys.stdout.write(f"recording {url} to {folder}\n")
        sys.stdout.flush()

    def tell(text: str) -> None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    gateway = Gateway(url, Folder(folder), plan, started=started, tell=tell)
    with stop_signals() as stop:
        await run_until(gateway, stop, for_s)


async def run_until(gateway: Gateway, stop: asyncio.Event, for_s: float | None = None) -> None:
    """Run the gateway until it fails, `stop` is set, or the time is over; it has closed its recording then."""
    recording = asyncio.create_task(gateway.run())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({recording, stopping}, timeout=for_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        recording.cancel()
        stopping.cancel()
        await asyncio.wait({recording, stopping})
    with suppress(asyncio.CancelledError):
        recording.result()


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set)) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _plan(path: Path) -> Plan:
    try:
        return plan_from_layout(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise LayoutError(str(path), [Problem("file", f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise LayoutError(str(path), [Problem("file", f"not UTF-8 text: {error.reason}")]) from error
