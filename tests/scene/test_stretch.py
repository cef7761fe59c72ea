"""Level of detail: what is too small to be seen is left out, and comes back when one is near."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scene.frames import frame
from twin.plant.layout_file import read_layout
from twin.plant.shipped import OUTDOOR_LINE
from twin.scene.scene import Scene
from twin.scene.shapes import box, cylinder, join
from twin.scene.stretch import least_m2


@given(st.floats(0.1, 1e4), st.floats(1e-5, 1e-2))
def test_the_smallest_piece_is_a_few_pixels_wide_at_every_distance(distance_m: float, pixel_rad: float) -> None:
    pixels = least_m2(distance_m, pixel_rad) / (distance_m * pixel_rad) ** 2
    assert 10.0 - 1e-6 <= pixels <= 20.0 + 1e-6


def test_inside_everything_is_drawn() -> None:
    assert least_m2(-3.0, 1e-3) == least_m2(0.0, 1e-3) == 0.0


def test_pieces_keep_their_surface_when_they_are_joined_and_moved() -> None:
    large, small = box((2.0, 2.0, 2.0), 0.0, bottom=True), cylinder(0.1, 0.5)
    both = join([small, large]).moved((3.0, 1.0, 0.0), 0.7)
    assert both.piece_m2[-1] == pytest.approx(24.0)
    assert both.piece_m2[0] == pytest.approx(2 * np.pi * 0.1 * 0.5 + np.pi * 0.01, rel=0.05)


def test_the_plant_loses_detail_from_afar_and_has_it_again_from_near() -> None:
    layout = read_layout(OUTDOOR_LINE)
    scene = Scene(layout, "light", 900, 500)
    scene.camera.reduced_motion = True
    scene.show(frame(layout))
    scene.fly_to("OF1-12")
    scene.render()
    near = scene.triangles
    scene.look("overview")
    for _ in range(12):
        scene.zoom(-1.0, 450, 250)
    scene.render()
    far = scene.triangles
    scene.fly_to("OF1-12")
    scene.render()
    assert far < near / 2
    assert scene.triangles == near
    scene.close()
