"""The plant's server as a client reads it that nobody here wrote: node-opcua, against what was published.

Needs node-opcua as `tests/interop/test_node_opcua.py` does.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.interop.node_opcua import MODULES, NODE
from twin.opcua.jobs import Job, JobState
from twin.opcua.machines import item_state
from twin.opcua.server import PlantServer, Reading
from twin.plant.layout_file import read_layout
from twin.plant.packml import Mode, State
from twin.plant.shipped import SHIPPED
from twin.plant.units import UNECE_URI, UNITS

NS = 1_767_225_600_000_000_000
SCRIPT = Path(__file__).with_name("foreign_client.js")
LAYOUT = read_layout(SHIPPED / "outdoor-line.json")
STATION = LAYOUT.stations[0]
TRUTH = {station.id: (State(number + 1), 10 * number) for number, station in enumerate(LAYOUT.stations)}
JOBS = (
    Job("PO-1", "outdoor", 40, 40, JobState.ENDED, NS, NS + 10**9, 1),
    Job("PO-2", "KFR-35", 60, 12, JobState.RUNNING, NS, 0, 2),
)

pytestmark = pytest.mark.skipif(
    NODE is None or not (MODULES / "node-opcua").is_dir(), reason="node or node-opcua is not here"
)


async def ask() -> Any:
    server = PlantServer(LAYOUT)
    await server.build()
    url = await server.open(0)
    values = [
        Reading(station, tag, value, NS)
        for station, (state, processed) in TRUTH.items()
        for tag, value in (("State", int(state)), ("Mode", 1), ("Processed", processed))
    ]
    await server.publish(values)
    await server.publish_jobs(LAYOUT.lines[0].id, JOBS, NS)
    line = next(owner for owner in LAYOUT.owners if owner.id == STATION.id).browse_path.rpartition("/")[0]
    process = await asyncio.create_subprocess_exec(
        *(str(NODE), str(SCRIPT), url, LAYOUT.namespaces["plant"], STATION.id, line),
        env=os.environ | {"NODE_PATH": str(MODULES)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, trouble = await asyncio.wait_for(process.communicate(), 60)
    finally:
        await server.stop()
    assert process.returncode == 0, trouble.decode()
    return json.loads(next(text for text in said.decode().splitlines() if text.startswith("{")))


@pytest.fixture(scope="module")
def seen() -> Any:
    return asyncio.run(ask())


def test_machines_lists_every_station_and_robot(seen: Any) -> None:
    assert list(seen["machines"]) == [*TRUTH, *(vehicle.id for vehicle in LAYOUT.vehicles)]
    assert {machine["serial"] for machine in seen["machines"].values()} == {f"SIM-{name}" for name in seen["machines"]}


def test_states_are_the_published_types_nodes(seen: Any) -> None:
    for station, (state, _) in TRUTH.items():
        assert seen["machines"][station]["state"] == state.label
        assert seen["machines"][station]["item"] == item_state(state)


def test_counts_are_decoded_by_their_definition(seen: Any) -> None:
    for station, (_, processed) in TRUTH.items():
        (row,) = seen["machines"][station]["processed"]
        assert (row["count"], row["accCount"], row["unit"]["unitId"]) == (processed, processed, UNITS["pcs"].number)
        assert seen["machines"][station]["cumulative"] == len(Mode) * len(State)


def test_a_process_value_has_unit_and_range(seen: Any) -> None:
    tag = next(tag for tag in STATION.tags if tag.id == "Torque")
    unit = UNITS[tag.unit]
    assert (seen["unit"]["unitId"], seen["unit"]["namespaceUri"]) == (unit.number, UNECE_URI)
    assert (seen["unit"]["displayName"]["text"], seen["unit"]["description"]["text"]) == (unit.text, unit.name)
    assert tag.low is not None
    assert tag.high is not None
    assert seen["range"]["low"] <= tag.low < tag.high <= seen["range"]["high"]


def test_job_orders_are_decoded_by_their_definition(seen: Any) -> None:
    orders = [(row["jobOrder"], row["state"]) for row in seen["jobs"]]
    assert [order["jobOrderID"] for order, _ in orders] == ["PO-1", "PO-2"]
    assert [order["priority"] for order, _ in orders] == [1, 2]
    assert [[state["stateNumber"] for state in states] for _, states in orders] == [[5], [3]]
    (material,) = orders[1][0]["materialRequirements"]
    assert (material["materialDefinitionID"], material["quantity"]) == ("KFR-35", "60")
    assert orders[0][0]["endTime"].startswith("2026-01-01T00:00:01")
    assert "endTime" not in orders[1][0]
