"""The station names beside the state timeline: one badge and name a row, thinned where rows are lower than text.

Where not every name fits, those that somebody may look for stay: the selected one and what is abnormal now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twin.panels.colours import Group, Theme, group_of
from twin.panels.marks import paint_clock, paint_state

_WIDEST_PX = 320
_BADGE_PX = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One station: what it is called and how it is; or a heading, which has no `thing`."""

    thing: str
    name: str
    state: int
    blocked: bool
    stale: bool
    selected: bool


def placed_rows(rows: Sequence[Row], row_px: float, text_px: float, height_px: float) -> list[tuple[int, float]]:
    """(row, middle of its name in pixels) for the names that are shown: all, or as many as fit without touching."""
    if row_px >= text_px:
        return [(index, (index + 0.5) * row_px) for index in range(len(rows))]
    slots, every = int(height_px / text_px), math.ceil(text_px / row_px)
    wanted = [index for index, row in enumerate(rows) if row.selected or group_of(row.state) >= Group.UNKNOWN]
    wanted.sort(key=lambda index: (not rows[index].selected, -group_of(rows[index].state)))
    kept = wanted[:slots]
    for index in range(0, len(rows), every):
        if len(kept) < slots and all(abs(index - other) >= every for other in kept):
            kept.append(index)
    kept.sort()
    return list(zip(kept, _spread([(index + 0.5) * row_px for index in kept], text_px, height_px), strict=True))


def _spread(middles: list[float], gap: float, height: float) -> list[float]:
    """The middles moved apart by as little as leaves `gap` between them, within the height."""
    least, found = gap / 2, []
    for middle in middles:
        found.append(max(middle, least))
        least = found[-1] + gap
    most = height - gap / 2
    for index in reversed(range(len(found))):
        found[index] = min(found[index], most)
        most = found[index] - gap
    return found


class RowNames(QWidget):
    """Paints the rows at the same heights as the picture beside it."""

    chosen = Signal(int)
    scrolled = Signal(int)  # rows, positive downwards

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows: tuple[Row, ...] = ()
        self._row_px = 20.0
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(min(_WIDEST_PX, self._widest + _BADGE_PX + 40), 100)

    def show_rows(self, rows: tuple[Row, ...], row_px: float) -> None:
        """Show these rows, `row_px` high each; nothing is painted if nothing differs."""
        if (rows, row_px) == (self._rows, self._row_px):
            return
        widest = max((self.fontMetrics().horizontalAdvance(row.name) for row in rows), default=0)
        self._rows, self._row_px = rows, row_px
        if widest > self._widest:  # scrolling never makes it narrower: the picture beside it would jump
            self._widest = widest
            self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y_px, text_px = event.position().y(), self.fontMetrics().height()
        named = [row for row, middle in self._placed() if abs(middle - y_px) <= text_px / 2]
        row = named[0] if named else int(y_px / max(self._row_px, 1.0))
        if row < len(self._rows):
            self.chosen.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scrolled.emit(-round(event.angleDelta().y() / 40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        height = max(self._row_px, self.fontMetrics().height())
        for index, middle in self._placed():
            self._paint_row(painter, self._rows[index], middle, height)
            if self._row_px < height:  # names that had to move point to their row
                painter.setPen(QColor(self.theme.hatch))
                row_px = (index + 0.5) * self._row_px
                painter.drawLine(QPointF(self.width() - 12, middle), QPointF(self.width(), row_px))
        painter.end()

    def _placed(self) -> list[tuple[int, float]]:
        height = self._row_px * len(self._rows)
        return placed_rows(self._rows, self._row_px, self.fontMetrics().height(), height)

    def _paint_heading(self, painter: QPainter, text: str, middle: float, height: float) -> None:
        plain = QFont(painter.font())
        bold = QFont(plain)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        line = QRectF(8, middle - height / 2, self.width() - 12, height)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setFont(plain)

    def _paint_row(self, painter: QPainter, row: Row, middle: float, height: float) -> None:
        theme = self.theme
        if not row.thing:
            self._paint_heading(painter, row.name, middle, height)
            return
        line = QRectF(8, middle - height / 2, self.width() - 24, height)
        if row.selected:
            painter.fillRect(line.adjusted(-8, 0, 4, 0), QColor(theme.grid))
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
