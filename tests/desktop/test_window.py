"""The window as its users work with it: keys, mouse, panels, language, theme, and views that fail."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import floor_pixels, seek
from tests.recorded import START_NS, S
from twin.desktop.window import Window
from twin.errors import RecordingError
from twin.panels.colours import DARK, LIGHT
from twin.panels.inspector_panel import InspectorPanel
from twin.session.frame import Frame, Mode

os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")


def _frame(window: Window) -> Frame:
    window.desk.tick(0, 0)
    assert window.desk.session.frame is not None
    return window.desk.session.frame


def _drag(widget: QWidget, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    """Press, move with the button held, release: QTest's own move holds no button."""
    kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
    for kind, place in zip(kinds, (start, end, end), strict=True):
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        place_f = QPointF(place)
        event = QMouseEvent(kind, place_f, widget.mapToGlobal(place_f), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)


def test_the_floor_is_drawn_and_moves_with_the_playhead(window: Window) -> None:
    seek(window, 60)
    before = floor_pixels(window)
    seek(window, 63)
    after = floor_pixels(window)
    assert before[..., :3].std() > 10  # a picture, not a plain colour
    changed = (before != after).any(axis=2).mean()
    assert 0.0005 < changed < 0.5


def test_space_plays_and_arrows_step(window: Window) -> None:
    seek(window, 100)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert _frame(window).rate == 1.0
    QTest.keyClick(window, Qt.Key.Key_K)
    assert _frame(window).rate == 0.0
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert _frame(window).playhead_ns == START_NS + 120 * S  # the gap begins
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert _frame(window).playhead_ns == START_NS + 130 * S  # and ends
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert _frame(window).playhead_ns == START_NS + 120 * S


def test_j_and_l_change_speed_through_zero_into_reverse(window: Window) -> None:
    seek(window, 100)
    rates = []
    for key in "LLLJJJJJJ":
        QTest.keyClick(window, Qt.Key[f"Key_{key}"])
        rates.append(_frame(window).rate)
    assert rates == [1.0, 2.0, 5.0, 2.0, 1.0, 0.5, 0.1, -0.1, -0.5]


def test_a_click_on_a_machine_selects_it_everywhere(window: Window) -> None:
    seek(window, 60)
    assert window.floor is not None
    window.floor.grab()
    anchors = window.floor.scene.anchors()
    row = list(anchors.ids).index("OF1-12")
    below = QPoint(round(float(anchors.x[row])), round(float(anchors.y[row])) + 60)
    QTest.mouseClick(window.floor, Qt.MouseButton.LeftButton, pos=below)
    assert _frame(window).selection == "OF1-12"
    seek(window, 61)
    inspector = window.docks.docks["inspector"].widget()
    assert isinstance(inspector, InspectorPanel)
    assert {row.tag.split("/")[0] for row in inspector.values.rows if row.tag} == {"OF1-12"}  # headings have none
    assert _frame(window).trends[0].tag.startswith("OF1-12/")


def test_orbit_pan_zoom_and_presets_change_the_picture(window: Window) -> None:
    seek(window, 60)
    floor = window.floor
    assert floor is not None
    pictures = [floor_pixels(window)]
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        _drag(floor, button, QPoint(200, 200), QPoint(260, 240))
        pictures.append(floor_pixels(window))
    assert _frame(window).selection is None  # a drag is no click
    QTest.keyClick(window, Qt.Key.Key_2)
    floor.advance(5.0)
    pictures.append(floor_pixels(window))
    for before, after in pairwise(pictures):
        assert (before != after).any(axis=2).mean() > 0.1


def test_replay_of_a_simulation_says_both_in_the_title(window: Window) -> None:
    seek(window, 60)
    assert _frame(window).mode is Mode.REPLAY
    assert window.windowTitle().startswith("REPLAY · SIMULATION")


def test_everything_is_stale_in_a_gap(window: Window) -> None:
    seek(window, 125)
    assert _frame(window).stations.stale.all()
    seek(window, 135)
    assert not _frame(window).stations.stale.any()


@pytest.mark.expect_log("The view states is switched off")
def test_a_view_that_fails_is_switched_off_and_said_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.docks.load()
    view = next(view for view in window.views.guarded if view.name == "states")

    def broken(_frame: Any) -> None:
        raise RuntimeError("no pen")

    monkeypatch.setattr(view, "show", broken)
    seek(window, 60)
    assert view.failed is not None
    assert "states" in window.notice.text
    assert "no pen" in window.notice.text
    before = floor_pixels(window)
    seek(window, 63)
    assert (floor_pixels(window) != before).any()


def test_language_and_theme_change_while_it_runs(window: Window) -> None:
    seek(window, 60)
    window.language.use("zh_CN")
    window.use_theme(LIGHT)
    QApplication.processEvents()  # Qt posts the change of language
    seek(window, 61)
    assert window.menus.menus["file"].title() == "文件"
    assert "工厂" in window.windowTitle()
    bright = floor_pixels(window)[..., :3].mean()
    window.use_theme(DARK)
    assert floor_pixels(window)[..., :3].mean() < bright


def test_a_recording_that_cannot_be_read_any_more_is_said_and_the_window_goes_on(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    seek(window, 60)

    def broken(*_: int) -> Frame:
        raise RecordingError("2026-11-22.sqlite: the disk has gone")

    with monkeypatch.context() as patch:
        patch.setattr(window.desk.session, "tick", broken)
        window.desk.tick(0, 0)
        assert "the disk has gone" in window.notice.text
    assert _frame(window).playhead_ns == START_NS + 60 * S


def test_opening_what_is_no_recording_is_said_and_changes_nothing(window: Window, tmp_path: Path) -> None:
    seek(window, 60)
    window.open_address(tmp_path)
    assert "holds no recording" in window.notice.text
    assert _frame(window).playhead_ns == START_NS + 60 * S


@pytest.mark.parametrize("seconds", [10, 60, 200, 299])
def test_two_ways_to_an_instant_give_the_same_picture(window: Window, seconds: int) -> None:
    seek(window, seconds)
    direct = floor_pixels(window)
    seek(window, 290)
    floor_pixels(window)
    seek(window, seconds)
    assert np.array_equal(floor_pixels(window), direct)
