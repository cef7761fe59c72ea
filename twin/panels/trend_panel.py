"""Trends: one plot below the other, one time axis. What is not known is striped, never bridged; limits are dashed."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from twin.panels.colours import Theme
from twin.panels.names import Directory
from twin.panels.panel import Panel, plain_label, tinted
from twin.panels.plots import AXIS_PX, colour_table, index_image, make_plot, pen, playhead_line, show_times, style_plot
from twin.panels.readings import read
from twin.panels.state_raster import Bytes, Grid, cells_in
from twin.panels.time_gestures import TimeGestures
from twin.panels.times import zone_of
from twin.panels.trend_shape import doubtful, line_of, value_range
from twin.panels.value_list import ValueRow
from twin.session.commands import ShowTrends
from twin.session.frame import Commander, Frame, Trend

_VALUE_AXIS_PX = 64
_CLEAR, _STRIPE, _STRIPE_GROUND, _UNCERTAIN = range(4)


class TrendRow(QWidget):
    """One trend: what it is and its value at the playhead in a line of text, and the plot below."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.tag = ""
        self.swatch, self.label, self.value = plain_label(self), plain_label(self), plain_label(self, bold=True)
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.setFixedSize(24, 22)
        self.close_button.setStyleSheet("padding: 0; border: none; background: transparent;")
        self.swatch.setFixedSize(14, 3)
        self.swatch.setAutoFillBackground(True)
        self.plot = make_plot()
        self.gestures = TimeGestures(self.plot.viewport(), send, _VALUE_AXIS_PX)
        self._item = self.plot.getPlotItem()
        self._item.getAxis("left").setWidth(_VALUE_AXIS_PX)
        self._item.getAxis("left").enableAutoSIPrefix(False)
        self._image, self._playhead = index_image(), playhead_line(theme)
        self._curve = self._item.plot(connect="finite")
        self._limits = [self._item.addLine(y=0), self._item.addLine(y=0)]
        self._item.addItem(self._image)
        self._item.addItem(self._playhead)
        self._image.setZValue(-10)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 4, 0)
        head.setSpacing(8)
        for widget in (self.swatch, self.label, self.value):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.plot, 1)

    def set_look(self, theme: Theme, colour: str) -> None:
        """Draw in these colours."""
        style_plot(self.plot, theme)
        self._curve.setPen(pen(colour))
        self._playhead.setPen(pen(theme.text))
        for limit in self._limits:
            limit.setPen(pen(theme.warning, style=Qt.PenStyle.DashLine))
        table = {_STRIPE: theme.hatch, _STRIPE_GROUND: theme.gap, _UNCERTAIN: theme.grid}
        self._image.setLookupTable(colour_table({index: QColor(name) for index, name in table.items()}))
        palette = self.swatch.palette()
        palette.setColor(self.swatch.backgroundRole(), colour)
        self.swatch.setPalette(palette)
        tinted(self.label, theme.muted)

    def show_axis(self, *, shown: bool) -> None:
        """Whether this row carries the clock: only the lowest does."""
        self._item.getAxis("bottom").setHeight(AXIS_PX if shown else 1)
        self._item.getAxis("bottom").setStyle(showValues=shown)

    def draw(self, frame: Frame, trend: Trend) -> None:
        """Draw the curve, its limits and what is not known."""
        window = frame.window
        whole = frame.catalog.tags[frame.catalog.index(trend.tag)].data_type not in ("Double", "Float")
        until_ns = min(window.end_ns, frame.span.end_ns)
        line = line_of(trend.series, window, until_ns, frame.gaps, stepped=whole)
        self._curve.setData(line.x_s, line.y, stepMode=None)
        low, high = value_range(line, trend.low, trend.high)
        width_s = (window.end_ns - window.start_ns) / 1e9
        self._item.setRange(xRange=(0, width_s), yRange=(low, high), padding=0)
        for item, limit in zip(self._limits, (trend.low, trend.high), strict=True):
            item.setVisible(limit is not None)
            item.setValue(limit or 0.0)
        self._image.setImage(self._shade(frame, trend), autoLevels=False)
        self._image.setRect(0, low, width_s, high - low)
        show_times(self.plot, window, zone_of(frame.layout), 1e-9)

    def show_playhead(self, frame: Frame, row: ValueRow, theme: Theme) -> None:
        """Move the playhead and say the value there."""
        self._playhead.setValue((frame.playhead_ns - frame.window.start_ns) / 1e9)
        self.label.setText(row.name)
        live = row.reading.live
        said = f"{row.reading.shown} {row.reading.unit}".rstrip()
        self.value.setText(said if live else f"{said}  ({row.note})")
        font = self.value.font()
        if font.strikeOut() == live:
            font.setStrikeOut(not live)
            self.value.setFont(font)
        tinted(self.value, theme.text if live and not row.reading.beyond else theme.warning if live else theme.muted)

    def _shade(self, frame: Frame, trend: Trend) -> Bytes:
        """(height, width) indices: stripes over gaps and bad stretches, a tint over uncertain ones."""
        width = max(1, self.plot.viewport().width() - _VALUE_AXIS_PX)
        height = max(1, self.plot.viewport().height() - AXIS_PX)
        window = frame.window
        grid = Grid(0, width, max(1, (window.end_ns - window.start_ns) // width))
        bad = doubtful(trend.series, window, width, 2)
        for gap in frame.gaps:
            end_ns = frame.span.end_ns if gap.end_ns is None else gap.end_ns
            bad[cells_in(grid, gap.start_ns - window.start_ns, end_ns - window.start_ns)] = 1
        stripes = (np.arange(height)[:, None] + np.arange(width)[None, :]) % 7 < 2
        tint = np.where(doubtful(trend.series, window, width, 1), np.uint8(_UNCERTAIN), np.uint8(_CLEAR))
        return np.where(bad[None, :], np.where(stripes, np.uint8(_STRIPE), np.uint8(_STRIPE_GROUND)), tint[None, :])


class TrendPanel(Panel):
    """Draws `frame.trends` over `frame.window`."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self._directory = Directory(None)
        self.rows: list[TrendRow] = []
        self.hint = plain_label(self)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.hint, 1)
        self._drawn: tuple[Any, ...] = ()
        self.retranslate()
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(900, 240)

    def show_frame(self, frame: Frame) -> None:
        if self.frame is None or frame.layout is not self.frame.layout:
            self._directory = Directory(frame.layout)
        self.frame = frame
        tags = [trend.tag for trend in frame.trends]
        if tags != [row.tag for row in self.rows]:
            self._match_rows(tags)
        drawn = (frame.trends, frame.window, frame.gaps, self.size())
        anew = len(drawn) != len(self._drawn) or any(
            new is not old for new, old in zip(drawn, self._drawn, strict=True)
        )
        for row, trend in zip(self.rows, frame.trends, strict=True):
            row.gestures.frame = frame
            if anew:
                row.draw(frame, trend)
            reading = read(frame, frame.catalog.index(trend.tag))
            row.show_playhead(frame, ValueRow(trend.tag, self._title(trend.tag), reading, trend=True), self.theme)
        self._drawn = drawn

    def restyle(self) -> None:
        tinted(self.hint, self.theme.muted)
        colours = self.theme.plots
        for number, row in enumerate(self.rows):
            row.set_look(self.theme, colours[number % len(colours)])
        self._drawn = ()

    def retranslate(self) -> None:
        self.hint.setText(self.tr("Select a station or a value to see its trend."))

    def _title(self, tag: str) -> str:
        owner = tag.rpartition("/")[0]
        name = self._directory.tag_name(tag)
        return f"{owner}  {name}" if self._directory.owns(owner) else tag

    def _match_rows(self, tags: list[str]) -> None:
        """Have one row a tag; rows that are there already are used again, for a plot takes long to make."""
        while len(self.rows) > len(tags):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(tags):
            self.rows.append(self._new_row())
        for row, tag in zip(self.rows, tags, strict=True):
            row.tag = tag
            row.show_axis(shown=row is self.rows[-1])
        self.hint.setVisible(not tags)
        self.restyle()

    def _new_row(self) -> TrendRow:
        row = TrendRow(self.send, self.theme, self)
        row.close_button.clicked.connect(lambda: self._remove(row.tag))
        row.close_button.setToolTip(self.tr("Remove this trend"))
        self._column.addWidget(row, 1)
        return row

    def _remove(self, tag: str) -> None:
        self.send(ShowTrends(tuple(row.tag for row in self.rows if row.tag != tag)))
