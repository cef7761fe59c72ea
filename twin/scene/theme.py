"""Theme: every colour of the floor, light and dark. Quiet greys; saturated colour belongs to what is abnormal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]


class Material(IntEnum):
    """What a surface is made of; a theme gives each a colour."""

    WHITE = 0
    SHELL = auto()
    STEEL = auto()
    FRAME = auto()
    DARK = auto()
    BELT = auto()
    BEAM = auto()
    ACCENT = auto()
    ARM = auto()
    CARD = auto()
    WOOD = auto()
    COPPER = auto()
    FIN = auto()
    CLOTH = auto()
    SKIN = auto()
    SCREEN = auto()
    LIGHT = auto()
    FLAME = auto()
    RAIL = auto()


class Signal(IntEnum):
    """What a station's lamp and plate say. Each has one colour in a theme and one place in the stack light."""

    NONE = 0
    RUNNING = auto()
    WAITING = auto()
    HELD = auto()
    ABORTED = auto()
    SERVICE = auto()
    STOPPED = auto()
    STALE = auto()


_BLEACH = 0.6
# Directions that light comes from. Fixed, so that what stands still can have its light painted on.
KEY_FROM, FILL_FROM = (-0.35, -0.8, 0.9), (0.9, 0.2, 0.45)
GLOWING = frozenset({Material.SCREEN, Material.LIGHT, Material.FLAME})


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette of the floor.

    Attributes:
        background: behind and at the rim of the floor; the floor fades into it.
        floor, joint, lane, marking, guide: concrete, its joints, driving lanes, painted lines, the robots' route.
        shadow: how dark a shadow on the floor is, 0 to 1.
        unlit: a lamp that is off.
        accent: marks the selected thing.
        glass: of panes, with its opacity.
        ambient, key, fill: strength of the lights.
    """

    name: str
    background: Colour
    floor: Colour
    joint: Colour
    lane: Colour
    marking: Colour
    guide: Colour
    shadow: float
    unlit: Colour
    accent: Colour
    glass: tuple[int, int, int, int]
    ambient: float
    key: float
    fill: float
    materials: dict[Material, Colour]
    signals: dict[Signal, Colour]

    def light_on(self, normals: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) how bright surfaces with these normals (n, 3) are."""
        light = np.full(len(normals), self.ambient, np.float32)
        for towards, strength in ((KEY_FROM, self.key), (FILL_FROM, self.fill)):
            direction = np.array(towards, np.float32) / np.float32(np.linalg.norm(towards))
            light += np.float32(strength) * np.maximum(normals @ direction, 0.0)
        return light

    def bleached(self, colours: NDArray[np.float64]) -> NDArray[np.float64]:
        """(…, 3) colours as they look on something whose data are stale: most of the way to the floor's grey."""
        grey = colours.mean(axis=-1, keepdims=True)
        floor = np.array(self.floor, float)
        mixed: NDArray[np.float64] = (0.3 * colours + 0.7 * grey) * (1 - _BLEACH) + floor * _BLEACH
        return mixed


LIGHT = Theme(
    name="light",
    background=(228, 232, 237),
    floor=(205, 209, 214),
    joint=(196, 200, 206),
    lane=(190, 198, 207),
    marking=(243, 244, 240),
    guide=(120, 158, 186),
    shadow=0.50,
    unlit=(160, 166, 173),
    accent=(24, 119, 242),
    glass=(168, 196, 214, 46),
    ambient=0.46,
    key=0.70,
    fill=0.20,
    materials={
        Material.WHITE: (240, 242, 244),
        Material.SHELL: (214, 219, 225),
        Material.STEEL: (170, 177, 185),
        Material.FRAME: (104, 114, 127),
        Material.DARK: (52, 58, 66),
        Material.BELT: (74, 81, 91),
        Material.BEAM: (108, 128, 150),
        Material.RAIL: (166, 174, 184),
        Material.ACCENT: (84, 130, 140),
        Material.ARM: (198, 158, 126),
        Material.CARD: (203, 174, 138),
        Material.WOOD: (170, 138, 104),
        Material.COPPER: (190, 120, 88),
        Material.FIN: (178, 190, 200),
        Material.CLOTH: (112, 132, 158),
        Material.SKIN: (214, 178, 152),
        Material.SCREEN: (150, 206, 232),
        Material.LIGHT: (255, 252, 240),
        Material.FLAME: (120, 176, 255),
    },
    signals={
        Signal.NONE: (128, 133, 140),
        Signal.RUNNING: (104, 190, 128),
        Signal.WAITING: (226, 172, 66),
        Signal.HELD: (247, 144, 9),
        Signal.ABORTED: (226, 29, 36),
        Signal.SERVICE: (42, 122, 226),
        Signal.STOPPED: (250, 250, 250),
        Signal.STALE: (128, 133, 140),
    },
)

DARK = Theme(
    name="dark",
    background=(18, 22, 28),
    floor=(50, 56, 64),
    joint=(42, 47, 54),
    lane=(43, 51, 61),
    marking=(128, 134, 140),
    guide=(66, 104, 132),
    shadow=0.5,
    unlit=(58, 63, 70),
    accent=(70, 160, 255),
    glass=(150, 186, 210, 34),
    ambient=0.38,
    key=0.66,
    fill=0.22,
    materials={
        Material.WHITE: (214, 219, 225),
        Material.SHELL: (160, 168, 178),
        Material.STEEL: (126, 135, 146),
        Material.FRAME: (80, 90, 104),
        Material.DARK: (34, 38, 45),
        Material.BELT: (46, 52, 60),
        Material.BEAM: (82, 102, 126),
        Material.RAIL: (68, 77, 89),
        Material.ACCENT: (66, 116, 128),
        Material.ARM: (186, 136, 98),
        Material.CARD: (172, 144, 110),
        Material.WOOD: (132, 106, 80),
        Material.COPPER: (176, 108, 78),
        Material.FIN: (106, 120, 136),
        Material.CLOTH: (72, 92, 118),
        Material.SKIN: (186, 150, 126),
        Material.SCREEN: (84, 162, 200),
        Material.LIGHT: (255, 248, 228),
        Material.FLAME: (120, 176, 255),
    },
    signals={
        Signal.NONE: (58, 63, 70),
        Signal.RUNNING: (84, 196, 118),
        Signal.WAITING: (222, 170, 70),
        Signal.HELD: (255, 154, 20),
        Signal.ABORTED: (255, 52, 52),
        Signal.SERVICE: (64, 146, 255),
        Signal.STOPPED: (226, 230, 234),
        Signal.STALE: (104, 110, 118),
    },
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
