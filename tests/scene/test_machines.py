"""Machines: every kind is drawn within its floor, surfaces face outwards, parts move and come to rest."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scene.frames import shipped_layout
from twin.plant.machines import MACHINE_KINDS
from twin.plant.packml import Mode, State
from twin.scene.arms import FORE_M, SHOULDER_M, UPPER_M, arm_joints
from twin.scene.building import build
from twin.scene.machinery import part_poses
from twin.scene.machines import BUILDERS, draw_machine, known_kind
from twin.scene.motions import cycle_phase
from twin.scene.parts import SHAPES
from twin.scene.placing import station_spots
from twin.scene.products import UNIT_SHAPES
from twin.scene.shapes import Mesh, box, cylinder, join, ring, rod
from twin.scene.states import SEGMENT_OF_SIGNAL, SIGNAL_OF_STATE, signals
from twin.scene.theme import THEMES, Material, Signal

CLOSED = {
    "box": box((1.0, 2.0, 0.5), 0.05, bottom=True),
    "plain": box((1.0, 2.0, 0.5), 0.0),
    "cylinder": cylinder(0.5, 2.0),
    "cone": cylinder(0.5, 2.0, 12, 0.3),
    "rod": rod((1.0, 2.0, 3.0), (-1.0, 0.0, 0.5), 0.2),
    "ring": ring(2.0, 1.5, 0.2),
}


def test_every_kind_has_a_builder_and_no_builder_is_left_over() -> None:
    assert BUILDERS.keys() == MACHINE_KINDS.keys()


@pytest.mark.parametrize("kind", [*MACHINE_KINDS, "of_a_later_version"])
@pytest.mark.parametrize("places", [1, 4])
def test_a_machine_is_drawn_within_its_floor(kind: str, places: int) -> None:
    sketch = draw_machine(kind, places=places, conveyor_m=0.6, pitch_m=1.2)
    length, width, height = MACHINE_KINDS[known_kind(kind)]
    mesh = join([mesh for _, mesh in sketch.solids])
    low, high = mesh.points.min(axis=0), mesh.points.max(axis=0)
    assert 200 < len(mesh.triangles) < 9000
    assert max(-low[0], high[0]) <= max(length, places * 1.2) / 2 + 0.4
    assert max(-low[1], high[1]) <= width / 2 + 0.4
    assert low[2] >= -0.001
    assert high[2] <= height + 0.6
    assert 1.0 < sketch.light[2] <= height + 0.6
    assert all(part.shape in SHAPES for part in sketch.parts)
    assert sketch.shadows


@pytest.mark.parametrize("mesh", [pytest.param(mesh, id=name) for name, mesh in CLOSED.items()])
def test_triangles_turn_the_way_their_normals_point(mesh: Mesh) -> None:
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    normals = mesh.normals[mesh.triangles].mean(axis=1)
    assert (np.einsum("ij,ij->i", faces, normals) > 0).all()
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(np.ones(len(mesh.normals)), abs=1e-5)


@pytest.mark.parametrize("name", ["grille", "guard", "fan"])
def test_what_faces_the_front_does_so(name: str) -> None:
    mesh = UNIT_SHAPES[f"outdoor_unit/{name}"][1]
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))
    normals = mesh.normals[mesh.triangles].mean(axis=1)
    assert (np.einsum("ij,ij->i", np.cross(b - a, c - a), normals) > 0).all()
    assert (normals[:, 1] > 0.9).any()


def test_parts_rest_at_both_ends_of_a_cycle_and_move_between() -> None:
    layout = shipped_layout()
    parts = build(layout, station_spots(layout)).parts
    rest, half, end = (part_poses(parts, np.full(len(layout.stations), phase)) for phase in (0.0, 0.5, 1.0))
    assert np.allclose(rest.points, end.points, atol=1e-9)
    assert np.linalg.norm(half.points - rest.points, axis=1).max() > 1.0
    assert np.abs((rest.turns * end.turns).sum(axis=1)) == pytest.approx(np.ones(len(rest.turns)))


def test_only_a_station_that_executes_moves() -> None:
    phase = np.array([0.4, 0.4, math.nan, 1.7])
    executing = np.array([True, False, True, True])
    assert cycle_phase(phase, executing).tolist() == [0.4, 0.0, 0.0, 1.0]


@given(phase=st.floats(0.0, 1.0), side=st.sampled_from([-1.0, 1.0]))
def test_an_arm_holds_together(phase: float, side: float) -> None:
    joints = arm_joints(np.array([phase]), np.array([side]))
    shoulder = np.array([0.0, SHOULDER_M])
    assert np.hypot(*(joints.elbow[0] - shoulder)) == pytest.approx(UPPER_M, abs=1e-6)
    assert np.hypot(*(joints.wrist[0] - joints.elbow[0])) == pytest.approx(FORE_M, abs=1e-6)
    assert joints.elbow[0, 1] > SHOULDER_M


def test_an_arm_never_jumps() -> None:
    phase = np.linspace(0.0, 1.0, 401)
    joints = arm_joints(phase, np.ones(401))
    assert np.abs(np.diff(joints.wrist, axis=0)).max() < 0.06
    assert np.allclose(joints.wrist[0], joints.wrist[-1])


def test_every_state_has_a_signal() -> None:
    assert SIGNAL_OF_STATE.keys() == set(State)


def test_a_fault_shows_in_every_mode_and_stale_hides_even_a_fault() -> None:
    state = np.array([State.ABORTED, State.EXECUTE, State.ABORTED, 99], np.int32)
    mode = np.array([Mode.MAINTENANCE, Mode.MAINTENANCE, Mode.PRODUCTION, math.nan])
    stale = np.array([False, False, True, False])
    expected = [Signal.ABORTED, Signal.SERVICE, Signal.STALE, Signal.STALE]
    assert signals(state, mode, stale).tolist() == expected


def test_different_troubles_light_different_lamps() -> None:
    pairs = [(Signal.RUNNING, Signal.WAITING), (Signal.RUNNING, Signal.ABORTED), (Signal.WAITING, Signal.ABORTED)]
    assert all(SEGMENT_OF_SIGNAL[a] != SEGMENT_OF_SIGNAL[b] for a, b in pairs)


@pytest.mark.parametrize("name", THEMES)
def test_signals_are_told_apart_by_colour(name: str) -> None:
    palette = THEMES[name]
    colours = [np.array(palette.signals[s], float) for s in Signal if s not in {Signal.NONE, Signal.STALE}]
    distances = [np.linalg.norm(a - b) for k, a in enumerate(colours) for b in colours[:k]]
    assert min(distances) > 40
    assert palette.materials.keys() == set(Material)


@pytest.mark.parametrize("name", THEMES)
def test_materials_are_quieter_than_alarms(name: str) -> None:
    theme = THEMES[name]

    def saturation(colour: tuple[int, int, int]) -> float:
        return (max(colour) - min(colour)) / max(colour)

    loud = min(saturation(theme.signals[signal]) for signal in (Signal.HELD, Signal.ABORTED))
    quiet = [m for m in Material if m not in {Material.SCREEN, Material.LIGHT, Material.FLAME}]
    assert max(saturation(theme.materials[material]) for material in quiet) < loud - 0.15
