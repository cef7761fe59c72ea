"""The life of an alarm against a tiny model of ISA-18.2, and the answers that Part 9 asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asyncua.ua.status_codes import StatusCodes
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from twin.opcua.condition import (
    LONGEST_SHELVING_NS,
    Answer,
    Condition,
    Level,
    Remark,
    Shelving,
    acknowledge,
    add_comment,
    confirm,
    disable,
    enable,
    pass_time,
    report,
    shelve,
    unshelve,
)

SECOND_NS = 1_000_000_000
ACTIVE, NORMAL = Level(True, 500, "hot"), Level(False, 500, "fine")

# ISA-18.2: A normal, B unacknowledged, C acknowledged, D returned to normal unacknowledged. What we add is `waiting`:
# acknowledged, and not confirmed yet.
STATES = {
    ("A", "alarm"): "B",
    ("B", "return"): "D",
    ("B", "acknowledge"): "C",
    ("C", "return"): "A",
    ("D", "acknowledge"): "A",
    ("D", "alarm"): "B",
}


class Life(RuleBasedStateMachine):
    """Sources, operators and time act on one condition in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.condition = Condition()
        self.now_ns = 0
        self.state, self.waiting, self.shelving_until = "A", False, 0
        self.said_active = False
        self.told = 0

    def step(self, action: str) -> None:
        self.state = STATES.get((self.state, action), self.state)

    @rule(active=st.booleans())
    def say(self, active: bool) -> None:
        changed = report(self.condition, self.now_ns, ACTIVE if active else NORMAL)
        assert changed == (self.state != "off" and active != (self.state in "BC"))
        self.said_active = active
        if changed:
            self.told += 1
            self.step("alarm" if active else "return")
            if active:
                self.waiting = False
            elif self.condition.shelving is Shelving.UNSHELVED:
                self.shelving_until = 0

    @rule(back=st.integers(0, 6))
    def acknowledge(self, back: int) -> None:
        before = replace(self.condition)
        answer = acknowledge(self.condition, Remark(self.now_ns, "Olga", before.change - back, "seen"))
        if answer is Answer.GOOD:
            assert self.state in "BD"
            assert before.change - back >= before.since
            self.told += 1
            self.step("acknowledge")
            self.waiting = True
            assert (self.condition.user, self.condition.comment) == ("Olga", "seen")
        else:
            assert self.condition == before
            late = before.change - back < before.since
            assert answer is (
                Answer.BAD_DISABLED
                if self.state == "off"
                else Answer.BAD_EVENT_UNKNOWN
                if late
                else Answer.BAD_ALREADY_ACKED
            )

    @rule()
    def confirm(self) -> None:
        answer = confirm(self.condition, Remark(self.now_ns, change=self.condition.change))
        assert (answer is Answer.GOOD) == self.waiting
        self.told += answer is Answer.GOOD
        self.waiting = False

    @rule(on=st.booleans())
    def switch(self, on: bool) -> None:
        answer = (enable if on else disable)(self.condition, self.now_ns)
        assert (answer is Answer.GOOD) == ((self.state == "off") == on)
        if answer is not Answer.GOOD:
            return
        self.told += 1
        self.waiting, self.shelving_until = False, 0
        self.state = "off" if not on else "B" if self.said_active else "A"

    @rule(seconds=st.integers(-1, 30_000))
    def shelve(self, seconds: int) -> None:
        before = self.condition.shelving
        answer = shelve(self.condition, self.now_ns, seconds * SECOND_NS)
        fits = 0 < seconds <= LONGEST_SHELVING_NS // SECOND_NS
        assert (answer is Answer.GOOD) == (self.state != "off" and fits and before is not Shelving.TIMED)
        if answer is Answer.GOOD:
            self.told += 1
            self.shelving_until = self.now_ns + seconds * SECOND_NS

    @rule()
    def shelve_once(self) -> None:
        before = self.condition.shelving
        answer = shelve(self.condition, self.now_ns, None)
        assert (answer is Answer.GOOD) == (self.state != "off" and before is not Shelving.ONE_SHOT)
        if answer is Answer.GOOD:
            self.told += 1
            self.shelving_until = self.now_ns + LONGEST_SHELVING_NS

    @rule()
    def unshelve(self) -> None:
        answer = unshelve(self.condition, self.now_ns)
        assert (answer is Answer.GOOD) == bool(self.shelving_until)
        self.told += answer is Answer.GOOD
        self.shelving_until = 0

    @rule(seconds=st.integers(0, 40_000))
    def wait(self, seconds: int) -> None:
        self.now_ns += seconds * SECOND_NS
        over = 0 < self.shelving_until <= self.now_ns
        assert pass_time(self.condition, self.now_ns) == over
        self.told += over
        if over:
            self.shelving_until = 0

    @invariant()
    def agrees_with_the_model(self) -> None:
        condition = self.condition
        assert condition.change == self.told
        assert condition.enabled == (self.state != "off")
        assert condition.active == (self.state in ("B", "C"))
        assert condition.acked == (self.state not in ("B", "D"))
        assert condition.confirmed == (not self.waiting)
        assert condition.retain == (self.state in ("B", "C", "D") or self.waiting)
        assert (condition.shelving is not Shelving.UNSHELVED) == bool(self.shelving_until)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40)


