"""The playhead as a pure state machine: where it is, how fast it moves, whether it follows the end. No clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from twin.history.recording import Span
from twin.session import commands as do

# While following, the playhead stays about this far behind the newest data, so that it can move smoothly between two
# arrivals of data (every 0.1 s) instead of jumping with each of them.
FOLLOW_BEHIND_NS = 200_000_000
_FOLLOW_LIMIT_NS = 1_000_000_000
_CATCH_UP_PER_SECOND = 0.5


@dataclass(frozen=True, slots=True)
class Playback:
    """Where the playhead is and how it moves.

    Attributes:
        rate: seconds of history a second; negative backwards, 0 paused. 1 while following.
        following: the playhead stays at the growing end.
    """

    playhead_ns: int
    rate: float = 0.0
    following: bool = False


def moved(playback: Playback, elapsed_ns: int, span: Span, *, growing: bool) -> Playback:
    """The playback `elapsed_ns` later, over a recording that covers `span` by now.

    Playing forwards into the end of a growing recording becomes following; into any other end, a pause.
    """
    if playback.following:
        return replace(playback, playhead_ns=_followed(playback.playhead_ns, elapsed_ns, span))
    target = playback.playhead_ns + round(elapsed_ns * playback.rate)
    if playback.rate > 0 and target >= span.end_ns:
        return follow(Playback(span.end_ns), span) if growing else Playback(span.end_ns)
    if playback.rate < 0 and target <= span.start_ns:
        return Playback(span.start_ns)
    return replace(playback, playhead_ns=clamped(target, span))


def _followed(playhead_ns: int, elapsed_ns: int, span: Span) -> int:
    aim = span.end_ns - FOLLOW_BEHIND_NS
    pull = (aim - playhead_ns) * min(1.0, _CATCH_UP_PER_SECOND * elapsed_ns / 1e9)
    target = playhead_ns + elapsed_ns + round(pull)
    return max(min(target, span.end_ns), span.end_ns - _FOLLOW_LIMIT_NS, span.start_ns)


def follow(playback: Playback, span: Span) -> Playback:
    """At now, following; a playhead that is already near the end does not move back."""
    near = span.end_ns - _FOLLOW_LIMIT_NS <= playback.playhead_ns <= span.end_ns
    start = playback.playhead_ns if near else span.end_ns - FOLLOW_BEHIND_NS
    return Playback(max(start, span.start_ns), 1.0, following=True)


def with_rate(playback: Playback, command: do.Play | do.Pause | do.TogglePlay | do.SetRate) -> Playback:
    """The same place, moving as the command says."""
    match command:
        case do.Play():
            return replace(playback, rate=playback.rate or 1.0)
        case do.Pause():
            return paused(playback)
        case do.TogglePlay():
            return paused(playback) if playback.rate else replace(playback, rate=1.0)
        case do.SetRate(rate):
            return Playback(playback.playhead_ns, rate, following=playback.following and rate == 1.0)


def paused(playback: Playback) -> Playback:
    """The same place, at rest."""
    return Playback(playback.playhead_ns)


def clamped(at_ns: int, span: Span) -> int:
    """`at_ns`, or the nearest instant of the span."""
    return max(span.start_ns, min(at_ns, span.end_ns))
