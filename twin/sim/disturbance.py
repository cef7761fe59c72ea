"""What is wrong between the plant and what is read of it: with an instrument, with a line's network. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Disturbance:
    """Something wrong with one instrument, from `since_ns` on; it changes what it reads and nothing else.

    Attributes:
        signal: number of the signal within the plan.
        effect: `offset` adds `amount`, `scale` multiplies by it, `drift` adds it once an hour, `noise` is a standard
            deviation, `stuck` holds the value `amount`, `missing` makes no values at all.
        until_ns: when it is over, that instant excluded; -1 is open.
        malfunction: number of the one that does it, 0 for none.
    """

    signal: int
    effect: str
    amount: float
    since_ns: int
    until_ns: int = -1
    malfunction: int = 0


@dataclass(slots=True)
class WireFault:
    """Something wrong between a line and whoever reads it; the line itself does not notice.

    Attributes:
        line: number of the line.
        kind: `silent`, nothing is heard of it; `skew`, its source times are `amount_s` ahead.
        until_ns: when it is over, that instant excluded; -1 is open.
        malfunction: number of the one that does it, 0 for none.
    """

    line: int
    kind: str
    amount_s: float
    since_ns: int
    until_ns: int = -1
    malfunction: int = 0
