"""A small product for tests: fans of two parts, two lines each, in two sizes and three colours, for two channels."""

from __future__ import annotations

from typing import Any

from tests.sim.lines import HOUR_NS, deterministic, exponential
from twin.plant.layout import Layout
from twin.sim.kernel import proceed, start_plant
from twin.sim.orders.state import OrdersState
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.state import PlantState

SIZES, COLOURS, LOGOS = ("s", "l"), ("white", "gold", "black"), ("own", "partner")


def name(text: str) -> dict[str, str]:
    return {"en": text, "zh_CN": text}


def option(identifier: str, choices: tuple[str, ...]) -> dict[str, Any]:
    return {"id": identifier, "name": name(identifier), "choices": [{"id": c, "name": name(c)} for c in choices]}


def channel(identifier: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": name(identifier),
        "kind": "online",
        "between": exponential(60.0),
        "quantity": {"1": 3, "2": 1},
        "mix": {"size": {"s": 1, "l": 1}, "colour": {"white": 5, "gold": 2, "black": 1}},
        "promise_s": 7200.0,
        **changes,
    }


def part(identifier: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": name(identifier),
        "lines": [f"{identifier}1", f"{identifier}2"],
        "options": ["size", "colour", "logo"] if identifier == "in" else ["size"],
        "revisions": [{"id": "A", "name": name("A")}, {"id": "B", "name": name("B")}],
        **changes,
    }


def product(**changes: Any) -> dict[str, Any]:
    return {
        "id": "fan",
        "name": name("Fan"),
        "options": [option("size", SIZES), option("colour", COLOURS), option("logo", LOGOS)],
        "rules": [
            {
                "id": "no-small-black",
                "when": {"size": ["s"]},
                "requires": {"colour": ["white", "gold"]},
                "reason": name("Black paint comes for large ones only"),
            }
        ],
        "parts": [part("in"), part("out")],
        "channels": [
            channel("online"),
            channel(
                "partner",
                kind="partner",
                between=deterministic(1800.0),
                quantity={"20": 1},
                mix={"logo": {"partner": 1}},
                promise_s=14400.0,
                quota=400,
                priority=1,
            ),
        ],
        "planning": {"handling_s": 600.0},
        **changes,
    }


def line(identifier: str, **station: Any) -> dict[str, Any]:
    stations = [
        {
            "id": f"{identifier}-{step}",
            "name": name(step),
            "segment": step,
            "cycle": exponential(40.0),
            "reject_probability": 0.02 if step == "test" else 0.0,
            **station,
        }
        for step in ("mount", "charge", "test")
    ]
    return {"id": identifier, "name": name(identifier), "serial_prefix": f"{identifier}-", "stations": stations}


def layout_of(product: dict[str, Any] | None = None, **changes: Any) -> Layout:
    lines = changes.pop("lines", None) or [line(each) for each in ("in1", "in2", "out1", "out2")]
    raw = {
        "format": 1,
        "id": "fans",
        "name": name("Fans"),
        "namespaces": {"plant": "urn:test"},
        "areas": [{"id": "area", "name": name("Area"), "lines": lines}],
        "product": product or globals()["product"](),
        **changes,
    }
    return Layout.model_validate(raw)


def run_for(layout: Layout, hours: float, seed: int = 1) -> tuple[Plan, PlantState, OrdersState]:
    """A plant after some hours, with the orders of its state."""
    plan = plan_plant(layout)
    state = start_plant(plan, seed)
    proceed(Run(plan, state), round(hours * HOUR_NS))
    state.now_ns = round(hours * HOUR_NS)
    assert state.orders is not None
    return plan, state, state.orders
