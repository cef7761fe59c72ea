"""The default plant: the published scale, ids as in its contracts, room on the floor, and a balance of materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from twin.plant.layout import Layout, Line
from twin.plant.layout_file import read_layout
from twin.plant.paths import path_through
from twin.plant.process import Deterministic, Lognormal
from twin.plant.shipped import SHIPPED
from twin.plant.stations import Station
from twin.scene.placing import station_spots
from twin.scene.stores import placed

PLANT_TAKT_S = 6.5  # published: one air conditioner every 6.5 s
Rectangle = tuple[float, float, float, float]  # west, south, east, north


@cache
def plant() -> Layout:
    return read_layout(SHIPPED / "default.json")


def _cycle_s(station: Station) -> float:
    cycle = station.cycle
    assert isinstance(cycle, Deterministic | Lognormal)
    return cycle.value_s if isinstance(cycle, Deterministic) else cycle.mean_s


def _rate(line: Line) -> float:
    """Units a second at most."""
    return 1 / max(_cycle_s(station) / station.places for station in line.stations)


def test_the_scale_is_that_of_the_public_reports() -> None:
    layout = plant()
    assert [area.id for area in layout.areas] == ["SM", "IM", "HX", "EL", "IF", "OF"]
    lines = {area.id: [line.id for line in area.lines] for area in layout.areas}
    assert lines["OF"] == ["OF1", "OF2", "OF3", "OF4"]
    assert lines["IF"] == ["IF1", "IF2", "IF3", "IF4"]
    assert len(lines["IM"]) == 24
    assert sum(fleet.count for fleet in layout.fleets if fleet.kind == "mobile_robot") == 161
    assert 8_000 <= sum(len(owner.tags) for owner in layout.owners) <= 15_000
    rails = [path_through(route.points, closed=True).length_m for route in layout.routes if route.height_m]
    assert 2_000 <= sum(rails) <= 4_200


def test_outdoor_lines_have_the_stations_of_the_small_layout() -> None:
    small = read_layout(SHIPPED / "outdoor-line.json")
    of1 = next(line for line in plant().lines if line.id == "OF1")
    assert [(s.id, s.kind) for s in of1.stations] == [(s.id, s.kind) for s in small.stations]


def test_every_station_has_its_row_of_the_process_table() -> None:
    for station in plant().stations:
        assert station.name.en
        assert station.name.zh_CN
        assert 2 <= len(station.tag_sets) <= 5
        values = [tag for tag in plant().tags_of(station.tag_sets) if tag.browse_path.startswith("Process/")]
        assert all(tag.signal and tag.name for tag in values)
        assert any(tag.low is not None or tag.high is not None for tag in values), station.id
        availability = 1.0
        for failure in station.failures:
            to_failure, to_repair = failure.time_to_failure, failure.time_to_repair
            assert to_failure.kind in {"exponential", "weibull"}
            assert isinstance(to_repair, Lognormal)
            availability /= 1 + to_repair.mean_s / getattr(to_failure, "mean_s", 1.0)
        assert 0.97 <= availability <= 1.0, station.id


def test_final_lines_are_the_bottleneck_at_26_s() -> None:
    for line in plant().lines:
        if line.id.startswith(("OF", "IF")):
            assert line.takt_s == 26
            assert 0.93 * 26 <= 1 / _rate(line) <= 26
    for part in ("OF", "IF"):
        together = sum(_rate(line) for line in plant().lines if line.id.startswith(part))
        assert 1 / together == pytest.approx(PLANT_TAKT_S, rel=0.05)


def test_moulding_makes_as_many_shots_as_24_machines_of_40_odd_seconds_do() -> None:
    machines = [line for line in plant().lines if line.id.startswith("IM")]
    assert all(40 <= _cycle_s(machine.stations[0]) < 50 for machine in machines)
    assert sum(_rate(machine) for machine in machines) * PLANT_TAKT_S == pytest.approx(3.9, rel=0.05)
    assert all(machine.stations[0].reject_probability == pytest.approx(0.001) for machine in machines)


def _makers(material: str) -> list[Line]:
    return [line for line in plant().lines if line.output and line.output.material == material]


def _yield(line: Line) -> float:
    """Share of units that are not scrapped, at least: rejects that are reworked count as good."""
    return float(np.prod([1 - station.reject_probability for station in line.stations if not station.rework]))


def _use(lines: Iterable[Line], rate: float) -> dict[str, float]:
    """Pieces a second that lines use which make `rate` units a second together, and what makes these, and so on."""
    used: dict[str, float] = defaultdict(float)
    for supply in (supply for station in next(iter(lines)).stations for supply in station.supplies):
        used[supply.material] += rate * supply.per_unit
        makers = _makers(supply.material)
        pieces = makers[0].output.pieces if makers and makers[0].output else 1
        for material, more in _use(makers, rate * supply.per_unit / pieces).items() if makers else ():
            used[material] += more
    return used


def _all_used() -> dict[str, float]:
    used: dict[str, float] = defaultdict(float)
    for part in ("OF", "IF"):
        for material, rate in _use([line for line in plant().lines if line.id.startswith(part)], 1 / 6.5).items():
            used[material] += rate
    return used


def test_every_material_is_used_for_an_air_conditioner() -> None:
    assert {material.id for material in plant().materials} == _all_used().keys()


@pytest.mark.parametrize("material", [material.id for material in plant().materials])
def test_what_is_used_is_made_with_some_reserve_or_bought_in_time(material: str) -> None:
    rate = _all_used()[material]
    made = sum(_rate(line) * _yield(line) * line.output.pieces for line in _makers(material) if line.output)
    (stock,) = (stock for store in plant().stores for stock in store.stocks if stock.material == material)
    assert bool(made) != bool(stock.purchase)
    if stock.purchase:
        assert isinstance(stock.purchase.lead_time, Lognormal)
        assert stock.purchase.reorder_at > 1.25 * rate * stock.purchase.lead_time.mean_s
        assert stock.purchase.reorder_at < stock.initial <= stock.capacity
    else:
        assert 1.05 < made / rate < 1.3


def test_a_kit_is_brought_before_the_last_piece_is_used() -> None:
    """What is at a final line when a kit is called lasts longer than a round of its fleet and both handlings."""
    layout = plant()
    routes = {route.id: path_through(route.points, closed=True).length_m for route in layout.routes}
    fleets = {fleet.id: fleet for fleet in layout.fleets}
    for line in layout.lines:
        for station in line.stations:
            for supply in station.supplies:
                fleet = fleets[supply.fleet]
                round_s = routes[fleet.route] / fleet.speed_m_s + 2 * fleet.handling_s
                assert supply.reorder_at / supply.per_unit / _rate(line) > round_s, f"{station.id} {supply.material}"


def _rectangle(x: float, y: float, heading: float, length: float, width: float) -> Rectangle:
    along, across = abs(np.cos(heading)), abs(np.sin(heading))
    half_x, half_y = (along * length + across * width) / 2, (across * length + along * width) / 2
    return x - half_x, y - half_y, x + half_x, y + half_y


def _footprints() -> dict[str, Rectangle]:
    layout, spots = plant(), station_spots(plant())
    found = {
        station.id: _rectangle(
            float(spots.x[k]), float(spots.y[k]), float(spots.heading[k]), float(spots.length[k]), float(spots.width[k])
        )
        for k, station in enumerate(layout.stations)
    }
    for number, (_, pose, (length, width, _)) in enumerate(placed(layout)):
        found[f"store {number}"] = _rectangle(pose.x_m, pose.y_m, np.radians(pose.heading_deg), length, width)
    return found


def test_nothing_on_the_floor_overlaps() -> None:
    for (one, a), (other, b) in combinations(_footprints().items(), 2):
        apart = a[2] <= b[0] + 0.05 or b[2] <= a[0] + 0.05 or a[3] <= b[1] + 0.05 or b[3] <= a[1] + 0.05
        assert apart, f"{one} overlaps {other}"


def test_lanes_are_clear_of_machines() -> None:
    layout, half_m = plant(), 0.6
    for route in layout.routes:
        if route.height_m:
            continue
        path = path_through(route.points, closed=True)
        points, _ = path.locate(np.arange(0.0, path.length_m, 0.25))
        for name, (west, south, east, north) in _footprints().items():
            inside = (points > (west - half_m, south - half_m)).all(1) & (points < (east + half_m, north + half_m)).all(
                1
            )
            assert not inside.any(), f"{route.id} runs into {name} at {points[inside][0]}"


def test_overhead_rails_clear_the_machines_below() -> None:
    layout, spots = plant(), station_spots(plant())
    footprints = _footprints()
    for route in (route for route in layout.routes if route.height_m):
        path = path_through(route.points, closed=True)
        points, _ = path.locate(np.arange(0.0, path.length_m, 0.25))
        for k, station in enumerate(layout.stations):
            west, south, east, north = footprints[station.id]
            over = (points > (west, south)).all(1) & (points < (east, north)).all(1)
            assert not over.any() or spots.height[k] + 0.2 <= route.height_m, f"{route.id} over {station.id}"
