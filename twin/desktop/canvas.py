"""The canvas: a scene's pixels in an ordinary widget, and the mouse as a hand on its camera.

VTK draws off screen and its pixels are painted as an ordinary image: the one way that works on every Qt platform, with
docks, several views and screenshots. Not here: what a click means, and whatever is painted over the picture.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from twin.scene.scene import Scene

_CLICK_PIXELS = 4  # a press that moves less is a click, not a drag


class Canvas(QWidget):
    """Shows a scene.

    Attributes:
        scene: what is drawn.
        clicked, double_clicked: emitted with the id of the thing there, or an empty text.
    """

    clicked = Signal(str)
    double_clicked = Signal(str)

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scene = scene
        self._pressed: QPoint | None = None
        self._last = QPoint()

    def paint_scene(self, painter: QPainter) -> None:
        """Draw the scene and paint its pixels."""
        self.scene.render()
        pixels = self.scene.pixels()
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBX8888)
        painter.save()
        painter.setTransform(QTransform(1, 0, 0, -1, 0, self.height()))  # VTK's first row is the lowest
        painter.drawImage(QRectF(self.rect()), image)
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self.scene.resize(max(2, round(self.width() * ratio)), max(2, round(self.height() * ratio)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        step = place - self._last
        self._last = place
        pan = event.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton)
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if pan or (shifted and event.buttons()):
            self.scene.pan(step.x(), step.y())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self.scene.orbit(step.x(), step.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        moved = (place - pressed).manhattanLength() if pressed else _CLICK_PIXELS
        if event.button() == Qt.MouseButton.LeftButton and moved < _CLICK_PIXELS:
            self.clicked.emit(self._thing_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit(self._thing_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = event.position() * self.devicePixelRatioF()
        self.scene.zoom(event.angleDelta().y() / 120.0, place.x(), place.y())
        self.update()

    def _thing_at(self, place: QPointF) -> str:
        ratio = self.devicePixelRatioF()
        return self.scene.pick(place.x() * ratio, place.y() * ratio) or ""
