"""Share bar: where a station's time went within the window, as one bar that always adds up, "unknown" included."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from twin.kpi.time_in_state import TimeElements, time_elements, time_in_state
from twin.panels import words
from twin.panels.colours import Group, Theme
from twin.panels.marks import paint_stripes
from twin.panels.times import duration_text
from twin.session.frame import Frame

_GROUPS = {
    "production": Group.RUN,
    "waiting": Group.WAIT,
    "held": Group.HELD,
    "down": Group.DOWN,
    "idle": Group.IDLE,
    "unknown": Group.UNKNOWN,
}
_MARGIN_PX, _BAR_PX, _TEXT_PX = 12, 12, 18


def shares_of(frame: Frame, station: int | None) -> TimeElements | None:
    """The time elements of a station from the window's beginning to the playhead; None for what is no station."""
    until_ns = frame.playhead_ns
    after_ns = max(frame.window.start_ns, frame.span.start_ns)
    if station is None or after_ns >= until_ns:
        return None
    gaps = [(gap.start_ns, until_ns if gap.end_ns is None else gap.end_ns) for gap in frame.gaps]
    times, states = frame.timeline.time_ns[station], frame.timeline.state[station]
    return time_elements(time_in_state(times, states, (after_ns, until_ns), gaps))


class ShareBar(QWidget):
    """Paints the elements as one bar, and the shares worth mentioning below it.

    Attributes:
        text: what is written below the bar.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: TimeElements | None = None
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(280, _BAR_PX + _TEXT_PX + 2 * 8)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        self.update()

    def show_shares(self, shares: TimeElements | None) -> None:
        """Show these; None shows nothing."""
        self._shares = shares
        self.setVisible(shares is not None)
        if shares is not None:
            whole = sum(asdict(shares).values())
            parts = [
                f"{words.element(name)} {100 * spent / whole:.0f} %"
                for name, spent in asdict(shares).items()
                if spent * 200 >= whole  # half a percent and more
            ]
            self.text = f"{duration_text(whole)}: {' · '.join(parts)}"
            self.setAccessibleName(self.text)
            self.setToolTip(self.tr("Production is APT of ISO 22400-2; waiting, held and down are ADET, idle is ADOT."))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shares is None:
            return
        painter = QPainter(self)
        whole, left = sum(asdict(self._shares).values()), float(_MARGIN_PX)
        room = self.width() - 2 * _MARGIN_PX
        for name, spent in asdict(self._shares).items():
            box = QRectF(left, 8, room * spent / whole, _BAR_PX)
            if name == "unknown":
                paint_stripes(painter, box, self._theme)
            else:
                painter.fillRect(box, QColor(self._theme.groups[_GROUPS[name]].fill))
            left += box.width()
        painter.setPen(QPen(QColor(self._theme.muted)))
        line = QRectF(_MARGIN_PX, 8 + _BAR_PX + 2, room, _TEXT_PX)
        text = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
