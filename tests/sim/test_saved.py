"""Saved and restored: the same future to the last message; what is no state of this layout is refused."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, MINUTE_NS, bernoulli_line, exponential, failure, outdoor_line, serial_line
from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.sim.kernel import advance, proceed, start_plant
from twin.sim.messages import Change
from twin.sim.plan import Plan, plan_plant
from twin.sim.run import Run
from twin.sim.saved import FORMAT, restore_state, save_state

STOPS = [
    failure("breakdown", exponential(300.0), exponential(100.0)),
    failure("minor_stop", exponential(200.0), exponential(10.0)),
]
BUSY = outdoor_line(failures=STOPS, reject_probability=0.03)
ABSTRACT = serial_line(
    [exponential()] * 4,
    2,
    failures=STOPS,
    carriers=7,
    reject_probability=0.1,
    rework={"to": "M1", "delay_s": 20.0, "limit": 3},
)


def restored_at(layout: Layout, seed: int, at_ns: int) -> None:
    """Holds a plant that is saved and restored at an instant against one that never was."""
    plan, other = plan_plant(layout), plan_plant(layout)
    state = start_plant(plan, seed)
    advance(plan, state, at_ns)
    text = save_state(layout, state)
    again = restore_state(layout, text)
    assert save_state(layout, again) == text
    assert again == state
    assert advance(other, again, at_ns + 10 * MINUTE_NS) == advance(plan, state, at_ns + 10 * MINUTE_NS)
    assert again == state


@FEW
@given(seed=st.integers(0, 2**63), at_ns=st.integers(0, 60 * MINUTE_NS))
@pytest.mark.parametrize("layout", [BUSY, ABSTRACT, bernoulli_line(2)], ids=["shipped", "abstract", "slotted"])
def test_a_restored_plant_lives_as_if_never_stopped(layout: Layout, seed: int, at_ns: int) -> None:
    restored_at(layout, seed, at_ns)


@FEW
@given(events=st.integers(1, 3000))
def test_a_plant_can_be_saved_between_any_two_events(events: int) -> None:
    plan = plan_plant(ABSTRACT)
    state = start_plant(plan, 3)
    for _ in range(events):
        proceed(Run(plan, state), state.heap[0][0])
    restored_at(ABSTRACT, 3, state.now_ns)


def test_the_carrier_and_the_station_have_the_same_unit_again(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    advance(outdoor, state, 30 * MINUTE_NS)
    again = restore_state(outdoor_line(), save_state(outdoor_line(), state))
    units = [unit for station in again.stations for unit in [*station.units, *station.queue]]
    assert len(units) > 20
    assert all(again.lines[0].carriers[unit.carrier] is unit for unit in units)


def test_a_changed_future_is_the_same_until_the_change_has_an_effect(outdoor: Plan) -> None:
    layout = outdoor_line()
    state = start_plant(outdoor, 1)
    advance(outdoor, state, 30 * MINUTE_NS)
    text = save_state(layout, state)
    raw = layout.model_dump(mode="json", by_alias=True)
    raw["areas"][0]["lines"][0]["stations"][9]["reject_probability"] = 0.2
    changed = plan_plant(Layout.model_validate(raw))
    as_it_was = advance(outdoor, restore_state(layout, text), 60 * MINUTE_NS)
    otherwise = advance(changed, restore_state(layout, text), 60 * MINUTE_NS)
    first = next(at for at, (one, other) in enumerate(zip(as_it_was, otherwise, strict=False)) if one != other)
    assert first > 500
    differs = otherwise[first]
    assert isinstance(differs, Change)
    assert (differs.owner, differs.tag) in {("OF1-17", "SoundPressure"), ("OF1-17", "Defective")}


def test_a_state_of_another_layout_is_refused(outdoor: Plan) -> None:
    text = save_state(outdoor_line(), start_plant(outdoor, 1))
    with pytest.raises(SimulationError, match="belongs to layout 'outdoor-line' as it was when saved"):
        restore_state(outdoor_line(places=2), text)
    with pytest.raises(SimulationError, match="not to 'test'"):
        restore_state(ABSTRACT, text)


def test_a_state_of_a_newer_version_is_refused() -> None:
    saved = json.loads(save_state(ABSTRACT, start_plant(plan_plant(ABSTRACT), 1)))
    with pytest.raises(SimulationError, match="newer version"):
        restore_state(ABSTRACT, json.dumps(saved | {"format": FORMAT + 1}))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("state", "now_ns"), "noon", "state.now_ns is not int"),
        (("state", "stations", 1, "units"), [999], r"state.stations\[1\].units\[0\] is not the number"),
        (("state", "heap"), [[1, 2]], r"state.heap\[0\] is not a list"),
        (("state", "logistics", "vehicles"), None, "state.logistics.vehicles is not a list"),
        (("state", "lines", 0), {}, r"state.lines\[0\] is not the fields of a LineState"),
        (("units", 0), [1], r"units\[0\] is not a product unit"),
        (("units",), 3, "units is not a list"),
    ],
)
def test_a_damaged_state_is_refused_with_the_place(path: tuple[str | int, ...], value: object, place: str) -> None:
    saved = json.loads(save_state(ABSTRACT, start_plant(plan_plant(ABSTRACT), 1)))
    node = saved
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(SimulationError, match=place):
        restore_state(ABSTRACT, json.dumps(saved))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "1"}', "[" * 100_000])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(SimulationError, match="no saved state"):
        restore_state(ABSTRACT, text)


def test_nothing_is_lost_on_the_way_to_text() -> None:
    plan = plan_plant(BUSY)
    state = start_plant(plan, 2**63 + 11)
    advance(plan, state, 45 * MINUTE_NS + 1)
    assert asdict(restore_state(BUSY, save_state(BUSY, state))) == asdict(state)
