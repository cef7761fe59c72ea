"""The floor widget: the 3D floor with its labels and the mode marking, drawn as often as there is time for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from twin.desktop.canvas import Canvas
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

_DUTY = 0.6  # share of the time that drawing the floor may take; the rest is for everything else
_SMOOTH_BELOW_S, _ROUGH_ABOVE_S = 0.02, 0.04  # edges are smoothed where a whole picture takes less, until it takes more


class FloorWidget(Canvas):
    """The 3D floor.

    Attributes:
        layout_shown: what it is built from.
        frames_drawn: pictures painted so far.
        is_moving: whether one of them showed units of a plant that is alive.
        on_first_moving: called after the first of those.
    """

    def __init__(self, layout: Layout, send: Commander, theme: Theme) -> None:
        super().__init__(Scene(layout, theme.name, 640, 400))
        self.setAccessibleName("floor")
        self.layout_shown = layout
        self.frames_drawn, self.is_moving = 0, False
        self.on_first_moving: Callable[[], None] = lambda: None
        self.clicked.connect(lambda thing: send(Select(thing or None)))
        self.double_clicked.connect(lambda thing: self.fly_to(thing or None))
        self._theme = theme
        self._labels, self._directory = LabelPainter(theme), Directory(layout)
        self._frame: Frame | None = None
        self._next_s = 0.0
        self._is_closed = False

    def show_frame(self, frame: Frame) -> None:
        """Draw this instant, unless the last picture took so long that everything else needs the time."""
        if monotonic_s() < self._next_s and not frame.jumped:
            return
        self._frame = frame
        self.scene.show(frame)
        if self.scene.dirty:
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        self._theme = theme
        self.scene.set_theme(theme.name)
        self._labels.set_theme(theme)
        self.update()

    def fly_to(self, thing: str | None) -> None:
        """Move the camera to a thing, or to the whole floor."""
        self.scene.fly_to(thing)
        self.update()

    def look(self, preset: str) -> None:
        """Move the camera to a preset: `overview` or `plan`."""
        self.scene.look(preset)
        self.update()

    def advance(self, elapsed_s: float) -> None:
        """Let a flight of the camera go on."""
        if self.scene.advance(elapsed_s):
            self.update()

    def close_scene(self) -> None:
        """Free what VTK holds; the widget draws nothing any more."""
        self.scene.close()
        self._is_closed = True

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_closed:
            return
        began_s = monotonic_s()
        painter = QPainter(self)
        self.paint_scene(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frame is not None:
            self._paint_over(painter, self._frame)
        painter.end()
        self._take_time(monotonic_s() - began_s)
        self._count()

    def _paint_over(self, painter: QPainter, frame: Frame) -> None:
        bounds = QRectF(self.rect())
        paint_mode(painter, bounds, frame.mode, frame.origin, self._theme)
        ratio = self.devicePixelRatioF()
        anchors = (self.scene.anchors(), self.scene.signs())
        labels = (floor_labels(some, frame, self._directory, ratio) for some in anchors)
        self._labels.paint(painter, bounds, chain.from_iterable(labels))

    def _take_time(self, took_s: float) -> None:
        """Degrade before stuttering: leave time for the rest, and give up smooth edges where they cost too much."""
        self._next_s = monotonic_s() + took_s * (1.0 / _DUTY - 1.0)
        if took_s > _ROUGH_ABOVE_S:
            self.scene.smooth = False
        elif took_s < _SMOOTH_BELOW_S:
            self.scene.smooth = True

    def _count(self) -> None:
        self.frames_drawn += 1
        frame = self._frame
        if not self.is_moving and frame is not None and bool((frame.carriers.present & ~frame.carriers.stale).any()):
            self.is_moving = True
            self.on_first_moving()
