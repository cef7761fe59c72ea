"""The camera's mathematics: projection and rays are inverse, gestures keep what they promise, flights arrive."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.scene.camera import FLIGHT_S, HOME, Camera, View, between, fitting
from twin.scene.picking import Boxes, crossings

VIEWS = st.builds(
    View,
    focus=st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(-2, 5)),
    azimuth_rad=st.floats(-7, 7),
    elevation_rad=st.floats(0.1, 1.5),
    distance_m=st.floats(3, 500),
)


def camera_with(view: View) -> Camera:
    camera = Camera(1280, 720)
    camera.view = view
    return camera


@given(view=VIEWS, x=st.floats(0, 1280), y=st.floats(0, 720))
def test_a_point_on_a_ray_is_projected_where_the_ray_began(view: View, x: float, y: float) -> None:
    camera = camera_with(view)
    origin, direction = camera.ray(x, y)
    ((px, py, depth),) = camera.project((origin + 7.0 * direction)[None])
    assert (px, py) == pytest.approx((x, y), abs=1e-6)
    assert 0 < depth <= 7.0 + 1e-9


@given(view=VIEWS, x=st.floats(100, 1180), y=st.floats(100, 620), factor=st.floats(0.5, 2.0))
def test_zooming_keeps_what_is_under_the_cursor(view: View, x: float, y: float, factor: float) -> None:
    camera = camera_with(view)
    origin, direction = camera.ray(x, y)
    forward = view.axes[2]
    target = origin + direction * view.distance_m / float(direction @ forward)
    camera.zoom(factor, x, y)
    ((px, py, _),) = camera.project(target[None])
    assert (px, py) == pytest.approx((x, y), abs=1e-3)


@given(points=st.lists(st.tuples(*[st.floats(-100, 100)] * 3), min_size=2, max_size=20), aspect=st.floats(0.5, 3.0))
def test_fitting_holds_every_point(points: list[tuple[float, float, float]], aspect: float) -> None:
    camera = Camera(round(720 * aspect), 720)
    camera.view = fitting(np.array(points), (-1.8, 0.6), camera.aspect)
    x, y, depth = camera.project(np.array(points)).T
    assert (depth > 0).all()
    assert ((x >= 0) & (x <= round(720 * aspect)) & (y >= 0) & (y <= 720)).all()


def test_fitting_nothing_that_is_known_is_home() -> None:
    assert fitting(np.full((3, 3), np.nan), (0.0, 0.5), 1.5) == HOME


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_no_gesture_makes_a_camera_that_is_nowhere(bad: float) -> None:
    camera = Camera(800, 600)
    camera.orbit(bad, 1.0)
    camera.pan(bad, bad)
    camera.zoom(2.0, bad, 3.0)
    camera.fly_to(View((bad, 0.0, 0.0), 0.0, 0.5, 10.0))
    camera.advance(FLIGHT_S)
    assert np.isfinite([*camera.view.focus, *camera.view.eye, camera.view.distance_m]).all()


@given(first=VIEWS, last=VIEWS)
def test_a_flight_begins_and_ends_exactly_and_turns_the_shorter_way(first: View, last: View) -> None:
    start = between(first, last, 0.0)
    assert start.focus == pytest.approx(first.focus, abs=1e-9)
    assert start.distance_m == pytest.approx(first.distance_m)
    assert between(first, last, 1.0) == last
    half = between(first, last, 0.5)
    assert abs(half.azimuth_rad - first.azimuth_rad) <= math.pi / 2 + 1e-9


def test_a_flight_takes_its_time_and_a_gesture_ends_it() -> None:
    camera = Camera(800, 600)
    goal = View((5.0, 5.0, 0.0), 1.0, 0.5, 12.0)
    camera.fly_to(goal)
    assert camera.advance(FLIGHT_S / 2)
    assert camera.flying
    assert camera.view.focus[0] == pytest.approx(2.5)
    camera.orbit(3.0, 0.0)
    assert not camera.advance(1.0)


def test_reduced_motion_arrives_at_once() -> None:
    camera = Camera(800, 600)
    camera.reduced_motion = True
    goal = View((5.0, 5.0, 0.0), 1.0, 0.5, 12.0)
    camera.fly_to(goal)
    assert camera.view == goal
    assert not camera.flying


@given(heading=st.floats(-4, 4), away=st.floats(3, 50), side=st.floats(-0.49, 0.49))
def test_a_ray_enters_and_leaves_a_turned_box(heading: float, away: float, side: float) -> None:
    one = np.ones(1)
    box = Boxes(0 * one, 0 * one, 0 * one, heading * one, 2 * one, one, one)
    ahead = np.array([math.cos(heading), math.sin(heading), 0.0])
    aside = np.array([-ahead[1], ahead[0], 0.0])
    origin = -ahead * away + aside * side + np.array([0.0, 0.0, 0.5])
    enter, leave = crossings(box, origin, ahead)
    assert (enter[0], leave[0]) == pytest.approx((away - 1, away + 1))
    assert np.isinf(crossings(box, origin + 2 * aside, ahead)[0][0])
    assert np.isinf(crossings(box, origin, -ahead)[0][0])
