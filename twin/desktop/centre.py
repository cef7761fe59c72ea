"""The centre of the window: the floor of whatever layout is being looked at, or nothing where there is no layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow

from twin.desktop.floor_widget import FloorWidget
from twin.desktop.views import GuardedView, Views
from twin.panels.colours import Theme
from twin.plant.layout import Layout
from twin.session.frame import Commander, Frame


class Centre:
    """Builds and replaces the floor.

    Attributes:
        floor: the floor widget; None while there is no layout to draw.
        pace: ticks a second, as flights of the camera are to be paced.
    """

    def __init__(self, window: QMainWindow, send: Commander, views: Views, on_moving: Callable[[], None]) -> None:
        self._window, self._send, self._views, self._on_moving = window, send, views, on_moving
        self.floor: FloorWidget | None = None
        self.pace: Callable[[], float] = lambda: 1.0

    def fit(self, layout: Layout | None, theme: Theme) -> None:
        """Draw this layout's floor; one that is drawn already stays, with its camera."""
        if self.floor is not None and layout == self.floor.layout_shown:
            return
        self.close()
        if layout is None:
            self._window.takeCentralWidget()
            return
        self.floor = FloorWidget(layout, self._send, theme)
        self.floor.on_first_moving = self._on_moving
        self._window.setCentralWidget(self.floor)
        self._views.add(GuardedView("floor", self._show))

    def close(self) -> None:
        """Free what VTK holds."""
        self._views.remove("floor")
        if self.floor is not None:
            self.floor.close_scene()
        self.floor = None

    def _show(self, frame: Frame) -> None:
        if self.floor is not None:
            self.floor.advance(1.0 / max(self.pace(), 1.0))
            self.floor.show_frame(frame)
