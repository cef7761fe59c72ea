"""Process values: within their limits for good units, beyond one for rejects, curves that a stop freezes."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean, pstdev

import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, deterministic, failure, outdoor_line, serial_line
from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change
from twin.sim.plan import Plan, plan_plant


def values(layout_or_plan: Layout | Plan, owner: str, tag: str, until_ns: int) -> list[tuple[float, float]]:
    """Seconds and values of one signal."""
    plan = plan_plant(layout_or_plan) if isinstance(layout_or_plan, Layout) else layout_or_plan
    messages = advance(plan, start_plant(plan, 1), until_ns)
    told = [m for m in messages if isinstance(m, Change) and (m.owner, m.tag) == (owner, tag)]
    return [(m.time_ns / 1e9, float(m.value)) for m in told]


def with_signal(signal: dict[str, object], **tag: object) -> dict[str, object]:
    return {"id": "Value", "browse_path": "Value", "signal": signal, **tag}


def test_the_charge_is_what_the_recipe_says(outdoor: Plan) -> None:
    charges = [value for _, value in values(outdoor, "OF1-13", "ChargeMass", 6 * HOUR_NS)]
    assert fmean(charges) == pytest.approx(650.0, abs=0.3)
    assert pstdev(charges) == pytest.approx(0.75, abs=0.35)


def test_rejects_show_a_value_beyond_a_limit_and_good_units_do_not() -> None:
    plan = plan_plant(outdoor_line(reject_probability=0.2))
    state = start_plant(plan, 1)
    told = [m for m in advance(plan, state, 4 * HOUR_NS) if isinstance(m, Change) and m.owner == "OF1-08"]
    torques = [float(m.value) for m in told if m.tag == "Torque"]
    beyond = sum(not 7.0 <= torque <= 9.0 for torque in torques)
    assert beyond == sum(m.tag == "Defective" for m in told) > 20


def test_the_vacuum_falls_by_decades_and_ends_near_its_goal(outdoor: Plan) -> None:
    curve = values(outdoor, "OF1-12", "Vacuum", 16 * MINUTE_NS)
    pressures = [value for _, value in curve if value > 0]
    assert pressures[0] > 50_000
    assert min(pressures) == pytest.approx(20.0, rel=0.15)
    assert sum(1000 < value < 50_000 for value in pressures) > 10


def test_a_stop_freezes_the_curve() -> None:
    curve = {"kind": "approach", "start": 0.0, "end": 10.0, "tau_s": 20.0, "period_s": 1.0}
    stops = [failure("minor_stop", deterministic(10.5), deterministic(30.0))]
    layout = serial_line([deterministic(100.0)], 0, failures=stops, tags=[with_signal(curve)])
    told = dict(values(layout, "M1", "Value", MINUTE_NS))
    during = {value for second, value in told.items() if 11 < second < 40}
    assert len(during) == 1
    assert told[max(second for second in told if second < 10)] < during.pop() < told[max(told)]


def test_a_level_wanders_about_its_mean() -> None:
    level = {"kind": "level", "mean": 50.0, "deviation": 2.0, "period_s": 1.0}
    layout = serial_line([deterministic(10.0)], 0, tags=[with_signal(level)])
    told = [value for _, value in values(layout, "M1", "Value", 3 * HOUR_NS)]
    assert fmean(told) == pytest.approx(50.0, abs=0.5)
    assert pstdev(told) == pytest.approx(2.0, rel=0.15)
    steps = [abs(late - early) for early, late in pairwise(told)]
    assert fmean(steps) < 1.0


def test_whole_numbers_stay_whole() -> None:
    result = {"kind": "result", "mean": 50.0, "deviation": 5.0}
    plan = plan_plant(serial_line([deterministic()], 0, tags=[with_signal(result, data_type="Int32")]))
    told = [m.value for m in advance(plan, start_plant(plan, 1), MINUTE_NS) if isinstance(m, Change)]
    assert len(told) == 60
    assert all(isinstance(value, int) for value in told)


def test_a_text_cannot_have_a_signal() -> None:
    level = {"kind": "level", "mean": 50.0, "deviation": 2.0}
    with pytest.raises(SimulationError, match="M1/Value is String"):
        plan_plant(serial_line([deterministic()], 0, tags=[with_signal(level, data_type="String")]))
