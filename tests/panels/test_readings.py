"""Readings: what may be said about a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from twin.history.recording import TagInfo
from twin.panels.readings import NOTHING, Reading, number_text, read
from twin.panels.value_list import age_text, limit_share
from twin.plant import quality

if TYPE_CHECKING:
    from tests.panels.frames import FrameMaker

TAG = "OF1-12/Vacuum"


def reading(maker: FrameMaker, tag: str = TAG, **changed: object) -> Reading:
    frame = maker.frame(**changed)
    return read(frame, frame.catalog.index(tag))


def test_a_good_value_is_shown_with_its_unit_and_age(maker: FrameMaker) -> None:
    found = reading(maker)
    assert (found.shown, found.unit, found.live, found.beyond) == ("21.4", "Pa", True, 0)
    assert found.age_ns == 1_000_000_000


def test_an_uncertain_value_has_a_question_mark(maker: FrameMaker) -> None:
    maker.put(TAG, 21.4, quality.UNCERTAIN_LAST_USABLE)
    assert reading(maker).shown == "21.4?"


def test_bad_and_stale_values_are_never_live_and_break_no_limit(maker: FrameMaker) -> None:
    maker.put(TAG, 99.0, quality.BAD_NO_COMMUNICATION)
    bad = reading(maker)
    maker.put(TAG, 99.0)
    stale = reading(maker, stale=np.ones(len(maker.catalog), np.bool_))
    assert not bad.live
    assert not stale.live
    assert (bad.beyond, stale.beyond, reading(maker).beyond) == (0, 0, 1)


def test_missing_is_never_zero(maker: FrameMaker) -> None:
    maker.value[maker.catalog.index(TAG)] = np.nan
    assert reading(maker).shown == NOTHING
    assert read(maker.frame(), -1).shown == NOTHING
    assert read(maker.frame(), -1).age_ns is None


def test_kernel_values_are_said_in_words(maker: FrameMaker) -> None:
    assert reading(maker, "OF1-12/State").shown == "Execute"
    assert reading(maker, "OF1-12/Serial").shown == "OF1-000123"
    maker.put("OF1-12/Serial", maker.empty)
    assert reading(maker, "OF1-12/Serial").shown == NOTHING


@pytest.mark.parametrize(
    ("value", "info", "text"),
    [
        (20.04, TagInfo("a", low=None, high=30.0), "20.0"),
        (9.96, TagInfo("a", low=None, high=30.0), "10.0"),
        (7.0, TagInfo("a", low=6.5, high=7.5), "7.00"),
        (1500.4, TagInfo("a", high=2000.0), "1500"),
        (0.0000123, TagInfo("a"), "1.23e-05"),
        (12.0, TagInfo("a", data_type="UInt32"), "12"),
    ],
)
def test_decimals_follow_the_limits(value: float, info: TagInfo, text: str) -> None:
    assert number_text(value, info) == text


@pytest.mark.parametrize(
    ("low", "high", "number", "share"),
    [
        (0.0, 10.0, 5.0, 0.5),
        (0.0, 10.0, 10.0, 0.75),
        (None, 30.0, 30.0, 0.75),
        (5.0, None, 5.0, 0.25),
        (0, 10, 99, 1.0),
    ],
)
def test_limits_stand_at_the_edges_of_the_normal_band(
    low: float | None, high: float | None, number: float, share: float
) -> None:
    found = limit_share(Reading("", "", number, quality.GOOD, stale=False, age_ns=0, low=low, high=high))
    assert found == pytest.approx(share)


def test_ages_are_whole_seconds() -> None:
    assert [age_text(age) for age in (None, 1_900_000_000, 65_000_000_000)] == ["", "1 s", "1 min 05 s"]
