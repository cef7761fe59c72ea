"""Labels of things on the floor: pills with a state badge and a name, painted over the picture; none overlap.

Each pill is painted once and kept as a pixmap; a frame only places them. Where two would touch, the more important
stays.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from twin.panels.colours import Theme, is_abnormal
from twin.panels.marks import paint_clock, paint_state

MOST_LABELS = 60
_KEPT = 512
_HEIGHT_PX, _TWO_LINES_PX, _BADGE_PX, _STEM_PX, _AIR_PX = 24, 38, 16, 8, 4


@dataclass(frozen=True, slots=True)
class Label:
    """What a pill says.

    Attributes:
        state: PackML number; None for things without one.
        detail: a second line, empty for none.
        quiet: a name on the floor, without a pill.
    """

    title: str
    detail: str = ""
    state: int | None = None
    blocked: bool = False
    stale: bool = False
    selected: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a label points to, in pixels of the picture, and how much it matters (higher wins)."""

    thing: str
    x_px: float
    y_px: float
    priority: float
    label: Label


class LabelPainter:
    """Paints labels; keeps their pixmaps."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pills: OrderedDict[tuple[Label, float], QPixmap] = OrderedDict()
        self._widths: dict[str, float] = {}
        self._metrics, self._font_key = QFontMetricsF(QFont()), ""

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._pills.clear()

    def paint(self, painter: QPainter, bounds: QRectF, anchors: Iterable[Anchor]) -> dict[str, QRectF]:
        """Paint the most important labels that fit; where each one is, by thing, for the mouse."""
        placed: dict[str, QRectF] = {}
        waiting = sorted(anchors, key=lambda anchor: -anchor.priority)
        self._measure_with(painter)
        for shortened in (False, True):  # what does not fit with its name may still fit with its id alone
            waiting = [
                anchor
                for anchor in waiting
                if len(placed) >= MOST_LABELS
                or not self._place(painter, bounds, anchor, _short(anchor) if shortened else anchor.label, placed)
            ]
        return placed

    def _place(
        self, painter: QPainter, bounds: QRectF, anchor: Anchor, label: Label, placed: dict[str, QRectF]
    ) -> bool:
        size = self._box(label).adjusted(-1, -1, 1, 1 + (0 if label.quiet else _STEM_PX))
        corner = QPointF(round(anchor.x_px - size.width() / 2), round(anchor.y_px - size.height()))
        box = QRectF(corner, size.size())
        aired = box.adjusted(-_AIR_PX, -_AIR_PX, _AIR_PX, _AIR_PX)
        if not bounds.contains(box) or any(aired.intersects(other) for other in placed.values()):
            return False
        placed[anchor.thing] = box
        painter.drawPixmap(corner, self._pill(painter, label, painter.device().devicePixelRatioF()))
        return True

    def _measure_with(self, painter: QPainter) -> None:
        """Text is measured once, as long as the font stays; and no more of it is kept than pills are."""
        if painter.font().key() != self._font_key or len(self._widths) > 4 * _KEPT:
            self._font_key, self._metrics = painter.font().key(), QFontMetricsF(painter.font())
            self._widths.clear()

    def _width(self, text: str) -> float:
        found = self._widths.get(text)
        if found is None:
            found = self._widths[text] = self._metrics.horizontalAdvance(text)
        return found

    def _box(self, label: Label) -> QRectF:
        """The pill itself, without its stem."""
        widest = max(self._width(label.title), self._width(label.detail))
        height = _TWO_LINES_PX if label.detail else _HEIGHT_PX
        return QRectF(1, 1, round(widest) + _left_px(label) + 12, height)

    def _pill(self, painter: QPainter, label: Label, ratio: float) -> QPixmap:
        key = (label, ratio)
        found = self._pills.get(key)
        if found is None:
            found = self._pills[key] = self._draw(painter.font(), label, ratio)
            if len(self._pills) > _KEPT:
                self._pills.popitem(last=False)
        self._pills.move_to_end(key)
        return found

    def _draw(self, font: QFont, label: Label, ratio: float) -> QPixmap:
        box = self._box(label)
        pixmap = QPixmap((QSize(int(box.width()) + 2, int(box.height()) + _STEM_PX + 2)) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        if not label.quiet:
            self._paint_ground(painter, box, label)
            self._paint_badge(painter, box, label)
        self._paint_text(painter, box.adjusted(_left_px(label) - 1, 0, -8, 0), label)
        painter.end()
        return pixmap

    def _paint_ground(self, painter: QPainter, box: QRectF, label: Label) -> None:
        theme = self._theme
        abnormal = label.state is not None and not label.stale and is_abnormal(label.state)
        edge = theme.accent if label.selected else theme.border
        if abnormal and label.state is not None:
            edge = theme.state(label.state).edge
        ground = QColor(theme.pill)
        ground.setAlpha(236)
        foot = QPointF(box.center().x(), box.bottom())
        painter.setPen(QPen(QColor(edge), 2.0 if abnormal or label.selected else 1.0))
        painter.drawLine(foot, foot + QPointF(0, _STEM_PX))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_badge(self, painter: QPainter, box: QRectF, label: Label) -> None:
        badge = QRectF(box.left() + 7, box.center().y() - _BADGE_PX / 2, _BADGE_PX, _BADGE_PX)
        if label.stale:
            paint_clock(painter, badge.adjusted(1, 1, -1, -1), self._theme.warning)
        elif label.state is not None:
            paint_state(painter, badge, self._theme, label.state, blocked=label.blocked)

    def _paint_text(self, painter: QPainter, box: QRectF, label: Label) -> None:
        theme = self._theme
        if label.quiet:
            self._paint_halo(painter, box, label.title)
        painter.setPen(QColor(theme.pill_muted if label.stale else theme.pill_text))
        if not label.detail:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label.title)
            return
        half = box.height() / 2
        painter.drawText(box.adjusted(0, 2, 0, -half + 2), Qt.AlignmentFlag.AlignVCenter, label.title)
        painter.setPen(QColor(theme.pill_muted))
        painter.drawText(box.adjusted(0, half - 2, 0, -2), Qt.AlignmentFlag.AlignVCenter, label.detail)

    def _paint_halo(self, painter: QPainter, box: QRectF, text: str) -> None:
        """The ground's colour round letters that stand on the floor itself."""
        halo = QColor(self._theme.pill)
        halo.setAlpha(150)
        painter.setPen(halo)
        for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)):
            painter.drawText(box.translated(x, y), Qt.AlignmentFlag.AlignVCenter, text)


def _left_px(label: Label) -> int:
    """Where the text begins: after the badge, if there is one."""
    return _BADGE_PX + 14 if label.state is not None or label.stale else 10


def _short(anchor: Anchor) -> Label:
    title = anchor.label.title if anchor.label.quiet else anchor.thing
    return replace(anchor.label, title=title, detail="")
