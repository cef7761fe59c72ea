"""The life of one alarm as OPC UA Part 9 and ISA-18.2 tell it: a plain state and the functions that change it.

An alarm that becomes active asks to be acknowledged, one that is acknowledged asks to be confirmed (Part 9, Annex B: an
alarm nobody has acknowledged yet counts as confirmed). There are no branches: the newest activation takes the place of
the one before. Every change has a number, and so does the event that tells of it; an operator answers an event, and
may only answer one that came at the newest activation or after it.

Not here: nodes, events and clocks. Times are UTC nanoseconds and are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LONGEST_SHELVING_NS = 8 * 3600 * 1_000_000_000  # one shift (an estimate): the next one decides for itself


class Answer(IntEnum):
    """What an operator's action comes to: OPC UA status codes. After GOOD the condition has changed."""

    GOOD = 0
    BAD_ALREADY_ENABLED = 0x80CC0000
    BAD_DISABLED = 0x80990000
    BAD_ALREADY_DISABLED = 0x80980000
    BAD_EVENT_UNKNOWN = 0x809A0000
    BAD_ALREADY_ACKED = 0x80CF0000
    BAD_ALREADY_CONFIRMED = 0x80D00000
    BAD_ALREADY_SHELVED = 0x80D10000
    BAD_NOT_SHELVED = 0x80D20000
    BAD_SHELVING_TIME = 0x80D30000


class Shelving(StrEnum):
    """States of the ShelvedStateMachine, by their names in the standard."""

    UNSHELVED = "Unshelved"
    TIMED = "TimedShelved"
    ONE_SHOT = "OneShotShelved"


