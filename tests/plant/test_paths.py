"""Paths on the floor: distances, corners, wrapping."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.plant.paths import path_through

_CORNERED = ((0.0, 0.0), (10.0, 0.0), (10.0, 5.0))
_finite = st.floats(-1e3, 1e3).map(lambda number: round(number, 3))


def test_points_and_headings_along_a_corner() -> None:
    points, headings = path_through(_CORNERED).locate(np.array([0.0, 4.0, 12.0, 99.0]))
    assert points.tolist() == [[0, 0], [4, 0], [10, 2], [10, 5]]
    assert headings == pytest.approx([0, 0, math.pi / 2, math.pi / 2])


def test_a_closed_path_wraps() -> None:
    loop = path_through(((0, 0), (4, 0), (4, 4), (0, 4)), closed=True)
    assert loop.length_m == 16
    assert loop.locate(np.array([18.0]))[0].tolist() == [[2, 0]]


@given(st.lists(st.tuples(_finite, _finite), min_size=2, max_size=8, unique=True), st.floats(0, 1))
def test_every_place_on_a_path_is_on_one_of_its_segments(points: list[tuple[float, float]], share: float) -> None:
    path = path_through(points)
    (place,), _ = path.locate(np.array([share * path.length_m]))
    gaps = [math.dist(a, place) + math.dist(place, b) - math.dist(a, b) for a, b in pairwise(points)]
    assert min(gaps) < 1e-3
