"""Actions: every key and menu entry of the window, as one table from words and keys to commands.

Not here: what a command does (`twin.session`), and actions that concern the window alone (`twin.desktop.window`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from twin.panels.words import QT_TRANSLATE_NOOP
from twin.session.commands import Command, Follow, Pause, SeekBy, SetRate, Step, TogglePlay
from twin.session.frame import Frame

RATES = (-100.0, -20.0, -10.0, -5.0, -2.0, -1.0, -0.5, -0.1, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 100.0)
_TEN_SECONDS_NS = 10_000_000_000


@dataclass(frozen=True, slots=True)
class TimeAction:
    """A key that moves time.

    Attributes:
        words: what it does, in English, in the translation context `Actions`.
        make: the command, given the frame on screen.
    """

    words: str
    keys: tuple[str, ...]
    make: Callable[[Frame], Command]


def next_rate(rate: float, direction: int) -> float:
    """The next faster (+1) or slower (-1) speed of the table; through the slowest, time turns round.

    From a pause both go at normal speed: onwards, or backwards.
    """
    if not rate:
        return float(direction)
    beyond = [known for known in RATES if (known - rate) * direction > 0]
    return min(beyond, key=lambda known: abs(known - rate), default=rate)


TIME_ACTIONS = (
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Play or pause"), ("Space",), lambda _: TogglePlay()),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Previous event"), ("Left",), lambda _: Step(-1)),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Next event"), ("Right",), lambda _: Step(1)),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Back 10 s"), ("Shift+Left",), lambda _: SeekBy(-_TEN_SECONDS_NS)),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Forward 10 s"), ("Shift+Right",), lambda _: SeekBy(_TEN_SECONDS_NS)),
    TimeAction(
        QT_TRANSLATE_NOOP("Actions", "Slower, then backwards"), ("J",), lambda f: SetRate(next_rate(f.rate, -1))
    ),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Pause"), ("K",), lambda _: Pause()),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Faster"), ("L",), lambda f: SetRate(next_rate(f.rate, 1))),
    TimeAction(
        QT_TRANSLATE_NOOP("Actions", "To the beginning"),
        ("Home",),
        lambda f: SeekBy(f.span.start_ns - f.playhead_ns),
    ),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "To the end"), ("End",), lambda f: SeekBy(f.span.end_ns - f.playhead_ns)),
    TimeAction(QT_TRANSLATE_NOOP("Actions", "Now"), ("N",), lambda _: Follow()),
)
