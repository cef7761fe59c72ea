"""The strip of the time bar: the whole recording at a glance. Drag to scrub; drag the window's bar to move or size it.

What rarely changes (`twin.panels.strip_ground`) is painted once; a tick only moves the playhead and the window over it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twin.history.recording import Span
from twin.panels.colours import Theme
from twin.panels.panel import Panel
from twin.panels.strip_ground import HEIGHT_PX, WINDOW_LANE, Ruler, ground_pixmap
from twin.panels.times import SECOND_NS
from twin.session.commands import Seek, SetWindow
from twin.session.frame import Commander, Frame

_GRIP_PX = 6
_SHORTEST_NS = 2 * SECOND_NS
_LEAST_SPAN_NS = 300 * SECOND_NS  # a recording that has just begun grows into this width instead of filling it


class OverviewStrip(Panel):
    """Paints the span of a recording and lets a hand move the playhead and the window in it."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self.setFixedHeight(HEIGHT_PX)
        self.setMinimumWidth(320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._ground: QPixmap | None = None
        self.ruler = Ruler(Span(0, 1), 1)
        self._drag: tuple[str, int, Span] | None = None

    def sizeHint(self) -> QSize:
        return QSize(1200, HEIGHT_PX)

    def show_frame(self, frame: Frame) -> None:
        last, self.frame = self.frame, frame
        end_ns = frame.span.end_ns
        if frame.health.data_age_ns is not None:
            end_ns = max(end_ns, frame.span.start_ns + _LEAST_SPAN_NS)
        shown = Span(frame.span.start_ns, max(end_ns, frame.span.start_ns + 1))
        grown_px = abs(shown.end_ns - self.ruler.shown.end_ns) / self.ruler.scale
        same = last and frame.events == last.events and frame.gaps == last.gaps and frame.layout is last.layout
        if self._ground is None or not same or shown.start_ns != self.ruler.shown.start_ns or grown_px >= 1:
            self.ruler, self._ground = Ruler(shown, self.width()), None
        self.update()

    def restyle(self) -> None:
        self._ground = None

    def retranslate(self) -> None:
        self._ground = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground, self.ruler = None, replace(self.ruler, width_px=self.width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.frame:
            x_px = event.position().x()
            what = self._grip(x_px, event.position().y())
            self._drag = (what, self.ruler.time_at(x_px), self.frame.window)
            self._pull(x_px)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x_px = event.position().x()
        if self._drag:
            self._pull(x_px)
            return
        grip = self._grip(x_px, event.position().y())
        shapes = {"start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor}
        self.setCursor(shapes.get(grip, Qt.CursorShape.PointingHandCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def _grip(self, x_px: float, y_px: float) -> str:
        """What a press at this place takes hold of: `playhead`, `window`, or the window's `start` or `end`."""
        if not self.frame or not WINDOW_LANE[0] <= y_px < WINDOW_LANE[1]:
            return "playhead"
        start, end = self._window_px(self.frame)
        if abs(x_px - end) <= _GRIP_PX:
            return "end"
        if abs(x_px - start) <= _GRIP_PX:
            return "start"
        return "window" if start < x_px < end else "playhead"

    def _pull(self, x_px: float) -> None:
        if not self._drag or not self.frame:
            return
        what, pressed_ns, window = self._drag
        at_ns, now_ns = self.ruler.time_at(x_px), self.frame.playhead_ns
        moved_ns = at_ns - pressed_ns
        if what == "playhead":
            self.send(Seek(max(self.frame.span.start_ns, min(at_ns, self.frame.span.end_ns))))
        elif what == "start":
            self.send(SetWindow(min(window.start_ns + moved_ns, now_ns, window.end_ns - _SHORTEST_NS), window.end_ns))
        elif what == "end":
            self.send(SetWindow(window.start_ns, max(window.end_ns + moved_ns, now_ns, window.start_ns + _SHORTEST_NS)))
        elif moved_ns:
            start, end = window.start_ns + moved_ns, window.end_ns + moved_ns
            kept = max(start, min(now_ns, end))
            if kept != now_ns:
                self.send(Seek(kept))
            self.send(SetWindow(start, end))

    def _window_px(self, frame: Frame) -> tuple[float, float]:
        start, end = self.ruler.x_of(frame.window.start_ns), self.ruler.x_of(frame.window.end_ns)
        start, end = max(0.0, start), min(float(self.width()), end)
        return start, max(end, start + 2 * _GRIP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.frame is None:
            painter.fillRect(self.rect(), QColor(self.theme.panel))
            painter.end()
            return
        if self._ground is None:
            self._ground = ground_pixmap(self.frame, self.ruler, self.theme, self)
        painter.drawPixmap(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_window(painter, self.frame)
        self._paint_playhead(painter, self.ruler.x_of(self.frame.playhead_ns))
        painter.end()

    def _paint_window(self, painter: QPainter, frame: Frame) -> None:
        start, end = self._window_px(frame)
        accent = QColor(self.theme.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(
            QRectF(start, WINDOW_LANE[0] + 2, end - start, WINDOW_LANE[1] - WINDOW_LANE[0] - 4), 4, 4
        )
        painter.setPen(QPen(QColor(self.theme.accent_ink), 1))
        for x in (start + 4, end - 4):
            painter.drawLine(QPointF(x, WINDOW_LANE[0] + 4), QPointF(x, WINDOW_LANE[1] - 4))
        accent.setAlpha(28)
        painter.fillRect(QRectF(start, 0, end - start, WINDOW_LANE[0] + 2), accent)

    def _paint_playhead(self, painter: QPainter, x: float) -> None:
        x = min(max(x, 1.0), self.width() - 1.0)
        colour = QColor(self.theme.text)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, WINDOW_LANE[1]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(x - 6, 0), QPointF(x + 6, 0), QPointF(x, 8)]))
