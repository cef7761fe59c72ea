"""Alarms folded from readings: limits with a deadband, stops by PackML state."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.opcua.test_server import NS, tiny_layout
from twin.factory.alarms import DEADBAND, Alarms
from twin.opcua.server import Reading
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.plant.packml import State
from twin.plant.shipped import shipped_layouts
from twin.plant.signals import Approach, Profile

LAYOUT = tiny_layout()  # the limits of Vacuum are 1 and 60 Pa
RANGE = 59.0


def vacuum(*values: float) -> list[Reading]:
    return [Reading("S1", "Vacuum", value, NS + step) for step, value in enumerate(values)]


def with_vacuum(**changes: Any) -> Layout:
    raw = LAYOUT.model_dump(by_alias=True)
    for tag in raw["tag_sets"]["station"]:
        if tag["id"] == "Vacuum":
            tag.update(changes)
    return Layout.model_validate(raw)


def test_a_value_beyond_a_limit_is_one_alarm_until_it_is_back_by_more_than_the_deadband() -> None:
    edge = 60 - DEADBAND * RANGE
    alarms = Alarms(LAYOUT).of(vacuum(30, 60, 60.1, 70, edge + 0.01, edge - 0.01, 60))
    assert [(alarm.active, alarm.limit, alarm.time_ns - NS) for alarm in alarms] == [
        (True, "High", 2),
        (False, None, 5),
    ]
    assert {(alarm.source, alarm.condition, alarm.kind, alarm.tag) for alarm in alarms} == {
        ("S1", "Vacuum.Level", "limit", "Vacuum")
    }
    assert alarms[0].message == "S1 Vacuum 60.1 Pa is beyond its limit 60"


def test_from_one_limit_to_the_other_is_one_step() -> None:
    alarms = Alarms(LAYOUT).of(vacuum(70, 0.5, 1.1, 30))
    assert [(alarm.active, alarm.limit) for alarm in alarms] == [(True, "High"), (True, "Low"), (False, None)]


@given(st.lists(st.floats(-10, 100)))
def test_what_begins_ends_before_it_begins_again(values: list[float]) -> None:
    limits = ["", *[alarm.limit or "" for alarm in Alarms(LAYOUT).of(vacuum(*values))]]
    assert all(before != after for before, after in pairwise(limits))
    inside = bool(values) and 2 < values[-1] < 59
    assert limits[-1] == "" or not inside


def test_readings_may_come_in_any_portions() -> None:
    readings = vacuum(30, 70, 65, 30, 0, 5)
    alarms = Alarms(LAYOUT)
    assert [alarm for reading in readings for alarm in alarms.of([reading])] == Alarms(LAYOUT).of(readings)


@pytest.mark.parametrize(("start", "count"), [(101_325.0, 0), (50.0, 1)])
def test_a_curve_that_begins_beyond_its_limits_is_not_watched(start: float, count: int) -> None:
    curve = {"kind": "approach", "start": start, "end": 20, "tau_s": 9}
    assert len(Alarms(with_vacuum(signal=curve)).of(vacuum(start, 61))) == count


def test_one_limit_is_enough() -> None:
    alarms = Alarms(with_vacuum(high=None)).of(vacuum(1000, 0.9, 1.1))
    assert [alarm.limit for alarm in alarms] == ["Low", None]


def test_a_breakdown_and_a_minor_stop_are_levels_of_the_state() -> None:
    states = (State.EXECUTE, State.HELD, State.HELD, State.EXECUTE, State.ABORTING, State.ABORTED, State.STOPPED)
    alarms = Alarms(LAYOUT).of(Reading("S2", "State", int(state), NS) for state in states)
    assert [(alarm.condition, alarm.active, alarm.severity) for alarm in alarms] == [
        ("MinorStop", True, 400),
        ("MinorStop", False, 400),
        ("Breakdown", True, 800),
        ("Breakdown", False, 800),
    ]
    assert {(alarm.kind, alarm.tag, alarm.source) for alarm in alarms} == {("off_normal", "State", "S2")}


def test_waiting_for_others_is_no_alarm() -> None:
    states = (State.SUSPENDED, State.IDLE, State.STOPPED, State.COMPLETE)
    assert Alarms(LAYOUT).of(Reading("S1", "State", int(state), NS) for state in states) == []


def test_other_tags_and_what_has_no_station_say_nothing() -> None:
    assert Alarms(LAYOUT).of([Reading("S1", "Count", 9, NS), Reading("nobody", "State", 9, NS)]) == []


@pytest.mark.parametrize("path", shipped_layouts(), ids=lambda path: path.stem)
def test_no_shipped_curve_is_an_alarm_in_a_good_cycle(path: Any) -> None:
    layout = parse_layout(path.read_text(encoding="utf-8"), path.name)
    alarms = Alarms(layout)
    for owner in layout.owners:
        for tag in owner.tags:
            curve = tag.signal
            if isinstance(curve, Approach | Profile):
                values = [curve.start, curve.end] if isinstance(curve, Approach) else [y for _, y in curve.points]
                assert alarms.of(Reading(owner.id, tag.id, value, NS) for value in values) == []
