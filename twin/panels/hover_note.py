"""HoverNote: a small plain-text note beside the pointer. A tool tip would wait, fade, and read plant text as markup."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from twin.panels.colours import Theme


class HoverNote(QLabel):
    """Lies over its parent and lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"background: {theme.field}; color: {theme.text}; border: 1px solid {theme.border};"
            "border-radius: 6px; padding: 4px 8px;"
        )

    def say(self, text: str, place: QPoint) -> None:
        """Show a text beside `place`, within the parent; nothing hides the note."""
        if not text:
            self.hide()
            return
        self.setText(text)
        self.adjustSize()
        room = self._over.size()
        x = place.x() + 12 if place.x() + 12 + self.width() <= room.width() else place.x() - 12 - self.width()
        y = min(place.y() + 16, room.height() - self.height())
        self.move(max(0, x), max(0, y))
        self.show()