def test_answers_are_the_standards_status_codes() -> None:
    codes = StatusCodes
    assert {answer: answer.value for answer in Answer} == {
        Answer.GOOD: codes.Good,
        Answer.BAD_ALREADY_ENABLED: codes.BadConditionAlreadyEnabled,
        Answer.BAD_DISABLED: codes.BadConditionDisabled,
        Answer.BAD_ALREADY_DISABLED: codes.BadConditionAlreadyDisabled,
        Answer.BAD_EVENT_UNKNOWN: codes.BadEventIdUnknown,
        Answer.BAD_ALREADY_ACKED: codes.BadConditionBranchAlreadyAcked,
        Answer.BAD_ALREADY_CONFIRMED: codes.BadConditionBranchAlreadyConfirmed,
        Answer.BAD_ALREADY_SHELVED: codes.BadConditionAlreadyShelved,
        Answer.BAD_NOT_SHELVED: codes.BadConditionNotShelved,
        Answer.BAD_SHELVING_TIME: codes.BadShelvingTimeOutOfRange,
    }


def test_the_example_of_part_9_annex_b() -> None:
    condition, told = Condition(), []

    def look() -> None:
        told.append((condition.active, condition.acked, condition.confirmed, condition.retain))

    report(condition, 1, ACTIVE)
    look()
    acknowledge(condition, Remark(2, change=condition.change))
    look()
    report(condition, 3, NORMAL)
    look()
    confirm(condition, Remark(4, change=condition.change))
    look()
    assert told == [
        (True, False, True, True),
        (True, True, False, True),
        (False, True, False, True),
        (False, True, True, False),
    ]


def test_what_gets_worse_must_be_acknowledged_again_and_what_gets_better_need_not() -> None:
    condition = Condition()
    report(condition, 1, Level(True, 300, "high", "High"))
    seen = condition.change
    acknowledge(condition, Remark(2, change=seen))
    assert report(condition, 3, Level(True, 700, "very high", "HighHigh"))
    assert (condition.acked, condition.limit, condition.last_severity) == (False, "HighHigh", 300)
    assert acknowledge(condition, Remark(4, change=seen)) is Answer.BAD_EVENT_UNKNOWN
    acknowledge(condition, Remark(5, change=condition.change))
    assert report(condition, 6, Level(True, 300, "high", "High"))
    assert (condition.acked, condition.limit) == (True, "High")


@pytest.mark.parametrize("again", [ACTIVE, replace(ACTIVE, message="still hot")])
def test_the_same_once_more_is_no_change(again: Level) -> None:
    condition = Condition()
    assert report(condition, 1, ACTIVE)
    assert not report(condition, 2, again)


def test_a_comment_stays_until_another_takes_its_place() -> None:
    condition = Condition()
    report(condition, 1, ACTIVE)
    assert add_comment(condition, Remark(2, "Olga", condition.change, "looking")) is Answer.GOOD
    acknowledge(condition, Remark(3, "Wei", condition.change))
    assert (condition.comment, condition.comment_ns, condition.user) == ("looking", 2, "Wei")
    assert add_comment(condition, Remark(4, "Wei", None, "?")) is Answer.BAD_EVENT_UNKNOWN


def test_shelved_once_it_comes_back_when_it_is_inactive() -> None:
    condition = Condition()
    report(condition, 1, ACTIVE)
    shelve(condition, 2, None)
    report(condition, 3, NORMAL)
    assert condition.shelving is Shelving.UNSHELVED
