"""The docked panels: which there are, where they dock, when they load. Plots load once the floor moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from twin.desktop.views import GuardedView, Views
from twin.panels.colours import Theme
from twin.panels.inspector_panel import InspectorPanel
from twin.panels.panel import Panel
from twin.panels.tag_tree import TagTree
from twin.panels.words import QT_TRANSLATE_NOOP
from twin.plant.layout import Layout
from twin.session.frame import Commander

_TITLES = {
    "states": QT_TRANSLATE_NOOP("Docks", "Station states"),
    "trends": QT_TRANSLATE_NOOP("Docks", "Trends"),
    "inspector": QT_TRANSLATE_NOOP("Docks", "Inspector"),
    "tags": QT_TRANSLATE_NOOP("Docks", "Tags"),
}
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM, _ACROSS = Qt.DockWidgetArea.BottomDockWidgetArea, Qt.Orientation.Horizontal
_EVERY = {"states": 5, "trends": 5, "inspector": 5, "tags": 6}


class Docks:
    """The docks of one window.

    Attributes:
        docks: dock widget by panel name.
        are_loaded: whether the plots have been loaded.
    """

    def __init__(self, window: QMainWindow, send: Commander, theme: Theme, views: Views) -> None:
        self._window, self._send, self._theme, self._views = window, send, theme, views
        self.docks: dict[str, QDockWidget] = {}
        self._panels: list[Panel] = []
        self.are_loaded = False
        for name, area in (("inspector", _RIGHT), ("tags", _RIGHT), ("states", _BOTTOM), ("trends", _BOTTOM)):
            self._add(name, area)
        self._fill("inspector", InspectorPanel(send, theme))
        self._fill("tags", TagTree(send, theme))

    def _add(self, name: str, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget()
        dock.setObjectName(name)
        self._window.addDockWidget(area, dock)
        self.docks[name] = dock
        self.translate()

    def _fill(self, name: str, panel: Panel) -> None:
        self.docks[name].setWidget(panel)
        self._panels.append(panel)
        self._views.add(GuardedView(name, panel.show_frame, every=_EVERY[name], is_visible=self._visible(name)))

    def load(self) -> None:
        """Load the plots."""
        from twin.panels.states_panel import StatesPanel  # pyqtgraph takes a second to import
        from twin.panels.trend_panel import TrendPanel

        self.are_loaded = True
        self._fill("states", StatesPanel(self._send, self._theme))
        self._fill("trends", TrendPanel(self._send, self._theme))

    def _visible(self, name: str) -> Callable[[], bool]:
        dock = self.docks[name]
        return lambda: not dock.visibleRegion().isEmpty()

    def fit(self, layout: Layout | None) -> None:
        """Arrange the panels that make sense for this recording, and leave the floor its room."""
        has_layout = layout is not None
        self.docks["states"].setVisible(has_layout)
        self.docks["inspector"].setVisible(has_layout)
        if has_layout:
            self._arrange_round_the_floor()
        else:
            self._arrange_without_a_floor()

    def _arrange_round_the_floor(self) -> None:
        docks, window = self.docks, self._window
        window.addDockWidget(_RIGHT, docks["tags"])
        window.tabifyDockWidget(docks["inspector"], docks["tags"])
        docks["inspector"].raise_()
        window.addDockWidget(_BOTTOM, docks["trends"])
        window.splitDockWidget(docks["states"], docks["trends"], _ACROSS)
        window.resizeDocks([docks["inspector"]], [400], _ACROSS)
        window.resizeDocks([docks["states"], docks["trends"]], [290, 290], Qt.Orientation.Vertical)
        window.resizeDocks([docks["states"], docks["trends"]], [900, 560], _ACROSS)

    def _arrange_without_a_floor(self) -> None:
        """The tree of values beside their trends."""
        docks, window = self.docks, self._window
        window.addDockWidget(_LEFT, docks["tags"])
        window.splitDockWidget(docks["tags"], docks["trends"], _ACROSS)
        window.resizeDocks([docks["tags"], docks["trends"]], [800, 1100], _ACROSS)

    def translate(self) -> None:
        """Write the titles in the window's language."""
        for name, dock in self.docks.items():
            dock.setWindowTitle(QCoreApplication.translate("Docks", _TITLES[name]))

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        self._theme = theme
        for panel in self._panels:
            panel.set_theme(theme)
