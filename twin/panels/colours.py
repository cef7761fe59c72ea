"""The theme: every colour on screen, and the letter and shape that say the same without colour.

High-performance HMI: grey and calm, saturated only for what is abnormal. `Group` orders states by how bad they are; the
worst wins. Not here: how shapes are painted (`twin.panels.marks`), the application's style sheet (`twin.panels.style`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from twin.plant.packml import State
from twin.session.frame import Mode


class Group(IntEnum):
    """States that look alike; a higher number is worse and wins where several share a pixel."""

    RUN = 0
    RAMP = 1
    IDLE = 2
    WAIT = 3
    UNKNOWN = 4
    HELD = 5
    DOWN = 6


class Shape(StrEnum):
    """Outline of a mark. The more corners point outwards, the more urgent: ● ■ ◆ ▲."""

    CIRCLE = "circle"
    RING = "ring"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class Priority(IntEnum):
    """Alarm priority, as operators number it: 1 is the most urgent."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


@dataclass(frozen=True, slots=True)
class Look:
    """A filled thing: its fill, what is written on it, and its edge."""

    fill: str
    ink: str
    edge: str


GROUPS: Mapping[State, Group] = MappingProxyType(
    {
        State.UNDEFINED: Group.UNKNOWN,
        State.CLEARING: Group.DOWN,
        State.STOPPED: Group.IDLE,
        State.STARTING: Group.RAMP,
        State.IDLE: Group.IDLE,
        State.SUSPENDED: Group.WAIT,
        State.EXECUTE: Group.RUN,
        State.STOPPING: Group.IDLE,
        State.ABORTING: Group.DOWN,
        State.ABORTED: Group.DOWN,
        State.HOLDING: Group.HELD,
        State.HELD: Group.HELD,
        State.UNHOLDING: Group.RAMP,
        State.SUSPENDING: Group.WAIT,
        State.UNSUSPENDING: Group.RAMP,
        State.RESETTING: Group.RAMP,
        State.COMPLETING: Group.RAMP,
        State.COMPLETE: Group.IDLE,
    }
)

SHAPES: Mapping[Group, Shape] = MappingProxyType(
    {
        Group.RUN: Shape.CIRCLE,
        Group.RAMP: Shape.CIRCLE,
        Group.IDLE: Shape.RING,
        Group.WAIT: Shape.SQUARE,
        Group.UNKNOWN: Shape.RING,
        Group.HELD: Shape.DIAMOND,
        Group.DOWN: Shape.TRIANGLE,
    }
)

_GROUP_LETTERS = {
    Group.RUN: "R",
    Group.RAMP: "U",
    Group.IDLE: "I",
    Group.WAIT: "S",
    Group.UNKNOWN: "?",
    Group.HELD: "H",
    Group.DOWN: "A",
}
_OWN_LETTERS = {State.STOPPED: "O", State.STOPPING: "O", State.COMPLETE: "C"}

PRIORITY_SHAPES: Mapping[Priority, Shape] = MappingProxyType(
    {
        Priority.CRITICAL: Shape.TRIANGLE,
        Priority.HIGH: Shape.DIAMOND,
        Priority.MEDIUM: Shape.SQUARE,
        Priority.LOW: Shape.CIRCLE,
    }
)


def group_of(state: int) -> Group:
    """The group of a PackML number; numbers the standard does not know are UNKNOWN."""
    return GROUPS[State(state)] if 0 <= state <= max(State) else Group.UNKNOWN


def letter_of(state: int, *, blocked: bool = False) -> str:
    """R run, U ramp up, I idle, O off, C complete, S starved, B blocked, H held, A aborted, ? unknown."""
    group = group_of(state)
    if group is Group.WAIT and blocked:
        return "B"
    return _OWN_LETTERS.get(State(state), _GROUP_LETTERS[group]) if group is not Group.UNKNOWN else "?"


def is_abnormal(state: int) -> bool:
    """Whether a person should look: held, down, or nobody knows."""
    return group_of(state) >= Group.UNKNOWN


def priority_of(severity: int) -> Priority:
    """Alarm priority of an OPC UA severity (1 to 1000), in the bands of Part 9."""
    bounds = ((801, Priority.CRITICAL), (601, Priority.HIGH), (401, Priority.MEDIUM))
    return next((priority for least, priority in bounds if severity >= least), Priority.LOW)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """All colours of one appearance, as `#rrggbb`.

    Attributes:
        window, panel, field: backgrounds, from the outermost to where values stand.
        text, muted: what is read; both readable on every background.
        warning: text that says something is not as it should be (stale, out of limits).
        grid, border, hatch: lines, frames, and the stripes over what is not known.
        accent: what a hand can do or has chosen, with `accent_ink` on it.
        gap: background below the stripes of a stretch without data.
        plots: lines of trends, told apart also by colour-blind eyes.
    """

    name: str
    window: str
    panel: str
    field: str
    text: str
    muted: str
    warning: str
    grid: str
    border: str
    hatch: str
    gap: str
    accent: str
    accent_ink: str
    pill: str
    pill_text: str
    pill_muted: str
    groups: Mapping[Group, Look]
    modes: Mapping[Mode, Look]
    priorities: Mapping[Priority, Look]
    plots: tuple[str, ...]

    def state(self, state: int) -> Look:
        """How a PackML state looks."""
        return self.groups[group_of(state)]


