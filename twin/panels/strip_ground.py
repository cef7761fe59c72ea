"""The ground of the overview strip: shift bands, gaps, events by severity, the window's lane, the clock. One pixmap."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from twin.history.recording import Span
from twin.panels.colours import Theme, priority_of
from twin.panels.marks import paint_severity, paint_stripes
from twin.panels.shifts import shift_bands
from twin.panels.times import axis_ticks, zone_of
from twin.session.frame import Frame

HEIGHT_PX = 64
WINDOW_LANE = (34, 46)  # top and bottom, as for the other lanes
_SHIFTS, _EVENTS = (0, 16), (16, 34)
_TICK_LABEL_PX = 120


@dataclass(frozen=True, slots=True)
class Ruler:
    """Which stretch of time the strip shows over how many pixels."""

    shown: Span
    width_px: int

    @property
    def scale(self) -> float:
        """Nanoseconds a pixel."""
        return max(1, self.shown.end_ns - self.shown.start_ns) / max(1, self.width_px)

    def x_of(self, at_ns: int) -> float:
        """Where an instant is, in pixels from the left."""
        return (at_ns - self.shown.start_ns) / self.scale

    def time_at(self, x_px: float) -> int:
        """The instant at a place."""
        return self.shown.start_ns + round(x_px * self.scale)


def ground_pixmap(frame: Frame, ruler: Ruler, theme: Theme, widget: QWidget) -> QPixmap:
    """The ground as large and as fine as `widget`, in its font."""
    ratio = widget.devicePixelRatioF()
    ground = QPixmap(widget.size() * ratio)
    ground.setDevicePixelRatio(ratio)
    ground.fill(QColor(theme.panel))
    painter = QPainter(ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = widget.font()
    small.setPointSizeF(max(7.0, small.pointSizeF() - 1.5))
    painter.setFont(small)
    for lane, colour in ((_EVENTS, theme.field), (WINDOW_LANE, theme.grid)):
        painter.fillRect(QRectF(0, lane[0], ruler.width_px, lane[1] - lane[0]), QColor(colour))
    _paint_shifts(painter, frame, ruler, theme)
    _paint_gaps(painter, frame, ruler, theme)
    _paint_events(painter, frame, ruler, theme)
    _paint_clock(painter, frame, ruler, theme)
    painter.end()
    return ground


def _paint_shifts(painter: QPainter, frame: Frame, ruler: Ruler, theme: Theme) -> None:
    top, bottom = _SHIFTS
    for band in shift_bands(frame.layout, ruler.shown):
        left, right = max(0.0, ruler.x_of(band.start_ns)), min(float(ruler.width_px), ruler.x_of(band.end_ns))
        box = QRectF(left, top, right - left, bottom - top)
        painter.fillRect(box, QColor(theme.grid if band.index % 2 else theme.window))
        painter.setPen(QColor(theme.muted))
        if painter.fontMetrics().horizontalAdvance(band.name) + 24 < box.width():
            painter.drawText(box.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, band.name)


def _paint_gaps(painter: QPainter, frame: Frame, ruler: Ruler, theme: Theme) -> None:
    for gap in frame.gaps:
        left = ruler.x_of(gap.start_ns)
        right = ruler.x_of(frame.span.end_ns if gap.end_ns is None else gap.end_ns)
        paint_stripes(painter, QRectF(left, 0, max(2.0, right - left), WINDOW_LANE[0]), theme)


def _paint_events(painter: QPainter, frame: Frame, ruler: Ruler, theme: Theme) -> None:
    worst: dict[int, int] = {}
    for event in frame.events:
        x = round(ruler.x_of(event.time_ns))
        worst[x] = max(worst.get(x, 0), event.severity)
    middle = (_EVENTS[0] + _EVENTS[1]) / 2
    for x, severity in sorted(worst.items(), key=lambda item: -priority_of(item[1])):
        paint_severity(painter, QPointF(x, middle), theme, severity)


def _paint_clock(painter: QPainter, frame: Frame, ruler: Ruler, theme: Theme) -> None:
    painter.setPen(QColor(theme.muted))
    for at_ns, text in axis_ticks(ruler.shown, zone_of(frame.layout), max(1, ruler.width_px // _TICK_LABEL_PX)):
        x = ruler.x_of(at_ns)
        painter.drawLine(QPointF(x, WINDOW_LANE[1]), QPointF(x, WINDOW_LANE[1] + 3))
        width = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(x - width / 2, 0), ruler.width_px - width)
        painter.drawText(QPointF(left, HEIGHT_PX - 3), text)
