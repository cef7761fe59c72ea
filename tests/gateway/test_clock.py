"""The gateway's clock never steps back and never says the same twice."""

import time
from itertools import pairwise

import pytest

from twin.gateway.clock import Clock


def test_stamps_rise_strictly() -> None:
    clock = Clock()
    stamps = [clock.now_ns() for _ in range(1000)]
    assert all(before < after for before, after in pairwise(stamps))


def test_stamps_come_after_what_was_recorded_even_if_that_lies_in_the_future() -> None:
    future_ns = 2**62
    clock = Clock(future_ns)
    assert [clock.now_ns(), clock.now_ns()] == [future_ns + 1, future_ns + 2]


@pytest.mark.parametrize("step_s", [-3600, 86_400])
def test_a_step_of_the_wall_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch, step_s: int) -> None:
    clock = Clock()
    before = clock.now_ns()
    stepped = time.time_ns() + step_s * 1_000_000_000  # noqa: TID251 - what the clock itself would read
    monkeypatch.setattr(time, "time_ns", lambda: stepped)
    assert 0 < clock.now_ns() - before < 1_000_000_000
