"""Values per second that the plant's server delivers to a client, and asyncua's own server in the same run.

All are Doubles with both timestamps, in one subscription. What counts is the server's processor time per value: it
shows what one core can do, whatever else this machine is busy with. The client only counts.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from struct import Struct
from typing import Any

from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.utils import Buffer
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.ua_binary import nodeid_from_binary, struct_from_binary

from tests.bench.timing import Figure, compared

ITEMS, HERTZ, DURATION_S, PATIENCE_S = 5000, 20.0, 3.0, 20.0
_COUNTS, _CHANGES = Struct("<Ii"), Struct("<?IqiBBHBii")
_DATA_CHANGE = 811


def run() -> Iterator[Figure]:
    """Processor time per value of both servers; values of which the client was not told."""
    asyncuas = asyncio.run(_measure("asyncua", HERTZ / 10))
    ours = asyncio.run(_measure("ours", HERTZ))
    cost, peer = (each["cpu_s"] / each["values"] for each in (ours, asyncuas))
    what = f"server: {ours['values'] / ours['wall_s']:,.0f} values/s to one client, one core could {1 / cost:,.0f}"
    yield compared(what, cost * 1e6, "µs", to="asyncua's server", of=peer * 1e6, target=0.2)
    yield compared("the same against 100,000 values/s on one core", cost * 1e6, "µs", to="limit", of=10.0, target=1.0)
    received = f"values the client received of {ours['values']:,.0f}"
    yield compared(received, ours["values"] - ours["received"], "missing", to="values", of=ours["values"], target=0)


async def _measure(which: str, hertz: float) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench._server_under_load", which, str(ITEMS), str(hertz), str(DURATION_S)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        client = Client(process.stdout.readline().strip())
        async with client:
            counter = await _subscribe(client)
            publishing = [asyncio.create_task(counter.publish()) for _ in range(3)]
            await counter.until(ITEMS)
            counter.received = 0
            _tell(process, "go")
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    await counter.until(round(ITEMS * hertz * DURATION_S))
            _tell(process, "done")
            said = json.loads(await asyncio.get_running_loop().run_in_executor(None, process.stdout.readline))
            for task in publishing:
                task.cancel()
            await asyncio.gather(*publishing, return_exceptions=True)
        process.kill()
    return {**said, "received": counter.received}


def _tell(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


class _Counter:
    """A client that reads no more of a publish response than how many values are in it."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.received = 0
        self._acknowledge: list[ua.SubscriptionAcknowledgement] = []
        self._heard = asyncio.Event()

    async def publish(self) -> None:
        while True:
            request = ua.PublishRequest()
            request.Parameters.SubscriptionAcknowledgements, self._acknowledge = self._acknowledge, []
            answer = await self.session._send_request(request, timeout=0)  # noqa: SLF001 — whole responses, undecoded
            self._count(answer)

    async def until(self, received: int) -> None:
        while self.received < received:
            self._heard.clear()
            await self._heard.wait()

    def _count(self, answer: Buffer) -> None:
        nodeid_from_binary(answer)
        struct_from_binary(ua.ResponseHeader, answer).ServiceResult.check()
        data = answer.read(len(answer))
        subscription, available = _COUNTS.unpack_from(data)
        _, number, _, parts, *_, kind, _, _, values = _CHANGES.unpack_from(data, 8 + 4 * max(available, 0))
        if parts > 0 and kind == _DATA_CHANGE:
            self.received += values
            self._acknowledge.append(ua.SubscriptionAcknowledgement(subscription, number))
            self._heard.set()


async def _subscribe(client: Client) -> _Counter:
    session: Any = client.uaclient.session
    session.ensure_publish_loop = lambda: None
    parameters = ua.CreateSubscriptionParameters(50.0, ua.Counter(1000), ua.Counter(20), ua.Counter(0), True)
    answer = await session.create_subscription(parameters, callback=lambda _: None)
    for first in range(0, ITEMS, 1000):
        wanted = [
            ua.MonitoredItemCreateRequest(
                ua.ReadValueId(ua.NodeId(ua.Int32(100_000 + number), ua.Int16(1)), AttributeIds.Value),
                ua.MonitoringMode.Reporting,
                ua.MonitoringParameters(ua.IntegerId(number), 0.0, None, ua.Counter(10), True),
            )
            for number in range(first, first + 1000)
        ]
        asked = ua.CreateMonitoredItemsParameters(answer.SubscriptionId, ua.TimestampsToReturn.Both, wanted)
        for result in await session.create_monitored_items(asked):
            result.StatusCode.check()
    return _Counter(session)
