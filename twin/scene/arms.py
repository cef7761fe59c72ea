"""Robot arms: where turret, upper arm, forearm and tool are at a phase of the cycle, by inverse kinematics. Pure numpy.

An arm stands at the origin of its own frame and faces +x: it picks at its side, places in front, and returns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twin.history.batch import Floats
from twin.scene.motions import smooth
from twin.scene.shapes import Vector

SHOULDER_M, UPPER_M, FORE_M, TOOL_M = 0.78, 1.05, 1.0, 0.42

# Phase, angle of the turret (rad), reach (m), height of the tool's tip (m): up, pick at the side, lift, place, retreat.
_PATH = np.array(
    [
        [0.00, 0.25, 0.95, 1.50],
        [0.14, 1.60, 1.10, 1.25],
        [0.22, 1.60, 1.10, 0.78],
        [0.30, 1.60, 1.05, 1.40],
        [0.46, 0.00, 1.10, 1.60],
        [0.55, 0.00, 1.12, 1.32],
        [0.72, 0.15, 1.12, 1.32],
        [0.82, 0.10, 1.05, 1.60],
        [1.00, 0.25, 0.95, 1.50],
    ]
)


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm mounted in a station: where, which way it faces (rad), and which side it picks from (1 left, -1 right)."""

    at: Vector
    heading_rad: float
    side: int = 1


@dataclass(frozen=True, slots=True)
class Joints:
    """Poses of the arms' moving members.

    Attributes:
        turn: (n,) rad, heading of everything above the foot.
        upper, fore: (n,) rad, tilt of the links from the vertical, positive outwards.
        elbow, wrist: (n, 2) metres, reach and height of the joints in the plane of the arm.
    """

    turn: Floats
    upper: Floats
    fore: Floats
    elbow: Floats
    wrist: Floats


def arm_joints(phase: Floats, side: Floats) -> Joints:
    """The joints of n arms at `phase` of their cycle; at phases 0 and 1 they are at rest."""
    key = np.clip(np.searchsorted(_PATH[:, 0], phase, side="right") - 1, 0, len(_PATH) - 2)
    first, last = _PATH[key], _PATH[key + 1]
    share = smooth((phase - first[:, 0]) / (last[:, 0] - first[:, 0]))
    angle, reach, height = (first + (last - first) * share[:, None])[:, 1:].T
    rise = height + TOOL_M - SHOULDER_M
    span = np.clip(np.hypot(reach, rise), abs(UPPER_M - FORE_M) + 0.05, UPPER_M + FORE_M - 0.01)
    lift = np.arccos((UPPER_M**2 + span**2 - FORE_M**2) / (2 * UPPER_M * span))
    upper = np.arctan2(reach, rise) - lift
    elbow = np.stack([UPPER_M * np.sin(upper), SHOULDER_M + UPPER_M * np.cos(upper)], 1)
    wrist = np.stack([reach, rise + SHOULDER_M], 1)
    fore = np.arctan2(wrist[:, 0] - elbow[:, 0], wrist[:, 1] - elbow[:, 1])
    return Joints(angle * side, upper, fore, elbow, wrist)
