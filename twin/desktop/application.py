"""Starting the desk: the Qt application, its platform, fonts and signals, and the end of it all.

On a machine without a screen the desk draws off screen and keeps a current picture in a file, until it is stopped.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twin.desktop.folders import data_folder
from twin.desktop.sources import Source

if TYPE_CHECKING:
    from twin.desktop.window import Window

_PICTURE_EVERY_S = 1.0
_QUICKLY = 80  # hardly compressed: the window must not wait for its own picture
_SIZE = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Options:
    """How the window is to be shown.

    Attributes:
        language: `en`, `zh_CN`, or None for this machine's.
        for_s: close by itself after so many seconds; None never.
        picture: file that is to hold a current picture of the window; None only where there is no screen.
    """

    language: str | None = None
    theme: str = "dark"
    for_s: float | None = None
    picture: Path | None = None


def run(source: Source, options: Options) -> int:
    """Show the window until it is closed; the exit code."""
    picture = _choose_platform(options)
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication  # after the platform has been chosen

    from twin.desktop.language import Language, system_language
    from twin.desktop.qt_messages import route_qt_messages
    from twin.desktop.window import Window
    from twin.panels.colours import THEMES

    route_qt_messages()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("factory-twin")
    language = Language()
    language.use(options.language or system_language())
    window = Window(source, THEMES[options.theme], language)
    room = QSize(*_SIZE)  # on a screen no larger than the screen; off screen there is room for all
    if application.platformName() != "offscreen":
        room = room.boundedTo(application.primaryScreen().availableSize())
    window.resize(room)
    window.show()
    _arrange_end(window, options, picture)
    code = application.exec()
    for child in source.children:
        child.stop()
    return code


def _choose_platform(options: Options) -> Path | None:
    """Decide between screen and off screen before Qt and VTK load; the picture file to keep, if any."""
    screenless = sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if screenless:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    picture = options.picture or (data_folder() / "desk.png" if screenless else None)
    if screenless:
        sys.stdout.write(f"No screen here: until it is stopped, the desk keeps its current picture in {picture}.\n")
        sys.stdout.flush()
    return picture


def _arrange_end(window: Window, options: Options, picture: Path | None) -> None:
    """Signals, `--for` and the picture file."""
    from twin.desktop.clock import later, repeat

    for number in (signal.SIGINT, signal.SIGTERM):  # not at once: the signal may have come in the middle of a tick
        signal.signal(number, lambda *_: later(0, window.close, window))
    # Python runs signal handlers between two of its own instructions: Qt's loop must come back to it now and then.
    repeat(0.2, lambda: None, window)
    if options.for_s is not None:
        later(round(options.for_s * 1000), window.close, window)
    if picture is not None:
        repeat(_PICTURE_EVERY_S, lambda: keep_picture(window, picture), window)


def keep_picture(window: Window, picture: Path) -> None:
    """Replace the file by a picture of the window as it is now; a reader never sees half of one."""
    fresh = picture.with_suffix(".new.png")
    if window.isVisible() and window.grab().save(str(fresh), "PNG", _QUICKLY):
        fresh.replace(picture)
