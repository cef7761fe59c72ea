"""The head of the inspector: badge, id, name, state with since when and how long. A stale state is struck and grey."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twin.panels.colours import Theme
from twin.panels.marks import paint_clock, paint_state

_BADGE_PX = 44


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says.

    Attributes:
        state: PackML number; None for a thing that has no state.
        state_text, since_text: in words, empty for a thing without a state.
    """

    thing: str
    name: str
    state: int | None = None
    blocked: bool = False
    stale: bool = False
    state_text: str = ""
    since_text: str = ""


class StateHeader(QWidget):
    """Paints a Header."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.header = Header("", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(280, 84)

    def show_header(self, header: Header) -> None:
        """Show this head."""
        if header != self.header:
            self.header = header
            self.setAccessibleName(f"{header.thing} {header.name} {header.state_text} {header.since_text}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        header, theme = self.header, self.theme
        left = 12
        if header.state is not None:
            badge = QRectF(12, (self.height() - _BADGE_PX) / 2, _BADGE_PX, _BADGE_PX)
            paint_state(painter, badge, theme, header.state, blocked=header.blocked, live=not header.stale)
            if header.stale:
                paint_clock(painter, QRectF(badge.right() - 14, badge.bottom() - 14, 16, 16), theme.warning)
            left += _BADGE_PX + 12
        room = QRectF(left, 8, self.width() - left - 12, self.height() - 16)
        lines = [header.name or header.thing, header.state_text, header.since_text]
        self._paint_lines(painter, room, lines)
        painter.end()

    def _paint_lines(self, painter: QPainter, room: QRectF, lines: list[str]) -> None:
        header, theme = self.header, self.theme
        plain = QFont(painter.font())
        large = QFont(plain)
        large.setPointSizeF(plain.pointSizeF() + 3)
        large.setBold(True)
        struck = QFont(plain)
        struck.setStrikeOut(header.stale)
        styles = ((large, theme.text), (struck, theme.muted if header.stale else theme.text))
        faint = (plain, theme.warning if header.stale else theme.muted)
        id_width = painter.fontMetrics().horizontalAdvance(header.thing) if header.name else 0
        height = room.height() / 3
        for row, (text, (font, colour)) in enumerate(zip(lines, (*styles, faint), strict=True)):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            line = QRectF(room.left(), room.top() + row * height, room.width(), height)
            width = line.width() - (id_width + 8 if row == 0 else 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        if header.name:
            painter.setFont(plain)
            painter.setPen(QColor(theme.muted))
            first = QRectF(room.left(), room.top(), room.width(), height)
            painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, header.thing)
