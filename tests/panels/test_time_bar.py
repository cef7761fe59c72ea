"""The time bar as a user meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

import pytest
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from twin.history.recording import Gap, Origin, Span
from twin.panels.colours import DARK, LIGHT
from twin.panels.overview_strip import OverviewStrip
from twin.panels.strip_ground import HEIGHT_PX
from twin.panels.time_bar import SPEEDS, TimeBar
from twin.session.commands import Command, Follow, Pause, Seek, SeekBy, SetRate, SetWindow, Step
from twin.session.frame import Commander, Mode

if TYPE_CHECKING:
    from tests.panels.conftest import Hand
    from tests.panels.frames import FrameMaker

SECOND_NS = 1_000_000_000
LayOut = Callable[[QWidget, int, int], None]


@pytest.fixture
def bar(lay_out: LayOut, send: Commander) -> TimeBar:
    widget = TimeBar(send, LIGHT)
    lay_out(widget, 1920, 112)
    return widget


@pytest.fixture
def strip(bar: TimeBar) -> OverviewStrip:
    return bar.strip


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("previous_event", Step(-1)),
        ("back", SeekBy(-10 * SECOND_NS)),
        ("backwards", SetRate(-1.0)),
        ("pause", Pause()),
        ("play", SetRate(1.0)),
        ("forth", SeekBy(10 * SECOND_NS)),
        ("next_event", Step(1)),
    ],
)
def test_every_button_does_what_it_says(
    bar: TimeBar, maker: FrameMaker, sent: list[Command], name: str, command: Command
) -> None:
    bar.show_frame(maker.frame())
    bar.buttons[name].click()
    assert sent == [command]
    assert bar.buttons[name].toolTip()


def test_a_speed_is_taken_at_once_while_playing_and_kept_while_paused(
    bar: TimeBar, maker: FrameMaker, sent: list[Command]
) -> None:
    bar.show_frame(maker.frame(rate=-1.0, following=False))
    bar.speed.setCurrentIndex(SPEEDS.index(20.0))
    bar.speed.activated.emit(SPEEDS.index(20.0))
    assert sent == [SetRate(-20.0)]
    bar.show_frame(maker.frame(rate=0.0, following=False))
    bar.speed.setCurrentIndex(SPEEDS.index(0.1))
    bar.speed.activated.emit(SPEEDS.index(0.1))
    assert len(sent) == 1
    bar.buttons["play"].click()
    assert sent[-1] == SetRate(0.1)


def test_the_pressed_button_follows_the_rate_not_the_click(bar: TimeBar, maker: FrameMaker) -> None:
    bar.show_frame(maker.frame(rate=0.0, following=False))
    bar.buttons["play"].click()
    assert [bar.buttons[name].isChecked() for name in ("backwards", "pause", "play")] == [False, True, False]
    bar.show_frame(maker.frame(rate=3.0, following=False))
    assert [bar.buttons[name].isChecked() for name in ("backwards", "pause", "play")] == [False, False, True]
    assert bar.speed.placeholderText() == "3×"


def test_now_is_prominent_when_one_is_not_there_and_says_how_far(
    bar: TimeBar, maker: FrameMaker, sent: list[Command]
) -> None:
    bar.show_frame(maker.frame())
    assert (bar.now.property("prominent"), bar.behind.text()) == (False, "")
    bar.show_frame(maker.frame(following=False, mode=Mode.REPLAY, playhead_ns=maker.span.end_ns - 603 * SECOND_NS))
    assert (bar.now.property("prominent"), bar.behind.text()) == (True, "−10 min 03 s")
    bar.now.click()
    assert sent == [Follow()]


def test_the_clock_is_plant_local(bar: TimeBar, maker: FrameMaker) -> None:
    bar.show_frame(maker.frame())
    assert (bar.clock.text(), bar.zone.text()) == ("2026-11-22 15:00:00.000", "UTC+8")


def test_the_badge_says_both_when_a_simulated_plant_is_replayed(bar: TimeBar, maker: FrameMaker) -> None:
    bar.show_frame(maker.frame(mode=Mode.REPLAY, origin=Origin.SIMULATION, following=False))
    assert bar.badge.accessibleName() == "REPLAY SIMULATION"
    bar.show_frame(maker.frame(mode=Mode.LIVE))
    assert bar.badge.accessibleName() == "LIVE"


def test_scrubbing_seeks_all_the_way_and_stays_in_the_recording(
    strip: OverviewStrip, bar: TimeBar, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    bar.show_frame(maker.frame())
    hand.press(strip, strip.width() * 0.75, 25)
    hand.move(strip, strip.width() * 0.5, 25)
    hand.move(strip, -50, 25)
    hand.release(strip, -50, 25)
    hand.move(strip, 100, 25)
    quarter = 900 * SECOND_NS
    wanted = [maker.span.start_ns + 3 * quarter, maker.span.start_ns + 2 * quarter, maker.span.start_ns]
    assert [command.at_ns for command in sent if isinstance(command, Seek)] == pytest.approx(wanted, abs=2 * SECOND_NS)
    assert len(sent) == 3


def test_dragging_the_window_moves_it_and_takes_the_playhead_along(
    strip: OverviewStrip, bar: TimeBar, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    bar.show_frame(maker.frame())
    scale = strip.width() / 3600
    hand.drag(strip, (3300 * scale, 40), (2300 * scale, 40))
    seek, window = sent[-2:]
    assert isinstance(seek, Seek)
    assert isinstance(window, SetWindow)
    assert seek.at_ns == window.end_ns == pytest.approx(maker.span.end_ns - 1000 * SECOND_NS, abs=2 * SECOND_NS)
    assert window.end_ns - window.start_ns == 600 * SECOND_NS


def test_dragging_an_edge_of_the_window_sizes_it(
    strip: OverviewStrip, bar: TimeBar, maker: FrameMaker, sent: list[Command], hand: Hand
) -> None:
    bar.show_frame(maker.frame())
    start = strip.ruler.x_of(maker.span.end_ns - 600 * SECOND_NS)
    hand.drag(strip, (start, 40), (start - strip.width() / 3, 40))
    window = sent[-1]
    assert isinstance(window, SetWindow)
    assert window.end_ns == maker.span.end_ns
    assert window.start_ns == pytest.approx(maker.span.end_ns - 1800 * SECOND_NS, abs=2 * SECOND_NS)


def test_a_recording_that_has_just_begun_grows_into_the_strip(
    strip: OverviewStrip, bar: TimeBar, maker: FrameMaker
) -> None:
    maker.span = Span(maker.span.start_ns, maker.span.start_ns + 30 * SECOND_NS)
    bar.show_frame(maker.frame())
    assert strip.ruler.x_of(maker.span.end_ns) == pytest.approx(strip.width() / 10)


def test_gaps_events_and_the_theme_are_painted(strip: OverviewStrip, bar: TimeBar, busy_maker: FrameMaker) -> None:
    quiet = busy_maker.frame(events=(), gaps=())
    bar.show_frame(quiet)
    plain = strip.grab().toImage()
    bar.show_frame(busy_maker.frame(gaps=()))
    marked = strip.grab().toImage()
    start_ns = busy_maker.span.start_ns + 60 * SECOND_NS
    bar.show_frame(busy_maker.frame(events=(), gaps=(Gap("server", start_ns, start_ns + 60 * SECOND_NS, "cable"),)))
    striped = strip.grab().toImage()
    bar.set_theme(DARK)
    dark = strip.grab().toImage()
    pictures = [plain, marked, striped, dark]
    assert all(one != other for index, one in enumerate(pictures) for other in pictures[index + 1 :])
    assert plain.height() == HEIGHT_PX * bar.devicePixelRatioF()


class Chinese(QTranslator):
    """Longer Chinese than will stand on the buttons."""

    words: ClassVar = {"Now": "回到最新", "LIVE": "实时数据", "REPLAY": "历史回放", "SIMULATION": "仿真运行"}

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return self.words.get(text, "")

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Switches the application to Chinese until the end of the test."""
    translator = Chinese()

    def switch() -> None:
        qapp.installTranslator(translator)
        QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)

    yield switch
    qapp.removeTranslator(translator)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_clipped_on_a_narrow_screen(
    language: str, lay_out: LayOut, send: Commander, maker: FrameMaker, chinese: Callable[[], None]
) -> None:
    if language == "zh":
        chinese()
    bar = TimeBar(send, LIGHT)
    start_ns = maker.span.start_ns
    bar.show_frame(maker.frame(mode=Mode.REPLAY, origin=Origin.SIMULATION, following=False, playhead_ns=start_ns))
    lay_out(bar, 1280, 112)
    buttons: list[QWidget] = [*bar.buttons.values(), bar.now, bar.speed, bar.badge, bar.clock, bar.zone, bar.behind]
    clipped = [type(button).__name__ for button in buttons if button.width() < button.sizeHint().width()]
    assert not clipped


def test_the_language_changes_while_it_runs(bar: TimeBar, maker: FrameMaker, chinese: Callable[[], None]) -> None:
    bar.show_frame(maker.frame())
    before = (bar.now.text(), bar.badge.accessibleName())
    chinese()
    assert before == ("Now", "LIVE")
    assert (bar.now.text(), bar.badge.accessibleName()) == ("回到最新", "实时数据")
