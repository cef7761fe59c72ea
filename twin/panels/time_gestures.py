"""What the mouse does on every picture with a time axis: the wheel zooms, dragging pans. Clicks are passed on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from twin.history.recording import Span
from twin.panels.times import SECOND_NS
from twin.session.commands import Seek, SetWindow
from twin.session.frame import Commander, Frame

_ZOOM = 0.8  # of the window's width that one notch of the wheel leaves
_SHORTEST_NS = 2 * SECOND_NS
_LONGEST_NS = 400 * 86400 * SECOND_NS


class TimeGestures(QObject):
    """Watches a widget whose time axis runs from `left_px` to its right edge and shows the window of `frame`."""

    hovered = Signal(QPoint)
    unhovered = Signal()
    clicked = Signal(QPoint)
    double_clicked = Signal(QPoint)

    def __init__(self, watched: QWidget, send: Commander, left_px: int = 0) -> None:
        super().__init__(watched)
        self.frame: Frame | None = None
        self._watched = watched
        self._send = send
        self._left_px = left_px
        self._pressed: tuple[QPoint, Span] | None = None
        self._dragging = False
        watched.setMouseTracking(True)
        watched.installEventFilter(self)

    def time_at(self, x_px: float) -> int:
        """The instant below a place of the widget."""
        window = self.frame.window if self.frame else Span(0, 0)
        return window.start_ns + round((x_px - self._left_px) * self._scale(window))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            self._zoom(event)
            return True
        if isinstance(event, QMouseEvent):
            self._mouse(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.unhovered.emit()
        return False

    def _scale(self, window: Span) -> float:
        """Nanoseconds a pixel."""
        return (window.end_ns - window.start_ns) / max(1, self._watched.width() - self._left_px)

    def _zoom(self, event: QWheelEvent) -> None:
        if not self.frame:
            return
        window = self.frame.window
        width = window.end_ns - window.start_ns
        factor = _ZOOM ** (event.angleDelta().y() / 120)
        wanted = round(max(_SHORTEST_NS, min(width * factor, _LONGEST_NS)))
        pinned = self.time_at(event.position().x())
        start = pinned - round((pinned - window.start_ns) / max(width, 1) * wanted)
        at_ns = self.frame.playhead_ns  # the window keeps the playhead, or the session would move it there
        start = max(at_ns - wanted, min(start, at_ns))
        self._send(SetWindow(start, start + wanted))

    def _mouse(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if left and self.frame:
                self._pressed, self._dragging = (place, self.frame.window), False
            case QEvent.Type.MouseMove:
                self._move(place)
            case QEvent.Type.MouseButtonRelease if left and self._pressed:
                if not self._dragging:
                    self.clicked.emit(place)
                self._pressed = None
            case QEvent.Type.MouseButtonDblClick if left:
                self.double_clicked.emit(place)
            case _:
                pass

    def _move(self, place: QPoint) -> None:
        if not self._pressed or not self.frame:
            self.hovered.emit(place)
            return
        pressed_at, window = self._pressed
        moved_px = place.x() - pressed_at.x()
        self._dragging = self._dragging or abs(moved_px) >= QApplication.startDragDistance()
        if not self._dragging:
            return
        span, width = self.frame.span, window.end_ns - window.start_ns
        start = window.start_ns - round(moved_px * self._scale(window))
        start = max(span.start_ns - width // 2, min(start, span.end_ns - width // 2))
        at_ns = max(start, min(self.frame.playhead_ns, start + width))
        if at_ns != self.frame.playhead_ns:
            self._send(Seek(at_ns))  # a window that leaves the playhead behind takes it along
        self._send(SetWindow(start, start + width))
