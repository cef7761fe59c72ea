"""A window on a recorded stretch of the shipped line, as `twin open FOLDER` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from twin.desktop.language import Language
from twin.desktop.sources import Source
from twin.desktop.window import Window
from twin.history.addresses import create_recorder
from twin.history.batch import make_batch
from twin.history.recording import Event, Gap, Origin, TagInfo
from twin.panels.colours import DARK
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident
from twin.sim.plan import plan_plant

S = 1_000_000_000
START_NS = 1_800_000_000 * S
WARM_UP_NS = 2400 * S


@pytest.fixture(scope="session")
def recorded_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five minutes of the shipped line with a breakdown, and a gap of ten seconds in the third."""
    folder = tmp_path_factory.mktemp("recorded") / "line"
    layout = read_layout(SHIPPED / "outdoor-line.json")
    text = (SHIPPED / "outdoor-line.json").read_text(encoding="utf-8")
    recorder = create_recorder(folder, Origin.SIMULATION, text)
    tags = [
        TagInfo(f"{owner.id}/{tag.id}", data_type=tag.data_type, unit=tag.unit, low=tag.low, high=tag.high)
        for owner in layout.owners
        for tag in owner.tags
    ]
    index = dict(zip([tag.id for tag in tags], recorder.define(tags).tolist(), strict=True))
    plan = plan_plant(layout)
    state = start_plant(plan, 7)
    advance(plan, state, WARM_UP_NS)
    happened = [*levels(plan, state), *advance(plan, state, WARM_UP_NS + 300 * S)]
    rows = []
    for item in [item for item in happened if isinstance(item, Change)]:
        at_ns, tag = START_NS + item.time_ns - WARM_UP_NS, index[f"{item.owner}/{item.tag}"]
        value = recorder.intern(item.value) if isinstance(item.value, str) else float(item.value)
        wire = (START_NS - WARM_UP_NS + value) / S if tags[tag].data_type == "DateTime" else value
        rows.append((at_ns, tag, wire, 0, at_ns))
    recorder.append(make_batch(rows))
    end_ns = max(START_NS + 300 * S, rows[-1][0])
    for number, one in enumerate([item for item in happened if isinstance(item, Incident)]):
        at_ns = end_ns + 1 + number
        recorder.append_event(Event(at_ns, one.source, one.kind, one.severity, one.message, at_ns))
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


def seek(window: Window, seconds: float) -> None:
    """Put the playhead so many seconds into the recording, and show it."""
    from twin.session.commands import Seek

    window.desk.carry_out(Seek(START_NS + round(seconds * S)))
    for _ in range(8):  # panels take turns
        window.desk.tick(0, 0)


def floor_pixels(window: Window) -> np.ndarray:
    """The floor as it is on screen, (h, w, 4) uint8."""
    assert window.floor is not None
    image = window.floor.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
