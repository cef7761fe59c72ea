"""The notice: one calm line at the top that says what is going on or what went wrong. Empty, it takes no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from twin.panels.colours import Theme


class Notice(QWidget):
    """A line of text with a button to put it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # messages carry names from files and servers
        self._text.setWordWrap(True)
        self._close = QToolButton()
        self._close.setText("×")
        self._close.setAccessibleName("close")
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("notice")
        self._close.setAutoRaise(True)
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show this text instead of what was shown."""
        if text != self._text.text() or not self.isVisible():
            self._text.setText(text)
            self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._text.setText("")
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        self.setStyleSheet(
            f"#notice {{ background: {theme.field}; border-bottom: 1px solid {theme.border}; }}"
            f"#notice QLabel {{ color: {theme.warning}; }} #notice QToolButton {{ border: none; }}"
        )
