"""What the panels cost a tick with 70 stations, live: handing them the frame, and painting what it changed."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.bench.timing import Figure, compared
from tests.panels.frames import NAMES, SECOND_NS, FrameMaker, busy, make_layout
from twin.history.recording import Span
from twin.panels.colours import LIGHT
from twin.panels.health_dot import HealthDot
from twin.panels.inspector_panel import InspectorPanel
from twin.panels.label_painter import Anchor, Label, LabelPainter
from twin.panels.panel import Panel
from twin.panels.state_raster import grid_over, picture, shaded, worst_groups
from twin.panels.states_panel import StatesPanel
from twin.panels.style import apply_palette
from twin.panels.tag_tree import TagTree
from twin.panels.time_bar import TimeBar
from twin.panels.trend_panel import TrendPanel
from twin.session.commands import Command
from twin.session.frame import Frame

STATIONS, TICKS, LABELS = 70, 30, 20
SHOW_MS, RASTER_MS, LABELS_MS, PERIOD_MS = 15.0, 10.0, 2.0, 100.0
SIZES: dict[type[Panel], tuple[int, int]] = {
    StatesPanel: (1200, 300),
    TrendPanel: (1200, 300),
    InspectorPanel: (380, 700),
    TimeBar: (1920, 112),
    TagTree: (380, 700),
    HealthDot: (400, 24),
}


def run() -> Iterable[Figure]:
    """Medians over some ticks of a tenth of a second, in each of which the window, the playhead and the data move."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_palette(app, LIGHT)
    maker = busy(FrameMaker(make_layout(STATIONS)))
    panels = [_made(kind, *size) for kind, size in SIZES.items()]
    show, paint = [], []
    for frame in _ticks(maker):
        began = perf_counter()
        for panel in panels:
            panel.show_frame(frame)
        shown = perf_counter()
        app.processEvents()
        show.append((shown - began) * 1e3)
        paint.append((perf_counter() - shown) * 1e3)
    for panel in panels:
        panel.close()
    yield compared("panels: show a frame, all of them", median(show), "ms", to="budget", of=SHOW_MS, target=1.0)
    yield compared("panels: and paint it", median(paint), "ms", to="10 frames a second", of=PERIOD_MS, target=0.5)
    yield compared("panels: raster of 8 h, 1200 px", _raster_ms(maker), "ms", to="budget", of=RASTER_MS, target=1.0)
    yield compared("panels: 20 labels", _labels_ms(), "ms", to="budget", of=LABELS_MS, target=1.0)


def _made(kind: type[Panel], width: int, height: int) -> Panel:
    panel = kind(_ignore, LIGHT)
    panel.resize(width, height)
    panel.show()
    return panel


def _ignore(command: Command) -> None:
    """Nobody carries anything out here."""


def _ticks(maker: FrameMaker) -> Iterator[Frame]:
    first = maker.frame(selection="OF1-12")
    trends = (maker.trend("OF1-12/Vacuum"), maker.trend("OF1-12/Torque"))
    for number in range(TICKS):
        end_ns = first.span.end_ns + number * SECOND_NS // 10
        yield replace(
            first,
            playhead_ns=end_ns,
            span=Span(first.span.start_ns, end_ns),
            window=Span(end_ns - 600 * SECOND_NS, end_ns),
            timeline=replace(first.timeline, covered=Span(first.span.start_ns, end_ns)),
            trends=tuple(replace(trend) for trend in trends),
        )


def _median_ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TICKS):
        began = perf_counter()
        work()
        taken.append((perf_counter() - began) * 1e3)
    return median(taken)


def _raster_ms(maker: FrameMaker) -> float:
    frame = maker.frame()
    grid = grid_over(Span(frame.span.end_ns - 8 * 3600 * SECOND_NS, frame.span.end_ns), 1200)

    def work() -> None:
        picture(shaded(worst_groups(frame.timeline, grid), grid, frame.span, frame.gaps), 4, grid.first)

    return _median_ms(work)


def _labels_ms() -> float:
    canvas = QImage(1280, 720, QImage.Format.Format_RGB32)
    painter, labels = QPainter(canvas), LabelPainter(LIGHT)
    anchors = [
        Anchor(
            f"{number}",
            80.0 + number % 5 * 240,
            80.0 + number // 5 * 160,
            number,
            Label(NAMES[number % 14][0], state=6),
        )
        for number in range(LABELS)
    ]
    taken = _median_ms(lambda: labels.paint(painter, QRectF(canvas.rect()), anchors))
    painter.end()
    return taken
