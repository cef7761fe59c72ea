"""Scenario files: those shipped hold, and each way to be wrong is told with its place and what was meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from twin.__main__ import main
from twin.errors import LayoutError
from twin.plant.scenario_file import is_scenario, read_scenario, scenario_schema
from twin.plant.shipped import OUTDOOR_LINE, SHIPPED, shipped_scenarios

NAME = {"en": "Name", "zh_CN": "名称"}
INJECT = {"kind": "inject", "malfunction": "helium-leak", "target": "OF1-14"}
RUNS = {"kind": "state", "station": "OF1-14", "state": "Execute"}


def scenario(**changed: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "test",
        "name": NAME,
        "purpose": NAME,
        "layout": "outdoor-line",
        "lasts_s": 600,
        "actions": [{"id": "leak", "at_s": 60, "do": INJECT}],
        "goals": [{"id": "found", "name": NAME, "when": RUNS, "within_s": 300}],
        **changed,
    }


def problems(tmp_path: Path, raw: dict[str, Any] | str) -> str:
    path = tmp_path / "scenario.json"
    path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        read_scenario(path)
    return str(caught.value)


def goal(when: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return scenario(goals=[{"id": "found", "name": NAME, "when": when, "within_s": 300, **changed}])


def action(do: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return scenario(actions=[{"id": "leak", "at_s": 60, "do": do, **changed}])


WAITING = [
    {"id": "a", "when": {"kind": "done", "id": "b"}, "do": INJECT},
    {"id": "b", "when": {"kind": "all", "of": [{"kind": "done", "id": "a"}]}, "do": INJECT},
]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (action(INJECT | {"malfunction": "helium-leek"}), "actions[0].do.malfunction: there is no malfunction"),
        (action(INJECT | {"malfunction": "helium-leek"}), "did you mean helium-leak"),
        (action(INJECT | {"target": "OF1-41"}), "do.target: helium-leak cannot hit 'OF1-41'; did you mean OF1-14"),
        (action(INJECT | {"target": "RF9"}), "it can hit OF1-14"),
        (action(INJECT | {"severity": 2.0}), "actions[0].do.inject.severity"),
        (action({"kind": "command", "target": "OF2", "command": "Hold"}), "no station or line 'OF2'; did you mean OF1"),
        (action({"kind": "command", "target": "OF1", "command": "Halt"}), "actions[0].do.command.command"),
        (action({"kind": "clear", "action": "leek"}), "no action that injects 'leek'"),
        (action({"kind": "run", "code": "import os"}), "actions[0].do"),
        (action(INJECT, at_s=-1), "actions[0].at_s"),
        (action(INJECT, at_s=601), "601 s is after the end at 600 s"),
        (action(INJECT, when=RUNS), "a time `at_s` or a condition `when`, and not both"),
        (scenario(actions=WAITING), "a: waits for itself: a → b → a"),
        (scenario(actions=[{"id": "leak", "at_s": 1, "do": INJECT}] * 2), "actions[1].id: 'leak' is already the id"),
        (scenario(goals=[{"id": "found", "name": NAME, "within_s": 300}]), "goals[0].when: Field required"),
        (goal(RUNS, within_s=900), "goals[0].within_s: 900 s is after the end"),
        (goal(RUNS | {"state": "Sleeping"}), "goals[0].when.state.state"),
        (goal(RUNS | {"station": "OF1-4"}), "goals[0].when.station: there is no station 'OF1-4'; did you mean"),
        (goal({"kind": "orders", "channel": "online", "of": "late", "reaches": 1}), "there is no channel 'online'"),
        (
            scenario(actions=[{"id": "a", "at_s": 1, "do": {"kind": "demand", "channel": "online", "factor": 2}}]),
            "actions[0].do.channel: there is no channel 'online'",
        ),
        (goal({"kind": "count", "line": "OF7", "of": "finished", "reaches": 3}), "no line 'OF7'"),
        (goal({"kind": "tag", "station": "OF1-14", "tag": "LeakRait", "above": 1}), "know the tags Processed"),
        (goal({"kind": "tag", "station": "OF1-14", "tag": "Units"}), "needs `above` or `below`"),
        (goal({"kind": "alarm", "source": "OF1-99"}), "no source of alarms 'OF1-99'"),
        (goal({"kind": "malfunction", "action": "lake", "active": False}), "did you mean leak"),
        (goal({"kind": "expression", "text": "1 + 1"}), "goals[0].when"),
        (scenario(hints=[{"goal": "fond", "after_s": 1, "text": NAME}]), "no goal 'fond'; did you mean found"),
        (scenario(layout="outdor-line"), "no layout 'outdor-line'; did you mean outdoor-line"),
        (scenario(start={"state": "nowhere.state"}), "no file 'nowhere.state' beside the scenario"),
        (scenario(lasts_s="for ever"), "lasts_s"),
        ('{"goals": [], "lasts_s": NaN}', "NaN is not a number that JSON allows"),
        ('{"goals": [], "goals": []}', "key 'goals' appears twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, raw: dict[str, Any] | str, said: str) -> None:
    assert said in problems(tmp_path, raw)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    raw = goal(RUNS | {"station": "X"}) | {"actions": [{"id": "leak", "at_s": 900, "do": INJECT | {"target": "Y"}}]}
    assert "3 problems" in problems(tmp_path, raw)


def test_scenarios_and_layouts_are_told_apart() -> None:
    assert not is_scenario(OUTDOOR_LINE)
    assert all(is_scenario(path) for path in shipped_scenarios())


@pytest.mark.parametrize("path", shipped_scenarios(), ids=lambda path: path.stem)
def test_shipped_scenarios_hold(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path)]) == 0
    assert "holds." in capsys.readouterr().out


def test_the_published_schema_is_that_of_the_model_and_every_scenario_names_it() -> None:
    published = SHIPPED / "scenarios" / "scenario.schema.json"
    assert published.read_text(encoding="utf-8") == scenario_schema()
    assert {json.loads(path.read_text("utf-8"))["$schema"] for path in shipped_scenarios()} == {published.name}


def test_simulate_plays_a_scenario_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--scenario", str(SHIPPED / "scenarios" / "network.json"), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["of"] == 35
    assert [one["at_s"] is None for one in result["goals"]] == [True, False]
