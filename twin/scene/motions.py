"""How machine parts move: pure functions of (is it executing, phase of the cycle). Columns in, poses out. No VTK."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats
from twin.scene.shapes import Vector
from twin.session.frame import Bools


class Wave(IntEnum):
    """Shape of a movement over one cycle. Every wave begins and ends at rest, so that cycles follow without a jump."""

    REST = 0
    PRESS = auto()
    SWEEP = auto()
    TURN = auto()
    FLICKER = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A machine part that moves.

    Attributes:
        shape: name of its shape in `twin.scene.parts`.
        at: where it rests, in the station's frame, metres.
        heading_rad: how it is turned at rest.
        travel: how far the wave moves it, in the station's frame, metres.
        turn_rad: how far the wave turns it about the vertical axis.
        running_only: drawn only while the station executes (flames, lights).
    """

    shape: str
    at: Vector
    heading_rad: float = 0.0
    travel: Vector = (0.0, 0.0, 0.0)
    turn_rad: float = 0.0
    wave: Wave = Wave.REST
    running_only: bool = False


def wave_values(wave: NDArray[np.int32], phase: Floats) -> Floats:
    """(n,) how far each part is on its way, -1 to 1, at `phase` 0 to 1 of the cycle."""
    press = smooth(np.clip((phase - 0.15) / 0.2, 0.0, 1.0)) - smooth(np.clip((phase - 0.7) / 0.2, 0.0, 1.0))
    choices = [press, np.sin(2 * np.pi * phase), phase, 0.5 + 0.5 * np.sin(2 * np.pi * 23 * phase)]
    return np.choose(wave, [np.zeros_like(phase), *choices])


def smooth(share: Floats) -> Floats:
    """Ease in and out: 0 to 1 with level ends."""
    return share * share * (3.0 - 2.0 * share)


def cycle_phase(phase: Floats, executing: Bools) -> Floats:
    """(s,) the phase that parts move by: 0, at rest, where the station does not execute or nothing is known."""
    return np.where(executing & np.isfinite(phase), np.clip(phase, 0.0, 1.0), 0.0)
