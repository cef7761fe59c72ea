"""What a recording knows at an instant, by owner and tag, in plant time; and chances that fit what is known.

Not here: what follows from it for a plant (the other modules of this package).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from twin.history.recording import Recording
from twin.plant.quality import Severity, severity
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS, Stream, uniforms
from twin.sim.run import Run

NOW_NS = 86_400 * NANOSECONDS  # plant time of the instant taken over: what began before it has a time, too
_DRAWS = 64  # chances taken until one fits what is known
_HISTORY_NS = 4 * 3600 * NANOSECONDS  # plant time looked back on for when units entered their lines
_POINTS = 1 << 20  # of a history: more than there are, so that none is thinned out
_SHARES = uniforms("past/share")


class Known:
    """The good values of a recording at an instant; notes what was asked for and missing.

    Values that a gap makes stale at that instant are not known.

    Args:
        recording: of some plant.
        at_ns: the instant, UTC.
        speed: plant seconds per recorded second, see `plant_speed`.
    """

    def __init__(self, recording: Recording, at_ns: int, speed: float) -> None:
        snapshot = recording.latest(at_ns)
        gaps = [gap for gap in recording.gaps(at_ns - 1, at_ns) if gap.covers(at_ns)]
        fresh_ns = max((gap.start_ns for gap in gaps), default=-1)
        columns = (snapshot.value.tolist(), snapshot.quality.tolist(), snapshot.time_ns.tolist())
        self._recording = recording
        self._at_ns = at_ns
        self._speed = speed
        self._values = {
            tag.id: value
            for tag, value, quality, time_ns in zip(recording.catalog.tags, *columns, strict=False)
            if severity(quality) == Severity.GOOD and not math.isnan(value) and time_ns > fresh_ns
        }
        self._since_ns = dict(
            zip((tag.id for tag in recording.catalog.tags), snapshot.source_ns.tolist(), strict=False)
        )
        self.missing: dict[str, None] = {}

    def number(self, owner: str, tag: str) -> float | None:
        """The value of a tag, None where it is not known."""
        value = self._values.get(f"{owner}/{tag}")
        if value is None:
            self.missing[f"{owner}/{tag}"] = None
        return value

    def count(self, owner: str, tag: str, otherwise: int = 0) -> int:
        """A whole number."""
        value = self.number(owner, tag)
        return otherwise if value is None else round(value)

    def text(self, owner: str, tag: str) -> str:
        """The value of a text tag, empty where it is not known."""
        value = self.number(owner, tag)
        return "" if value is None else self._recording.catalog.text(value)

    def instant(self, owner: str, tag: str) -> int:
        """Plant time of an instant that a tag tells; now, where it is not known."""
        value = self.number(owner, tag)
        return NOW_NS if value is None else self._plant_ns(round(value * NANOSECONDS))

    def since(self, owner: str, tag: str) -> int:
        """Plant time at which a tag got its value, now at the latest."""
        return min(self._plant_ns(self._since_ns.get(f"{owner}/{tag}", self._at_ns)), NOW_NS)

    def history(self, owner: str, tag: str) -> list[tuple[int, float]]:
        """The values of a tag in the last hours of plant time, by the plant time from which on they held."""
        index = self._recording.catalog.index(f"{owner}/{tag}")
        if index < 0:
            return []
        after_ns = self._at_ns - round(_HISTORY_NS / self._speed)
        series = self._recording.series(index, after_ns, self._at_ns, _POINTS)
        pairs = zip(series.time_ns.tolist(), series.high.tolist(), strict=True)
        return [(self._plant_ns(time_ns), value) for time_ns, value in pairs if not math.isnan(value)]

    def texts(self, owner: str, tag: str) -> list[tuple[int, str]]:
        """The history of a text tag."""
        return [(time_ns, self._recording.catalog.text(value)) for time_ns, value in self.history(owner, tag)]

    def _plant_ns(self, utc_ns: int) -> int:
        return max(NOW_NS + round((utc_ns - self._at_ns) * self._speed), 0)


@dataclass(slots=True)
class Past:
    """A plant being filled with what is known."""

    run: Run
    known: Known

    def share(self, counter: int) -> float:
        """A chance, 0 to 1, for what nothing says anything about."""
        return _SHARES.value(self.run.state.seed, counter)


def plant_speed(plan: Plan, recording: Recording, at_ns: int) -> float:
    """How much faster than the clock a recorded plant ran, from how long moves of carriers and vehicles took.

    The plan says how fast those are; the median of all moves known at the instant is an estimate to a thousandth, and
    1.0 where there is none.
    """
    known = Known(recording, at_ns, 1.0)
    movers = [(carrier, line.speed_m_s) for line in plan.lines for carrier in line.carriers]
    movers += [(name, fleet.speed_m_ns * NANOSECONDS) for fleet in plan.logistics.fleets for name in fleet.ids]
    ratios = [ratio for mover, speed_m_s in movers if (ratio := _ratio(known, mover, speed_m_s))]
    return float(np.format_float_positional(median(ratios), precision=4, fractional=False)) if ratios else 1.0


def _ratio(known: Known, mover: str, speed_m_s: float) -> float:
    """Plant seconds that the newest move of a mover takes, per recorded second; 0 where that says nothing."""
    start_m, end_m = known.number(mover, "From"), known.number(mover, "To")
    departed_s, arrives_s = known.number(mover, "Departed"), known.number(mover, "Arrives")
    if start_m is None or end_m is None or departed_s is None or arrives_s is None or arrives_s <= departed_s:
        return 0.0
    return (end_m - start_m) / speed_m_s / (arrives_s - departed_s) if math.isfinite(speed_m_s) else 0.0


def fitting(stream: Stream[int], seed: int, counter: int, elapsed: int, factor: float = 1.0) -> int:
    """A duration of a stream, times a factor, that is longer than what has elapsed: that at `counter` where it fits."""
    fits = (value for value in _draws(stream, seed, counter, factor) if value > elapsed)
    return next(fits, elapsed + NANOSECONDS)


def _draws(stream: Stream[int], seed: int, counter: int, factor: float) -> Iterator[int]:
    for number in range(_DRAWS):
        yield max(round(stream.value(seed, counter + 1009 * number) * factor), 1)
