"""The station names beside the state timeline: one badge and name a row, thinned where rows are lower than text.

Where not every name fits, those that somebody may look for stay: the selected one and what is abnormal now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twin.panels.colours import Group, Theme, group_of
from twin.panels.marks import paint_clock, paint_state

_WIDEST_PX = 320
_BADGE_PX = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One station: what it is called and how it is."""

    thing: str
    name: str
    state: int
    blocked: bool
    stale: bool
    selected: bool


def shown_rows(rows: Sequence[Row], row_px: float, text_px: int) -> list[int]:
    """Indices of rows whose names fit without touching: the selected and the worst first, then evenly."""
    if row_px >= text_px:
        return list(range(len(rows)))
    every = math.ceil(text_px / max(row_px, 1))

    def urgency(index: int) -> tuple[bool, int, bool, int]:
        group = group_of(rows[index].state)
        return (not rows[index].selected, -group if group >= Group.UNKNOWN else 0, index % every != 0, index)

    kept: list[int] = []
    for index in sorted(range(len(rows)), key=urgency):
        if all(abs(index - other) >= every for other in kept):
            kept.append(index)
    return sorted(kept)


class RowNames(QWidget):
    """Paints the rows at the same heights as the picture beside it."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows: tuple[Row, ...] = ()
        self._row_px = 20.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        widest = max((self.fontMetrics().horizontalAdvance(row.name) for row in self._rows), default=0)
        return QSize(min(_WIDEST_PX, widest + _BADGE_PX + 40), 100)

    def show_rows(self, rows: tuple[Row, ...], row_px: float) -> None:
        """Show these rows, `row_px` high each; nothing is painted if nothing differs."""
        if (rows, row_px) == (self._rows, self._row_px):
            return
        renamed = [row.name for row in rows] != [row.name for row in self._rows]
        self._rows, self._row_px = rows, row_px
        if renamed:
            self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // max(self._row_px, 1.0))
        if row < len(self._rows):
            self.chosen.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        text_px = painter.fontMetrics().height()
        for index in shown_rows(self._rows, self._row_px, text_px):
            self._paint_row(painter, index, max(self._row_px, text_px))
        painter.end()

    def _paint_row(self, painter: QPainter, index: int, height: float) -> None:
        row, theme = self._rows[index], self.theme
        middle = index * self._row_px + self._row_px / 2
        middle = min(max(middle, height / 2), self.height() - height / 2)
        line = QRectF(8, middle - height / 2, self.width() - 16, height)
        if row.selected:
            painter.fillRect(line.adjusted(-8, 0, 8, 0), QColor(theme.grid))
            painter.fillRect(QRectF(0, line.top(), 3, height), QColor(theme.accent))
        badge = QRectF(line.left(), middle - _BADGE_PX / 2, _BADGE_PX, _BADGE_PX)
        if row.stale:
            paint_clock(painter, badge.adjusted(1, 1, -1, -1), theme.warning)
        else:
            paint_state(painter, badge, theme, row.state, blocked=row.blocked)
        words = line.adjusted(_BADGE_PX + 8, 0, 0, 0)
        calm = row.stale or not (row.selected or group_of(row.state) >= Group.UNKNOWN)
        text = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.setPen(QColor(theme.muted if calm else theme.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
