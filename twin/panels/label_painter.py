"""Labels of things on the floor: pills with a state badge and a name, painted over the picture; none overlap.

Each pill is painted once and kept as a pixmap; a frame only places them. Where two would touch, the more important
stays.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

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
    """

    title: str
    detail: str = ""
    state: int | None = None
    blocked: bool = False
    stale: bool = False
    selected: bool = False


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

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._pills.clear()

    def paint(self, painter: QPainter, bounds: QRectF, anchors: Iterable[Anchor]) -> dict[str, QRectF]:
        """Paint the most important labels that fit; where each one is, by thing, for the mouse."""
        placed: dict[str, QRectF] = {}
        waiting = sorted(anchors, key=lambda anchor: -anchor.priority)
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
        pill = self._pill(painter, label, painter.device().devicePixelRatioF())
        size = pill.deviceIndependentSize()
        corner = QPointF(round(anchor.x_px - size.width() / 2), round(anchor.y_px - size.height()))
        box = QRectF(corner, size)
        aired = box.adjusted(-_AIR_PX, -_AIR_PX, _AIR_PX, _AIR_PX)
        if not bounds.contains(box) or any(aired.intersects(other) for other in placed.values()):
            return False
        placed[anchor.thing] = box
        painter.drawPixmap(corner, pill)
        return True

    def _pill(self, painter: QPainter, label: Label, ratio: float) -> QPixmap:
        key = (label, ratio)
        found = self._pills.get(key)
        if found is None:
            found = self._pills[key] = self._draw(QFontMetricsF(painter.font()), label, ratio)
            if len(self._pills) > _KEPT:
                self._pills.popitem(last=False)
        self._pills.move_to_end(key)
        return found

    def _draw(self, metrics: QFontMetricsF, label: Label, ratio: float) -> QPixmap:
        marked = label.state is not None or label.stale
        left = _BADGE_PX + 14 if marked else 10
        widest = max(metrics.horizontalAdvance(label.title), metrics.horizontalAdvance(label.detail))
        height = _TWO_LINES_PX if label.detail else _HEIGHT_PX
        box = QRectF(1, 1, round(widest) + left + 12, height)
        pixmap = QPixmap((QSize(int(box.width()) + 2, height + _STEM_PX + 2)) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, label)
        self._paint_badge(painter, box, label)
        self._paint_text(painter, box.adjusted(left - 1, 0, -8, 0), label)
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
        painter.setPen(QColor(theme.pill_muted if label.stale else theme.pill_text))
        if not label.detail:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label.title)
            return
        half = box.height() / 2
        painter.drawText(box.adjusted(0, 2, 0, -half + 2), Qt.AlignmentFlag.AlignVCenter, label.title)
        painter.setPen(QColor(theme.pill_muted))
        painter.drawText(box.adjusted(0, half - 2, 0, -2), Qt.AlignmentFlag.AlignVCenter, label.detail)


def _short(anchor: Anchor) -> Label:
    return replace(anchor.label, title=anchor.thing, detail="")
