"""Rows of the state timeline: line by line, and scrolled where they would be too low to be told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twin.panels.state_rows import entries_of, fit
from twin.plant.layout_file import read_layout
from twin.plant.shipped import OUTDOOR_LINE, SHIPPED


def test_one_line_needs_no_headings() -> None:
    assert entries_of(read_layout(OUTDOOR_LINE)) == list(range(14))
    assert entries_of(None) == []


def test_every_station_of_a_plant_is_listed_once_below_its_line_or_area() -> None:
    layout = read_layout(SHIPPED / "default.json")
    entries = entries_of(layout)
    assert [entry for entry in entries if isinstance(entry, int)] == list(range(len(layout.stations)))
    headings = [entry for entry in entries if isinstance(entry, str)]
    several = [line for line in layout.lines if len(line.stations) > 1]
    assert len(headings) == len(set(headings)) == len(several) + 1  # injection machines stand below their area
    assert all(isinstance(entries[row + 1], int) for row, entry in enumerate(entries[:-1]) if isinstance(entry, str))


@given(st.integers(0, 500), st.integers(1, 2000))
def test_rows_fill_the_height_or_scroll(count: int, height_px: int) -> None:
    found = fit(count, height_px)
    assert found.row_px >= 8
    assert 0 <= found.slots <= count
    assert found.slots * found.row_px <= max(height_px, found.row_px)
