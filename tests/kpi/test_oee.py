"""OEE against published worked examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.kpi.oee import oee


def test_the_worked_example_of_480_planned_minutes() -> None:
    """waycalculator.com: A 87.5 %, P 95.2 %, Q 95 %, OEE 79.1 % (exactly 0.79167)."""
    found = oee(busy_s=480 * 60, production_s=420 * 60, item_s=60, produced=400, good=380)
    assert found.availability == pytest.approx(0.875)
    assert found.effectiveness == pytest.approx(0.952, abs=5e-4)
    assert found.quality == pytest.approx(0.95)
    assert found.index == pytest.approx(0.79167, abs=5e-6)


def test_the_worked_example_of_the_tpm_book() -> None:
    """TPM: A Route to World-Class Performance, page 127: planned 910, down 127, 3 min standard, 203 made: A 86.0 %."""
    found = oee(busy_s=910 * 60, production_s=(910 - 127) * 60, item_s=180, produced=203, good=203)
    assert found.availability == pytest.approx(0.860, abs=5e-4)
    assert found.effectiveness == pytest.approx(203 / 261)  # the book prints 77.7 %, truncated


def test_nothing_planned_is_not_nothing_achieved() -> None:
    found = oee(busy_s=0, production_s=0, item_s=26, produced=0, good=0)
    assert all(map(math.isnan, (found.availability, found.effectiveness, found.quality, found.index)))


@given(st.floats(1, 1e6), st.floats(0.01, 1), st.floats(0.1, 100), st.integers(1, 10_000), st.floats(0, 1))
def test_the_index_is_good_items_at_full_speed_in_planned_time(
    busy_s: float, available: float, item_s: float, produced: int, good: float
) -> None:
    found = oee(busy_s=busy_s, production_s=busy_s * available, item_s=item_s, produced=produced, good=good * produced)
    assert found.index == pytest.approx(item_s * good * produced / busy_s)
