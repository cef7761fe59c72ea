"""A small factory with something of everything that can go wrong: the three shipped lines in one layout."""

from __future__ import annotations

import copy
import gc
import json
from functools import cache
from typing import Any

from tests.sim.lines import MINUTE_NS
from twin.plant.layout import Layout
from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import targets
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change, Message
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.state import PlantState
from twin.sim.training.malfunctions import inject

WARM_NS, LASTS_NS = 100 * MINUTE_NS, 20 * MINUTE_NS
OF_GOODS = ("supply", "purchase", "warehouse", "dock", "channel")  # `test_goods` has these
KINDS = tuple(kind for kind, what in CATALOGUE.items() if what.hits not in OF_GOODS)

NAME = {"en": "Smudge", "zh_CN": "污迹"}
CAMERA = {
    "defects": [{"id": "smudge", "name": NAME, "share": 0.05}],
    "miss": 0.05,
    "overkill": 0.02,
    "review_s": 5.0,
}
HELIUM = {"no_test": 0.02, "after_reject": 0.1, "decay_s": 60.0}


def _shipped(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return raw


def factory() -> Layout:
    """Areas OF, WM and RF; a camera that errs at OF1-18, helium in the room at OF1-14, two technicians in each."""
    raw = _shipped("outdoor-line")
    areas: list[dict[str, Any]] = []
    tag_sets: dict[str, Any] = {}
    for name in ("outdoor-line", "washing-machine-line", "refrigerator-line"):
        shipped = _shipped(name)
        area = shipped["areas"][0]
        tag_sets |= shipped["tag_sets"]
        area |= {"id": f"area-{area['lines'][0]['id']}", "technicians": 2}
        if areas:  # stores and robots are those of the first line
            for station in area["lines"][0]["stations"]:
                station.pop("supplies", None)
        areas.append(area)
    stations = {station["id"]: station for station in areas[0]["lines"][0]["stations"]}
    stations["OF1-18"]["inspection"] = CAMERA
    stations["OF1-14"]["background"] = HELIUM
    return Layout.model_validate(raw | {"areas": areas, "tag_sets": tag_sets, "shifts": []})


@cache
def plant() -> tuple[Layout, Plan, PlantState]:
    """The factory under way. Nobody changes this state: `fork` copies it."""
    layout = factory()
    plan = plan_plant(layout)
    state = start_plant(plan, 7)
    advance(plan, state, WARM_NS)
    return layout, plan, state


def fork() -> tuple[Plan, PlantState]:
    return plant()[1], copy.deepcopy(plant()[2])


@cache
def undisturbed() -> tuple[PlantState, list[Message]]:
    plan, state = fork()
    told = advance(plan, state, WARM_NS + LASTS_NS)
    gc.freeze()  # what is kept for many tests need not be looked through for garbage in all of them
    return state, told


@cache
def hit(kind: str) -> tuple[str, PlantState, list[Message]]:
    """A malfunction of a kind on its first target from the beginning on: the target, the end and what was told."""
    plan, state = fork()
    target = targets(plant()[0], CATALOGUE[kind])[0]
    told: list[Message] = []
    inject(Run(plan, state, told), kind, target)
    told += advance(plan, state, WARM_NS + LASTS_NS)
    gc.freeze()
    return target, state, told


def changes(told: list[Message], owner: str, tag: str) -> list[float]:
    return [float(m.value) for m in told if isinstance(m, Change) and (m.owner, m.tag) == (owner, tag)]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)
