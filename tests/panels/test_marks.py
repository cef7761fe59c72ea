"""What is painted over the floor and beside it: the mode in every crop, labels, the health dot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from twin.history.recording import Gap, Origin
from twin.panels.colours import DARK, LIGHT, Theme
from twin.panels.health_dot import HealthDot
from twin.panels.label_painter import MOST_LABELS, Anchor, Label, LabelPainter
from twin.panels.mode_frame import ModeFrame, paint_mode, shown_modes
from twin.plant.packml import State
from twin.session.frame import Commander, Health, Mode

if TYPE_CHECKING:
    from tests.panels.frames import FrameMaker

CROP_PX = 200


def marked(mode: Mode, origin: Origin, theme: Theme) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Where the mode has left a trace on an empty picture, but for its border."""
    image = QImage(820, 640, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.window))
    painter = QPainter(image)
    paint_mode(painter, QRectF(-10, -10, 840, 660), mode, origin, theme)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(640, 820)
    trace: np.ndarray[tuple[int, int], np.dtype[np.int64]] = (pixels != pixels[0, 0]).astype(np.int64)
    return trace


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("mode", "origin"),
    [(Mode.REPLAY, Origin.PLANT), (Mode.REPLAY, Origin.SIMULATION), (Mode.SIMULATION, Origin.SIMULATION)],
)
def test_every_crop_of_a_picture_shows_the_mode(qtbot: QtBot, mode: Mode, origin: Origin, theme: Theme) -> None:
    trace = marked(mode, origin, theme)
    word_px = trace.sum() / (820 * 640 / (184 * 124 / 2))  # two words a tile
    total = np.pad(trace.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    crops = (
        total[CROP_PX:, CROP_PX:]
        - total[:-CROP_PX, CROP_PX:]
        - total[CROP_PX:, :-CROP_PX]
        + total[:-CROP_PX, :-CROP_PX]
    )
    assert crops.min() > 1.5 * word_px


def test_a_live_plant_has_no_watermark(qtbot: QtBot) -> None:
    assert marked(Mode.LIVE, Origin.PLANT, LIGHT).sum() == 0


def test_a_replay_of_a_simulation_says_both() -> None:
    assert shown_modes(Mode.REPLAY, Origin.SIMULATION) == (Mode.REPLAY, Mode.SIMULATION)
    assert shown_modes(Mode.SIMULATION, Origin.SIMULATION) == (Mode.SIMULATION,)
    assert shown_modes(Mode.LIVE, Origin.PLANT) == (Mode.LIVE,)


def test_the_frame_has_the_colour_of_the_mode(qtbot: QtBot, send: Commander, maker: FrameMaker) -> None:
    frame = ModeFrame(send, LIGHT)
    qtbot.addWidget(frame)
    frame.resize(100, 80)
    for mode in Mode:
        frame.show_frame(maker.frame(mode=mode))
        assert frame.grab().toImage().pixelColor(1, 40) == QColor(LIGHT.modes[mode].edge)


@pytest.fixture
def canvas(qtbot: QtBot) -> QImage:
    return QImage(1280, 720, QImage.Format.Format_RGB32)


def paint_labels(canvas: QImage, anchors: list[Anchor]) -> dict[str, QRectF]:
    painter = QPainter(canvas)
    placed = LabelPainter(LIGHT).paint(painter, QRectF(canvas.rect()), anchors)
    painter.end()
    return placed


def test_labels_never_overlap_and_the_important_ones_stay(canvas: QImage) -> None:
    random = np.random.default_rng(1)
    anchors = [
        Anchor(
            f"{index}", float(random.uniform(0, 1280)), float(random.uniform(0, 720)), index, Label(f"Station {index}")
        )
        for index in range(200)
    ]
    placed = paint_labels(canvas, anchors)
    boxes = list(placed.values())
    assert not any(one.intersects(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
    inside = [anchor for anchor in anchors if 100 < anchor.x_px < 1180 and anchor.y_px > 60]
    assert max(inside, key=lambda anchor: anchor.priority).thing in placed
    assert 10 < len(placed) <= MOST_LABELS


def test_of_two_labels_at_one_place_the_more_important_is_shown(canvas: QImage) -> None:
    fault = Anchor("fault", 600, 300, 9, Label("OF1-12", state=int(State.ABORTED)))
    calm = Anchor("calm", 610, 305, 1, Label("OF1-13", state=int(State.EXECUTE)))
    assert list(paint_labels(canvas, [calm, fault])) == ["fault"]


def test_a_label_ends_at_its_anchor(canvas: QImage) -> None:
    box = paint_labels(canvas, [Anchor("a", 600, 300, 1, Label("OF1-12"))])["a"]
    assert (round(box.center().x()), round(box.bottom())) == (600, 300)


def test_the_health_dot_is_calm_until_something_is_wrong(qtbot: QtBot, send: Commander, maker: FrameMaker) -> None:
    dot = HealthDot(send, LIGHT)
    qtbot.addWidget(dot)
    frame = maker.frame()
    dot.set_fps(10)
    dot.show_frame(frame)
    assert (dot.text, dot.well) == ("data 0.2 s old · nothing lost · 10 fps", True)
    gap = Gap("server", frame.span.end_ns, None, "cable")
    dot.show_frame(replace(frame, health=Health(5_000_000_000, 1240, gap)))
    assert (dot.text, dot.well) == ("no data for 5.0 s · 1240 values lost · 10 fps", False)
    dot.show_frame(replace(frame, health=Health(None, 0, None)))
    assert (dot.text, dot.well) == ("recording ended · nothing lost · 10 fps", True)
