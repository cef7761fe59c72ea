"""The docked panels: which there are, where they dock, when they load. Plots load once the floor moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from twin.desktop.views import GuardedView, Views
from twin.panels.colours import Theme
from twin.panels.inspector_panel import InspectorPanel
from twin.panels.tag_tree import TagTree
from twin.panels.words import QT_TRANSLATE_NOOP
from twin.plant.layout import Layout
from twin.session.frame import Commander, Frame


class Panel(Protocol):
    """What every panel is, beside a QWidget."""

    def show_frame(self, frame: Frame) -> None:
        """Draw this instant."""

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""


_TITLES = {
    "states": QT_TRANSLATE_NOOP("Docks", "Station states"),
    "trends": QT_TRANSLATE_NOOP("Docks", "Trends"),
    "inspector": QT_TRANSLATE_NOOP("Docks", "Inspector"),
    "tags": QT_TRANSLATE_NOOP("Docks", "Tags"),
}
_EVERY = {"states": 4, "trends": 4, "inspector": 4, "tags": 5}


class Docks:
    """The docks of one window.

    Attributes:
        docks: dock widget by panel name.
        are_loaded: whether the plots have been loaded.
    """

    def __init__(self, window: QMainWindow, send: Commander, theme: Theme) -> None:
        self._window, self._send, self._theme = window, send, theme
        self.docks: dict[str, QDockWidget] = {}
        self._panels: dict[str, Panel] = {}
        self.are_loaded = False
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self._inspector = InspectorPanel(send, theme)
        self._tags = TagTree(send, theme)
        self._add("inspector", self._inspector, self._inspector, right)
        self._add("tags", self._tags, self._tags, right)
        self._add("states", None, QWidget(), bottom)
        self._add("trends", None, QWidget(), bottom)
        window.tabifyDockWidget(self.docks["inspector"], self.docks["tags"])
        self.docks["inspector"].raise_()

    def _add(self, name: str, panel: Panel | None, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget()
        dock.setObjectName(name)
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        self.docks[name] = dock
        if panel is not None:
            self._panels[name] = panel
        self.translate()

    def load(self, views: Views) -> None:
        """Load the plots and begin to show all panels."""
        from twin.panels.states_panel import StatesPanel  # pyqtgraph takes a second to import
        from twin.panels.trend_panel import TrendPanel

        self.are_loaded = True
        states, trends = StatesPanel(self._send, self._theme), TrendPanel(self._send, self._theme)
        self.docks["states"].setWidget(states)
        self.docks["trends"].setWidget(trends)
        self._panels |= {"states": states, "trends": trends}
        for name, panel in self._panels.items():
            views.add(GuardedView(name, panel.show_frame, every=_EVERY[name], is_visible=self._visible(name)))

    def _visible(self, name: str) -> Callable[[], bool]:
        dock = self.docks[name]
        return lambda: not dock.visibleRegion().isEmpty()

    def fit(self, layout: Layout | None) -> None:
        """Show the panels that make sense for this recording, in sizes that leave the floor its room."""
        has_layout = layout is not None
        self.docks["states"].setVisible(has_layout)
        self.docks["inspector"].setVisible(has_layout)
        (self.docks["inspector"] if has_layout else self.docks["tags"]).raise_()
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._window.resizeDocks([self.docks["inspector"], self.docks["tags"]], [400, 400], horizontal)
        self._window.resizeDocks([self.docks["states"], self.docks["trends"]], [290, 290], vertical)
        self._window.resizeDocks([self.docks["states"], self.docks["trends"]], [900, 560], horizontal)

    def translate(self) -> None:
        """Write the titles in the window's language."""
        for name, dock in self.docks.items():
            dock.setWindowTitle(QCoreApplication.translate("Docks", _TITLES[name]))

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        self._theme = theme
        for panel in self._panels.values():
            panel.set_theme(theme)
