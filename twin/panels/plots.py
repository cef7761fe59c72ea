"""pyqtgraph as this product uses it: no menus, no mouse of its own, pens one pixel wide, a plant-local time axis.

Importing this takes a second: only the states and the trend panel do, and the desk loads those after the first picture.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from twin.history.recording import Span
from twin.panels.colours import Theme
from twin.panels.times import axis_ticks

AXIS_PX = 24
_TICK_LABEL_PX = 96


def make_plot() -> Any:
    """An empty `PlotWidget` without margins, whose bottom axis is `AXIS_PX` high."""
    plot = pg.PlotWidget(enableMenu=False)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMouseEnabled(x=False, y=False)
    item.getViewBox().setDefaultPadding(0.0)
    item.layout.setContentsMargins(0, 0, 0, 0)
    item.layout.setSpacing(0)
    bottom = item.getAxis("bottom")
    bottom.setHeight(AXIS_PX)
    bottom.setStyle(tickLength=4, tickTextOffset=4)
    plot.setMinimumSize(120, 48)
    return plot


def style_plot(plot: Any, theme: Theme) -> None:
    """Give a plot the colours of a theme."""
    plot.setBackground(theme.panel)
    for name in ("bottom", "left"):
        axis = plot.getPlotItem().getAxis(name)
        axis.setPen(pen(theme.border))
        axis.setTextPen(pen(theme.muted))


def pen(colour: str, **style: Any) -> Any:
    """A pen one pixel wide; wider ones are eight times slower."""
    return pg.mkPen(colour, width=1, **style)


def playhead_line(theme: Theme) -> Any:
    """The line that marks the playhead."""
    line = pg.InfiniteLine(angle=90, movable=False, pen=pen(theme.text))
    line.setZValue(10)
    return line


def index_image() -> Any:
    """An image of indices into a table of colours."""
    image = pg.ImageItem(axisOrder="row-major")
    image.setAutoDownsample(False)
    return image


def colour_table(colours: dict[int, QColor]) -> NDArray[np.uint8]:
    """The table for `index_image`: (256, 4) uint8; indices that are not named are clear."""
    table = np.zeros((256, 4), np.uint8)
    for index, colour in colours.items():
        table[index] = (colour.red(), colour.green(), colour.blue(), colour.alpha())
    return table


def show_times(plot: Any, window: Span, zone: tzinfo, scale: float) -> None:
    """Label the bottom axis: x runs from 0 at the window's start, `scale` of x a nanosecond."""
    most = max(1, int(plot.viewport().width() / _TICK_LABEL_PX))
    ticks = [((at_ns - window.start_ns) * scale, text) for at_ns, text in axis_ticks(window, zone, most)]
    plot.getPlotItem().getAxis("bottom").setTicks([ticks, []])
