"""The whole window on five times the shipped line: pictures a second, and how late the event loop answers meanwhile."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.timing import Figure, compared
from tests.recorded import START_NS, S, run_plant, write
from tests.scene.frames import copies, shipped_layout

LINES, WIDTH, HEIGHT, SECONDS = 5, 1280, 720, 10
LATENESS_MS, PICTURES_PER_SECOND = 50.0, 10.0


def run() -> Iterable[Figure]:
    """Play a recording at its own speed for some seconds, off screen, all panels open."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    with TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        lateness, pictures = _played(_recorded(Path(home)))
    p95 = float(np.percentile(lateness, 95))
    yield Figure(name="window ×5: event loop late, median", value=float(np.median(lateness)), unit="ms")
    yield compared("window ×5: event loop late, p95", p95, "ms", to="usable", of=LATENESS_MS, target=1.0)
    name = "window ×5: time a picture"
    yield compared(name, 1e3 / pictures, "ms", to="10 pictures a second", of=1e3 / PICTURES_PER_SECOND, target=1.0)


def _recorded(home: Path) -> Path:
    from twin.history.addresses import create_recorder
    from twin.history.recording import Origin

    layout = copies(shipped_layout(), LINES)
    recorder = create_recorder(home / "line", Origin.SIMULATION, layout.model_dump_json(by_alias=True))
    write(recorder, layout, *run_plant(layout, seed=7, seconds=120))
    recorder.close()
    return home / "line"


def _played(folder: Path) -> tuple[list[float], float]:
    """Lateness of every tick in ms, and pictures of the floor a second."""
    from PySide6.QtWidgets import QApplication

    from twin.desktop.clock import later
    from twin.desktop.language import Language
    from twin.desktop.sources import Source
    from twin.desktop.window import Window
    from twin.panels.colours import DARK
    from twin.session.commands import Seek, SetRate

    application = QApplication.instance() or QApplication([])
    window = Window(Source(folder, False, None, True, (), ""), DARK, Language())
    window.docks.load()
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.desk.carry_out(Seek(START_NS + 60 * S))
    window.desk.carry_out(SetRate(1.0))
    later(2000, window.desk.clock.lateness_ms.clear, window)  # what is made once is not what is asked here
    floor = window.floor
    if floor is None:
        raise RuntimeError("the recording has no layout that can be drawn")
    counts: list[int] = []
    for at_s in (2, 2 + SECONDS):
        later(at_s * 1000, lambda: counts.append(floor.frames_drawn), window)
    later((2 + SECONDS) * 1000 + 1, application.quit, window)
    application.exec()
    lateness = list(window.desk.clock.lateness_ms)
    window.close()
    return lateness, (counts[1] - counts[0]) / SECONDS
