"""Trends: what is drawn, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from twin.history.recording import Gap, Series, Span
from twin.panels.colours import LIGHT
from twin.panels.trend_panel import TrendPanel
from twin.panels.trend_shape import line_of, value_range
from twin.session.commands import Command, ShowTrends
from twin.session.frame import Commander

if TYPE_CHECKING:
    from tests.panels.frames import FrameMaker

SECOND_NS = 1_000_000_000
WINDOW = Span(0, 10 * SECOND_NS)


def series_of(*points: tuple[float, float, int]) -> Series:
    times = np.array([round(at * SECOND_NS) for at, _, _ in points], np.int64)
    values = np.array([value for _, value, _ in points], np.float64)
    return Series(times, values, values, np.array([bad for _, _, bad in points], np.uint8))


def drawn(series: Series, *gaps: Gap, stepped: bool = False, until_s: float = 10) -> list[tuple[float, float]]:
    line = line_of(series, WINDOW, round(until_s * SECOND_NS), gaps, stepped=stepped)
    return list(zip(line.x_s.tolist(), line.y.tolist(), strict=True))


def same(found: list[tuple[float, float]], wanted: Sequence[tuple[float, float]]) -> bool:
    return np.allclose(np.array(found), np.array(wanted), equal_nan=True)


NAN = float("nan")


def test_the_last_value_holds_until_the_end() -> None:
    assert same(drawn(series_of((1, 5, 0), (2, 6, 0))), [(1, 5), (2, 6), (10, 6)])


def test_steps_hold_until_the_next_value() -> None:
    found = drawn(series_of((1, 5, 0), (2, 6, 0)), stepped=True)
    assert same(found, [(1, 5), (2, 5), (2, 6), (10, 6), (10, 6)])


def test_nothing_is_drawn_through_a_gap_or_a_bad_stretch() -> None:
    gap = Gap("server", 3 * SECOND_NS, 6 * SECOND_NS, "cable")
    found = drawn(series_of((1, 5, 0), (7, 6, 0), (8, 9, 2), (9, 7, 0)), gap)
    assert same(found, [(1, 5), (3, 5), (3, NAN), (7, 6), (8, NAN), (9, 7), (10, 7)])


def test_an_open_gap_ends_the_line() -> None:
    found = drawn(series_of((1, 5, 0)), Gap("server", 4 * SECOND_NS, None, "cable"))
    assert same(found, [(1, 5), (4, 5), (4, NAN), (10, 5)])


def test_thinned_stretches_keep_both_extremes() -> None:
    times = np.array([1, 2], np.int64) * SECOND_NS
    series = Series(times, np.array([1.0, 2.0]), np.array([9.0, 8.0]), np.zeros(2, np.uint8))
    assert same(drawn(series, until_s=2), [(1, 1), (1, 9), (2, 2), (2, 8)])


@pytest.mark.parametrize(
    ("low", "high", "inside"), [(None, 30.0, 30.0), (0.0, 30.0, 0.0), (None, 5000.0, 25.0), (None, None, 10.0)]
)
def test_limits_near_the_values_are_in_the_picture(low: float | None, high: float | None, inside: float) -> None:
    least, most = value_range(line_of(series_of((1, 10, 0), (2, 25, 0)), WINDOW, 0, (), stepped=False), low, high)
    assert least < inside < most
    assert most < 100


def test_a_constant_and_an_empty_line_have_a_range_too() -> None:
    for series in (series_of((1, 0, 0)), series_of()):
        least, most = value_range(line_of(series, WINDOW, 0, (), stepped=False), None, None)
        assert least < most


@pytest.fixture
def panel(lay_out: Callable[[QWidget, int, int], None], send: Commander) -> TrendPanel:
    widget = TrendPanel(send, LIGHT)
    lay_out(widget, 1000, 300)
    return widget


def test_every_trend_says_its_name_and_its_value_at_the_playhead(panel: TrendPanel, maker: FrameMaker) -> None:
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Vacuum"), maker.trend("OF1-12/Torque"))))
    said = [(row.label.text(), row.value.text()) for row in panel.rows]
    assert said == [("OF1-12  Vacuum", "21.4 Pa"), ("OF1-12  Feet torque", "8.02 N·m")]


def test_a_value_that_is_not_live_is_struck(panel: TrendPanel, maker: FrameMaker) -> None:
    stale = np.ones(len(maker.catalog), np.bool_)
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Vacuum"),), stale=stale))
    value = panel.rows[0].value
    assert (value.text(), value.font().strikeOut()) == ("21.4 Pa  (1 s)", True)
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Vacuum"),)))
    assert not value.font().strikeOut()


def test_bad_stretches_are_striped(panel: TrendPanel, maker: FrameMaker) -> None:
    trend = maker.trend("OF1-12/Vacuum")
    bad = trend.series.bad.copy()
    bad[200:400] = 2
    trend = replace(trend, series=replace(trend.series, bad=bad))
    panel.show_frame(maker.frame(trends=(trend,)))
    panel.grab()
    panel.show_frame(maker.frame(trends=(replace(trend),)))
    plot = panel.rows[0].plot
    picture, middle = plot.grab().toImage(), (64 + plot.width()) // 2
    box = {picture.pixelColor(middle + x, 100 + y).name() for x in range(-20, 20) for y in range(40)}
    assert QColor(LIGHT.hatch).name() in box
    assert QColor(LIGHT.plots[0]).name() not in box


def test_the_cross_removes_a_trend(panel: TrendPanel, maker: FrameMaker, sent: list[Command], qtbot: QtBot) -> None:
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Vacuum"), maker.trend("OF1-12/Torque"))))
    panel.rows[0].close_button.click()
    assert sent == [ShowTrends(("OF1-12/Torque",))]
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Torque"),)))
    assert [row.tag for row in panel.rows] == ["OF1-12/Torque"]


def test_an_empty_panel_says_what_to_do(panel: TrendPanel, maker: FrameMaker) -> None:
    panel.show_frame(maker.frame())
    assert panel.hint.text()
    assert panel.hint.isVisibleTo(panel)
    assert panel.hint.textFormat() is Qt.TextFormat.PlainText
    panel.show_frame(maker.frame(trends=(maker.trend("OF1-12/Vacuum"),)))
    assert not panel.hint.isVisibleTo(panel)
