"""What instruments read: results that keep limits unless rejected, curves, levels, demands, meters."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Any

import numpy as np
import pytest

from tests.sim.lines import HOUR_NS, MINUTE_NS, deterministic, exponential, failure, outdoor_line
from tests.sim.signals.plants import signal_line
from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import Plan, plan_plant
from twin.sim.signals.observe import observe
from twin.sim.state import PlantState

STOP = [failure("minor_stop", deterministic(10.5), deterministic(30.0))]


def values(
    layout_or_plan: Layout | Plan, until_ns: int, owner: str = "M1", tag: str = "Value", state: PlantState | None = None
) -> list[tuple[float, float]]:
    """Seconds and values of one signal."""
    plan = plan_plant(layout_or_plan) if isinstance(layout_or_plan, Layout) else layout_or_plan
    samples = observe(plan, state or start_plant(plan, 1), until_ns).samples
    number = next(n for n, signal in enumerate(plan.signals) if (signal.owner, signal.tag.id) == (owner, tag))
    here = samples.signal == number
    return list(zip((samples.time_ns[here] / 1e9).tolist(), samples.value[here].tolist(), strict=True))


def test_the_charge_is_what_the_recipe_says(outdoor: Plan) -> None:
    charges = [value for _, value in values(outdoor, 6 * HOUR_NS, "OF1-13", "ChargeMass")]
    assert fmean(charges) == pytest.approx(650.0, abs=0.6)
    assert pstdev(charges) == pytest.approx(0.75, abs=0.35)


def test_rejects_show_a_value_beyond_a_limit_and_good_units_do_not() -> None:
    plan = plan_plant(outdoor_line(reject_probability=0.2))
    state = start_plant(plan, 1)
    torques = [value for _, value in values(plan, 4 * HOUR_NS, "OF1-08", "Torque", state)]
    assert len(torques) == state.stations[0].processed
    assert sum(not 7.0 <= torque <= 9.0 for torque in torques) == state.stations[0].defective > 20


def test_a_good_unit_keeps_the_limits_however_far_it_scatters() -> None:
    result = {"kind": "result", "mean": 5.0, "deviation": 3.0}
    layout = signal_line([deterministic()], result, limits={"low": 3.0, "high": 6.0})
    read = [value for _, value in values(layout, 10 * MINUTE_NS)]
    assert (min(read), max(read)) == (3.0, 6.0)


def test_only_the_first_result_with_a_limit_tells_of_a_reject() -> None:
    result = {"kind": "result", "mean": 5.0, "deviation": 0.1}
    others = [{"id": name, "browse_path": name, "signal": result, "low": 4.0} for name in ("First", "Second")]
    layout = signal_line([deterministic()], result, tags=others, reject_probability=0.5)
    assert all(value > 4.0 for _, value in values(layout, MINUTE_NS))
    assert 20 < sum(value < 4.0 for _, value in values(layout, MINUTE_NS, tag="First")) < 40
    assert all(value > 4.0 for _, value in values(layout, MINUTE_NS, tag="Second"))


def test_a_count_that_is_always_right_is_one_short_for_a_reject() -> None:
    count = {"kind": "result", "mean": 4.0, "deviation": 0.0}
    layout = signal_line([deterministic()], count, limits={"low": 4.0, "data_type": "Int32"}, reject_probability=0.5)
    assert {value for _, value in values(layout, MINUTE_NS)} == {3.0, 4.0}


def test_a_drifting_result_wanders_slowly_besides_its_scatter() -> None:
    result = {"kind": "result", "mean": 650.0, "deviation": 0.5, "drift": {"deviation": 2.0, "tau_s": 1200.0}}
    read = np.array([value for _, value in values(signal_line([deterministic(5.0)], result), 40 * HOUR_NS)])
    assert read.std() == pytest.approx(math.hypot(0.5, 2.0), rel=0.15)
    neighbours = np.corrcoef(read[1:], read[:-1])[0, 1]
    assert neighbours == pytest.approx(4.0 / 4.25, abs=0.03)


def test_a_tool_wears_until_it_is_changed() -> None:
    result = {"kind": "result", "mean": 10.0, "deviation": 0.0, "wear": 0.5}
    tool = {"life": 4, "change": deterministic(2.0)}
    read = values(signal_line([deterministic()], result, tool=tool), 10_000_000_000)
    assert read == [(1, 10.5), (2, 11.0), (3, 11.5), (4, 12.0), (7, 10.5), (8, 11.0), (9, 11.5), (10, 12.0)]


def test_the_vacuum_falls_by_decades_and_ends_near_its_goal(outdoor: Plan) -> None:
    pressures = [value for _, value in values(outdoor, 16 * MINUTE_NS, "OF1-12", "Vacuum")]
    assert max(pressures) == 101325.0
    assert min(pressures) == pytest.approx(20.0, rel=0.15)
    assert sum(1000 < value < 50_000 for value in pressures) > 10


def test_an_approach_is_exponential_after_its_delay_and_at_rest_without_a_unit() -> None:
    curve = {"kind": "approach", "start": 1.0, "end": 11.0, "tau_s": 4.0, "delay_s": 5.0, "period_s": 0.5}
    read = dict(values(signal_line([deterministic(20.0)] * 2, curve), 39_000_000_000, "M2"))
    for second, value in read.items():
        since_s = second - 20.0
        expected = 11.0 - 10.0 * math.exp(-max(since_s - 5.0, 0.0) / 4.0)
        assert value == pytest.approx(expected, abs=0.051)


def test_a_stop_freezes_the_curve() -> None:
    curve = {"kind": "approach", "start": 0.0, "end": 10.0, "tau_s": 20.0, "period_s": 1.0}
    read = dict(values(signal_line([deterministic(100.0)], curve, failures=STOP), MINUTE_NS))
    during = {value for second, value in read.items() if 11 < second < 40}
    assert len(during) == 1
    assert read[max(second for second in read if second < 10)] < during.pop() < read[max(read)]


def test_a_curve_waits_until_the_station_is_set_up() -> None:
    curve = {"kind": "profile", "points": [[0, 1], [0.5, 4], [1, 9]], "period_s": 0.5}
    tool = {"life": 2, "change": deterministic(7.0)}
    read = values(signal_line([deterministic(4.0)], curve, tool=tool), 15_000_000_000)
    assert {value for second, value in read if 8 < second < 15} == {1.0}  # the second tool's setup
    shares = {second: (second % 4) / 4 for second, _ in read if second < 8}
    for second, value in read:
        if second < 8:
            assert value == pytest.approx(np.interp(shares[second], [0, 0.5, 1], [1, 4, 9]), abs=0.051)


def test_a_profile_goes_through_its_points() -> None:
    points = [[0, 1], [0.25, 3], [0.5, 3], [0.75, 9], [1, 2]]
    curve = {"kind": "profile", "points": points, "period_s": 0.1}
    read = values(signal_line([deterministic(20.0)], curve), MINUTE_NS)
    shares, goals = zip(*points, strict=True)
    for second, value in read:
        assert value == pytest.approx(np.interp(second % 20 / 20, shares, goals), abs=0.051)


def test_units_differ_by_a_factor_on_the_whole_profile() -> None:
    curve = {"kind": "profile", "points": [[0, 2], [1, 2]], "unit_deviation": 0.1, "period_s": 0.5}
    read = values(signal_line([deterministic(2.0)], curve), 2 * HOUR_NS)
    scales: dict[int, set[float]] = {}
    for second, value in read:
        scales.setdefault(int(second // 2), set()).add(value)
    assert {len(of_unit) for of_unit in scales.values()} == {1}
    means = [of_unit.pop() / 2 for of_unit in scales.values()]
    assert fmean(means) == pytest.approx(1.0, abs=0.01)
    assert pstdev(means) == pytest.approx(0.1, rel=0.05)


def test_samples_of_a_profile_scatter_about_it() -> None:
    curve = {"kind": "profile", "points": [[0, 2], [1, 2]], "deviation": 0.3, "period_s": 0.5}
    read = [value for _, value in values(signal_line([deterministic(2.0)], curve), HOUR_NS)]
    assert fmean(read) == pytest.approx(2.0, abs=0.02)
    assert pstdev(read) == pytest.approx(0.3, rel=0.05)


def test_a_level_wanders_about_its_mean() -> None:
    level = {"kind": "level", "mean": 50.0, "deviation": 2.0, "period_s": 1.0, "tau_s": 15.0}
    read = np.array([value for _, value in values(signal_line([deterministic(10.0)], level), 6 * HOUR_NS)])
    assert read.mean() == pytest.approx(50.0, abs=0.3)
    assert read.std() == pytest.approx(2.0, rel=0.06)
    off = (read - 50.0) / 2.0
    correlation = [float(np.mean(off[lag:] * off[: len(off) - lag])) for lag in range(45)]
    assert sum(correlation[1:]) == pytest.approx(0.96 * 15.0 - 0.5, rel=0.15)  # the rest differs from sample to sample


def drawing(**more: Any) -> dict[str, Any]:
    return {"kind": "demand", "base": 2.0, "idle": 0.5, "running": 5.0, "period_s": 1.0, **more}


def test_a_demand_follows_the_state() -> None:
    plan = plan_plant(signal_line([deterministic(20.0)] * 2, drawing()))
    read = values(plan, 40_000_000_000, "M2")
    assert {value for second, value in read if second < 20} == {2.5}
    assert {value for second, value in read if second > 20} == {7.0}


def test_a_broken_down_station_draws_its_base_alone() -> None:
    stops = [failure("breakdown", deterministic(10.0), deterministic(30.0))]
    read = values(signal_line([deterministic(20.0)], drawing(), failures=stops), 39_000_000_000)
    assert {value for second, value in read if second > 10} == {2.0}


def test_a_noisy_demand_has_the_same_mean_and_its_scatter() -> None:
    read = [value for _, value in values(signal_line([deterministic()], drawing(cv=0.1)), 2 * HOUR_NS)]
    assert fmean(read) == pytest.approx(7.0, rel=0.01)
    assert pstdev(read) == pytest.approx(0.7, rel=0.05)


def test_a_meter_is_the_integral_of_its_demand_and_never_falls() -> None:
    meter = {"id": "Meter", "browse_path": "Meter", "signal": {"kind": "total", "of": "Value", "period_s": 5.0}}
    stops = [failure("breakdown", exponential(120.0), exponential(60.0))]
    layout = signal_line([exponential(20.0), exponential(15.0)], drawing(cv=0.1), tags=[meter], failures=stops)
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    read = values(plan, 3 * HOUR_NS, "M2", "Meter", state)
    assert all(late >= early for (_, early), (_, late) in pairwise(read))
    advance(plan, state, 3 * HOUR_NS)
    station = state.stations[1]
    stays = {kind: station.in_state_ns[kind] for kind in State}
    stays[State(station.state)] += state.now_ns - station.since_ns
    rates = {State.EXECUTE: 7.0, State.STOPPED: 2.0, State.ABORTED: 2.0}
    energy = sum(lasted * rates.get(kind, 2.5) for kind, lasted in stays.items()) / HOUR_NS
    assert stays[State.ABORTED] > 0.1 * HOUR_NS
    assert read[-1][1] == pytest.approx(energy, abs=7.0 * 5 / 3600 + 0.001)


def test_a_meter_needs_a_demand_of_its_station() -> None:
    with pytest.raises(SimulationError, match="M1/Value is the total of 'Power', which is no demand of M1"):
        plan_plant(signal_line([deterministic()], {"kind": "total", "of": "Power"}))


def test_a_text_cannot_have_a_signal() -> None:
    level = {"kind": "level", "mean": 50.0, "deviation": 2.0}
    with pytest.raises(SimulationError, match="M1/Value is String"):
        plan_plant(signal_line([deterministic()], level, limits={"data_type": "String"}))
