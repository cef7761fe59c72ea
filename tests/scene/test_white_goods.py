"""The white-goods lines on the floor: every place has room, units grow to the carton, the picture stays affordable."""

import os
from collections.abc import Iterator

import numpy as np
import pytest

from tests.scene.frames import crowd, frame, movers, shipped_layout
from twin.plant.layout import Layout, carrier_ids
from twin.scene.machines import BUILDERS
from twin.scene.moving import Conveyors
from twin.scene.placing import BANKS, conveyor_path, station_spots
from twin.scene.products import FIRST_STAGE, PRODUCTS, STAGES, UNIT_SHAPES
from twin.scene.scene import Scene


@pytest.fixture(scope="module", autouse=True)
def _off_screen() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if "DISPLAY" not in os.environ:
            patch.setenv("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
        yield


@pytest.fixture(scope="module", params=["washing-machine-line", "refrigerator-line"])
def layout(request: pytest.FixtureRequest) -> Layout:
    return shipped_layout(request.param)


def test_every_station_is_drawn_as_what_it_is(layout: Layout) -> None:
    kinds = {station.kind for station in layout.stations}
    assert kinds <= BUILDERS.keys()
    assert "generic" not in kinds


def test_every_place_of_a_busy_line_has_room(layout: Layout) -> None:
    poses = Conveyors(layout, station_spots(layout)).carriers(crowd(layout))
    shown = np.flatnonzero(poses.present)
    gaps = np.hypot(poses.x[shown, None] - poses.x[shown], poses.y[shown, None] - poses.y[shown])
    gaps[np.eye(len(shown), dtype=bool)] = np.inf
    assert len(shown) > 90
    assert gaps.min() > 0.58


def test_stations_do_not_stand_in_one_another(layout: Layout) -> None:
    spots = station_spots(layout)
    turned = np.abs(np.sin(spots.heading)) > 0.5
    half_x = np.where(turned, spots.width, spots.length) / 2
    half_y = np.where(turned, spots.length, spots.width) / 2
    apart_x = np.abs(spots.x[:, None] - spots.x) - half_x[:, None] - half_x
    apart_y = np.abs(spots.y[:, None] - spots.y) - half_y[:, None] - half_y
    gaps = np.maximum(apart_x, apart_y)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() > 0.3


def test_stations_stand_on_the_conveyor_or_beside_it(layout: Layout) -> None:
    (line,) = layout.lines
    path = conveyor_path(line)
    assert path is not None
    points, headings = path.locate(np.array([station.at_m for station in line.stations]))
    for station, point, heading in zip(line.stations, points, headings, strict=True):
        off = np.hypot(station.pose.x_m - point[0], station.pose.y_m - point[1])
        if station.kind in BANKS or station.kind == "foaming_carousel":
            assert 3.0 < off < 12.0
        else:
            assert off < 1e-6
            assert station.pose.heading_deg == round(np.degrees(heading))


def test_units_grow_from_stage_to_stage_up_to_the_carton(layout: Layout) -> None:
    (line,) = layout.lines
    first, count = FIRST_STAGE[line.product_kind], len(PRODUCTS[line.product_kind].stages)
    at = np.arange(0.5, line.stations[-1].at_m, 0.5)
    kinds = Conveyors(layout, station_spots(layout)).carriers(movers([0] * len(at), list(at))).kind
    assert list(dict.fromkeys(kinds.tolist())) == list(range(first, first + count))


def test_every_stage_is_made_of_known_shapes_and_every_shape_is_used() -> None:
    assert frozenset().union(*STAGES) == UNIT_SHAPES.keys()


def test_a_click_on_the_top_of_a_unit_finds_it(layout: Layout) -> None:
    """Refrigerators are taller than washing machines, and clickable up to their top."""
    (line,) = layout.lines
    at_m = 0.8  # at the beginning, where no machine stands before it
    count = len(carrier_ids(line))
    drawn = STAGES[FIRST_STAGE[line.product_kind]]
    height_m = float(max(UNIT_SHAPES[name][1].points[:, 2].max() for name in drawn))
    scene = Scene(layout, "light", 640, 360)
    scene.show(frame(layout, carriers=movers([0] * count, [at_m, *[float("nan")] * (count - 1)])))
    low = scene.extent(carrier_ids(line)[0])[:, 2].min()
    poses = Conveyors(layout, station_spots(layout)).carriers(movers([0], [at_m]))
    (top,) = scene.camera.project(np.array([[poses.x[0], poses.y[0], low + height_m - 0.05]]))
    found = scene.pick(float(top[0]), float(top[1]))
    scene.close()
    assert found == carrier_ids(line)[0]


def test_the_scene_draws_the_busy_line_within_its_budget(layout: Layout) -> None:
    scene = Scene(layout, "light", 640, 360)
    scene.show(frame(layout, carriers=crowd(layout)))
    scene.render()
    anchors, spread, triangles = scene.anchors(), scene.pixels()[:, :, :3].std(), scene.triangles
    scene.close()
    assert anchors.visible.all()
    assert spread > 10
    assert 20_000 < triangles <= 60_000
