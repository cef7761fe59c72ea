"""Commands: what a user wants, as values. Keys, menus, widgets, the palette and tests all make the same ones.

The session carries them out (`Session.carry_out`). Nothing here changes anything by itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Play:
    """Move the playhead at the present rate. At the growing end of a recording this is the same as following it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold the playhead where it is; recording goes on."""


@dataclass(frozen=True, slots=True)
class TogglePlay:
    """Play if paused, pause if playing or following."""


@dataclass(frozen=True, slots=True)
class SetRate:
    """Play `rate` seconds of history a second, backwards if negative. Leaves following unless the rate is exactly 1."""

    rate: float


@dataclass(frozen=True, slots=True)
class Seek:
    """Put the playhead at an instant, clamped to the span, and pause following."""

    at_ns: int


@dataclass(frozen=True, slots=True)
class SeekBy:
    """Move the playhead by a stretch of time, clamped to the span."""

    by_ns: int


@dataclass(frozen=True, slots=True)
class Step:
    """Put the playhead at the next (+1) or previous (-1) event, and pause."""

    direction: int


@dataclass(frozen=True, slots=True)
class Follow:
    """Return to now: follow the growing end of the recording."""


@dataclass(frozen=True, slots=True)
class Select:
    """Make one thing (station, carrier, vehicle, tag) the selected one, or none."""

    thing: str | None


@dataclass(frozen=True, slots=True)
class ShowTrends:
    """Draw these tags (full ids) as trends, instead of those drawn before."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetWindow:
    """Show the stretch `start_ns` to `end_ns` in everything that has a time axis."""

    start_ns: int
    end_ns: int


Command = Play | Pause | TogglePlay | SetRate | Seek | SeekBy | Step | Follow | Select | ShowTrends | SetWindow
