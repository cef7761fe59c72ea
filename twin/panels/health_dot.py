"""The health dot: whether the twin itself is well, in one dot and a few words. Calm while all is; says what is not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from twin.panels.colours import Group, Theme
from twin.panels.panel import Panel
from twin.panels.times import SECOND_NS, duration_text
from twin.session.frame import Commander, Frame

_STALE_NS = 3 * SECOND_NS


class HealthDot(Panel):
    """Data age, an open gap, values lost, and the frame rate the desk tells it."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self._fps = 0.0
        self.text = ""
        self.well = True
        self._ended = False
        self.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text) + 40, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_fps(self, fps: float) -> None:
        """How many pictures a second the desk draws."""
        self._fps = fps

    def show_frame(self, frame: Frame) -> None:
        self.frame = frame
        health = frame.health
        age_ns = health.data_age_ns
        self._ended = age_ns is None
        stale = age_ns is not None and age_ns >= _STALE_NS
        self.well = not (stale or health.open_gap or health.lost)
        parts = [self._about_data(frame)]
        parts.append(
            self.tr("{count} values lost").format(count=health.lost) if health.lost else self.tr("nothing lost")
        )
        if self._fps:
            parts.append(self.tr("{fps} fps").format(fps=round(self._fps)))
        text = " · ".join(parts)
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def _about_data(self, frame: Frame) -> str:
        age_ns = frame.health.data_age_ns
        if age_ns is None:
            return self.tr("recording ended")
        if frame.health.open_gap or age_ns >= _STALE_NS:
            start = frame.health.open_gap.start_ns if frame.health.open_gap else frame.span.end_ns
            silent_ns = max(age_ns, frame.span.end_ns + age_ns - start)
            return self.tr("no data for {duration}").format(duration=duration_text(silent_ns))
        return self.tr("data {age} s old").format(age=f"{age_ns / SECOND_NS:.1f}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self.theme, self.height() / 2
        look = theme.groups[Group.RUN if self.well else Group.HELD]
        painter.setPen(QPen(QColor(look.edge), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._ended else QColor(look.fill))
        if self.well:
            painter.drawEllipse(QPointF(14, middle), 5, 5)
        else:
            painter.drawPolygon([QPointF(14, middle - 6), QPointF(20, middle + 5), QPointF(8, middle + 5)])
        painter.setPen(QColor(theme.muted if self.well else theme.warning))
        painter.drawText(QRectF(28, 0, self.width() - 28, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text)
        painter.end()
