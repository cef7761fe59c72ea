"""Fixtures of the panels' tests: plants to make frames of, a commander that only notes, a hand on the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.panels.frames import FrameMaker, busy, make_layout
from twin.history.recording import TagInfo
from twin.session.commands import Command
from twin.session.frame import Commander


@pytest.fixture
def maker() -> FrameMaker:
    """A plant of 14 stations that all run."""
    return FrameMaker(make_layout())


@pytest.fixture
def busy_maker() -> FrameMaker:
    """The same plant with an eventful hour behind it."""
    return busy(FrameMaker(make_layout()))


@pytest.fixture
def bare() -> Callable[[Sequence[TagInfo]], FrameMaker]:
    """Makes the frames of a recording without a layout, with these tags."""
    return lambda tags: FrameMaker(None, tags)


@pytest.fixture
def lay_out(qtbot: QtBot) -> Callable[[QWidget, int, int], None]:
    """Gives a widget a size and lays it out, without showing it: the offscreen platform complains about windows."""

    def lay_out(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.grab()

    return lay_out


@pytest.fixture
def sent() -> list[Command]:
    """The commands a panel has sent: give it `sent.append` as its commander."""
    return []


@pytest.fixture
def send(sent: list[Command]) -> Commander:
    """A commander that only notes what it is told."""

    def send(command: Command) -> None:
        sent.append(command)

    return send


class Hand:
    """A hand on the mouse."""

    def press(self, widget: QWidget, x: float, y: float) -> None:
        """Press the left button."""
        self._event(widget, QEvent.Type.MouseButtonPress, x, y)

    def release(self, widget: QWidget, x: float, y: float) -> None:
        """Let the left button go."""
        self._event(widget, QEvent.Type.MouseButtonRelease, x, y)

    def move(self, widget: QWidget, x: float, y: float) -> None:
        """Move the pointer."""
        self._event(widget, QEvent.Type.MouseMove, x, y)

    def click(self, widget: QWidget, x: float, y: float) -> None:
        """Click the left button."""
        self.press(widget, x, y)
        self.release(widget, x, y)

    def double_click(self, widget: QWidget, x: float, y: float) -> None:
        """Click twice, as Qt reports it."""
        self.click(widget, x, y)
        self._event(widget, QEvent.Type.MouseButtonDblClick, x, y)
        self.release(widget, x, y)

    def drag(self, widget: QWidget, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move, let go."""
        self.press(widget, *start)
        self.move(widget, *end)
        self.release(widget, *end)

    def turn(self, widget: QWidget, x: float, y: float, notches: int) -> None:
        """Turn the wheel, away from the body if positive."""
        place, none = QPointF(x, y), QPoint()
        button, keys, phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, place, none, QPoint(0, 120 * notches), button, keys, phase, False)
        QApplication.sendEvent(widget, event)

    def _event(self, widget: QWidget, kind: QEvent.Type, x: float, y: float) -> None:
        left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
        QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(x, y), QPointF(x, y), button, left, keys))


@pytest.fixture
def hand(qapp: QApplication) -> Hand:
    """The user's hand."""
    return Hand()
