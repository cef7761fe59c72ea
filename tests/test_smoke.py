"""Notices a PySide6 that kills this Python: one that loses references of None and True until the process aborts.

6.12.0 does below Python 3.12, after some hundred emits or seventy repaints, while every short test passes.
"""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

TIMES = 3000
DRIFT = 50  # what other code may move while we look; the fault moves one per call


class Sender(QObject):
    """A signal that is received."""

    sent = Signal(int)


class Canvas(QWidget):
    """Paints itself and counts how often."""

    painted = 0

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawLine(0, 0, 9, 9)
        painter.end()
        self.painted += 1


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from 3.12 on: nothing can be lost")
def test_emits_and_repaints_lose_no_reference(qtbot: QtBot) -> None:
    sender, canvas = Sender(), Canvas()
    received: list[int] = []
    qtbot.addWidget(canvas)
    sender.sent.connect(received.append)
    with qtbot.waitExposed(canvas):
        canvas.show()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(TIMES):
        sender.sent.emit(number)
        canvas.repaint()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert received == list(range(TIMES))
    assert canvas.painted >= TIMES
    assert abs(after[0] - before[0]) < DRIFT
    assert abs(after[1] - before[1]) < DRIFT
