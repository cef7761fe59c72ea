"""Where things stand and move: exact, pure, and the same whichever way one came."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scene.frames import crowd, movers, shipped_layout
from twin.plant.layout import Conveyor, Line
from twin.plant.machines import MACHINE_KINDS
from twin.scene.moving import GLIDE_S, Conveyors, Routes
from twin.scene.parts import HANG_M
from twin.scene.placing import BANKS, CAROUSEL_RIM_M, bank_spots, conveyor_path, station_spots
from twin.scene.products import PRODUCTS
from twin.session.frame import Movers

LAYOUT = shipped_layout()
SPOTS = station_spots(LAYOUT)
CONVEYORS = Conveyors(LAYOUT, SPOTS)
KINDS = [station.kind for station in LAYOUT.stations]


def held(kind: str, place: int, rest_s: float) -> Movers:
    """One unit in a station of some kind."""
    number = KINDS.index(kind)
    one = movers([0], [LAYOUT.stations[number].at_m])
    return replace(
        one, station=np.array([number], np.int32), place=np.array([place], np.int32), rest_s=np.array([rest_s])
    )


@given(at_m=st.floats(0.0, 102.0))
def test_a_unit_on_the_way_is_on_the_conveyor(at_m: float) -> None:
    path = conveyor_path(LAYOUT.lines[0])
    assert path is not None
    poses = CONVEYORS.carriers(movers([0], [at_m]))
    (point,), _ = path.locate(np.array([at_m]))
    assert (poses.x[0], poses.y[0], poses.z[0]) == (point[0], point[1], 0.6)


def test_units_turn_round_corners_instead_of_jumping() -> None:
    at = np.linspace(43.0, 45.0, 81)
    heading = CONVEYORS.carriers(movers([0] * 81, list(at))).heading
    assert heading[0] == 0.0
    assert heading[-1] == pytest.approx(math.pi / 2)
    assert np.abs(np.diff(heading)).max() < 0.12


def test_what_is_not_there_is_not_drawn() -> None:
    poses = CONVEYORS.carriers(movers([0, 0, 7], [float("nan"), 3.0, 3.0]))
    assert poses.present.tolist() == [False, True, False]
    assert np.isfinite(poses.x).all()


@pytest.mark.parametrize("place", [0, 5, 23])
def test_a_place_of_the_carousel_lies_on_its_rim(place: int) -> None:
    poses = CONVEYORS.carriers(held("evacuation_carousel", place, 60.0))
    row = KINDS.index("evacuation_carousel")
    assert math.hypot(poses.x[0] - SPOTS.x[row], poses.y[0] - SPOTS.y[row]) == pytest.approx(CAROUSEL_RIM_M)


def test_places_in_a_row_lie_behind_one_another() -> None:
    x = [CONVEYORS.carriers(held("wiring_station", place, 60.0)).x[0] for place in range(4)]
    assert np.diff(x) == pytest.approx([-1.2] * 3)
    assert x[0] == LAYOUT.stations[KINDS.index("wiring_station")].at_m


@pytest.mark.parametrize("kind", ["evacuation_carousel", "run_test_bay", "brazing_station"])
def test_a_unit_glides_from_the_conveyor_to_its_place(kind: str) -> None:
    rest = np.linspace(0.0, GLIDE_S, 61)
    poses = [CONVEYORS.carriers(held(kind, 2, float(r))) for r in rest]
    path = np.array([(p.x[0], p.y[0]) for p in poses])
    start = CONVEYORS.carriers(replace(held(kind, 2, 0.0), station=np.array([-1], np.int32)))
    end = CONVEYORS.carriers(held(kind, 2, 1e6))
    assert path[0] == pytest.approx([start.x[0], start.y[0]])
    assert path[-1] == pytest.approx([end.x[0], end.y[0]])
    assert np.hypot(*np.diff(path, axis=0).T).max() < 0.6


def test_a_place_beyond_the_last_one_is_the_last_one() -> None:
    beyond, last = (CONVEYORS.carriers(held("evacuation_carousel", place, 60.0)) for place in (99, 23))
    assert (beyond.x[0], beyond.y[0]) == (last.x[0], last.y[0])


def test_every_place_of_a_busy_line_has_room() -> None:
    poses = CONVEYORS.carriers(crowd(LAYOUT))
    shown = np.flatnonzero(poses.present)
    gaps = np.hypot(poses.x[shown, None] - poses.x[shown], poses.y[shown, None] - poses.y[shown])
    gaps[np.eye(len(shown), dtype=bool)] = np.inf
    assert gaps.min() > 0.6


def test_units_grow_along_the_line() -> None:
    at = np.array([1.0, 5.0, 13.0, 21.0, 52.0, 92.0])
    poses = CONVEYORS.carriers(movers([0] * 6, list(at)))
    assert poses.kind.tolist() == list(range(len(PRODUCTS["outdoor_unit"].stages)))


def test_poses_do_not_depend_on_what_was_asked_before() -> None:
    first = CONVEYORS.carriers(crowd(LAYOUT))
    CONVEYORS.carriers(crowd(LAYOUT, 3.3))
    again = CONVEYORS.carriers(crowd(LAYOUT))
    assert np.array_equal(first.x, again.x)
    assert np.array_equal(first.heading, again.heading)


def test_robots_go_round_their_loop() -> None:
    routes = Routes(LAYOUT)
    loop = routes.paths[0]
    assert loop is not None
    poses = routes.vehicles(movers([0, 0], [10.0, 10.0 + loop.length_m]), np.array([True, False]))
    assert poses.x[0] == pytest.approx(poses.x[1])
    assert poses.kind.tolist() == [1, 0]


def test_a_vehicle_glides_to_its_place_beside_the_lane_and_back() -> None:
    routes = Routes(LAYOUT)
    driving = movers([0] * 4, [10.0] * 4)
    there = replace(
        driving,
        station=np.array([0, 0, -1, -1], np.int32),
        rest_s=np.array([0.0, 60.0, 0.0, 0.0]),
        moved_s=np.array([60.0, 60.0, 0.0, 60.0]),
    )
    y = routes.vehicles(there, np.zeros(4, bool)).y - routes.vehicles(driving, np.zeros(4, bool)).y
    assert y == pytest.approx([0.0, 1.5, 1.5, 0.0])  # come, arrived, about to leave, gone


def test_hangers_hang_below_the_rail_of_their_route() -> None:
    high = tuple(route.model_copy(update={"height_m": 4.5}) for route in LAYOUT.routes)
    routes = Routes(LAYOUT.model_copy(update={"routes": high}))
    assert routes.vehicles(movers([0], [10.0]), np.zeros(1, bool)).z.tolist() == [4.5 - HANG_M]
    assert routes.stops(LAYOUT) == []
    assert len(Routes(LAYOUT).stops(LAYOUT)) == sum(bay.places for fleet in LAYOUT.fleets for bay in fleet.bays)


@pytest.mark.parametrize("places", [1, 2, 3, 14, 40])
@pytest.mark.parametrize("kind", BANKS)
def test_places_of_a_bank_are_apart_and_inside_the_machine(kind: str, places: int) -> None:
    spots = np.array(bank_spots(kind, places))
    length, width, _ = MACHINE_KINDS[kind]
    assert len({tuple(spot) for spot in spots.tolist()}) == places
    assert np.abs(spots[:, 0]).max() <= length / 2
    assert np.abs(spots[:, 1]).max() <= width / 2


def test_a_station_that_holds_several_stands_over_all_its_places() -> None:
    row = KINDS.index("brazing_station")
    assert SPOTS.length[row] == pytest.approx(3.6)
    assert SPOTS.x[row] == pytest.approx(12.0 - 1.2)


def test_a_conveyor_of_one_point_is_none() -> None:
    line: Line = LAYOUT.lines[0].model_copy(update={"conveyor": Conveyor(path=((1.0, 1.0), (1.0, 1.0)))})
    assert conveyor_path(line) is None
