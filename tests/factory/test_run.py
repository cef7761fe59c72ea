"""`run_factory` as a process of its own, against what it wrote into its truth log; its errors, within this process."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.ua.attribute_ids import AttributeIds

from twin.errors import SetupError, SimulationError
from twin.factory.alarms import Alarms
from twin.factory.beginning import WARM_UP_NS, warm_up
from twin.factory.load import Load
from twin.factory.run import run_factory
from twin.opcua.alarms import AlarmReading
from twin.opcua.nodes import browse_path
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change
from twin.sim.plan import plan_plant
from twin.sim.signals.observe import observe

LAYOUT = SHIPPED / "outdoor-line.json"
SERVE = """
import sys
from pathlib import Path
from twin.factory.load import Load
from twin.factory.run import run_factory
from twin.plant.layout_file import read_layout
run_factory(read_layout(Path(sys.argv[1])), seed=3, speed=50.0, truth=Path(sys.argv[2]))
"""
Truth = list[dict[str, float | int | str | bool]]


@pytest.fixture(scope="module")
def layout() -> Layout:
    return read_layout(LAYOUT)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


@pytest.fixture
def served(log: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A plant in its own process: (address, process); what it says after the address must be nothing."""
    command = [sys.executable, "-c", SERVE, str(LAYOUT), str(log)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        yield first.removeprefix("serving ").strip(), process
        process.kill()


def truth(path: Path) -> Truth:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def unix_ns(time: datetime | None) -> int:
    assert time is not None
    return (time.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000


Snapshot = dict[tuple[str, str], tuple[int, object]]  # (owner, tag) → source time in ns, value as recordings have it


async def snapshots(url: str, layout: Layout, count: int) -> list[Snapshot]:
    """`count` complete and different states of the plant, each from one read."""
    names = [(owner.id, tag.id) for owner in layout.owners for tag in owner.tags]
    client = Client(url)
    client.session_timeout = 60_000
    async with asyncio.timeout(20), client:
        uris = await client.get_namespace_array()
        paths = [
            browse_path(f"{owner.browse_path}/{tag.browse_path}", layout.namespaces, uris)
            for owner in layout.owners
            for tag in owner.tags
        ]
        found = await client.uaclient.translate_browsepaths_to_nodeids([path for path in paths if path])
        nodes = [client.get_node(result.Targets[0].TargetId) for result in found]
        taken: list[Snapshot] = []
        while len(taken) < count:
            values = await client.read_attributes(nodes, AttributeIds.Value)
            now = {
                name: (unix_ns(value.SourceTimestamp), plain(value.Value))
                for name, value in zip(names, values, strict=True)
                if value.StatusCode is None or value.StatusCode.is_good()
            }
            if not taken or now != taken[-1]:
                taken.append(now)
        return taken


def plain(variant: ua.Variant | None) -> object:
    value = None if variant is None else variant.Value
    return unix_ns(value) / 1e9 if isinstance(value, datetime) else value


def test_every_read_of_the_whole_plant_is_a_state_that_really_was(
    served: tuple[str, subprocess.Popen[str]], log: Path, layout: Layout
) -> None:
    url, process = served
    taken = asyncio.run(snapshots(url, layout, 5))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 0
    lines = truth(log)
    assert len({max(time for time, _ in snapshot.values()) for snapshot in taken}) == len(taken)
    for snapshot in taken:
        newest = max(time for time, _ in snapshot.values())
        real = {
            (str(line["thing"]), str(line["property"])): (line["time_ns"], line["value"])
            for line in lines
            if int(line["time_ns"]) <= newest
        }
        assert snapshot == real


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_cleanly_while_a_client_is_connected(
    served: tuple[str, subprocess.Popen[str]], name: signal.Signals
) -> None:
    url, process = served
    port = int(url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)):
        process.send_signal(name)
        said, complaints = process.communicate(timeout=5)
    assert (process.returncode, said, complaints) == (0, "", "")


def test_the_truth_is_what_the_kernel_says_from_the_full_floor_on(
    log: Path, layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    run_factory(layout, seed=7, speed=1000.0, truth=log, until_s=60.0)
    assert capsys.readouterr().out.startswith("serving opc.tcp://127.0.0.1:")
    plan = plan_plant(layout)
    state = start_plant(plan, 7)
    advance(plan, state, WARM_UP_NS)
    said = [*levels(plan, state), *observe(plan, state, WARM_UP_NS + 60 * 10**9).in_order(plan)]
    expected = [
        ((change.time_ns - WARM_UP_NS) / 1e9, change.owner, change.tag) for change in said if isinstance(change, Change)
    ]
    lines = truth(log)
    assert [(line["plant_s"], line["thing"], line["property"]) for line in lines] == expected
    assert len(lines) > 900
    units = {line["thing"]: line["value"] for line in lines if line["property"] == "Units"}
    assert sum(int(count) for count in units.values()) > 10  # the floor was full from the start


def test_the_alarms_told_are_those_of_the_values_published(
    log: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[AlarmReading] = []
    times: list[int] = []

    async def hear(_: PlantServer, alarm: AlarmReading) -> None:
        told.append(alarm)

    async def pass_time(_: PlantServer, time_ns: int) -> None:
        times.append(time_ns)

    monkeypatch.setattr(PlantServer, "set_alarm", hear)
    monkeypatch.setattr(PlantServer, "pass_time", pass_time)
    run_factory(layout, seed=7, speed=1000.0, truth=log, until_s=1200.0)
    readings = [
        Reading(str(line["thing"]), str(line["property"]), line["value"], int(line["time_ns"])) for line in truth(log)
    ]
    assert told == Alarms(layout).of(readings)
    assert {alarm.kind for alarm in told} == {"limit", "off_normal"}
    assert times == sorted(times)
    assert times[-1] >= max(reading.source_ns for reading in readings) - 1000


def test_a_taken_port_is_reported_before_anything_is_built(log: Path, layout: Layout) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SetupError, match="--port"):
            run_factory(layout, port=other.getsockname()[1], truth=log)
    assert not log.exists()


def test_a_load_is_served_beside_the_plant_and_its_rate_reported(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    run_factory(layout, speed=1000.0, until_s=500.0, load=Load(200, 2000.0))
    serving, said = capsys.readouterr().out.splitlines()
    assert serving.startswith("serving ")
    found = re.fullmatch(
        r"load: 200 variables, offered 2,000\.0 changes/s, achieved ([\d,.]+) changes/s over [\d.]+ s, .*", said
    )
    assert found
    assert 1800 < float(found[1].replace(",", "")) <= 2000


@pytest.mark.parametrize("speed", [0.0, -1.0, 1001.0, float("nan")])
def test_a_speed_that_cannot_be_is_refused(layout: Layout, speed: float) -> None:
    with pytest.raises(SimulationError, match="choose above 0"):
        run_factory(layout, speed=speed)


@pytest.mark.parametrize(("name", "longest_h"), [("outdoor-line", 0.7), ("refrigerator-line", 1.7)])
def test_a_plant_opens_once_its_line_delivers(name: str, longest_h: float) -> None:
    """A refrigerator cools for 45 min: a line that opened after a fixed time would show an empty end."""
    plan = plan_plant(read_layout(SHIPPED / f"{name}.json"))
    state = start_plant(plan, 1)
    opened_ns = warm_up(plan, state)
    assert state.lines[0].finished > 0
    assert WARM_UP_NS <= opened_ns == state.now_ns <= longest_h * 3600e9
