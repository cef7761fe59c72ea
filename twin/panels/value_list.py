"""Live values in the inspector: value with unit, where it is between its limits, quality, age, whether it is a trend.

Good is plain, uncertain has a question mark and a dashed outline, stale and bad are struck and grey, never live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from twin.panels import words
from twin.panels.colours import Theme
from twin.panels.marks import paint_clock
from twin.panels.readings import Reading
from twin.panels.times import duration_text
from twin.plant.quality import Severity

_ROW_PX, _HEADING_PX = 56, 30
_LEFT_PX = 40
_BAR_PX = 120
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value, or a heading, which has no tag.

    Attributes:
        tag: full id.
        trend: whether it is drawn as a trend.
        more: what else there is to say, in place of its age.
    """

    tag: str
    name: str
    reading: Reading
    trend: bool
    more: str = ""

    @property
    def note(self) -> str:
        """Quality, where it is not simply good, and age."""
        severity = self.reading.severity
        if self.more and severity is Severity.GOOD:
            return self.more
        age = age_text(self.reading.age_ns)
        return age if severity is Severity.GOOD else f"{words.severity(severity)}  {age}".rstrip()


def age_text(age_ns: int | None) -> str:
    """An age in whole seconds below a minute; empty where there is none."""
    if age_ns is None:
        return ""
    seconds = age_ns // 1_000_000_000
    return f"{seconds} s" if seconds < 60 else duration_text(age_ns)


def limit_share(reading: Reading) -> float | None:
    """Where a value lies on its limit bar, 0 to 1; the normal band is the middle half (or what one limit leaves)."""
    low, high, number = reading.low, reading.high, reading.number
    if number != number or (low is None and high is None):
        return None
    if low is not None and high is not None:
        share = 0.25 + 0.5 * (number - low) / (high - low)
    elif high is not None:
        share = 0.75 * number / high if high > 0 else 0.75 + 0.25 * (number - high) / max(abs(high), 1.0)
    else:
        least = low or 0.0
        share = 0.25 + 0.5 * (number - least) / max(abs(least), 1.0)
    return max(0.0, min(share, 1.0))


class ValueModel(QAbstractListModel):
    """The rows; reading one as text gives what is said about it in words, for screen readers and tests."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[ValueRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole and not row.tag:
            return row.name
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.name}: {row.reading.shown} {row.reading.unit} ({row.note})"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.trend else Qt.CheckState.Unchecked
        return None


class ValueList(QListView):
    """Shows values; a click on one asks for its trend."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = ValueModel(self)
        self._delegate = _Delegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def rows(self) -> tuple[ValueRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[ValueRow, ...]) -> None:
        """Show these values; nothing is painted if nothing differs for the eye."""
        before, self._model.rows = self._model.rows, rows
        if [row.tag for row in before] != [row.tag for row in rows]:
            self._model.beginResetModel()
            self._model.endResetModel()
        elif any(_differs(old, new) for old, new in zip(before, rows, strict=True)):
            self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._delegate.theme = theme
        self.viewport().update()


def _differs(old: ValueRow, new: ValueRow) -> bool:
    return _seen(old) != _seen(new)


def _seen(row: ValueRow) -> tuple[object, ...]:
    """All of a row that the eye can tell apart."""
    return row.name, row.reading.shown, row.note, row.trend, row.reading.stale, row.reading.beyond


