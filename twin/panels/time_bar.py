"""The time bar, always on screen: the overview strip, and below it transport, speed, mode, clock, the way to now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from twin.panels.colours import Theme
from twin.panels.icons import icon
from twin.panels.mode_frame import ModeBadge
from twin.panels.overview_strip import OverviewStrip
from twin.panels.panel import Panel, plain_label, tinted
from twin.panels.times import SECOND_NS, date_clock_text, duration_text, zone_of, zone_text
from twin.session.commands import Command, Follow, Pause, SeekBy, SetRate, Step
from twin.session.frame import Commander, Frame

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_BUTTON_PX = 32


class SpeedBox(QComboBox):
    """The speeds, as `0.5×`. A speed set by other means that is not in the list is shown all the same."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.addItems([_speed_text(speed) for speed in SPEEDS])
        self.setCurrentIndex(SPEEDS.index(1.0))
        self.setMaxVisibleItems(len(SPEEDS))
        self.setFixedHeight(_BUTTON_PX)

    @property
    def speed(self) -> float:
        """The speed chosen."""
        return SPEEDS[self.currentIndex()] if self.currentIndex() >= 0 else 1.0

    def show_speed(self, speed: float) -> None:
        """Show a speed without choosing it."""
        self.setPlaceholderText(_speed_text(speed))
        self.setCurrentIndex(SPEEDS.index(speed) if speed in SPEEDS else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.muted), 1.5))
        x, y = self.width() - 14.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
        painter.end()


def _speed_text(speed: float) -> str:
    return f"{speed:g}×"


class TimeBar(Panel):
    """Where in time the screen is, and every way to be elsewhere."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self.strip = OverviewStrip(send, theme, self)
        self.badge = ModeBadge(send, theme, self)
        self.buttons: dict[str, QToolButton] = {}
        self.speed = SpeedBox(theme, self)
        self.speed.activated.connect(lambda _: self._change_speed())
        self.now = QPushButton(self)
        self.now.setFixedHeight(_BUTTON_PX)
        for widget in (self.speed, self.now):  # a click must not take Space and the arrows away from playing
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.now.clicked.connect(lambda: send(Follow()))
        self.behind = plain_label(self)
        self.clock = plain_label(self, points=14.0, bold=True)
        self.zone = plain_label(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.strip)
        column.addLayout(self._row())
        self.retranslate()
        self.restyle()

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for name in ("previous_event", "back", "backwards", "pause", "play", "forth", "next_event"):
            row.addWidget(self._button(name))
        row.addSpacing(4)
        row.addWidget(self.speed)
        row.addStretch(1)
        row.addWidget(self.badge)
        row.addSpacing(12)
        row.addWidget(self.clock)
        row.addWidget(self.zone)
        row.addStretch(1)
        row.addWidget(self.behind)
        row.addSpacing(4)
        row.addWidget(self.now)
        return row

    def _button(self, name: str) -> QToolButton:
        button = self.buttons[name] = QToolButton(self)
        button.setObjectName(name)
        button.setCheckable(name in ("backwards", "pause", "play"))
        button.setFixedHeight(_BUTTON_PX)
        button.setMinimumWidth(40)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._press(name))
        return button

    def _press(self, name: str) -> None:
        commands: dict[str, Command] = {
            "previous_event": Step(-1),
            "back": SeekBy(-10 * SECOND_NS),
            "backwards": SetRate(-self.speed.speed),
            "pause": Pause(),
            "play": SetRate(self.speed.speed),
            "forth": SeekBy(10 * SECOND_NS),
            "next_event": Step(1),
        }
        self.send(commands[name])
        self._check(self.frame)

    def _change_speed(self) -> None:
        rate = self.frame.rate if self.frame else 0.0
        if rate:
            self.send(SetRate(self.speed.speed if rate > 0 else -self.speed.speed))

    def show_frame(self, frame: Frame) -> None:
        last, self.frame = self.frame, frame
        self.strip.show_frame(frame)
        self.badge.show_frame(frame)
        zone = zone_of(frame.layout)
        self.clock.setText(date_clock_text(frame.playhead_ns, zone))
        self.zone.setText(zone_text(frame.playhead_ns, zone))
        self.behind.setText("" if frame.following else f"−{duration_text(frame.span.end_ns - frame.playhead_ns)}")
        if last is None or frame.rate != last.rate:
            self._check(frame)
            if frame.rate:
                self.speed.show_speed(abs(frame.rate))
        if last is None or frame.following != last.following:
            self.now.setProperty("prominent", not frame.following)
            self.now.style().polish(self.now)

    def _check(self, frame: Frame | None) -> None:
        rate = frame.rate if frame else 0.0
        for name, on in (("backwards", rate < 0), ("pause", rate == 0), ("play", rate > 0)):
            self.buttons[name].setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)
        self.badge.set_theme(theme)
        super().set_theme(theme)

    def restyle(self) -> None:
        for name in ("previous_event", "backwards", "pause", "play", "next_event"):
            self.buttons[name].setIcon(icon(name, self.theme))
        self.speed.theme = self.theme
        tinted(self.clock, self.theme.text)
        tinted(self.zone, self.theme.muted)
        tinted(self.behind, self.theme.warning)

    def retranslate(self) -> None:
        tips = {
            "previous_event": self.tr("Previous event (←)"),
            "back": self.tr("10 seconds back (Shift+←)"),
            "backwards": self.tr("Play backwards"),
            "pause": self.tr("Pause (Space)"),
            "play": self.tr("Play (Space)"),
            "forth": self.tr("10 seconds on (Shift+→)"),
            "next_event": self.tr("Next event (→)"),
        }
        for name, tip in tips.items():
            self.buttons[name].setToolTip(tip)
            self.buttons[name].setAccessibleName(tip)
        self.buttons["back"].setText("−10 s")
        self.buttons["forth"].setText("+10 s")
        self.speed.setToolTip(self.tr("Speed"))
        self.now.setText(self.tr("Now"))
        self.now.setToolTip(self.tr("Back to the newest values (N)"))
        self.behind.setToolTip(self.tr("How far behind now"))
        widest = self.clock.fontMetrics().horizontalAdvance("8888-88-88 88:88:88.888")
        self.clock.setFixedWidth(widest + 4)
        self.behind.setMinimumWidth(self.behind.fontMetrics().horizontalAdvance("−88 min 88 s"))
        self.behind.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
