"""Palette, font and style sheet of the application, made from a Theme. What the sheet leaves out is the palette's."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from twin.panels.colours import Theme

# Installed ones in this order; Chinese glyphs come from the first that has them, mainland forms before others.
_FAMILIES = (
    "Inter",
    "Noto Sans",
    "Segoe UI",
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "Droid Sans Fallback",
)
_POINTS = 10.0
_SHEET = """
QToolTip {{ background: {field}; color: {text}; border: 1px solid {border}; padding: 4px 8px; }}
QToolButton, QPushButton {{
  background: {field}; color: {text}; border: 1px solid {border}; border-radius: 6px; padding: 4px 12px;
}}
QToolButton:hover, QPushButton:hover {{ border-color: {accent}; }}
QToolButton:pressed, QPushButton:pressed {{ background: {grid}; }}
QToolButton:checked {{ background: {grid}; border-color: {muted}; }}
QToolButton:disabled, QPushButton:disabled {{ color: {hatch}; }}
QToolButton:focus, QPushButton:focus, QComboBox:focus, QLineEdit:focus {{ border-color: {accent}; }}
QPushButton[prominent="true"] {{ background: {accent}; color: {accent_ink}; border-color: {accent}; }}
QComboBox {{ background: {field}; color: {text}; border: 1px solid {border}; border-radius: 6px; padding: 4px 12px; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: none; }}
QLineEdit {{ background: {field}; color: {text}; border: 1px solid {border}; border-radius: 6px; padding: 4px 8px; }}
QAbstractItemView {{ background: {panel}; color: {text}; border: none; outline: none; }}
QTreeView::item {{ padding: 3px 6px; }}
QComboBox QAbstractItemView {{ background: {field}; border: 1px solid {border}; }}
QHeaderView::section {{
  background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {grid}; padding: 4px 6px;
}}
QMenuBar {{ background: {window}; color: {text}; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {grid}; }}
QMenu {{ background: {field}; color: {text}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 4px 24px 4px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {grid}; }}
QMenu::separator {{ height: 1px; background: {grid}; margin: 4px 8px; }}
QDockWidget {{ color: {muted}; }}
QDockWidget::title {{ background: {window}; padding: 4px 8px; }}
QMainWindow::separator {{ background: {window}; width: 6px; height: 6px; }}
QTabBar::tab {{ background: {window}; color: {muted}; padding: 4px 12px; border: none; }}
QTabBar::tab:selected {{ background: {panel}; color: {text}; }}
QStatusBar {{ background: {window}; color: {muted}; }}
QStatusBar::item {{ border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
"""

_TOKENS = ("window", "panel", "field", "text", "muted", "grid", "border", "hatch", "accent", "accent_ink")


def apply_palette(app: QApplication, theme: Theme) -> None:
    """Give the whole application this theme. The platform's own dark mode is not asked: it does nothing on many."""
    app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setFont(_font())
    app.setStyleSheet(_SHEET.format(**{token: getattr(theme, token) for token in _TOKENS}))


def palette_of(theme: Theme) -> QPalette:
    """The Qt palette of a theme."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.text,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.field,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_ink,
        role.Link: theme.accent,
        role.Light: theme.field,
        role.Midlight: theme.grid,
        role.Mid: theme.border,
        role.Dark: theme.hatch,
        role.Shadow: theme.border,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.hatch))
    return palette


def _font() -> QFont:
    installed = set(QFontDatabase.families())
    font = QFont()
    font.setFamilies([family for family in _FAMILIES if family in installed] or [font.family()])
    font.setPointSizeF(_POINTS)
    return font