class _Delegate(QStyledItemDelegate):
    """Paints one value on two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        heading = isinstance(model, ValueModel) and not model.rows[index.row()].tag
        return QSize(240, _HEADING_PX if heading else _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ValueModel):
            return
        row = model.rows[index.row()]
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not row.tag:
            self._paint_heading(painter, box, row.name)
            painter.restore()
            return
        painter.fillRect(QRectF(box.left() + 12, box.bottom() - 1, box.width() - 24, 1), QColor(self.theme.grid))
        self._paint_toggle(painter, QPointF(box.left() + 22, box.center().y()), row.trend)
        inner = box.adjusted(_LEFT_PX, 6, -12, -6)
        left = self._paint_value(painter, inner, row)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(left - inner.left() - 8))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), 22), Qt.AlignmentFlag.AlignVCenter, name)
        second = QRectF(inner.left(), inner.top() + 22, inner.width(), inner.height() - 22)
        self._paint_bar(painter, second, row.reading)
        self._paint_note(painter, second, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, text: str) -> None:
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box.adjusted(12, 0, -12, -4), Qt.AlignmentFlag.AlignBottom, text)

    def _paint_toggle(self, painter: QPainter, centre: QPointF, on: bool) -> None:
        """A small curve in a box: filled while the value is drawn as a trend."""
        box = QRectF(centre.x() - 9, centre.y() - 9, 18, 18)
        painter.setPen(QPen(QColor(self.theme.accent if on else self.theme.border), 1))
        painter.setBrush(QColor(self.theme.accent if on else self.theme.field))
        painter.drawRoundedRect(box, 4, 4)
        curve = QPainterPath(box.bottomLeft() + QPointF(4, -6))
        for x, y in ((7, -11), (10, -7), (14, -13)):
            curve.lineTo(box.bottomLeft() + QPointF(x, y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.accent_ink if on else self.theme.muted), 1.4))
        painter.drawPath(curve)

    def _paint_value(self, painter: QPainter, box: QRectF, row: ValueRow) -> float:
        """The value and its unit, at the right of the first line; where they begin."""
        theme, reading = self.theme, row.reading
        plain = QFont(painter.font())
        large = QFont(plain)
        large.setPointSizeF(plain.pointSizeF() + 2.5)
        large.setBold(reading.live)
        large.setStrikeOut(not reading.live and reading.number == reading.number)
        unit_px = painter.fontMetrics().horizontalAdvance(reading.unit)
        line = QRectF(box.left(), box.top(), box.width(), 22)
        painter.setPen(QColor(theme.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, reading.unit)
        painter.setFont(large)
        shown = line.adjusted(0, 0, -(unit_px + 6 if reading.unit else 0), 0)
        beyond = {-1: "▼ ", 0: "", 1: "▲ "}[reading.beyond]
        text = painter.fontMetrics().elidedText(
            beyond + row.reading.shown, Qt.TextElideMode.ElideLeft, int(shown.width()) - 60
        )
        width = painter.fontMetrics().horizontalAdvance(text)
        colour = theme.warning if reading.beyond else theme.text
        painter.setPen(QColor(colour if reading.live else theme.muted))
        painter.drawText(shown, right, text)
        left = shown.right() - width
        if reading.severity is Severity.UNCERTAIN:
            painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left - 5, line.top(), width + 10, 21), 4, 4)
        painter.setFont(plain)
        return left

    def _paint_bar(self, painter: QPainter, line: QRectF, reading: Reading) -> None:
        """Where the value lies: the normal band, and a pointer that turns to the outside when it has left it."""
        share = limit_share(reading)
        if share is None:
            return
        theme, width = self.theme, min(_BAR_PX, line.width() / 2)
        bar = QRectF(line.left(), line.center().y() - 3, width, 6)
        low = 0.25 if reading.low is not None else 0.0
        high = 0.75 if reading.high is not None else 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.grid))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(QColor(theme.hatch))
        painter.drawRect(QRectF(bar.left() + low * width, bar.top(), (high - low) * width, bar.height()))
        if not reading.live:
            return
        x = bar.left() + share * width
        painter.setBrush(QColor(theme.warning if reading.beyond else theme.text))
        painter.drawPolygon(
            QPolygonF([QPointF(x, bar.top() + 2), QPointF(x - 5, bar.top() - 6), QPointF(x + 5, bar.top() - 6)])
        )
        painter.drawRect(QRectF(x - 1, bar.top(), 2, bar.height()))

    def _paint_note(self, painter: QPainter, line: QRectF, row: ValueRow) -> None:
        theme, doubtful = self.theme, row.reading.stale or row.reading.severity is not Severity.GOOD
        painter.setPen(QColor(theme.warning if doubtful else theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.note)
        if row.reading.stale and row.reading.age_ns is not None:
            left = line.right() - painter.fontMetrics().horizontalAdvance(row.note) - 20
            paint_clock(painter, QRectF(left, line.center().y() - 7, 14, 14), theme.warning)
