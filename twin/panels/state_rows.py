"""Which rows the state timeline has: stations in line order below the names of their lines; and which of them show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from twin.panels import words
from twin.panels.colours import is_abnormal
from twin.plant.layout import Area, Layout, Line
from twin.session.frame import Timeline

Entry = int | str  # the index of a station, or a heading

_LOWEST_PX, _HIGHEST_PX, _SCROLLED_PX = 8, 30, 20
_MOST_PINNED = 20
_NO_TIMES, _NO_STATES = np.empty(0, np.int64), np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Fit:
    """How rows are laid out in a height.

    Attributes:
        row_px: height of a row; a whole number but where all rows just share the height.
        slots: how many show at a time; all of them unless they scroll.
    """

    row_px: float
    slots: int


def entries_of(layout: Layout | None) -> list[Entry]:
    """The rows in line order. Headings are the lines' names; of lines of one station, their area's."""
    entries: list[Entry] = []
    several = layout is not None and len(layout.lines) > 1
    number = 0
    for area in layout.areas if layout else ():
        said = ""
        for line in area.lines:
            heading = _heading(area, line)
            if several and heading != said:
                entries.append(heading)
            said = heading
            entries += range(number, number + len(line.stations))
            number += len(line.stations)
    return entries


def _heading(area: Area, line: Line) -> str:
    name = (line.name if len(line.stations) > 1 else area.name).text(words.language())
    return f"{line.id}  {name}" if len(line.stations) > 1 else name


def fit(count: int, height_px: int) -> Fit:
    """Rows as high as there is room for; where they would be lower than the eye can part them, they scroll."""
    shared = height_px // max(count, 1)
    if shared >= _LOWEST_PX:
        return Fit(min(_HIGHEST_PX, shared), count)
    return Fit(_SCROLLED_PX, min(count, max(1, height_px // _SCROLLED_PX)))


def part_of(timeline: Timeline, shown: Sequence[Entry]) -> Timeline:
    """What is known of some rows; nothing of headings."""
    chosen = [entry if isinstance(entry, int) else -1 for entry in shown]
    times = tuple(timeline.time_ns[entry] if entry >= 0 else _NO_TIMES for entry in chosen)
    states = tuple(timeline.state[entry] if entry >= 0 else _NO_STATES for entry in chosen)
    return Timeline(timeline.covered, times, states)


class RowScroll(QScrollBar):
    """Which rows are in view: all of them, or a stretch. Hidden where there is nothing to scroll.

    Attributes:
        fit: how the rows are laid out.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.fit = Fit(float(_SCROLLED_PX), 1)
        self._in_line_order: list[Entry] = []
        self._entries: list[Entry] = []
        self._selected = -1

    @property
    def shown(self) -> list[Entry]:
        """The rows in view."""
        return self._entries[self.value() : self.value() + self.fit.slots]

    def list_rows(self, layout: Layout | None) -> None:
        """List the stations of another layout."""
        self._in_line_order = entries_of(layout)

    def arrange(self, states: Sequence[int], selected: int, height_px: int) -> None:
        """Fit the rows to a height; a station that has just been selected (-1: none) comes into view.

        Where rows scroll, those that a person should look at come first, too; the others stay where they are.
        """
        self.fit = fit(len(self._in_line_order), height_px)
        scrolls, before = self.fit.slots < len(self._in_line_order), len(self._entries)
        self._entries = [*(_pinned(states) if scrolls else ()), *self._in_line_order]
        grown = len(self._entries) - before if self.value() and before else 0
        with QSignalBlocker(self):
            self.setVisible(scrolls)
            self.setRange(0, len(self._entries) - self.fit.slots)
            self.setPageStep(self.fit.slots)
            self.setValue(self.value() + grown)
            if selected != self._selected and selected in self._entries:
                row = self._entries.index(selected)
                if not 0 <= row - self.value() < self.fit.slots:
                    self.setValue(row - self.fit.slots // 2)
        self._selected = selected


def _pinned(states: Sequence[int]) -> list[Entry]:
    wrong = [row for row, state in enumerate(states) if is_abnormal(state)]
    heading = QCoreApplication.translate("StatesPanel", "Abnormal now")
    return [heading, *wrong] if 0 < len(wrong) <= _MOST_PINNED else []
