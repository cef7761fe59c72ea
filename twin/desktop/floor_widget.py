"""The floor widget: paints the scene's pixels, labels and mode marking, and turns the mouse into camera and commands.

VTK draws off screen and its pixels are painted as an ordinary image: the one way that works on every Qt platform, with
docks, several views and screenshots. The only file outside `twin.scene` that may touch VTK.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from twin.desktop.clock import monotonic_s
from twin.desktop.labels import floor_labels
from twin.panels.colours import Theme
from twin.panels.label_painter import LabelPainter
from twin.panels.mode_frame import paint_mode
from twin.panels.names import Directory
from twin.plant.layout import Layout
from twin.scene.scene import Scene
from twin.session.commands import Select
from twin.session.frame import Commander, Frame

_CLICK_PIXELS = 4  # a press that moves less is a click, not a drag
_DUTY = 0.4  # share of the time that drawing the floor may take; the rest is for everything else


class FloorWidget(QWidget):
    """The 3D floor.

    Attributes:
        layout_shown: what the floor is built from.
        frames_drawn: pictures of the floor painted so far.
        is_moving: whether one of them showed units of a plant that is alive.
        on_first_moving: called after the first of those.
    """

    def __init__(self, layout: Layout, send: Commander, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("floor")
        self.frames_drawn, self.is_moving = 0, False
        self.layout_shown = layout
        self.on_first_moving: Callable[[], None] = lambda: None
        self._send, self._theme = send, theme
        self._scene = Scene(layout, theme.name, 640, 400)
        self._labels, self._directory = LabelPainter(theme), Directory(layout)
        self._frame: Frame | None = None
        self._pressed: QPoint | None = None
        self._last = QPoint()
        self._next_s = 0.0

    def show_frame(self, frame: Frame) -> None:
        """Draw this instant, unless the last picture took so long that everything else needs the time."""
        self._frame = frame
        if monotonic_s() < self._next_s and not frame.jumped:
            return
        self._scene.show(frame)
        if self._scene.dirty:
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        self._theme = theme
        self._scene.set_theme(theme.name)
        self._labels.set_theme(theme)
        self.update()

    def fly_to(self, thing: str | None) -> None:
        """Move the camera to a thing, or to the whole floor."""
        self._scene.fly_to(thing)
        self.update()

    def look(self, preset: str) -> None:
        """Move the camera to a preset: `overview` or `plan`."""
        self._scene.look(preset)
        self.update()

    def advance(self, elapsed_s: float) -> None:
        """Let a flight of the camera go on."""
        if self._scene.advance(elapsed_s):
            self.update()

    def close_scene(self) -> None:
        """Free what VTK holds; the widget draws nothing any more."""
        self._scene.close()

    def paintEvent(self, _event: QPaintEvent) -> None:
        began = monotonic_s()
        painter = QPainter(self)
        self._paint_pixels(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frame is not None:
            bounds, frame = QRectF(self.rect()), self._frame
            paint_mode(painter, bounds, frame.mode, frame.origin, self._theme)
            anchors = floor_labels(self._scene.anchors(), frame, self._directory, self.devicePixelRatioF())
            self._labels.paint(painter, bounds, anchors)
        painter.end()
        self._count()
        took = monotonic_s() - began
        self._next_s = began + took / _DUTY

    def _count(self) -> None:
        self.frames_drawn += 1
        frame = self._frame
        if not self.is_moving and frame is not None and bool((frame.carriers.present & ~frame.carriers.stale).any()):
            self.is_moving = True
            self.on_first_moving()

    def _paint_pixels(self, painter: QPainter) -> None:
        self._scene.render()
        pixels = self._scene.pixels()
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBX8888)
        painter.save()
        painter.setTransform(QTransform(1, 0, 0, -1, 0, self.height()))  # VTK's first row is the lowest
        painter.drawImage(QRectF(self.rect()), image)
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self._scene.resize(max(2, round(self.width() * ratio)), max(2, round(self.height() * ratio)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        step = place - self._last
        self._last = place
        pan = event.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton)
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if pan or (shifted and event.buttons()):
            self._scene.pan(step.x(), step.y())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._scene.orbit(step.x(), step.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        moved = (place - pressed).manhattanLength() if pressed else 0
        if event.button() == Qt.MouseButton.LeftButton and pressed and moved < _CLICK_PIXELS:
            self._send(Select(self._thing_at(event.position())))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fly_to(self._thing_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = event.position() * self.devicePixelRatioF()
        self._scene.zoom(event.angleDelta().y() / 120.0, place.x(), place.y())
        self.update()

    def _thing_at(self, place: QPointF) -> str | None:
        ratio = self.devicePixelRatioF()
        return self._scene.pick(place.x() * ratio, place.y() * ratio)
