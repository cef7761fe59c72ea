"""The state timeline as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from tests.panels.frames import FrameMaker, make_layout
from twin.history.recording import Gap, Span
from twin.panels.colours import DARK, LIGHT, Group
from twin.panels.plots import AXIS_PX
from twin.panels.states_panel import StatesPanel
from twin.plant.packml import State
from twin.session.commands import Command, Seek, Select, SetWindow
from twin.session.frame import Commander

if TYPE_CHECKING:
    from tests.panels.conftest import Hand

SECOND_NS = 1_000_000_000
RUN, DOWN = int(State.EXECUTE), int(State.ABORTED)
ROW_PX = 20


@pytest.fixture
def panel(lay_out: Callable[[QWidget, int, int], None], send: Commander) -> StatesPanel:
    widget = StatesPanel(send, LIGHT)
    lay_out(widget, 1200, 14 * ROW_PX + AXIS_PX)
    return widget


def shown(panel: StatesPanel, maker: FrameMaker, **changed: object) -> QImage:
    """The picture after a frame; the first one gives the column of names its width."""
    panel.show_frame(maker.frame(**changed))
    panel.grab()
    panel.show_frame(maker.frame(**changed))
    picture: QImage = panel.plot.grab().toImage()
    return picture


def test_a_fault_of_one_second_in_eight_hours_is_seen(panel: StatesPanel, maker: FrameMaker) -> None:
    maker.span = Span(maker.span.start_ns, maker.span.start_ns + 8 * 3600 * SECOND_NS)
    maker.history("OF1-10", (0.0, RUN), (12_000.0, DOWN), (12_001.0, RUN))
    picture = shown(panel, maker, window=maker.span)
    red = QColor(LIGHT.groups[Group.DOWN].fill)
    found = {(x, y // ROW_PX) for x in range(picture.width()) for y in range(280) if picture.pixelColor(x, y) == red}
    assert {row for _, row in found} == {2}
    assert len({x for x, _ in found}) in (1, 2)


def test_a_gap_is_striped_over_all_rows(panel: StatesPanel, maker: FrameMaker) -> None:
    end_ns = maker.span.end_ns
    maker.gaps = (Gap("server", end_ns - 400 * SECOND_NS, end_ns - 200 * SECOND_NS, "cable"),)
    picture = shown(panel, maker)
    stripe, middle = QColor(LIGHT.hatch), picture.width() // 2
    for row in range(14):
        box = [picture.pixelColor(middle + x, row * ROW_PX + y) for x in range(20) for y in range(ROW_PX)]
        assert stripe in box


def test_a_click_selects_the_station(panel: StatesPanel, maker: FrameMaker, sent: list[Command], hand: Hand) -> None:
    shown(panel, maker)
    hand.click(panel.plot.viewport(), 300, ROW_PX + 5)
    assert sent == [Select("OF1-09")]


def test_a_click_on_a_name_selects_it(panel: StatesPanel, maker: FrameMaker, sent: list[Command], hand: Hand) -> None:
    shown(panel, maker)
    hand.click(panel.names, 60, 4 * ROW_PX + 5)
    assert sent == [Select("OF1-12")]


def test_a_double_click_goes_there(panel: StatesPanel, maker: FrameMaker, sent: list[Command], hand: Hand) -> None:
    shown(panel, maker)
    view = panel.plot.viewport()
    hand.double_click(view, view.width() / 2, 5)
    seek = sent[-1]
    assert isinstance(seek, Seek)
    assert abs(seek.at_ns - (maker.span.end_ns - 300 * SECOND_NS)) <= SECOND_NS


def test_the_wheel_zooms_and_keeps_the_playhead(
    panel: StatesPanel, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    shown(panel, maker)
    hand.turn(panel.plot.viewport(), 10, 10, 1)
    window = sent[-1]
    assert isinstance(window, SetWindow)
    assert window.end_ns - window.start_ns == pytest.approx(480 * SECOND_NS, rel=1e-6)
    assert window.start_ns <= maker.span.end_ns <= window.end_ns


def test_dragging_pans_and_takes_the_playhead_along(
    panel: StatesPanel, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    shown(panel, maker)
    view = panel.plot.viewport()
    hand.drag(view, (100, 50), (100 + view.width() / 2, 50))
    seek, window = sent[-2:]
    assert isinstance(seek, Seek)
    assert isinstance(window, SetWindow)
    assert seek.at_ns == window.end_ns
    assert abs(window.end_ns - (maker.span.end_ns - 300 * SECOND_NS)) <= SECOND_NS
    assert not any(isinstance(command, Select) for command in sent)


def test_hovering_says_state_times_and_duration(panel: StatesPanel, maker: FrameMaker, hand: Hand) -> None:
    maker.history("OF1-10", (0.0, RUN), (3300.0, DOWN), (3360.0, RUN))
    shown(panel, maker)
    view = panel.plot.viewport()
    hand.move(view, view.width() * 330 / 600, 2 * ROW_PX + 5)
    assert panel.note.text() == "OF1-10  Wiring and fan\nAborted   14:55:00 – 14:56:00   1 min 00 s"
    hand.move(view, view.width() * 500 / 600, 2 * ROW_PX + 5)
    assert "Execute   14:56:00 – …" in panel.note.text()


def test_dark_is_dark(panel: StatesPanel, maker: FrameMaker) -> None:
    light = shown(panel, maker).pixelColor(20, 1).lightness()
    panel.set_theme(DARK)
    assert panel.plot.grab().toImage().pixelColor(20, 1).lightness() < light / 2


def test_where_rows_scroll_the_abnormal_ones_are_on_top_and_the_selected_one_in_view(
    lay_out: Callable[[QWidget, int, int], None], send: Commander, sent: list[Command], hand: Hand
) -> None:
    panel, maker = StatesPanel(send, LIGHT), FrameMaker(make_layout(70))
    lay_out(panel, 1200, 10 * ROW_PX + AXIS_PX)
    frame = maker.frame()
    state = frame.stations.state.copy()
    state[:] = RUN
    state[60] = DOWN
    broken = replace(frame, stations=replace(frame.stations, state=state))
    panel.show_frame(broken)
    assert not panel.scroll_bar.isHidden()
    things = [station.id for station in frame.layout.stations] if frame.layout else []
    hand.click(panel.names, 60, ROW_PX + 5)
    assert sent == [Select(things[60])]
    panel.show_frame(replace(broken, selection=things[40]))
    hand.click(panel.names, 60, 5 * ROW_PX + 5)
    assert sent[-1] == Select(things[40])


def test_the_wheel_over_the_names_scrolls_them(
    lay_out: Callable[[QWidget, int, int], None], send: Commander, hand: Hand
) -> None:
    panel = StatesPanel(send, LIGHT)
    lay_out(panel, 1200, 10 * ROW_PX + AXIS_PX)
    panel.show_frame(FrameMaker(make_layout(70)).frame())
    before = panel.scroll_bar.value()
    hand.turn(panel.names, 10, 10, -1)
    assert panel.scroll_bar.value() == before + 3
