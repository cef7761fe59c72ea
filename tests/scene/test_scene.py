"""The floor as a whole: when it is dirty, what is under a point, what it costs, and that it leaves nothing behind."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from vtkmodules.vtkCommonCore import vtkObjectBase

from tests.scene.frames import copies, crowd, frame, movers, shipped_layout
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.packml import State
from twin.plant.shipped import SHIPPED
from twin.scene.scene import Scene
from twin.scene.states import PRIORITY_SELECTED

SIZE = (640, 360)
FAULT = "OF1-13"


@pytest.fixture(scope="module", autouse=True)
def _off_screen() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if "DISPLAY" not in os.environ:
            patch.setenv("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
        yield


@pytest.fixture(scope="module")
def layout() -> Layout:
    return shipped_layout()


@pytest.fixture(scope="module")
def shared(layout: Layout) -> Iterator[Scene]:
    scene = Scene(layout, "light", *SIZE)
    yield scene
    scene.close()


@pytest.fixture
def scene(shared: Scene, layout: Layout) -> Scene:
    """A scene with its overview and a calm instant; built once, set back for every test."""
    shared.resize(*SIZE)
    shared.set_theme("light")
    shared.camera.reduced_motion = True
    shared.look("overview")
    shared.camera.reduced_motion = False
    shared.show(frame(layout))
    shared.render()
    return shared


def test_the_same_instant_again_is_not_dirty(scene: Scene, layout: Layout) -> None:
    scene.show(frame(layout))
    assert not scene.dirty


@pytest.mark.parametrize(
    "change",
    [{"states": {FAULT: State.ABORTED}}, {"stale": (FAULT,)}, {"phase": 0.51}, {"selection": FAULT}],
    ids=["state", "stale", "phase", "selection"],
)
def test_what_changes_the_picture_makes_it_dirty(scene: Scene, layout: Layout, change: dict[str, object]) -> None:
    before = scene.pixels().copy()
    scene.show(frame(layout, **change))  # type: ignore[arg-type]
    assert scene.dirty
    scene.render()
    assert (scene.pixels() != before).any()


def test_a_resting_unit_is_not_redrawn_for_resting_longer(scene: Scene, layout: Layout) -> None:
    crowded = crowd(layout)
    scene.show(frame(layout, carriers=crowded))
    scene.render()
    scene.show(frame(layout, carriers=replace(crowded, rest_s=crowded.rest_s + 5.0 * (crowded.station >= 0))))
    assert not scene.dirty


def test_a_frame_of_another_layout_is_left_alone(scene: Scene) -> None:
    scene.show(frame(read_layout(SHIPPED / "abstract-line.json")))
    assert not scene.dirty


def test_the_fault_is_the_reddest_place_of_the_floor(scene: Scene, layout: Layout) -> None:
    scene.show(frame(layout, states={FAULT: State.ABORTED, "OF1-11": State.SUSPENDED}))
    scene.render()
    pixels = scene.pixels()[::-1].astype(int)
    red = pixels[:, :, 0] - np.maximum(pixels[:, :, 1], pixels[:, :, 2])
    rows, columns = np.nonzero(red > 60)
    anchors = scene.anchors()
    at = anchors.ids.index(FAULT)
    assert len(rows) > 100
    assert abs(columns.mean() - anchors.x[at]) < 40
    assert 0 < rows.mean() - anchors.y[at] < 80


def test_a_click_on_a_thing_finds_it(scene: Scene, layout: Layout) -> None:
    """Straight below its label, with nothing in front of it: each station seen from above."""
    scene.show(frame(layout, carriers=movers([0] * 91, [float("nan")] * 91)))
    scene.camera.reduced_motion = True
    scene.look("plan")
    anchors = scene.anchors()
    for thing, x, y in zip(anchors.ids, anchors.x, anchors.y, strict=True):
        middle = np.array([SIZE[0] / 2, SIZE[1] / 2])
        inwards = (middle - (x, y)) / max(float(np.hypot(*(middle - (x, y)))), 1.0)
        assert scene.pick(x + 2 * inwards[0], y + 2 * inwards[1]) == thing


def test_a_click_on_a_unit_in_an_open_machine_means_the_unit(scene: Scene, layout: Layout) -> None:
    carrier = "OF1/C10"
    scene.show(frame(layout, selection=carrier))
    anchors = scene.anchors()
    at = anchors.ids.index(carrier)
    assert anchors.priority[at] == PRIORITY_SELECTED
    assert scene.pick(anchors.x[at], anchors.y[at] + 4) == carrier


def test_nothing_is_in_the_sky(scene: Scene) -> None:
    assert scene.pick(2, 2) is None


def test_labels_are_of_stations_robots_and_stores_in_order(scene: Scene, layout: Layout) -> None:
    anchors = scene.anchors()
    assert anchors.ids == tuple(
        thing.id for group in (layout.stations, layout.vehicles, layout.stores) for thing in group
    )
    assert anchors.visible.all()


def test_the_whole_line_is_in_view_at_every_size(scene: Scene) -> None:
    for size in ((1920, 1080), (1280, 720), (400, 700)):
        scene.resize(*size)
        assert scene.anchors().visible.all()
        assert scene.pixels().shape == (size[1], size[0], 4)


def test_a_flight_ends_at_the_thing(scene: Scene) -> None:
    scene.fly_to(FAULT)
    assert scene.advance(0.3)
    assert scene.advance(0.4)
    assert not scene.advance(0.1)
    anchors = scene.anchors()
    at = anchors.ids.index(FAULT)
    assert abs(anchors.x[at] - SIZE[0] / 2) < 60
    assert anchors.visible[at]


def test_dark_is_dark(scene: Scene) -> None:
    light = scene.pixels()[:, :, :3].mean()
    scene.set_theme("dark")
    scene.render()
    assert light > 180
    assert scene.pixels()[:, :, :3].mean() < 80


def test_a_line_without_floor_plan_is_set_up_in_a_row() -> None:
    abstract = read_layout(SHIPPED / "abstract-line.json")
    scene = Scene(abstract, "light", *SIZE)
    scene.show(frame(abstract))
    scene.render()
    anchors = scene.anchors()
    scene.close()
    assert (np.diff(anchors.x) > 20).all()
    assert anchors.visible.all()


def test_absurd_coordinates_leave_a_camera_that_works(layout: Layout) -> None:
    far = copies(layout, 2, apart_m=1e300)
    scene = Scene(far, "light", *SIZE)
    strange = movers([0] * 182, [1e300, -1e300, float("inf")] + [float("nan")] * 179)
    scene.show(frame(far, carriers=strange))
    scene.render()
    scene.fly_to("OF1-08-0")
    scene.advance(1.0)
    values = (*scene.camera.view.focus, scene.camera.view.distance_m)
    scene.close()
    assert np.isfinite(values).all()


def test_triangles_stay_within_what_software_can_draw(scene: Scene, layout: Layout) -> None:
    assert 10_000 < scene.triangles <= 60_000
    five = Scene(copies(layout, 5), "light", *SIZE)
    five.show(frame(copies(layout, 5)))
    count = five.triangles
    five.close()
    assert count <= 300_000


def test_a_closed_scene_leaves_no_vtk_objects(layout: Layout) -> None:
    abstract = read_layout(SHIPPED / "abstract-line.json")

    def live() -> int:
        gc.collect()
        return sum(isinstance(thing, vtkObjectBase) for thing in gc.get_objects())

    def use() -> None:
        scene = Scene(abstract, "light", 64, 64)
        scene.show(frame(abstract))
        scene.render()
        scene.close()
        scene.close()

    use()
    before = live()
    for _ in range(10):
        use()
    assert live() == before