@dataclass(frozen=True, slots=True)
class Level:
    """What the source of an alarm says.

    Attributes:
        severity: 1 to 1000.
        limit: which limit is passed: `HighHigh`, `High`, `Low` or `LowLow`; empty for what has no limits.
    """

    active: bool = False
    severity: int = 1
    message: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an operator does comes from somebody, at some time, on some event, with a comment (None keeps the last)."""

    time_ns: int
    user: str = ""
    change: int | None = None
    comment: str | None = None


@dataclass(slots=True)
class Condition:
    """The state of one alarm. Each `…_ns` is when the state of that name changed last.

    Attributes:
        change: number of the newest change, 0 before any.
        since: number of the change that activated it last; answers to earlier ones come too late.
        said: what the source says, also while the condition is disabled.
    """

    time_ns: int = 0
    change: int = 0
    since: int = 1
    said: Level = Level()
    enabled: bool = True
    enabled_ns: int = 0
    active: bool = False
    active_ns: int = 0
    acked: bool = True
    acked_ns: int = 0
    confirmed: bool = True
    confirmed_ns: int = 0
    severity: int = 1
    last_severity: int = 1
    severity_ns: int = 0
    limit: str = ""
    message: str = ""
    comment: str = ""
    comment_ns: int = 0
    user: str = ""
    shelving: Shelving = Shelving.UNSHELVED
    unshelve_ns: int = 0

    @property
    def retain(self) -> bool:
        """Whether it is still of interest to somebody who looks now."""
        return self.enabled and (self.active or not self.acked or not self.confirmed)


def report(condition: Condition, time_ns: int, said: Level) -> bool:
    """The source says something; whether that changed the condition."""
    condition.said = said
    return condition.enabled and _follow(condition, time_ns) and _changed(condition, time_ns)


def acknowledge(condition: Condition, remark: Remark) -> Answer:
    """Somebody has seen it; now it waits to be confirmed."""
    if refusal := _refusal(condition, remark):
        return refusal
    if condition.acked:
        return Answer.BAD_ALREADY_ACKED
    condition.acked, condition.confirmed = True, False
    condition.acked_ns = condition.confirmed_ns = remark.time_ns
    return _remarked(condition, remark)


def confirm(condition: Condition, remark: Remark) -> Answer:
    """Somebody has dealt with it."""
    if refusal := _refusal(condition, remark):
        return refusal
    if condition.confirmed:
        return Answer.BAD_ALREADY_CONFIRMED
    condition.confirmed, condition.confirmed_ns = True, remark.time_ns
    return _remarked(condition, remark)


def add_comment(condition: Condition, remark: Remark) -> Answer:
    """Somebody has something to say about it."""
    return _refusal(condition, remark) or _remarked(condition, remark)


def enable(condition: Condition, time_ns: int) -> Answer:
    """It lives again, and is what its source says now."""
    if condition.enabled:
        return Answer.BAD_ALREADY_ENABLED
    condition.enabled, condition.enabled_ns = True, time_ns
    _follow(condition, time_ns)
    return _good(condition, time_ns)


def disable(condition: Condition, time_ns: int) -> Answer:
    """It is nothing but disabled: neither active, nor to be acknowledged, nor shelved."""
    if not condition.enabled:
        return Answer.BAD_ALREADY_DISABLED
    condition.enabled, condition.enabled_ns = False, time_ns
    condition.active, condition.limit = False, ""
    condition.acked = condition.confirmed = True
    condition.active_ns = condition.acked_ns = condition.confirmed_ns = time_ns
    condition.shelving = Shelving.UNSHELVED
    return _good(condition, time_ns)


def shelve(condition: Condition, time_ns: int, duration_ns: int | None) -> Answer:
    """Put it away for some time, or with None until it is next inactive, but never for longer than a shift."""
    wanted = Shelving.ONE_SHOT if duration_ns is None else Shelving.TIMED
    lasts_ns = LONGEST_SHELVING_NS if duration_ns is None else duration_ns
    if not condition.enabled:
        return Answer.BAD_DISABLED
    if not 0 < lasts_ns <= LONGEST_SHELVING_NS:
        return Answer.BAD_SHELVING_TIME
    if condition.shelving is wanted:
        return Answer.BAD_ALREADY_SHELVED
    condition.shelving, condition.unshelve_ns = wanted, time_ns + lasts_ns
    return _good(condition, time_ns)


def unshelve(condition: Condition, time_ns: int) -> Answer:
    """Take it back before its time."""
    if not condition.enabled:
        return Answer.BAD_DISABLED
    if condition.shelving is Shelving.UNSHELVED:
        return Answer.BAD_NOT_SHELVED
    condition.shelving = Shelving.UNSHELVED
    return _good(condition, time_ns)


def pass_time(condition: Condition, time_ns: int) -> bool:
    """Unshelve it if its time is over; whether that changed it."""
    over = condition.shelving is not Shelving.UNSHELVED and time_ns >= condition.unshelve_ns
    return over and unshelve(condition, time_ns) is Answer.GOOD


def _follow(condition: Condition, time_ns: int) -> bool:
    """Make the condition what its source says; whether that is a change. Worse than before counts as a new alarm."""
    said = condition.said
    level = (True, said.limit, said.severity) if said.active else (False, "", condition.severity)
    if level == (condition.active, condition.limit, condition.severity):
        return False
    worse = said.active and (not condition.active or said.severity > condition.severity)
    if condition.active != said.active:
        condition.active_ns = time_ns
    if worse:
        condition.since = condition.change + 1
        condition.acked, condition.confirmed = False, True
        condition.acked_ns = condition.confirmed_ns = time_ns
    if level[2] != condition.severity:
        condition.last_severity, condition.severity_ns = condition.severity, time_ns
    if not said.active and condition.shelving is Shelving.ONE_SHOT:
        condition.shelving = Shelving.UNSHELVED
    condition.active, condition.limit, condition.severity = level
    condition.message = said.message
    return True


def _refusal(condition: Condition, remark: Remark) -> Answer:
    """Why an operator's answer to an event cannot be taken, GOOD if it can."""
    if not condition.enabled:
        return Answer.BAD_DISABLED
    known = remark.change is not None and condition.since <= remark.change <= condition.change
    return Answer.GOOD if known else Answer.BAD_EVENT_UNKNOWN


def _remarked(condition: Condition, remark: Remark) -> Answer:
    condition.user = remark.user
    if remark.comment is not None:
        condition.comment, condition.comment_ns = remark.comment, remark.time_ns
    return _good(condition, remark.time_ns)


def _good(condition: Condition, time_ns: int) -> Answer:
    _changed(condition, time_ns)
    return Answer.GOOD


def _changed(condition: Condition, time_ns: int) -> bool:
    condition.change += 1
    condition.time_ns = time_ns
    return True
