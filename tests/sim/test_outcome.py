"""How services come out: No Test, cameras that err and are looked after, worn tools that spoil more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sim.lines import HOUR_NS, deterministic, serial_line
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change, Message
from twin.sim.plan import plan_plant
from twin.sim.state import PlantState, StationState

SCRATCH = {"id": "scratch", "name": {"en": "Scratch", "zh_CN": "划伤"}, "share": 0.02}
DENT = {"id": "dent", "name": {"en": "Dent", "zh_CN": "凹陷"}, "share": 0.01}


def station(**fields: Any) -> Layout:
    return serial_line([deterministic(10.0)], 2, **fields)


def run(layout: Layout, hours: int = 100) -> tuple[PlantState, list[Message]]:
    plan = plan_plant(layout)
    state = start_plant(plan, 5)
    return state, advance(plan, state, hours * HOUR_NS)


def lived(**fields: Any) -> StationState:
    return run(station(**fields))[0].stations[0]


def camera(*, miss: float = 0.1, overkill: float = 0.005) -> dict[str, Any]:
    return {"defects": [SCRATCH, DENT], "miss": miss, "overkill": overkill, "review_s": 30.0}


def test_a_camera_finds_misses_and_sees_what_is_not_there_at_the_stated_rates() -> None:
    found = lived(inspection=camera())
    assert found.looks == pytest.approx(found.processed, abs=1)
    assert found.defective / found.looks == pytest.approx(0.03 * 0.9, rel=0.05)
    assert found.escapes / found.looks == pytest.approx(0.03 * 0.1, rel=0.15)
    assert found.false_rejects / found.looks == pytest.approx(0.97 * 0.005, rel=0.12)


def test_a_rare_defect_makes_every_second_verdict_wrong() -> None:
    """99.9 % accurate at 0.1 % defects: right only every second time it says "defect" (plant.md)."""
    rare = {**camera(miss=0.001, overkill=0.001), "defects": [{**SCRATCH, "share": 0.001}]}
    found = run(station(inspection=rare), hours=1000)[0].stations[0]
    assert found.false_rejects / (found.false_rejects + found.defective) == pytest.approx(0.5, abs=0.07)


def test_a_second_look_takes_its_time() -> None:
    found = lived(inspection=camera())
    seen = found.defective + found.false_rejects
    assert found.processed * 10 + seen * 30 == pytest.approx(100 * 3600, abs=50)


def test_the_camera_says_what_it_saw() -> None:
    types = {"Score": "Double", "Defect": "String", "FalseRejects": "Int32", "Rejected": "Boolean"}
    tags = [{"id": name, "browse_path": name, "data_type": kind} for name, kind in types.items()]
    _, messages = run(station(inspection=camera(), tags=tags), hours=20)
    told = [{change.tag: change.value for change in messages[at : at + 4] if isinstance(change, Change)}
            for at in range(0, len(messages), 4)]  # fmt: skip
    assert {said["Defect"] for said in told} == {"", "scratch", "dent"}
    assert all((float(said["Score"]) > 0.5) == (said["Defect"] == "") for said in told)
    assert all(said["Defect"] for said in told if said["Rejected"])


def test_helium_in_clean_air_costs_repeated_tests() -> None:
    found = lived(background={"no_test": 0.1, "after_reject": 0.0, "decay_s": 60.0})
    assert found.no_tests / (found.no_tests + found.processed) == pytest.approx(0.1, rel=0.1)
    assert (found.no_tests + found.processed) * 10 == pytest.approx(100 * 3600, abs=20)


def test_a_leak_spoils_the_tests_after_it() -> None:
    quiet = {"no_test": 0.01, "after_reject": 0.0, "decay_s": 120.0}
    leaky = {**quiet, "after_reject": 0.8}
    before, after = (lived(background=each, reject_probability=0.03) for each in (quiet, leaky))
    assert before.defective / before.processed == pytest.approx(after.defective / after.processed, rel=0.1)
    assert after.no_tests > 5 * before.no_tests


def test_a_worn_tool_spoils_in_proportion_to_its_wear() -> None:
    tool = {"life": 500, "change": deterministic(300.0), "wear_reject": 0.08}
    found = lived(tool=tool)
    assert found.defective / found.processed == pytest.approx(0.04, rel=0.1)


def test_no_test_is_never_for_ever() -> None:
    plan = plan_plant(station(background={"no_test": 0.5, "after_reject": 0.9, "decay_s": 1e6}, reject_probability=0.5))
    state = start_plant(plan, 1)
    state.stations[0].extra_no_test = 1.0
    advance(plan, state, 100 * HOUR_NS)
    assert state.stations[0].processed > 1000
