"""The trainer on the wire: commands reach the plant, refusals say why, and nothing but the simulation is asked."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from asyncua import ua
from asyncua.server.server import Server

from twin.__main__ import main
from twin.errors import LinkError
from twin.factory.beginning import begin
from twin.factory.trainer import Trainer
from twin.factory.wire_faults import WireFaults
from twin.opcua.identity import TRAINING_URI
from twin.opcua.server import Reading
from twin.opcua.trainer import clear as clear_at
from twin.opcua.trainer import save as save_at
from twin.opcua.trainer import under_way
from twin.opcua.training_nodes import ACTIVE, OBJECT
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.packml import Mode, State
from twin.plant.scenario_file import read_scenario
from twin.plant.shipped import OUTDOOR_LINE, SHIPPED
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Alarm, Change
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.saved import save_state
from twin.sim.state import PlantState
from twin.sim.training.malfunctions import clear, inject
from twin.sim.training.play import prepare

MINUTE_NS = 60 * 10**9


@pytest.fixture(scope="module")
def layout() -> Layout:
    return read_layout(OUTDOOR_LINE)


@pytest.fixture
def plant(layout: Layout) -> tuple[Plan, PlantState]:
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    advance(plan, state, 30 * MINUTE_NS)
    return plan, state


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a plant in its own process."""
    command = [sys.executable, "-m", "twin", "serve", "--port", "0"]
    root = Path(__file__).parents[2]
    environment = {"PYTHONPATH": str(root), "PATH": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("serving ").strip()
        process.terminate()


def test_a_session_of_training_over_the_wire(
    served: str, tmp_path: Path, layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(*words: str) -> tuple[int, str]:
        code = main(["train", served, *words])
        said = capsys.readouterr()
        return code, (said.out + said.err).strip()

    assert say("list") == (0, "nothing is wrong")
    assert say("inject", "helium-leak", "OF1-14", "--severity", "0.6", "--for", "10m") == (
        0,
        "1  helium-leak at OF1-14",
    )
    assert say("inject", "helium-leek", "OF1-14")[0] == 1
    assert "severity 0.6" in say("list")[1]
    assert say("command", "OF1-08", "stop") == (0, "OF1-08 was told to stop")
    assert say("command", "OF1-08", "unhold") == (1, "OF1-08 cannot be told to unhold now.")
    assert "known are Reset, Start" in say("command", "OF1-08", "dance")[1]
    assert say("save", "before") == (0, "saved as before")
    assert "no name" in say("save", "../before")[1]
    assert say("clear", "1") == (0, "1 is cleared")
    assert say("clear", "1") == (1, "No malfunction 1 is under way.")
    _, state = begin(layout, 1, None, tmp_path / "before.state")
    assert [one.kind for one in state.training.active] == ["helium-leak"]
    assert state.stations[0].kept == State.STOPPED


def test_another_machine_is_never_asked() -> None:
    with pytest.raises(LinkError, match="not on this machine"):
        under_way("opc.tcp://192.0.2.1:4840")


def test_a_server_that_is_no_simulation_is_asked_nothing(free_tcp_port: int) -> None:
    """A foreign server with methods of the same names: none of them is called."""
    called: list[str] = []
    url = f"opc.tcp://127.0.0.1:{free_tcp_port}/"

    async def inject(*_: object) -> list[object]:
        called.append("Inject")
        return []

    async def body() -> None:
        server = Server()
        await server.init()
        server.set_endpoint(url)
        server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        await server.set_application_uri("urn:somebody:plc")
        index = await server.register_namespace(TRAINING_URI)
        training = await server.nodes.objects.add_object(index, OBJECT)
        await training.add_variable(index, ACTIVE, "[]", ua.VariantType.String)
        await training.add_method(index, "Inject", inject, [], [])
        async with server:
            for ask in (lambda: under_way(url), lambda: clear_at(url, 1), lambda: save_at(url, "x")):
                with pytest.raises(LinkError, match="urn:somebody:plc, no simulation"):
                    await asyncio.to_thread(ask)

    asyncio.run(body())
    assert called == []


def test_unit_modes_reach_the_station(plant: tuple[Plan, PlantState], tmp_path: Path) -> None:
    trainer = Trainer(*plant, tmp_path)
    assert not trainer.mode("OF1-08", Mode.MAINTENANCE)
    assert trainer.command("OF1-08", "Stop") == ""
    advance(*plant, plant[1].now_ns + MINUTE_NS)
    assert trainer.mode("OF1-08", Mode.MAINTENANCE)
    assert not trainer.mode("OF9-99", Mode.MAINTENANCE)
    assert plant[1].stations[0].mode == Mode.MAINTENANCE
    assert Change(plant[1].now_ns, "OF1-08", "Mode", 2) in trainer.told()


def test_a_plant_begins_where_it_was_saved_and_a_scenario_goes_on(tmp_path: Path) -> None:
    path = SHIPPED / "scenarios" / "air-loss.json"
    scenario, layout = read_scenario(path)
    plan, state = prepare(scenario, layout, path.parent)
    advance(plan, state, state.now_ns + 7 * MINUTE_NS)
    saved = tmp_path / "air.state"
    saved.write_text(save_state(layout, state), encoding="utf-8")
    again, rewound = begin(layout, 1, path, saved)
    assert again.scenario == scenario
    assert rewound == state
    assert advance(again, rewound, rewound.now_ns + 9 * MINUTE_NS) == advance(plan, state, state.now_ns + 9 * MINUTE_NS)


def test_what_a_trainer_does_is_told_once(plant: tuple[Plan, PlantState], tmp_path: Path) -> None:
    trainer = Trainer(*plant, tmp_path)
    assert trainer.command("OF1", "Hold") == ""
    told = trainer.told()
    assert {change.owner for change in told if isinstance(change, Change)} > {"OF1-08", "OF1-21"}
    assert trainer.told() == []
    assert trainer.inject("helium-leak", "OF1-14", 1.0, float("nan"))[0] == 0
    assert json.loads(trainer.active()) == []


def test_a_silent_line_is_not_heard_and_tells_all_afresh_afterwards(plant: tuple[Plan, PlantState]) -> None:
    plan, state = plant
    faults = WireFaults(plan, state)
    number = inject(Run(plan, state), "network-loss", "OF1")
    alarm = inject(Run(plan, state), "carton-jam", "OF1-19")
    told = advance(plan, state, state.now_ns + 5 * MINUTE_NS)
    told.append(Alarm(state.now_ns, "OF1-19", "CartonJam", True, 500, "jam"))
    assert [m for m in faults.heard(told) if isinstance(m, Change) and m.owner.startswith("OF1")] == []
    assert list(faults.caught_up()) == []
    clear(Run(plan, state), number)
    back = list(faults.caught_up())
    assert {m.owner for m in back if isinstance(m, Change)} >= {at.id for at in plan.stations}
    assert [m.source for m in back if isinstance(m, Alarm)] == ["OF1-19"]
    assert list(faults.caught_up()) == []
    assert alarm == 2


def test_a_wrong_clock_moves_source_times_of_its_line_alone(plant: tuple[Plan, PlantState]) -> None:
    plan, state = plant
    faults = WireFaults(plan, state)
    inject(Run(plan, state), "clock-skew", "OF1", 0.5)
    change, reading = Change(state.now_ns, "OF1-08", "Units", 1), Reading("OF1-08", "Units", 1, 1_000)
    assert faults.dated(change, reading).source_ns == 1_000 + 30 * 10**9
    assert faults.dated(Change(0, "OF1-08", "Units", 1), reading) == reading
    other = Reading("AMR-1", "Stop", 1, 1_000)
    assert faults.dated(Change(state.now_ns, "AMR-1", "Stop", 1), other) == other