LIGHT = Theme(
    name="light",
    window="#e7eaed",
    panel="#f6f7f8",
    field="#ffffff",
    text="#1b242c",
    muted="#56626d",
    warning="#8a4300",
    grid="#dde2e6",
    border="#c6ced5",
    hatch="#a9b3bc",
    gap="#e3e7ea",
    accent="#2b5c8f",
    accent_ink="#ffffff",
    pill="#fbfcfc",
    pill_text="#1b242c",
    pill_muted="#56626d",
    groups=MappingProxyType(
        {
            Group.RUN: Look("#b7c6bc", "#1f2a24", "#8fa397"),
            Group.RAMP: Look("#bfcde0", "#1e2a3a", "#93a6c0"),
            Group.IDLE: Look("#cdd3d8", "#2b343c", "#87929c"),
            Group.WAIT: Look("#dac28d", "#332807", "#a98f52"),
            Group.UNKNOWN: Look("#e3e7ea", "#48535d", "#87929c"),
            Group.HELD: Look("#f2a100", "#231800", "#a86c00"),
            Group.DOWN: Look("#c9242c", "#ffffff", "#8f1219"),
        }
    ),
    modes=MappingProxyType(
        {
            Mode.LIVE: Look("#3d6653", "#ffffff", "#3d6653"),
            Mode.REPLAY: Look("#1f5c99", "#ffffff", "#1f5c99"),
            Mode.SIMULATION: Look("#6a4a9c", "#ffffff", "#6a4a9c"),
        }
    ),
    priorities=MappingProxyType(
        {
            Priority.CRITICAL: Look("#c9242c", "#ffffff", "#8f1219"),
            Priority.HIGH: Look("#e07b00", "#1f1200", "#a35900"),
            Priority.MEDIUM: Look("#e3bb00", "#231d00", "#937900"),
            Priority.LOW: Look("#5f8fa3", "#0b1a21", "#456c7c"),
        }
    ),
    plots=("#0068a8", "#11703a", "#8a2458", "#8f6400", "#00797a", "#6247a0"),
)

DARK = Theme(
    name="dark",
    window="#14181c",
    panel="#1c2126",
    field="#242a30",
    text="#e4e9ed",
    muted="#9da9b4",
    warning="#efb057",
    grid="#2c3339",
    border="#3a434b",
    hatch="#59646e",
    gap="#20262b",
    accent="#84b4e2",
    accent_ink="#0c1821",
    pill="#1a2026",
    pill_text="#eef2f5",
    pill_muted="#a5b1bc",
    groups=MappingProxyType(
        {
            Group.RUN: Look("#4a5a51", "#eef4f0", "#6a7e72"),
            Group.RAMP: Look("#4b5d76", "#edf2fa", "#6b80a0"),
            Group.IDLE: Look("#3a4249", "#d9dfe4", "#707c86"),
            Group.WAIT: Look("#77653a", "#fff6e0", "#9c8750"),
            Group.UNKNOWN: Look("#272d33", "#b0bac3", "#707c86"),
            Group.HELD: Look("#f2a61a", "#231800", "#ffc55c"),
            Group.DOWN: Look("#d5343b", "#ffffff", "#ff7f84"),
        }
    ),
    modes=MappingProxyType(
        {
            Mode.LIVE: Look("#86b59f", "#0c1913", "#86b59f"),
            Mode.REPLAY: Look("#6fadea", "#08151f", "#6fadea"),
            Mode.SIMULATION: Look("#bb9ff0", "#150b26", "#bb9ff0"),
        }
    ),
    priorities=MappingProxyType(
        {
            Priority.CRITICAL: Look("#d5343b", "#ffffff", "#ff7f84"),
            Priority.HIGH: Look("#f08a24", "#1f1200", "#ffb066"),
            Priority.MEDIUM: Look("#e8c53a", "#231d00", "#f7dd7c"),
            Priority.LOW: Look("#74a5b8", "#0b1a21", "#9cc6d6"),
        }
    ),
    plots=("#69b4ea", "#79c98e", "#e79ab8", "#dfc05f", "#69d0c4", "#b8a3ea"),
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})
