"""The window: floor in the centre, panels docked round it, the time bar always below; menus, theme and language.

It only arranges: what is shown comes from the desk's frames, what is wanted goes to it as commands.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QVBoxLayout, QWidget

from twin.desktop.centre import Centre
from twin.desktop.children import log_tail
from twin.desktop.clock import later
from twin.desktop.desk import Desk
from twin.desktop.docks import Docks
from twin.desktop.floor_widget import FloorWidget
from twin.desktop.header import Header
from twin.desktop.language import Language
from twin.desktop.menus import Menus
from twin.desktop.notice import Notice
from twin.desktop.sources import Source
from twin.desktop.views import GuardedView, Views
from twin.errors import TwinError
from twin.history.addresses import open_recording
from twin.history.recording import Origin
from twin.panels import words
from twin.panels.colours import Theme
from twin.panels.mode_frame import shown_modes
from twin.panels.style import apply_palette
from twin.panels.time_bar import TimeBar
from twin.session.frame import Frame

_PLOTS_AFTER_MS = 5000  # at the latest, if no plant ever moves
_PATIENCE_S = 5.0  # then the window says what the gateway says


class Window(QMainWindow):
    """The desk's main window.

    Attributes:
        desk: the session behind it.
        centre: the 3D floor's place.
    """

    def __init__(self, source: Source, theme: Theme, language: Language) -> None:
        super().__init__()
        self.source, self.theme, self.language = source, theme, language
        self._told_dead: list[str] = []
        self.views = Views(self._report_failed)
        self.desk = Desk(self.views, self)
        send = self.desk.carry_out
        self._inside = QMainWindow()  # docks live in here, so that the time bar below always has the whole width
        self.header = Header(send, theme, source.title)
        self.time_bar = TimeBar(send, theme)
        self.notice = Notice(theme)
        self.centre = Centre(self._inside, send, self.views, self._on_first_moving)
        self.centre.pace = lambda: self.desk.clock.ticks_per_second
        self.docks = Docks(self._inside, send, theme, self.views)
        self.menus = Menus(self)
        self._lay_out()
        self.views.add(GuardedView("header", self.header.show_frame, every=2))
        self.views.add(GuardedView("time bar", self.time_bar.show_frame))
        self.views.add(GuardedView("title", self._show_title, every=5))
        self.desk.on_opened = self._on_opened
        self.desk.on_trouble = self.notice.say
        self.use_theme(theme)
        self._open_source()
        self.desk.clock.start()
        later(_PLOTS_AFTER_MS, self._load_docks, self)

    @property
    def floor(self) -> FloorWidget | None:
        """The 3D floor, None while there is no layout to draw."""
        return self.centre.floor

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        column.addWidget(self._inside, 1)
        column.addWidget(self.time_bar)
        self.setCentralWidget(whole)
        self._inside.setDockNestingEnabled(True)

    def _open_source(self) -> None:
        source = self.source
        origin = Origin.SIMULATION if source.simulated else Origin.PLANT
        if source.growing:
            self.notice.say(self.tr("Starting: waiting for the first values."))
            self.desk.wait_for(source.address, layout=source.layout, origin=origin)
        else:
            self.desk.open(open_recording(source.address), live=None)

    def open_file(self) -> None:
        """Ask for a recording's folder and look at it."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a recording"))
        if folder:
            self.open_address(Path(folder))

    def open_address(self, folder: Path) -> None:
        """Look at the recording in this folder; an error is said in the window and changes nothing."""
        try:
            recording = open_recording(folder)
        except TwinError as error:
            self.notice.say(str(error))
            return
        self.desk.waiting_for = None
        self.desk.open(recording, live=None)

    def _on_opened(self) -> None:
        """A recording has taken the place of another: draw its floor."""
        if self.desk.waiting_for is None:
            self.notice.clear()
        self.centre.fit(self.desk.session.layout, self.theme)
        self.docks.fit(self.desk.session.layout)

    def _on_first_moving(self) -> None:
        """The floor moves: now there is time for the plots."""
        if os.environ.get("TWIN_REPORT_FIRST_FRAME"):
            sys.stdout.write("first moving frame\n")
            sys.stdout.flush()
        later(0, self._load_docks, self)

    def _load_docks(self) -> None:
        if not self.docks.are_loaded:
            self.docks.load()

    def _show_title(self, frame: Frame) -> None:
        name = frame.layout.name.text(self.language.code) if frame.layout else self.source.title
        modes = " · ".join(words.mode(mode) for mode in shown_modes(frame.mode, frame.origin))
        self.setWindowTitle(f"{modes} · {name} · {self.tr('Factory twin')}")
        self.header.set_rate(self.desk.clock.ticks_per_second)
        self._watch_children()

    def _watch_children(self) -> None:
        if self.desk.waited_s > _PATIENCE_S:
            waiting = self.tr("Still waiting for the first values. {last}")
            self.notice.say(waiting.format(last=log_tail(self.source.children[0].name, lines=1)))
        dead = [child.name for child in self.source.children if not child.is_running()]
        if dead and dead != self._told_dead:
            text = self.tr("The process “{name}” has ended; its data stops here. Its last words: {last}")
            self.notice.say(text.format(name=dead[0], last=log_tail(dead[0])))
        self._told_dead = dead

    def _report_failed(self, view: GuardedView) -> None:
        text = self.tr("The view “{name}” had an error and is switched off: {error}. The rest goes on.")
        self.notice.say(text.format(name=view.name, error=view.failed))

    def use_theme(self, theme: Theme) -> None:
        """Light or dark, everywhere."""
        self.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_palette(application, theme)
        for part in (self.header, self.time_bar, self.notice, self.docks, self.centre.floor):
            if part is not None:
                part.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.menus.translate()
            self.docks.translate()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.close()
        self.centre.close()
        super().closeEvent(event)
