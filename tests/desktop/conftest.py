"""A window on a recorded stretch of the shipped line, as `twin open FOLDER` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.recorded import START_NS, S, run_plant, write
from twin.desktop.language import Language
from twin.desktop.sources import Source
from twin.desktop.window import Window
from twin.history.addresses import create_recorder
from twin.history.recording import Gap, Origin
from twin.panels.colours import DARK
from twin.plant.layout_file import read_layout
from twin.plant.shipped import OUTDOOR_LINE
from twin.session.commands import Seek


@pytest.fixture(scope="session")
def recorded_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five minutes of the shipped line with a breakdown, and a gap of ten seconds in the third."""
    folder = tmp_path_factory.mktemp("recorded") / "line"
    layout = read_layout(OUTDOOR_LINE)
    recorder = create_recorder(folder, Origin.SIMULATION, OUTDOOR_LINE.read_text(encoding="utf-8"))
    write(recorder, layout, *run_plant(layout, seed=7, seconds=300))
    recorder.append_gap(Gap("opc.tcp://test", START_NS + 120 * S, START_NS + 130 * S, "pulled the cable"))
    recorder.close()
    return folder


@pytest.fixture
def window(qtbot: QtBot, recorded_line: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window, with its clock standing still: tests tick it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("twin.desktop.floor_widget._SMOOTH_BELOW_S", 0.0)  # pictures must not depend on how busy it is
    source = Source(recorded_line, False, None, True, (), str(recorded_line))
    window = Window(source, DARK, Language())
    window.desk.clock.stop()
    window.resize(1280, 800)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.language.use("en"))
    window.show()
    QApplication.processEvents()
    window.desk.tick(0, 0)
    if window.floor is not None:
        window.floor.scene.smooth = False
    yield window
    window.close()
    QApplication.processEvents()
    application = QApplication.instance()
    if isinstance(application, QApplication):  # the window dressed the whole application; undress it for other tests
        application.setStyleSheet("")
        application.setPalette(application.style().standardPalette())


def seek(window: Window, seconds: float) -> None:
    """Put the playhead so many seconds into the recording, and show it."""
    window.desk.carry_out(Seek(START_NS + round(seconds * S)))
    for _ in range(8):  # panels take turns
        window.desk.tick(0, 0)


def floor_pixels(window: Window) -> np.ndarray:
    """The floor as it is on screen, (h, w, 4) uint8."""
    assert window.floor is not None
    image = window.floor.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
