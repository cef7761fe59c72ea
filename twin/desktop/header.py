"""The header: the plant's name, the few numbers that matter, what is abnormal now, and how the twin itself is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from twin.panels.colours import Theme, is_abnormal, letter_of
from twin.panels.health_dot import HealthDot
from twin.panels.panel import Panel, plain_label, tinted
from twin.panels.readings import NOTHING, whole_text
from twin.panels.words import language
from twin.panels.words import state as state_word
from twin.session.commands import Select
from twin.session.frame import Commander, Frame

_MOST_BUTTONS = 3


class Header(Panel):
    """One row on top of everything."""

    def __init__(self, send: Commander, theme: Theme, title: str) -> None:
        super().__init__(send, theme)
        self._title = title  # for recordings without a layout, which have no name
        self.setAutoFillBackground(True)
        self._name = plain_label(self, points=13, bold=True)
        self._numbers = {name: _Number(self) for name in ("output", "wip", "abnormal")}
        self._buttons = [QPushButton(self) for _ in range(_MOST_BUTTONS)]
        self._things = [""] * _MOST_BUTTONS
        self.health = HealthDot(send, theme, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(24)
        row.addWidget(self._name)
        for number in self._numbers.values():
            row.addWidget(number)
        for index, button in enumerate(self._buttons):
            button.hide()
            button.clicked.connect(lambda _checked=False, index=index: self.send(Select(self._things[index])))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.health)
        self.retranslate()
        self.restyle()

    def show_frame(self, frame: Frame) -> None:
        """Draw this instant."""
        self.frame = frame
        self._name.setText(frame.layout.name.text(language()) if frame.layout else self._title)
        for number in self._numbers.values():
            number.setVisible(frame.layout is not None)
        self._show_numbers(frame)
        self.health.show_frame(frame)

    def _show_numbers(self, frame: Frame) -> None:
        if frame.layout is None:
            return
        live = frame.stale_since_ns is None
        abnormal = _abnormal(frame) if live else []
        self._numbers["output"].show_value(whole_text(frame.output), live=live)
        self._numbers["wip"].show_value(whole_text(frame.wip), live=live)
        self._numbers["abnormal"].show_value(str(len(abnormal)) if live else NOTHING, live=True)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(abnormal))
            if index < len(abnormal):
                self._show_station(index, button, frame, abnormal[index])

    def _show_station(self, index: int, button: QPushButton, frame: Frame, station: int) -> None:
        if frame.layout is None:
            return
        thing, state = frame.layout.stations[station].id, int(frame.stations.state[station])
        look = self.theme.state(state)
        self._things[index] = thing
        button.setText(f"{letter_of(state)}  {thing}  {state_word(state)}")
        button.setStyleSheet(f"background: {look.fill}; color: {look.ink}; border-color: {look.edge};")

    def set_rate(self, pictures_per_second: float) -> None:
        """How many pictures of the floor are drawn."""
        self.health.set_fps(pictures_per_second)

    def restyle(self) -> None:
        for number in self._numbers.values():
            number.set_theme(self.theme)
        self.health.set_theme(self.theme)

    def retranslate(self) -> None:
        made, in_work = self.tr("Good product units finished, without components"), self.tr("Product units in work")
        self._numbers["output"].name(self.tr("Output"), made)
        self._numbers["wip"].name(self.tr("WIP"), in_work)
        self._numbers["abnormal"].name(self.tr("Abnormal"), self.tr("Stations held, aborted or unknown"))


class _Number(QWidget):
    """A number with its name above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label: QLabel = plain_label(self, points=8.5)
        self._value: QLabel = plain_label(self, points=14, bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._value)

    def name(self, label: str, explanation: str) -> None:
        """What the number is."""
        self._label.setText(label)
        self.setToolTip(explanation)

    def show_value(self, text: str, *, live: bool) -> None:
        """The number itself; one that is not live is struck out."""
        self._value.setText(text)
        font = self._value.font()
        if font.strikeOut() is live:
            font.setStrikeOut(not live)
            self._value.setFont(font)

    def set_theme(self, theme: Theme) -> None:
        """Light or dark."""
        tinted(self._label, theme.muted)


def _abnormal(frame: Frame) -> list[int]:
    """Indices of stations that a person should look at, longest first."""
    found = [index for index, state in enumerate(frame.stations.state) if is_abnormal(int(state))]
    return sorted(found, key=lambda index: int(frame.stations.since_ns[index]))
