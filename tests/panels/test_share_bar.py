"""The share bar: what it says adds up, gaps are unknown, and there is none for what is no station."""

from __future__ import annotations

from dataclasses import asdict, replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.panels.frames import DOWN, RUN, START_NS, FrameMaker
from twin.history.recording import Gap, Span
from twin.panels.colours import LIGHT
from twin.panels.share_bar import ShareBar, shares_of

S = 1_000_000_000


def test_shares_add_up_to_the_window_before_the_playhead(maker: FrameMaker) -> None:
    station = (
        next(index for index, one in enumerate(maker.layout.stations) if one.id == "OF1-12") if maker.layout else 0
    )
    maker.history("OF1-12", (0.0, RUN), (3000.0, DOWN))
    maker.gaps = (Gap("opc.tcp://x", START_NS + 3500 * S, None, "cable"),)
    frame = replace(maker.frame(), window=Span(START_NS + 2600 * S, START_NS + 3600 * S))
    shares = shares_of(frame, station)
    assert shares is not None
    assert sum(asdict(shares).values()) == frame.playhead_ns - frame.window.start_ns
    assert (shares.production, shares.down) == (400 * S, 500 * S)
    assert shares.unknown == frame.playhead_ns - START_NS - 3500 * S


def test_what_is_no_station_has_no_bar(maker: FrameMaker, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    bar = ShareBar(LIGHT, parent)
    bar.show_shares(shares_of(maker.frame(), None))
    assert bar.isHidden()


def test_small_shares_are_left_out_of_the_words_but_not_of_the_bar(maker: FrameMaker, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    maker.history("OF1-12", (0.0, RUN), (3599.0, DOWN))
    station = (
        next(index for index, one in enumerate(maker.layout.stations) if one.id == "OF1-12") if maker.layout else 0
    )
    bar = ShareBar(LIGHT, parent)
    bar.show_shares(shares_of(replace(maker.frame(), window=maker.span), station))
    assert bar.text.endswith("producing 100 %")
