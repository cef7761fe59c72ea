"""Icons of the time bar, drawn from paths in the colours of the theme: nothing to ship, sharp at every scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QPolygonF

from twin.panels.colours import Theme

SIZE_PX = 20
_SCALES = (1, 2)


def _triangle(path: QPainterPath, tip: float, base: float, half: float = 5.5) -> None:
    path.addPolygon(QPolygonF([QPointF(tip, 10), QPointF(base, 10 - half), QPointF(base, 10 + half)]))
    path.closeSubpath()


def _play() -> QPainterPath:
    path = QPainterPath()
    _triangle(path, 16, 6)
    return path


def _backwards() -> QPainterPath:
    path = QPainterPath()
    _triangle(path, 4, 14)
    return path


def _pause() -> QPainterPath:
    path = QPainterPath()
    for x in (5.5, 11.5):
        path.addRoundedRect(QRectF(x, 4.5, 3.4, 11), 1, 1)
    return path


def _next_event() -> QPainterPath:
    path = QPainterPath()
    _triangle(path, 12, 3.5)
    path.addPolygon(QPolygonF([QPointF(15.5, 5), QPointF(18.6, 10), QPointF(15.5, 15), QPointF(12.4, 10)]))
    path.closeSubpath()
    return path


def _previous_event() -> QPainterPath:
    path = QPainterPath()
    _triangle(path, 8, 16.5)
    path.addPolygon(QPolygonF([QPointF(4.5, 5), QPointF(7.6, 10), QPointF(4.5, 15), QPointF(1.4, 10)]))
    path.closeSubpath()
    return path


PATHS: dict[str, Callable[[], QPainterPath]] = {
    "play": _play,
    "backwards": _backwards,
    "pause": _pause,
    "next_event": _next_event,
    "previous_event": _previous_event,
}


def icon(name: str, theme: Theme) -> QIcon:
    """The icon of this name."""
    made = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(QSize(SIZE_PX, SIZE_PX) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(PATHS[name](), QColor(theme.text))
        painter.end()
        made.addPixmap(pixmap)
    return made
