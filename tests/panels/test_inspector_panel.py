"""The inspector as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from twin.panels.colours import DARK, LIGHT
from twin.panels.inspector_panel import InspectorPanel
from twin.panels.tag_tree import TagTree
from twin.plant import quality
from twin.plant.packml import State
from twin.session.commands import Command, Select, ShowTrends
from twin.session.frame import Commander

if TYPE_CHECKING:
    from tests.panels.conftest import Hand
    from tests.panels.frames import FrameMaker

RUN, WAIT, HELD, DOWN = int(State.EXECUTE), int(State.SUSPENDED), int(State.HELD), int(State.ABORTED)


@pytest.fixture
def panel(lay_out: Callable[[QWidget, int, int], None], send: Commander) -> InspectorPanel:
    widget = InspectorPanel(send, LIGHT)
    lay_out(widget, 380, 700)
    return widget


def test_without_a_selection_the_plant_is_shown_worst_first(
    panel: InspectorPanel, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    maker.history("OF1-09", (0.0, RUN), (3000.0, HELD))
    maker.history("OF1-12", (0.0, RUN), (3396.0, DOWN))
    panel.show_frame(maker.frame())
    panel.grab()
    listed = panel.overview.abnormal
    texts = [listed.item(row).text() for row in range(listed.count())]
    assert texts == ["OF1-12  Evacuation carousel\nAborted  3 min 24 s", "OF1-09  Brazing\nHeld  10 min 00 s"]
    assert panel.overview.facts.texts() == ["126", "14", "14"]
    place = listed.visualItemRect(listed.item(1)).center()
    hand.click(listed.viewport(), place.x(), place.y())
    assert sent[-1] == Select("OF1-09")


def test_a_sum_with_an_unknown_part_is_unknown(panel: InspectorPanel, maker: FrameMaker) -> None:
    maker.put("OF1-12/Units", np.nan)
    panel.show_frame(maker.frame())
    assert panel.overview.facts.texts()[1] == "—"


def test_a_selected_station_says_what_it_is_and_since_when(panel: InspectorPanel, maker: FrameMaker) -> None:
    maker.history("OF1-12", (0.0, RUN), (3396.0, DOWN))
    panel.show_frame(maker.frame(selection="OF1-12"))
    header = panel.header.header
    assert (header.name, header.state_text) == ("Evacuation carousel", "Aborted")
    assert header.since_text == "since 14:56:36 · 3 min 24 s"
    assert panel.facts.texts() == ["OF1-000123", "1", "128", "2"]


def test_a_suspended_station_says_why(panel: InspectorPanel, maker: FrameMaker) -> None:
    maker.history("OF1-12", (0.0, WAIT))
    panel.show_frame(maker.frame(selection="OF1-12"))
    assert panel.header.header.state_text == "Suspended · Starved"
    maker.put("OF1-12/Blocked", 1.0)
    panel.show_frame(maker.frame(selection="OF1-12"))
    assert panel.header.header.state_text == "Suspended · Blocked"


def test_stale_is_said_and_struck_everywhere(panel: InspectorPanel, maker: FrameMaker) -> None:
    frame = maker.frame(selection="OF1-12")
    panel.show_frame(frame)
    everything = np.ones(len(maker.catalog), np.bool_)
    stations = replace(frame.stations, stale=np.ones(14, np.bool_))
    since_ns = frame.playhead_ns - 12_000_000_000
    panel.show_frame(replace(frame, stale=everything, stations=stations, stale_since_ns=since_ns))
    assert panel.header.header.stale
    assert panel.header.header.since_text == "no data for 12 s"
    assert not any(row.reading.live for row in panel.values.rows)
    numbers = [label for label in panel.facts.findChildren(QLabel) if label.text() == "128"]
    assert [label.font().strikeOut() for label in numbers] == [True]


def test_process_values_come_first_with_quality_and_limits(panel: InspectorPanel, maker: FrameMaker) -> None:
    maker.put("OF1-12/Torque", 8.1, quality.UNCERTAIN_LAST_USABLE)
    panel.show_frame(maker.frame(selection="OF1-12"))
    rows = {row.name: row for row in panel.values.rows}
    assert list(rows) == ["Vacuum", "Rise while holding", "Feet torque", "Counters and states", "Cycle time"]
    assert rows["Feet torque"].reading.shown == "8.10?"
    assert rows["Feet torque"].note == "uncertain  1 s"
    assert rows["Rise while holding"].reading.beyond == 1


def test_selecting_draws_the_first_process_value_once(
    panel: InspectorPanel, maker: FrameMaker, sent: list[Command]
) -> None:
    panel.show_frame(maker.frame(selection="OF1-12"))
    panel.show_frame(maker.frame(selection="OF1-12", trends=(maker.trend("OF1-12/Vacuum"),)))
    panel.show_frame(maker.frame(selection="OF1-13", trends=(maker.trend("OF1-12/Vacuum"),)))
    assert sent == [ShowTrends(("OF1-12/Vacuum",)), ShowTrends(("OF1-13/Vacuum",))]


def test_a_click_on_a_value_adds_its_trend_and_another_removes_it(
    panel: InspectorPanel, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    panel.show_frame(maker.frame(selection="OF1-12"))
    panel.grab()
    trends = (maker.trend("OF1-12/Vacuum"),)
    panel.show_frame(maker.frame(selection="OF1-12", trends=trends))
    hand.click(panel.values.viewport(), 100, 56 * 2 + 20)
    assert sent[-1] == ShowTrends(("OF1-12/Vacuum", "OF1-12/Torque"))
    hand.click(panel.values.viewport(), 100, 20)
    assert sent[-1] == ShowTrends(())


def test_trends_chosen_by_hand_stay_when_another_station_is_selected(
    panel: InspectorPanel, maker: FrameMaker, sent: list[Command]
) -> None:
    chosen = (maker.trend("OF1-09/Torque"),)
    panel.show_frame(maker.frame(trends=chosen))
    panel.show_frame(maker.frame(selection="OF1-12", trends=chosen))
    assert sent == []


def test_names_follow_the_language(panel: InspectorPanel, maker: FrameMaker) -> None:
    panel.show_frame(maker.frame(selection="OF1-12"))
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    try:
        QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
        assert panel.header.header.name == "抽真空转盘"
        assert panel.values.rows[0].name == "真空度"
    finally:
        QLocale.setDefault(before)


def test_the_theme_changes_while_it_runs(panel: InspectorPanel, maker: FrameMaker) -> None:
    panel.show_frame(maker.frame(selection="OF1-12"))
    light = panel.grab().toImage().pixelColor(200, 650).lightness()
    panel.set_theme(DARK)
    assert panel.grab().toImage().pixelColor(200, 650).lightness() < light / 2


def test_nothing_a_plant_says_is_read_as_markup(panel: InspectorPanel, send: Commander) -> None:
    for widget in (panel, TagTree(send, LIGHT, panel)):
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in widget.findChildren(QLabel))
