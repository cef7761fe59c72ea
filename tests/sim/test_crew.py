"""Technicians: breakdowns share them, first come, first served; minor stops need none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, deterministic, exponential, failure, outdoor_line, serial_line
from twin.plant.layout import Layout
from twin.plant.packml import State
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant
from twin.sim.statistics import simulate
from twin.sim.sums import sums


def machine_park(stops: list[dict[str, object]], technicians: int | None, *, machines: int = 0) -> Layout:
    """Machines that depend on nothing but the technicians: one-station lines L1, L2, … in one area.

    Each has the stops of the list at its place, or all have all of them where `machines` says how many there are.
    """
    one = serial_line([deterministic()], 0).areas[0].lines[0].model_dump(mode="json")
    each = [stops] * machines or [[stop] for stop in stops]
    lines = [
        one | {"id": f"L{n}", "stations": [one["stations"][0] | {"id": f"M{n}", "failures": mine}]}
        for n, mine in enumerate(each, 1)
    ]
    raw = serial_line([deterministic()], 0).model_dump(mode="json", by_alias=True)
    raw["areas"][0] |= {"lines": lines, "technicians": technicians}
    return Layout.model_validate(raw)


def incidents(layout: Layout, until_s: float) -> list[tuple[float, str, str]]:
    plan = plan_plant(layout)
    told = advance(plan, start_plant(plan, 1), round(until_s * 1e9))
    return [(m.time_ns / 1e9, m.source, m.kind) for m in told if isinstance(m, Incident)]


def stops_at(*at_s: float, lasts_s: float = 10.0, mode: str = "breakdown") -> list[dict[str, object]]:
    """For each machine, one breakdown at an instant of its own."""
    return [failure(mode, deterministic(at), deterministic(lasts_s)) for at in at_s]


def test_a_stop_is_the_wait_for_a_technician_and_the_repair() -> None:
    told = incidents(machine_park(stops_at(50.5, 53.5, 52.5), 1), 90)
    assert told == [
        (50.5, "M1", "breakdown"),
        (52.5, "M3", "breakdown"),
        (52.5, "M3", "waiting"),
        (53.5, "M2", "breakdown"),
        (53.5, "M2", "waiting"),
        (60.5, "M3", "repairing"),
        (60.5, "M1", "repaired"),
        (70.5, "M2", "repairing"),
        (70.5, "M3", "repaired"),
        (80.5, "M2", "repaired"),
    ]


def test_enough_technicians_are_as_good_as_any_number() -> None:
    stops = stops_at(50.5, 53.5, 52.5)
    assert incidents(machine_park(stops, 3), 200) == incidents(machine_park(stops, None), 200)
    assert "waiting" not in {kind for _, _, kind in incidents(machine_park(stops, 3), 200)}


def test_minor_stops_clear_by_themselves() -> None:
    told = incidents(machine_park(stops_at(50.5, 52.5, mode="minor_stop"), 1), 65)
    assert [what for what in told if what[2] == "repaired"] == [(60.5, "M1", "repaired"), (62.5, "M2", "repaired")]


def test_areas_do_not_share_technicians() -> None:
    raw = machine_park(stops_at(50.5, 52.5), 1).model_dump(mode="json", by_alias=True)
    area = raw["areas"][0]
    raw["areas"] = [area | {"lines": area["lines"][:1]}, area | {"id": "other", "lines": area["lines"][1:]}]
    assert "waiting" not in {kind for _, _, kind in incidents(Layout.model_validate(raw), 100)}


@pytest.mark.parametrize(("machines", "technicians"), [(4, 1), (6, 2), (6, 6)])
def test_waits_are_those_of_the_machine_repair_problem(machines: int, technicians: int) -> None:
    """Palm's model M/M/c//N: each machine fails after 300 s of work on average and takes 100 s to repair."""
    load = 100 / 300
    chances = [
        math.comb(machines, down)
        * load**down
        * (
            1.0
            if down <= technicians
            else math.factorial(down) / math.factorial(technicians) / technicians ** (down - technicians)
        )
        for down in range(machines + 1)
    ]
    working = sum((machines - down) * chance for down, chance in enumerate(chances)) / sum(chances) / machines
    waiting = sum(max(down - technicians, 0) * chance for down, chance in enumerate(chances)) / sum(chances) / machines
    stop = failure("breakdown", exponential(300.0), exponential(100.0))
    stations = [
        line.stations[0] for line in simulate(machine_park([stop], technicians, machines=machines), 150_000).lines
    ]
    assert sum(one.states["Execute"].mean for one in stations) / machines == pytest.approx(working, rel=0.03)
    assert sum(one.technician_awaited.mean for one in stations) / machines == pytest.approx(waiting, rel=0.1)


@FEW
@given(seed=st.integers(0, 2**32), technicians=st.integers(1, 3))
def test_no_more_repairs_at_once_than_technicians_and_nobody_idle_while_a_call_is_open(
    seed: int, technicians: int
) -> None:
    often = failure("breakdown", exponential(600.0), exponential(200.0))
    raw = outdoor_line(failures=[often]).model_dump(mode="json", by_alias=True)
    raw["areas"][0]["technicians"] = technicians
    plan = plan_plant(Layout.model_validate(raw))
    state = start_plant(plan, seed)
    waited = False
    for _ in range(120):
        advance(plan, state, state.now_ns + 30 * 10**9)
        down = [s for s in state.stations if s.state in (State.ABORTING, State.ABORTED)]
        crew = state.crews[0]
        waiting = [s for s in down if s.called_ns >= 0]
        assert len(crew.calls) == len(waiting)
        assert crew.busy == len(down) - len(waiting) <= technicians
        assert not waiting or crew.busy == technicians
        waited |= bool(waiting)
    assert waited or technicians > 1  # one person and a breakdown every forty seconds: somebody has to wait
    total = sums(plan, state)
    for at in plan.stations:
        assert 0 <= total["technician", at.id] <= total["state", at.id, "Aborted"] + total["state", at.id, "Aborting"]


def test_fewer_technicians_change_nothing_until_somebody_has_to_wait() -> None:
    often = [failure("breakdown", exponential(1200.0), exponential(200.0))]
    futures = []
    for technicians in (1, 2):
        raw = outdoor_line(failures=often).model_dump(mode="json", by_alias=True)
        raw["areas"][0]["technicians"] = technicians
        plan = plan_plant(Layout.model_validate(raw))
        futures.append(advance(plan, start_plant(plan, 1), HOUR_NS))
    waits = next(at for at, told in enumerate(futures[0]) if isinstance(told, Incident) and told.kind == "waiting")
    assert waits > 100
    assert futures[0][:waits] == futures[1][:waits]
    assert any(isinstance(told, Change) for told in futures[0][waits:])
    assert futures[0] != futures[1]
