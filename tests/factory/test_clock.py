"""Plant time against a wall that the test turns by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.factory import clock as module
from twin.factory.clock import PlantClock

UTC_NS = 1_767_225_600_123_456_789
OPENED_NS = 2_400_000_000_000


class Wall:
    """Stands for the `time` module."""

    def __init__(self) -> None:
        self.utc_ns = UTC_NS
        self.running_ns = 5_000

    def time_ns(self) -> int:
        return self.utc_ns

    def monotonic_ns(self) -> int:
        return self.running_ns


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(module, "time", wall)
    return wall


def test_plant_time_starts_where_the_plant_opened_and_runs_at_its_speed(wall: Wall) -> None:
    clock = PlantClock(OPENED_NS, 10.0)
    assert clock.now_ns() == OPENED_NS
    wall.running_ns += 1_000_000
    assert clock.now_ns() == OPENED_NS + 10_000_000


def test_setting_the_computers_clock_does_not_move_the_plant(wall: Wall) -> None:
    clock = PlantClock(OPENED_NS, 1.0)
    wall.utc_ns += 3_600_000_000_000
    assert clock.now_ns() == OPENED_NS
    assert clock.wire_ns(OPENED_NS) == UTC_NS // 1000 * 1000


def test_the_wire_shows_when_on_the_wall_a_plant_instant_happens(wall: Wall) -> None:
    assert wall.utc_ns == UTC_NS
    clock = PlantClock(OPENED_NS, 4.0)
    assert clock.wire_ns(OPENED_NS + 4_000_000_000) == (UTC_NS + 1_000_000_000) // 1000 * 1000
    assert clock.wire_ns(OPENED_NS - 4_000_000_000) == (UTC_NS - 1_000_000_000) // 1000 * 1000


@given(
    speed=st.floats(0.01, 1000),
    first_ns=st.integers(0, 10**16),
    later_ns=st.integers(0, 10**13),
)
def test_wire_times_never_change_the_order_of_plant_instants(speed: float, first_ns: int, later_ns: int) -> None:
    clock = PlantClock(OPENED_NS, speed)
    assert clock.wire_ns(first_ns) <= clock.wire_ns(first_ns + later_ns)
    assert clock.wire_ns(first_ns) % 1000 == 0
