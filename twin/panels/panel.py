"""Panel: a widget that shows frames, sends commands, and can change theme and language while it runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from twin.panels.colours import Theme
from twin.session.frame import Commander, Frame


class Panel(QWidget):
    """A View of frames; the desk calls `show_frame` on every tick.

    Attributes:
        send: where commands go.
        theme: the colours to draw in.
        frame: the newest frame shown; None before the first.
    """

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.send = send
        self.theme = theme
        self.frame: Frame | None = None
        self.setAutoFillBackground(True)
        self._paper()

    def show_frame(self, frame: Frame) -> None:
        """Draw this instant; only what differs from the last frame is drawn again."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in these colours from now on."""
        self.theme = theme
        self._paper()
        self.restyle()
        self._show_again()

    def _paper(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, self.theme.panel)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, self.theme.text)
        self.setPalette(palette)

    def restyle(self) -> None:
        """Take colours from `self.theme` where they are kept elsewhere than in painting."""

    def retranslate(self) -> None:
        """Take all words anew."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._show_again()

    def _show_again(self) -> None:
        frame, self.frame = self.frame, None
        if frame:
            self.show_frame(frame)
        self.update()


def plain_label(parent: QWidget, *, points: float = 0.0, bold: bool = False) -> QLabel:
    """A label that shows its text as it is: what comes from a plant is never markup."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = label.font()
    if points:
        font.setPointSizeF(points)
    font.setBold(bold)
    label.setFont(font)
    return label


def tinted(label: QLabel, colour: str) -> None:
    """Write the label in this colour."""
    palette = label.palette()
    palette.setColor(label.foregroundRole(), colour)
    label.setPalette(palette)
