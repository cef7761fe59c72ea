"""Fans that are measured: torque, charge by recipe, leak test with rework, a camera; one line for each part."""

from __future__ import annotations

from typing import Any

from tests.sim.lines import deterministic, exponential
from tests.sim.orders.example import layout_of, name, part, product
from twin.plant.layout import Layout

LARGE = {"when": {"size": ["l"]}}
MEANS = {"A": {"s": 500.0, "l": 900.0}, "B": {"s": 450.0, "l": 820.0}}
SKIPS = [{"segment": "look", "when": {"logo": ["partner"]}}]


def recipe(revision: str) -> list[dict[str, Any]]:
    """Charge within 5 g and the pressure pumped down to, both by size."""
    values = []
    for size, mean in MEANS[revision].items():
        when = {"when": {"size": [size]}}
        mass = {"segment": "charge", "tag": "ChargeMass", "mean": mean, "low": mean - 5.0, "high": mean + 5.0}
        values += [mass | when, {"segment": "charge", "tag": "Vacuum", "mean": 20.0 if size == "s" else 40.0} | when]
    return values


def tag(identifier: str, signal: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "browse_path": identifier, "signal": signal, **more}


def station(line: str, step: str, seconds: float, *tags: dict[str, Any], **more: Any) -> dict[str, Any]:
    what = {"id": f"{line}-{step}", "name": name(step), "segment": step, "cycle": exponential(seconds)}
    return {**what, "tags": list(tags), **more}


def line(identifier: str) -> dict[str, Any]:
    torque = {"kind": "result", "mean": 8.0, "deviation": 0.15, "wear": 0.002}
    mass = {"kind": "result", "mean": 650.0, "deviation": 1.5, "drift": {"deviation": 0.5, "tau_s": 600.0}}
    vacuum = {
        "kind": "approach", "start": 1e5, "end": 30.0, "tau_s": 2.0, "deviation": 0.01, "logarithmic": True,
    }  # fmt: skip
    leak = {"kind": "result", "mean": 1.0, "deviation": 0.2}
    smudge = {"id": "smudge", "name": name("smudge"), "share": 0.1}
    texts = tag("Defect", data_type="String"), tag("Score")
    stations = [
        station(identifier, "mount", 30.0, tag("Torque", torque, unit="N.m", low=7.0, high=9.0),
                tool={"life": 200, "change": deterministic(60.0)}),
        station(identifier, "charge", 25.0, tag("Vacuum", vacuum, unit="Pa"),
                tag("ChargeMass", mass, unit="g", low=640.0, high=660.0), reject_probability=0.05),
        station(identifier, "test", 25.0, tag("Leak", leak, unit="g/a", high=2.0), tag("NoTests", data_type="Int32"),
                reject_probability=0.1, rework={"to": f"{identifier}-charge", "delay_s": 600.0},
                background={"no_test": 0.1, "after_reject": 0.1, "decay_s": 60.0}),
        station(identifier, "look", 20.0, *texts,
                inspection={"defects": [smudge], "miss": 0.02, "overkill": 0.05, "review_s": 10.0}),
    ]  # fmt: skip
    return {"id": identifier, "name": name(identifier), "serial_prefix": f"{identifier}-", "stations": stations}


def measured(*changes: dict[str, Any]) -> Layout:
    """Units of both parts follow recipes; those for partners skip the camera."""
    revisions = [{"id": each, "name": name(each), "recipe": recipe(each), "skips": SKIPS} for each in MEANS]
    plain = [{**revision, "skips": []} for revision in revisions]
    parts = [part("in", lines=["in1"], revisions=revisions), part("out", lines=["out1"], revisions=plain)]
    return layout_of(product(parts=parts, changes=list(changes)), lines=[line("in1"), line("out1")])


def cut_over(hours: float) -> dict[str, Any]:
    """The engineering change of the indoor unit to revision B."""
    effectivity = {"kind": "date", "after_s": round(hours * 3600)}
    return {"id": "eco", "name": name("eco"), "part": "in", "revision": "B", "effectivity": effectivity}
