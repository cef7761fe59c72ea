"""The plant in short, while nothing is selected: output, work in process, stations by state, what is abnormal now."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from twin.panels import words
from twin.panels.colours import Group, Theme, group_of, is_abnormal
from twin.panels.facts import Facts
from twin.panels.marks import paint_group, paint_state
from twin.panels.names import Directory
from twin.panels.panel import Panel, plain_label, tinted
from twin.panels.readings import whole_text
from twin.panels.times import duration_text
from twin.session.commands import Select
from twin.session.frame import Commander, Frame

_BADGE_PX = 20
_SHOWN_GROUPS = tuple(sorted(Group, reverse=True))
_THING = Qt.ItemDataRole.UserRole


class OverviewPage(Panel):
    """Counts and the abnormal stations, worst first; a click on one selects it."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self.directory = Directory(None)
        self.facts = Facts(theme, 3, self)
        self._badges = {group: plain_label(self) for group in _SHOWN_GROUPS}
        self._words = {group: plain_label(self) for group in _SHOWN_GROUPS}
        self._counts = {group: plain_label(self, bold=True) for group in _SHOWN_GROUPS}
        self._title = plain_label(self, bold=True)
        self.abnormal = QListWidget(self)
        self.abnormal.setIconSize(QSize(_BADGE_PX, _BADGE_PX))
        self.abnormal.setSpacing(2)
        self.abnormal.setContentsMargins(8, 0, 8, 0)
        self.abnormal.setViewportMargins(6, 0, 6, 0)
        self.abnormal.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.abnormal.itemClicked.connect(lambda item: send(Select(item.data(_THING))))
        self._listed: list[tuple[str, int]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addLayout(self._grid())
        column.addWidget(self._title)
        column.addWidget(self.abnormal, 1)
        self.restyle()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 0, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, group in enumerate(_SHOWN_GROUPS):
            for column, widget in enumerate((self._badges[group], self._words[group], self._counts[group])):
                grid.addWidget(widget, row, column)
        return grid

    def show_frame(self, frame: Frame) -> None:
        self.frame = frame
        stations = frame.stations
        states = [0 if stale else int(state) for state, stale in zip(stations.state, stations.stale, strict=True)]
        counts = Counter(group_of(state) for state in states)
        for group in _SHOWN_GROUPS:
            self._counts[group].setText(str(counts[group]))
            tinted(self._counts[group], self.theme.text if counts[group] else self.theme.muted)
        self.facts.show_facts(
            (self.tr("Output"), whole_text(frame.output)),
            (self.tr("WIP"), whole_text(frame.wip)),
            (self.tr("Stations"), str(len(states))),
            live=frame.stale_since_ns is None,
        )
        self._show_abnormal(frame, states)

    def _show_abnormal(self, frame: Frame, states: list[int]) -> None:
        things = list(self.directory.stations)
        found = [index for index, state in enumerate(states) if is_abnormal(state)]
        found.sort(key=lambda index: (-group_of(states[index]), -int(frame.stations.since_ns[index])))
        listed = [(things[index], states[index]) for index in found]
        if listed != self._listed:
            self._listed = listed
            self.abnormal.clear()
            for thing, state in listed:
                item = QListWidgetItem(self._icon(state), "", self.abnormal)
                item.setData(_THING, thing)
        for row, index in enumerate(found):
            since = duration_text(frame.playhead_ns - _since_ns(frame, index))
            text = f"{self.directory.title(things[index])}\n{words.state(states[index])}  {since}"
            item = self.abnormal.item(row)
            if item.text() != text:
                item.setText(text)
        self._title.setText(self.tr("Abnormal now") if found else self.tr("Nothing abnormal"))

    def restyle(self) -> None:
        self.facts.set_theme(self.theme)
        self._listed = []
        self.abnormal.clear()
        tinted(self._title, self.theme.text)
        self._title.setContentsMargins(12, 0, 12, 0)
        for group in _SHOWN_GROUPS:
            self._badges[group].setPixmap(self._group_pixmap(group))
            self._words[group].setText(words.group(group))
            tinted(self._words[group], self.theme.muted)

    def retranslate(self) -> None:
        self.restyle()

    def _blank(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(_BADGE_PX, _BADGE_PX) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _group_pixmap(self, group: Group) -> QPixmap:
        pixmap = self._blank()
        painter = QPainter(pixmap)
        paint_group(painter, QRectF(0, 0, _BADGE_PX, _BADGE_PX), self.theme, group)
        painter.end()
        return pixmap

    def _icon(self, state: int) -> QIcon:
        pixmap = self._blank()
        painter = QPainter(pixmap)
        paint_state(painter, QRectF(0, 0, _BADGE_PX, _BADGE_PX), self.theme, state)
        painter.end()
        return QIcon(pixmap)


def _since_ns(frame: Frame, index: int) -> int:
    """Since when a station is as it is shown: unknown since data ended, or in its state since it entered it."""
    if frame.stale_since_ns is not None and frame.stations.stale[index]:
        return frame.stale_since_ns
    return int(frame.stations.since_ns[index])
