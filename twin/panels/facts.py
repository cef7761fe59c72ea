"""Facts: captions with numbers below them, side by side. Plain text, and a dash where a number is not known."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from twin.panels.colours import Theme
from twin.panels.panel import plain_label, tinted


class Facts(QWidget):
    """A row of at most `columns` facts below each other in pairs of caption and text."""

    def __init__(self, theme: Theme, columns: int, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        self._live = True
        self._captions: list[QLabel] = []
        self._texts: list[QLabel] = []
        for column in range(columns):
            caption, text = plain_label(self), plain_label(self, points=12.0, bold=True)
            grid.addWidget(caption, 0, column)
            grid.addWidget(text, 1, column)
            grid.setColumnStretch(column, 1)
            self._captions.append(caption)
            self._texts.append(text)
        self.set_theme(theme)

    def show_facts(self, *facts: tuple[str, str], live: bool = True) -> None:
        """Show (caption, text) pairs, struck and grey while not live; columns left over are empty."""
        empty = [("", "")] * (len(self._texts) - len(facts))
        for caption, text, (said, value) in zip(self._captions, self._texts, [*facts, *empty], strict=True):
            caption.setText(said)
            text.setText(value)
        if live != self._live:
            self._live = live
            self.set_theme(self._theme)

    def texts(self) -> list[str]:
        """What is shown below the captions."""
        return [text.text() for text in self._texts]

    def set_theme(self, theme: Theme) -> None:
        """Write in these colours."""
        self._theme = theme
        for caption, text in zip(self._captions, self._texts, strict=True):
            tinted(caption, theme.muted)
            tinted(text, theme.text if self._live else theme.muted)
            font = text.font()
            font.setStrikeOut(not self._live)
            text.setFont(font)
