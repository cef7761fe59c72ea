"""Malfunctions: each changes what it should, and only that; chances stay the same everywhere else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import asdict

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.sim.lines import MINUTE_NS
from tests.sim.training.factory import KINDS, WARM_NS, changes, fork, hit, mean, plant, undisturbed
from twin.errors import SimulationError
from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import targets
from twin.plant.packml import State
from twin.sim.kernel import advance
from twin.sim.messages import Alarm, Change, Incident, Message
from twin.sim.run import Run
from twin.sim.saved import restore_state, save_state
from twin.sim.signals.observe import observe
from twin.sim.state import StationState
from twin.sim.training.malfunctions import clear, inject

MODIFIERS = ("slower", "more_stops", "extra_reject", "extra_overkill", "extra_miss", "extra_no_test", "forced")
ON_INSTRUMENTS = {"offset", "drift", "noise", "scale", "stuck", "missing"}
ON_TRANSPORT = {"conveyor", "halt", "block", "discharge", "empty"}
ON_STATIONS = {"slower", "reject", "overkill", "miss", "no_test", "stops", "hold", "abort", "breakdown"}


def stops(told: list[Message], owner: str) -> int:
    return sum(isinstance(m, Incident) and m.source == owner and m.kind == "minor_stop" for m in told)


def stood(told: list[Message], owner: str) -> bool:
    """Whether a station made nothing after a minute."""
    late = [m for m in told if isinstance(m, Change) and m.time_ns > WARM_NS + MINUTE_NS]
    return not [m for m in late if (m.owner, m.tag) == (owner, "Processed")]


# What each effect on stations shows: (id, as it is, as it would have been, what was told, what would have been told).
Seen = tuple[str, StationState, StationState, list[Message], list[Message]]
SHOWN: dict[str, Callable[[Seen], bool]] = {
    "slower": lambda s: mean(changes(s[3], s[0], "CycleTime")) > 1.1 * mean(changes(s[4], s[0], "CycleTime")),
    "reject": lambda s: s[1].defective > s[2].defective,
    "overkill": lambda s: s[1].defective + s[1].false_rejects > s[2].defective + s[2].false_rejects,
    "miss": lambda s: s[1].escapes > s[2].escapes,
    "no_test": lambda s: s[1].no_tests > s[2].no_tests,
    "stops": lambda s: stops(s[3], s[0]) > stops(s[4], s[0]),
    "hold": lambda s: s[1].state == State.HELD and stood(s[3], s[0]),
    "abort": lambda s: s[1].state == State.ABORTED and stood(s[3], s[0]),
    "breakdown": lambda s: s[1].state == State.ABORTED and s[1].attended and stood(s[3], s[0]),
}


def kinds(kind: str) -> set[str]:
    return {effect.kind for effect in CATALOGUE[kind].effects}


def test_there_are_many_each_described_in_both_languages() -> None:
    assert len(CATALOGUE) >= 30
    for malfunction in CATALOGUE.values():
        assert malfunction.name.en != malfunction.name.zh_CN
        assert malfunction.effects
        assert targets(plant()[0], malfunction) or malfunction.id not in KINDS, malfunction.id


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kinds(kind) & ON_STATIONS])
def test_a_malfunction_of_stations_shows_in_what_they_do(kind: str) -> None:
    target, state, told = hit(kind)
    before, otherwise = undisturbed()
    stations = [at for at in plant()[1].stations if at.index in state.training.active[0].stations]
    for effect in kinds(kind) & ON_STATIONS:
        shown = [
            SHOWN[effect]((at.id, state.stations[at.index], before.stations[at.index], told, otherwise))
            for at in stations
            if told != otherwise and (CATALOGUE[kind].hits == "station" or before.stations[at.index].processed > 50)
        ]
        assert all(shown) if effect in ("hold", "abort", "breakdown") else any(shown), (effect, target)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kinds(kind) & (ON_STATIONS | ON_TRANSPORT)])
def test_what_is_only_read_wrongly_changes_nothing_in_the_plant(kind: str) -> None:
    _, state, told = hit(kind)
    before, otherwise = undisturbed()
    assert [m for m in told if not isinstance(m, Alarm)] == otherwise
    for field in ("stations", "lines", "logistics"):
        assert getattr(state, field) == getattr(before, field)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_that_differs_is_the_target_and_other_lines_never_do(kind: str) -> None:
    target, state, told = hit(kind)
    _, otherwise = undisturbed()
    told = [m for m in told if not isinstance(m, Alarm)]
    hits = {plant()[1].stations[index] for index in state.training.active[0].stations}
    lines = {plant()[1].lines[at.line].id for at in hits} or {"OF1"}  # the one that robots and stores supply
    others = tuple({"OF1", "WM1", "RF1"} - lines)

    def of_others(messages: list[Message]) -> list[Message]:
        return [m for m in messages if whose(m).startswith(others)]

    assert of_others(told) == of_others(otherwise)
    first = next((n for n, (one, other) in enumerate(zip(told, otherwise, strict=False)) if one != other), None)
    if first is not None and hits and "conveyor" not in kinds(kind):
        at_ns = min(told[first].time_ns, otherwise[first].time_ns)
        around = {whose(m) for m in (*told, *otherwise) if m.time_ns == at_ns}
        assert {at.id for at in hits} & around, target


def whose(message: Message) -> str:
    if isinstance(message, Change):
        return message.owner
    return message.source if isinstance(message, Incident | Alarm) else ""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kinds(kind) & ON_INSTRUMENTS])
def test_instruments_it_is_about_read_otherwise_and_no_others(kind: str) -> None:
    readings = []
    for injected in (True, False):
        plan, state = fork()
        target = targets(plant()[0], CATALOGUE[kind])[0]
        if injected:
            inject(Run(plan, state), kind, target)
            signals = {one.signal for one in state.disturbances}
        readings.append(observe(plan, state, WARM_NS + 5 * MINUTE_NS).samples)
    lines = {plan.stations[plan.signals[signal].station].line for signal in signals}
    for number, signal in enumerate(plan.signals):
        told, otherwise = (list(read.value[read.signal == number]) for read in readings)
        if number in signals:
            assert told != otherwise
        elif plan.stations[signal.station].line not in lines or kinds(kind) <= ON_INSTRUMENTS:
            assert told == otherwise


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cleared_leaves_no_trace(kind: str) -> None:
    plan, state = fork()
    run = Run(plan, state, [])
    number = inject(run, kind, targets(plant()[0], CATALOGUE[kind])[-1], 0.5)
    advance(plan, state, WARM_NS + 3 * MINUTE_NS)
    assert clear(Run(plan, state, []), number)
    assert not clear(Run(plan, state), number)
    advance(plan, state, state.now_ns + 5 * MINUTE_NS)
    fresh = StationState([], [])
    for station in state.stations:
        for field in (
            "slower",
            "more_stops",
            "extra_reject",
            "extra_overkill",
            "extra_miss",
            "extra_no_test",
            "forced",
        ):
            assert getattr(station, field) == getattr(fresh, field)
    assert {line.slower for line in state.lines} == {1.0}
    assert {one.until_ns for one in state.disturbances} <= {WARM_NS + 3 * MINUTE_NS}
    assert {one.until_ns for one in state.wire_faults} <= {WARM_NS + 3 * MINUTE_NS}
    assert not any(vehicle.halted for vehicle in state.logistics.vehicles)
    assert {crew.absent for crew in state.crews} == {0}
    assert state.training.active == []


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(
    what=st.lists(
        st.tuples(st.sampled_from(KINDS), st.floats(0.01, 1.0), st.integers(1, 20), st.integers(0, 3 * MINUTE_NS)),
        min_size=1,
        max_size=5,
    ),
    cut_ns=st.integers(0, 15 * MINUTE_NS),
)
def test_malfunctions_are_saved_restored_and_end_in_time(what: list[tuple[str, float, int, int]], cut_ns: int) -> None:
    layout, plan, _ = plant()
    _, state = fork()
    for kind, severity, lasts_min, wait_ns in what:
        inject(Run(plan, state), kind, targets(layout, CATALOGUE[kind])[0], severity, lasts_min * MINUTE_NS)
        advance(plan, state, state.now_ns + wait_ns)
    start_ns = state.now_ns
    cut = copy.deepcopy(state)
    told = advance(plan, state, start_ns + 25 * MINUTE_NS)
    pieces = advance(plan, cut, start_ns + cut_ns)
    cut = restore_state(layout, save_state(layout, cut))
    pieces += advance(plan, cut, start_ns + 25 * MINUTE_NS)
    assert pieces == told
    assert asdict(cut) == asdict(state)
    assert state.training.active == []


@pytest.mark.parametrize(
    ("kind", "target", "severity", "said"),
    [
        ("helium-leek", "OF1-14", 1.0, "did you mean helium-leak"),
        ("helium-leak", "OF1-41", 1.0, "cannot hit 'OF1-41'; did you mean OF1-14"),
        ("helium-leak", "OF1-08", 1.0, "cannot hit"),
        ("helium-leak", "OF1-14", 0.0, "above 0"),
        ("helium-leak", "OF1-14", float("nan"), "above 0"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(kind: str, target: str, severity: float, said: str) -> None:
    plan, state = fork()
    with pytest.raises(SimulationError, match=said):
        inject(Run(plan, state), kind, target, severity)
    assert state == plant()[2]
