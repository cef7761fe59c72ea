"""The white-goods lines over a shift: they hold their takt, their work in process and their first-pass yield."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import pytest

from tests.sim.lines import HOUR_NS
from twin.plant.layout import Line
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.sums import sums

SHIFT_H, FULL_H = 8, 3


@dataclass(frozen=True)
class ShiftResult:
    """What a line did in a shift that began with a full floor."""

    line: Line
    units: int
    wip: float
    first_pass_yield: float
    mean_units: dict[str, float]


@pytest.fixture(scope="module", params=["washing-machine-line", "refrigerator-line"])
def shift(request: pytest.FixtureRequest) -> ShiftResult:
    layout = read_layout(SHIPPED / f"{request.param}.json")
    (line,) = layout.lines
    plan = plan_plant(layout)
    state = start_plant(plan, 1)
    run = Run(plan, state)
    proceed(run, FULL_H * HOUR_NS)
    before, counted = sums(plan, state), [(station.processed, station.defective) for station in state.stations]
    proceed(run, (FULL_H + SHIFT_H) * HOUR_NS)
    after = sums(plan, state)
    done = {key: after[key] - before[key] for key in after}
    good = [
        1 - (station.defective - defective) / (station.processed - processed)
        for station, (processed, defective) in zip(state.stations, counted, strict=True)
    ]
    clock = done[("clock",)]
    units = {station.id: done["units", station.id] / clock for station in line.stations}
    return ShiftResult(line, done["finished", line.id], done["wip", line.id] / clock, prod(good), units)


def test_the_line_holds_its_takt_but_for_its_losses(shift: ShiftResult) -> None:
    assert 0.85 < shift.units * shift.line.takt_s / (SHIFT_H * 3600) < 1.08


def test_work_in_process_stays_within_the_carriers(shift: ShiftResult) -> None:
    assert shift.line.carriers is not None
    assert 0.5 * shift.line.carriers.count < shift.wip < 0.95 * shift.line.carriers.count


def test_first_pass_yield_is_what_such_plants_report(shift: ShiftResult) -> None:
    low, high = {"washing_machine": (0.96, 0.98), "refrigerator": (0.95, 0.97)}[shift.line.product_kind]
    assert low <= shift.first_pass_yield <= high


def test_parallel_stations_are_well_used_and_not_short_of_places(shift: ShiftResult) -> None:
    """A bank that is full for ever would be the bottleneck without saying so."""
    for station in shift.line.stations:
        if station.places > 8:
            assert 0.75 * station.places < shift.mean_units[station.id] < 0.985 * station.places
