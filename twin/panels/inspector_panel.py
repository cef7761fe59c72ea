"""The inspector: the selected thing with state, counters and live values; the plant in short when there is none."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from twin.panels import words
from twin.panels.colours import Group, Theme, group_of
from twin.panels.facts import Facts
from twin.panels.names import Directory
from twin.panels.overview_page import OverviewPage
from twin.panels.panel import Panel
from twin.panels.readings import NOTHING, is_blocked, read
from twin.panels.share_bar import ShareBar, shares_of
from twin.panels.state_header import Header, StateHeader
from twin.panels.times import clock_text, duration_text, zone_of
from twin.panels.value_list import ValueList
from twin.panels.value_rows import value_rows
from twin.session.commands import ShowTrends
from twin.session.frame import Commander, Frame

MOST_TRENDS = 6


class InspectorPanel(Panel):
    """Shows `frame.selection`. A click on a value draws it as a trend, another takes it away."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self._directory = Directory(None)
        self.overview = OverviewPage(send, theme, self)
        self._page = QWidget(self)
        self.header = StateHeader(theme, self._page)
        self.facts = Facts(theme, 4, self._page)
        self.shares = ShareBar(theme, self._page)
        self.values = ValueList(theme, self._page)
        self.values.clicked.connect(self._toggle)
        self.values.activated.connect(self._toggle)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.facts)
        column.addWidget(self.shares)
        column.addWidget(self.values, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self._page)
        self._own_trends: tuple[str, ...] = ()
        self._seen: str | None = None

    def sizeHint(self) -> QSize:
        return QSize(380, 700)

    def show_frame(self, frame: Frame) -> None:
        new = self.frame is None or frame.layout is not self.frame.layout
        if new:
            self._directory = self.overview.directory = Directory(frame.layout)
        self.frame = frame
        thing = frame.selection
        if new and thing is None and not frame.trends:
            self._own_trends = self._directory.first_trends()
            self.send(ShowTrends(self._own_trends))
        if thing != self._seen:
            self._seen = thing
            self._follow_selection(frame, thing)
        if thing is None:
            self._stack.setCurrentWidget(self.overview)
            self.overview.show_frame(frame)
            return
        self._stack.setCurrentWidget(self._page)
        self.header.show_header(self._header(frame, thing))
        self._show_facts(frame, thing)
        self.shares.show_shares(shares_of(frame, self._directory.stations.get(thing)))
        shown = {trend.tag for trend in frame.trends}
        self.values.show_rows(value_rows(frame, self._directory, thing, shown))

    def set_theme(self, theme: Theme) -> None:
        self.overview.set_theme(theme)
        super().set_theme(theme)

    def restyle(self) -> None:
        self.header.theme = self.theme
        self.facts.set_theme(self.theme)
        self.shares.set_theme(self.theme)
        self.values.set_theme(self.theme)

    def _follow_selection(self, frame: Frame, thing: str | None) -> None:
        """Draw the first process value of what has just been selected, unless the user has chosen trends by hand."""
        shown = tuple(trend.tag for trend in frame.trends)
        first = self._directory.first_trend(thing) if thing else None
        if first and set(shown) <= set(self._own_trends):
            self._own_trends = (first,)
            self.send(ShowTrends((first,)))

    def _toggle(self, index: QModelIndex) -> None:
        if not self.frame:
            return
        tag = self.values.rows[index.row()].tag
        if not tag:
            return
        shown = [trend.tag for trend in self.frame.trends]
        wanted = [other for other in shown if other != tag] if tag in shown else [*shown, tag][-MOST_TRENDS:]
        self._own_trends = ()
        self.send(ShowTrends(tuple(wanted)))

    def _header(self, frame: Frame, thing: str) -> Header:
        index = self._directory.stations.get(thing)
        if index is None:
            return Header(thing, self._directory.name(thing))
        stations = frame.stations
        state, stale, blocked = int(stations.state[index]), bool(stations.stale[index]), is_blocked(frame, thing)
        since_ns = int(stations.since_ns[index])
        text = words.state(state)
        if group_of(state) is Group.WAIT:
            text = f"{text} · {words.waiting(blocked=blocked)}"
        length = duration_text(max(0, frame.playhead_ns - since_ns))
        since = self.tr("since {time} · {duration}").format(
            time=clock_text(since_ns, zone_of(frame.layout)), duration=length
        )
        if group_of(state) is Group.UNKNOWN:
            since = ""
        elif stale and frame.stale_since_ns is not None:
            old = duration_text(max(0, frame.playhead_ns - frame.stale_since_ns))
            since = self.tr("no data for {duration}").format(duration=old)
        return Header(thing, self._directory.name(thing), state, blocked, stale, text, since)

    def _show_facts(self, frame: Frame, thing: str) -> None:
        if index := self._directory.stations.get(thing, -1) + 1:
            self.facts.setVisible(True)
            stations, row = frame.stations, index - 1
            self.facts.show_facts(
                (words.tag("Serial"), frame.catalog.text(stations.serial[row]) or NOTHING),
                (words.tag("Units"), _count(stations.units[row])),
                (words.tag("Processed"), _count(stations.processed[row])),
                (words.tag("Defective"), _count(stations.defective[row])),
                live=not stations.stale[row],
            )
            return
        facts, live = self._carried(frame, thing)
        self.facts.setVisible(bool(facts))
        if facts:
            self.facts.show_facts(*facts, live=live)

    def _carried(self, frame: Frame, thing: str) -> tuple[list[tuple[str, str]], bool]:
        """What a vehicle carries, for which order, and its charge, as far as it says so; and whether that is live."""
        facts, live, directory = [], True, self._directory
        for own in ("Load", "Order", "Battery") if thing in directory.vehicles else ():
            tag = f"{thing}/{own}"
            if (index := frame.catalog.index(tag)) >= 0:
                reading = read(frame, index)
                live &= reading.live
                facts.append((directory.tag_name(tag), f"{directory.load(reading.shown)} {reading.unit}".rstrip()))
        return facts, live


def _count(number: float) -> str:
    return f"{number:.0f}" if number == number else NOTHING
