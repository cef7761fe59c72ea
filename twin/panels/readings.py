"""Reading: one tag's value at the playhead, to be shown honestly: never stale or bad as live, never missing as zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

from twin.history.batch import NEVER_NS
from twin.history.recording import TagInfo
from twin.panels import words
from twin.panels.times import date_clock_text, zone_of
from twin.plant import quality
from twin.plant.quality import Severity
from twin.session.frame import Frame

NOTHING = "—"
_WORDS = {"State": words.state, "Mode": words.unit_mode}  # numbers of the kernel's tags that have a name


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be said about a tag.

    Attributes:
        text: the newest value, `—` where there has been none.
        number: the value as a number, NaN where there is none.
        code: OPC UA status code.
        stale: may not be shown as live, whatever its quality.
        age_ns: how old it is by its source's clock; None where there has been none.
    """

    text: str
    unit: str
    number: float
    code: int
    stale: bool
    age_ns: int | None
    low: float | None
    high: float | None

    @property
    def severity(self) -> Severity:
        """How far the value may be trusted."""
        return quality.severity(self.code)

    @property
    def shown(self) -> str:
        """The value as it may be shown: an uncertain one with a question mark."""
        doubtful = self.severity is Severity.UNCERTAIN and self.text != NOTHING
        return f"{self.text}?" if doubtful else self.text

    @property
    def live(self) -> bool:
        """Whether the value may be shown as what is true now."""
        return not self.stale and self.severity is not Severity.BAD

    @property
    def beyond(self) -> int:
        """-1 below the low limit, 1 above the high one, else 0. A value that is not live is beyond nothing."""
        if not self.live or self.number != self.number:
            return 0
        if self.low is not None and self.number < self.low:
            return -1
        return int(self.high is not None and self.number > self.high)


_MISSING = Reading(NOTHING, "", math.nan, quality.BAD_WAITING, stale=True, age_ns=None, low=None, high=None)


def read(frame: Frame, index: int) -> Reading:
    """The reading of the tag with this catalogue index; -1 reads as missing."""
    if not 0 <= index < len(frame.state):
        return _MISSING
    info, state = frame.catalog.tags[index], frame.state
    number, known = float(state.value[index]), int(state.time_ns[index]) != NEVER_NS
    return Reading(
        text=_text(frame, info, number),
        unit=info.unit,
        number=number,
        code=int(state.quality[index]),
        stale=bool(frame.stale[index]),
        age_ns=max(0, frame.age_ns(index)) if known else None,
        low=info.low,
        high=info.high,
    )


def _text(frame: Frame, info: TagInfo, number: float) -> str:
    owner, _, own = info.id.rpartition("/")
    if not math.isfinite(number):
        return NOTHING
    if info.is_text:
        return frame.catalog.text(number) or NOTHING
    if info.data_type == "DateTime":
        return date_clock_text(round(number * 1e9), zone_of(frame.layout))
    if frame.layout and owner and own in _WORDS:
        return _WORDS[own](int(number))
    return number_text(number, info)


def number_text(number: float, info: TagInfo) -> str:
    """A number with as many decimals as its tag's limits call for, so that it does not jump about while it changes."""
    if "Int" in info.data_type or info.data_type == "Boolean":
        return f"{number:.0f}"
    size = max(abs(info.low or 0.0), abs(info.high or 0.0)) or abs(number)
    if size and (size < 1e-3 or size >= 1e7):
        return f"{number:.2e}"
    return f"{number:.{max(0, min(4, 3 - math.ceil(math.log10(size or 1.0))))}f}"


def whole_text(count: float) -> str:
    """A count, or a dash where nobody knows: missing is never zero."""
    return f"{count:.0f}" if math.isfinite(count) else NOTHING


def is_blocked(frame: Frame, station: str) -> bool:
    """Whether a station says that it cannot give its output away (a suspended one that is not blocked is starved)."""
    index = frame.catalog.index(f"{station}/Blocked")
    return 0 <= index < len(frame.state) and frame.state.value[index] == 1.0
