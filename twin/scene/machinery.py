"""Moving machine parts and robot arms of all stations as columns, and where they are at a phase. Pure numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twin.history.batch import Floats, Int32s
from twin.scene.arms import SHOULDER_M, Arm, arm_joints
from twin.scene.motions import Part, wave_values
from twin.scene.placing import Spots
from twin.session.frame import Bools


@dataclass(frozen=True, slots=True)
class PartColumns:
    """Columns, one row a part, sorted by shape: in plant coordinates what `Part` says in the station's.

    Attributes:
        shapes: shape name -> the rows that have it.
    """

    shapes: dict[str, slice]
    station: Int32s
    at: Floats
    heading: Floats
    travel: Floats
    turn: Floats
    wave: Int32s
    running_only: Bools


@dataclass(frozen=True, slots=True)
class ArmColumns:
    """Columns, one row an arm, in plant coordinates."""

    station: Int32s
    at: Floats
    heading: Floats
    side: Floats


@dataclass(frozen=True, slots=True)
class Placed:
    """Columns: where things are (n, 3) metres, how they are turned (n, 4) quaternion w x y z."""

    points: Floats
    turns: Floats


def part_columns(parts: Sequence[Sequence[Part]], spots: Spots) -> PartColumns:
    """The parts of all stations, in the layout's order."""
    rows = sorted(((part, row) for row, own in enumerate(parts) for part in own), key=lambda item: item[0].shape)
    station = np.array([row for _, row in rows], np.int32)
    names = [part.shape for part, _ in rows]
    shapes = {name: slice(names.index(name), names.index(name) + names.count(name)) for name in dict.fromkeys(names)}
    local = np.array([part.at for part, _ in rows], float).reshape(-1, 3)
    travel = np.array([part.travel for part, _ in rows], float).reshape(-1, 3)
    return PartColumns(
        shapes,
        station,
        _turned(local, spots.heading[station]) + _feet(spots, station),
        np.array([part.heading_rad for part, _ in rows], float) + spots.heading[station],
        _turned(travel, spots.heading[station]),
        np.array([part.turn_rad for part, _ in rows], float),
        np.array([part.wave for part, _ in rows], np.int32),
        np.array([part.running_only for part, _ in rows], bool),
    )


def arm_columns(arms: Sequence[Sequence[Arm]], spots: Spots) -> ArmColumns:
    """The arms of all stations, in the layout's order."""
    rows = [(arm, row) for row, own in enumerate(arms) for arm in own]
    station = np.array([row for _, row in rows], np.int32)
    local = np.array([arm.at for arm, _ in rows], float).reshape(-1, 3)
    return ArmColumns(
        station,
        _turned(local, spots.heading[station]) + _feet(spots, station),
        np.array([arm.heading_rad for arm, _ in rows], float) + spots.heading[station],
        np.array([arm.side for arm, _ in rows], float),
    )


def part_poses(parts: PartColumns, phase: Floats) -> Placed:
    """Where every part is, from the phase (s,) of each station's cycle."""
    share = wave_values(parts.wave, phase[parts.station])
    return Placed(parts.at + parts.travel * share[:, None], quaternions(parts.heading + parts.turn * share))


def arm_poses(arms: ArmColumns, phase: Floats) -> dict[str, Placed]:
    """Where every arm's turret, upper arm, forearm and tool are, from the phase (s,) of each station's cycle."""
    joints = arm_joints(phase[arms.station], arms.side)
    heading = arms.heading + joints.turn
    level = quaternions(heading)

    def on_arm(reach: Floats, height: Floats) -> Floats:
        return arms.at + np.stack([np.cos(heading) * reach, np.sin(heading) * reach, height], 1)

    zero = np.zeros_like(heading)
    return {
        "arm_turret": Placed(arms.at, level),
        "arm_upper": Placed(on_arm(zero, zero + SHOULDER_M), quaternions(heading, joints.upper)),
        "arm_fore": Placed(on_arm(*joints.elbow.T), quaternions(heading, joints.fore)),
        "arm_tool": Placed(on_arm(*joints.wrist.T), level),
    }


def quaternions(heading: Floats, tilt: Floats | None = None) -> Floats:
    """(n, 4) turns w x y z: tilted forwards by `tilt` about the own y axis, then turned by `heading`. Radians."""
    cz, sz = np.cos(heading / 2), np.sin(heading / 2)
    if tilt is None:
        zero = np.zeros_like(cz)
        return np.stack([cz, zero, zero, sz], 1)
    cy, sy = np.cos(tilt / 2), np.sin(tilt / 2)
    return np.stack([cz * cy, -sz * sy, cz * sy, sz * cy], 1)


def _turned(vectors: Floats, heading: Floats) -> Floats:
    cos, sin = np.cos(heading), np.sin(heading)
    x, y, z = vectors.T
    return np.stack([cos * x - sin * y, sin * x + cos * y, z], 1)


def _feet(spots: Spots, station: Int32s) -> Floats:
    return np.stack([spots.x[station], spots.y[station], np.zeros(len(station))], 1)
