"""Station states: all stations × time in PackML colours, one image whatever the history. Faults are found here."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from twin.history.recording import Span
from twin.panels import state_raster as raster
from twin.panels import words
from twin.panels.colours import Group, Theme, group_of
from twin.panels.hover_note import HoverNote
from twin.panels.names import Directory
from twin.panels.panel import Panel
from twin.panels.plots import AXIS_PX, colour_table, index_image, make_plot, pen, playhead_line, show_times, style_plot
from twin.panels.readings import is_blocked
from twin.panels.row_names import Row, RowNames
from twin.panels.state_rows import RowScroll, part_of
from twin.panels.time_gestures import TimeGestures
from twin.panels.times import clock_text, duration_text, zone_of
from twin.plant.packml import State
from twin.session.commands import Seek, Select
from twin.session.frame import Commander, Frame, Timeline


class StatesPanel(Panel):
    """The state timeline of `frame.window`. Click selects, double-click goes there, the wheel zooms, dragging pans."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self._directory = Directory(None)
        self.names = RowNames(theme, self)
        self.plot = make_plot()
        self._image = index_image()
        self._playhead = playhead_line(theme)
        item = self.plot.getPlotItem()
        item.hideAxis("left")
        item.invertY(True)
        item.addItem(self._image)
        item.addItem(self._playhead)
        self.note = HoverNote(theme, self.plot)
        self._gestures = TimeGestures(self.plot.viewport(), send)
        self._gestures.hovered.connect(self._hover)
        self._gestures.unhovered.connect(self.note.hide)
        self._gestures.clicked.connect(self._click)
        self._gestures.double_clicked.connect(self._go)
        self.names.chosen.connect(self._choose_row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.plot, 1)
        self.scroll_bar = RowScroll(self)
        self.scroll_bar.valueChanged.connect(self._show_again)
        self.names.scrolled.connect(lambda rows: self.scroll_bar.setValue(self.scroll_bar.value() + rows))
        row.addWidget(self.scroll_bar)
        self._grid = raster.Grid(0, 0, 1)
        self._drawn: object = None
        self._timeline: Timeline | None = None
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(900, 280)

    def show_frame(self, frame: Frame) -> None:
        if self.frame is None or frame.layout is not self.frame.layout:
            self._directory = Directory(frame.layout)
            self.scroll_bar.list_rows(frame.layout)
        self.frame = self._gestures.frame = frame
        height = max(1, self.plot.viewport().height() - AXIS_PX)
        selected = self._directory.stations.get(frame.selection or "", -1)
        self.scroll_bar.arrange(frame.stations.state.tolist(), selected, height)
        self.names.show_rows(self._rows(frame), self.scroll_bar.fit.row_px)
        self._draw(frame, height)
        self._playhead.setValue((frame.playhead_ns - self._grid.start_ns) / self._grid.step_ns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_again()

    def restyle(self) -> None:
        theme = self.theme
        self.names.theme = theme
        self.note.set_theme(theme)
        style_plot(self.plot, theme)
        self._playhead.setPen(pen(theme.text))
        colours = {int(group): QColor(look.fill) for group, look in theme.groups.items()}
        ground = {raster.GROUND: QColor(theme.panel), raster.STRIPE: QColor(theme.hatch)}
        table = colour_table(colours | ground | {raster.STRIPE_GROUND: QColor(theme.gap)})
        self._image.setLookupTable(table)
        self._drawn = None

    def _rows(self, frame: Frame) -> tuple[Row, ...]:
        stations, directory, things = frame.stations, self._directory, list(self._directory.stations)
        rows = []
        for entry in self.scroll_bar.shown:
            if isinstance(entry, str):
                rows.append(Row("", entry, int(State.EXECUTE), blocked=False, stale=False, selected=False))
                continue
            thing = things[entry]
            state, stale = int(stations.state[entry]), bool(stations.stale[entry])
            blocked, selected = is_blocked(frame, thing), thing == frame.selection
            rows.append(Row(thing, directory.title(thing), state, blocked, stale, selected))
        return tuple(rows)

    def _draw(self, frame: Frame, height: int) -> None:
        columns = self.plot.viewport().width()
        grid = raster.grid_over(frame.window, columns)
        row_px, shown_rows = self.scroll_bar.fit.row_px, self.scroll_bar.shown
        wanted = (grid, row_px, height, frame.span.start_ns, frame.gaps, shown_rows)
        shown = self._drawn
        if wanted == shown and frame.timeline is self._timeline:
            return
        if not frame.timeline.time_ns:
            return
        rows = raster.shaded(
            raster.worst_groups(part_of(frame.timeline, self.scroll_bar.shown), grid), grid, frame.span, frame.gaps
        )
        rows[[isinstance(entry, str) for entry in self.scroll_bar.shown]] = raster.GROUND
        image = raster.picture(rows, max(3, math.ceil(row_px)), grid.first)
        self._image.setImage(image, autoLevels=False)
        self._image.setRect(0, 0, image.shape[1], len(rows) * row_px)
        self.plot.getPlotItem().setRange(xRange=(0, columns), yRange=(0, height), padding=0)
        show_times(self.plot, Span(grid.start_ns, grid.end_ns), zone_of(frame.layout), 1 / grid.step_ns)
        self._grid, self._drawn, self._timeline = grid, wanted, frame.timeline

    def _station_at(self, y_px: int) -> int:
        """Index of the station whose row is there, -1 for none."""
        row = int(y_px / self.scroll_bar.fit.row_px)
        entry = self.scroll_bar.shown[row] if 0 <= row < len(self.scroll_bar.shown) else -1
        return entry if isinstance(entry, int) else -1

    def _choose_row(self, row: int) -> None:
        entry = self.scroll_bar.shown[row]
        if isinstance(entry, int):
            self._choose(entry)

    def _choose(self, station: int) -> None:
        self.send(Select(list(self._directory.stations)[station]))

    def _click(self, place: QPoint) -> None:
        row = self._station_at(place.y())
        if row >= 0:
            self._choose(row)

    def _go(self, place: QPoint) -> None:
        self._click(place)
        self.send(Seek(self._gestures.time_at(place.x())))

    def _hover(self, place: QPoint) -> None:
        row = self._station_at(place.y())
        text = self._said(row, self._gestures.time_at(place.x())) if row >= 0 else ""
        self.note.say(text, place)

    def _said(self, row: int, at_ns: int) -> str:
        """Station, state, when and how long: of the worst state within a pixel of the pointer."""
        frame = self.frame
        if frame is None or row >= len(frame.timeline.time_ns):
            return ""
        times, states = frame.timeline.time_ns[row], frame.timeline.state[row]
        step = self._grid.step_ns
        first, last = (max(0, int(at) - 1) for at in np.searchsorted(times, [at_ns - step, at_ns + step], side="right"))
        outside = not frame.span.start_ns <= at_ns <= frame.span.end_ns
        if not len(times) or outside or at_ns + step < times[0]:
            return ""
        found = max(range(first, last + 1), key=lambda index: group_of(int(states[index])))
        start, end = int(times[found]), int(times[found + 1]) if found + 1 < len(times) else None
        zone, known = zone_of(frame.layout), group_of(int(states[found])) is not Group.UNKNOWN
        until = clock_text(end, zone) if end else "…"
        length = duration_text((end or frame.span.end_ns) - start)
        name = self._directory.title(list(self._directory.stations)[row])
        state = words.state(int(states[found])) if known else words.group(Group.UNKNOWN)
        return f"{name}\n{state}   {clock_text(start, zone)} – {until}   {length}"
