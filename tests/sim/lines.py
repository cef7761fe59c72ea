"""Layouts for tests of the simulator: abstract serial lines from a few numbers, the shipped line with changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import settings

from twin.plant.layout import Layout
from twin.plant.shipped import SHIPPED
from twin.sim.messages import Change
from twin.sim.plan import Plan

MINUTE_NS = 60 * 1_000_000_000
HOUR_NS = 60 * MINUTE_NS
FEW = settings(max_examples=6, deadline=None)  # a run of a plant is worth many draws of a number


def exponential(mean_s: float = 1.0) -> dict[str, Any]:
    return {"kind": "exponential", "mean_s": mean_s}


def deterministic(value_s: float = 1.0) -> dict[str, Any]:
    return {"kind": "deterministic", "value_s": value_s}


def geometric(probability: float) -> dict[str, Any]:
    return {"kind": "geometric", "probability": probability}


def bernoulli(probability: float) -> dict[str, Any]:
    return {"kind": "bernoulli", "probability": probability}


def failure(mode: str, to_failure: dict[str, Any], to_repair: dict[str, Any]) -> dict[str, Any]:
    return {"mode": mode, "time_to_failure": to_failure, "time_to_repair": to_repair}


def serial_line(
    cycles: Sequence[dict[str, Any]],
    buffer: int | None,
    *,
    failures: Sequence[dict[str, Any]] = (),
    carriers: int | None = None,
    **station: Any,
) -> Layout:
    """A line of stations M1, M2, …, all with the same buffer before them and the same failures."""
    stations = [
        {
            "id": f"M{number}",
            "name": {"en": f"Machine {number}", "zh_CN": f"机器 {number}"},
            "buffer_before": buffer,
            "cycle": cycle,
            "failures": list(failures),
            "tags": [{"id": name, "browse_path": name} for name in ("State", "CycleTime", "Serial", "Processed")],
            **station,
        }
        for number, cycle in enumerate(cycles, 1)
    ]
    line: dict[str, Any] = {"id": "line", "name": {"en": "Line", "zh_CN": "产线"}, "stations": stations}
    if carriers:
        line["carriers"] = {"count": carriers}
    return Layout.model_validate(
        {
            "format": 1,
            "id": "test",
            "name": {"en": "Test", "zh_CN": "测试"},
            "namespaces": {"plant": "urn:test"},
            "areas": [{"id": "area", "name": {"en": "Area", "zh_CN": "区域"}, "lines": [line]}],
        }
    )


def gershwin_line(buffer: int, p: float = 0.01, r: float = 0.1) -> Layout:
    """Two machines of cycle 1 that fail with `p` and are repaired with `r` a cycle; Gershwin's N is `buffer` + 2."""
    stops = [failure("breakdown", geometric(p), geometric(r))]
    return serial_line([deterministic()] * 2, buffer, failures=stops)


def bernoulli_line(buffer: int) -> Layout:
    """Two Bernoulli machines of .9; the N of the literature is `buffer` + 1."""
    return serial_line([bernoulli(0.9)] * 2, buffer)


def outdoor_line(**station: Any) -> Layout:
    """The shipped line, with `station` values changed at every station."""
    raw = json.loads((SHIPPED / "outdoor-line.json").read_text(encoding="utf-8"))
    for each in raw["areas"][0]["lines"][0]["stations"]:
        each.update(station)
    return Layout.model_validate(raw)


def told_by_kernel(plan: Plan, changes: Iterable[Change]) -> list[Change]:
    """Changes of what the kernel itself knows; instruments read on between its changes."""
    read = {(signal.owner, signal.tag.id) for signal in plan.signals}
    return [change for change in changes if (change.owner, change.tag) not in read]
