"""The menus and keys of the window, built from the table of actions, and the page that `?` shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMessageBox

from twin.desktop.actions import TIME_ACTIONS, TimeAction
from twin.desktop.language import LANGUAGES
from twin.panels.colours import THEMES
from twin.panels.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from twin.desktop.window import Window

_MENUS = {
    "file": QT_TRANSLATE_NOOP("Actions", "File"),
    "time": QT_TRANSLATE_NOOP("Actions", "Time"),
    "view": QT_TRANSLATE_NOOP("Actions", "View"),
    "help": QT_TRANSLATE_NOOP("Actions", "Help"),
}
_THEMES = {"light": QT_TRANSLATE_NOOP("Actions", "Light"), "dark": QT_TRANSLATE_NOOP("Actions", "Dark")}


class Menus:
    """All actions of one window.

    Attributes:
        menus: the menus of its menu bar, by name.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._words: dict[QAction, str] = {}
        self.menus = {name: window.menuBar().addMenu("") for name in _MENUS}
        self._add("file", QT_TRANSLATE_NOOP("Actions", "Open a recording…"), window.open_file, "Ctrl+O")
        self._add("file", QT_TRANSLATE_NOOP("Actions", "Quit"), window.close, "Ctrl+Q")
        for action in TIME_ACTIONS:
            self._add("time", action.words, partial(self._send, action), *action.keys)
        self._add("view", QT_TRANSLATE_NOOP("Actions", "Whole floor"), partial(self._look, "overview"), "1")
        self._add("view", QT_TRANSLATE_NOOP("Actions", "Plan view"), partial(self._look, "plan"), "2")
        self._add("view", QT_TRANSLATE_NOOP("Actions", "Fly to the selected thing"), self._fly, "Return")
        self._add("view", QT_TRANSLATE_NOOP("Actions", "Full screen"), self._full_screen, "F11")
        self._add_choices(_THEMES, window.theme.name, lambda name: window.use_theme(THEMES[name]))
        self._add_choices(LANGUAGES, window.language.code, window.language.use)
        self.menus["view"].addSeparator()
        for dock in window.docks.docks.values():
            self.menus["view"].addAction(dock.toggleViewAction())
        self._add("help", QT_TRANSLATE_NOOP("Actions", "Keys"), self.show_keys, "?")
        self.translate()

    def _add(self, menu: str, words: str, call: Callable[[], object], *keys: str) -> QAction:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: call())
        self.menus[menu].addAction(action)
        self._words[action] = words
        return action

    def _add_choices(self, choices: dict[str, str], chosen: str, use: Callable[[str], None]) -> None:
        self.menus["view"].addSeparator()
        group = QActionGroup(self._window)
        for name, words in choices.items():
            action = self._add("view", words, partial(use, name))
            action.setCheckable(True)
            action.setChecked(name == chosen)
            group.addAction(action)

    def translate(self) -> None:
        """Write every word in the window's language."""
        for action, words in self._words.items():
            action.setText(_tr(words))
        for name, menu in self.menus.items():
            menu.setTitle(_tr(_MENUS[name]))

    def show_keys(self) -> None:
        """The page that `?` shows."""
        rows = [
            f"{action.shortcut().toString(QKeySequence.SequenceFormat.NativeText):<12}\t{action.text()}"
            for action in self._words
            if not action.shortcut().isEmpty()
        ]
        QMessageBox.information(self._window, _tr(QT_TRANSLATE_NOOP("Actions", "Keys")), "\n".join(rows))

    def _send(self, action: TimeAction) -> None:
        frame = self._window.desk.session.frame
        if frame is not None:
            self._window.desk.carry_out(action.make(frame))

    def _look(self, preset: str) -> None:
        if self._window.floor is not None:
            self._window.floor.look(preset)

    def _fly(self) -> None:
        frame = self._window.desk.session.frame
        if self._window.floor is not None and frame is not None:
            self._window.floor.fly_to(frame.selection)

    def _full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Actions", words)
