"""Disturbances: each changes the readings of its own instrument, in its own time, and nothing else at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, MINUTE_NS, deterministic
from tests.sim.signals.plants import every_kind, signal_line, table
from twin.errors import SimulationError
from twin.sim.disturbance import Disturbance
from twin.sim.kernel import start_plant
from twin.sim.plan import plan_plant
from twin.sim.signals.disturbances import EFFECTS
from twin.sim.signals.observe import observe
from twin.sim.signals.reading import read_now, stick

PLAN = plan_plant(every_kind())
STEADY = plan_plant(signal_line([deterministic()], {"kind": "level", "mean": 50.0, "deviation": 0.0, "period_s": 1.0}))
UNTIL_NS = 20 * MINUTE_NS
S = 10**9


def read(*disturbances: Disturbance) -> dict[int, float]:
    """What a steady instrument reads, by whole seconds."""
    state = start_plant(STEADY, 1)
    state.disturbances.extend(disturbances)
    return {time_ns // S: value for time_ns, _, value in table(observe(STEADY, state, 100 * S).samples)}


@FEW
@given(
    effect=st.sampled_from(EFFECTS),
    signal=st.integers(0, len(PLAN.signals) - 1),
    since_ns=st.integers(0, UNTIL_NS // 2),
    lasts_ns=st.integers(3 * MINUTE_NS, UNTIL_NS),
)
def test_it_changes_nothing_but_its_instrument_in_its_time(
    effect: str, signal: int, since_ns: int, lasts_ns: int
) -> None:
    calm, disturbed = start_plant(PLAN, 1), start_plant(PLAN, 1)
    disturbed.disturbances.append(Disturbance(signal, effect, 77.0, since_ns, since_ns + lasts_ns))
    before, after = observe(PLAN, calm, UNTIL_NS), observe(PLAN, disturbed, UNTIL_NS)
    assert before.messages == after.messages
    assert calm.stations == disturbed.stations

    def elsewhere(rows: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        return [row for row in rows if row[1] != signal or not since_ns <= row[0] < since_ns + lasts_ns]

    assert elsewhere(table(before.samples)) == elsewhere(table(after.samples))
    assert table(before.samples) != table(after.samples)


@pytest.mark.parametrize(
    ("effect", "amount", "expected"),
    [("offset", 3.0, 53.0), ("scale", 0.5, 25.0), ("stuck", 12.0, 12.0)],
)
def test_what_it_does(effect: str, amount: float, expected: float) -> None:
    values = read(Disturbance(0, effect, amount, 20 * S, 60 * S))
    assert {value for second, value in values.items() if 20 <= second < 60} == {expected}
    assert {value for second, value in values.items() if not 20 <= second < 60} == {50.0}


def test_a_drift_grows_by_the_hour() -> None:
    values = read(Disturbance(0, "drift", 3600.0, 20 * S))
    assert values[19] == 50.0
    assert values[99] - values[59] == pytest.approx(40.0, abs=0.1)


def test_noise_scatters_about_the_value() -> None:
    values = np.array(list(read(Disturbance(0, "noise", 4.0, 0)).values()))
    assert values.std() == pytest.approx(4.0, rel=0.25)
    assert values.mean() == pytest.approx(50.0, abs=1.5)


def test_what_is_missing_is_not_sampled() -> None:
    seconds = set(read(Disturbance(0, "missing", 0.0, 20 * S, 60 * S)))
    assert seconds == set(range(100)) - set(range(20, 60))


def test_several_of_one_instrument_act_one_after_another() -> None:
    values = read(Disturbance(0, "offset", 10.0, 20 * S), Disturbance(0, "scale", 2.0, 40 * S))
    assert (values[19], values[30], values[50]) == (50.0, 60.0, 120.0)


def test_a_stuck_instrument_goes_on_reading_what_it_read() -> None:
    state = start_plant(PLAN, 1)
    observe(PLAN, state, UNTIL_NS)
    for signal in range(len(PLAN.signals)):
        state.disturbances.append(stick(PLAN, state, signal))
    read_then = {number: value for _, number, value in table(read_now(PLAN, state))}
    later = observe(PLAN, state, 2 * UNTIL_NS).samples
    assert {(number, value) for _, number, value in table(later)} == set(read_then.items())


def test_an_instrument_that_has_read_nothing_yet_sticks_at_zero() -> None:
    state = start_plant(PLAN, 1)
    result = next(number for number, plan in enumerate(PLAN.signals) if plan.signal.kind == "result")
    assert stick(PLAN, state, result).amount == 0.0


def test_an_effect_that_does_not_exist_is_refused() -> None:
    state = start_plant(STEADY, 1)
    state.disturbances.append(Disturbance(0, "magic", 1.0, 0))
    with pytest.raises(SimulationError, match="no effect 'magic'"):
        observe(STEADY, state, 10 * S)
