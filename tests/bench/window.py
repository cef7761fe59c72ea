"""The whole window on five shipped lines and on the whole plant: pictures a second, lateness of the event loop."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.timing import Figure, compared
from tests.recorded import START_NS, S, run_plant, write
from tests.scene.frames import copies, shipped_layout
from twin.plant.layout import Layout

LINES, WIDTH, HEIGHT, SECONDS = 5, 1280, 720, 10
RECORDED_S = 120
LATENESS_MS, PICTURES_PER_SECOND, PLANT_PICTURES_PER_SECOND = 50.0, 10.0, 5.0


def run() -> Iterable[Figure]:
    """Play recordings at their own speed for some seconds, off screen, all panels open."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    yield from _figures("window ×5", copies(shipped_layout(), LINES), PICTURES_PER_SECOND)
    yield from _figures("window of the plant", shipped_layout("default"), PLANT_PICTURES_PER_SECOND)


def _figures(name: str, layout: Layout, wanted: float) -> Iterable[Figure]:
    with TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        lateness, pictures = _played(_recorded(Path(home), layout))
    p95, late_ms = float(np.percentile(lateness, 95)), LATENESS_MS * PICTURES_PER_SECOND / wanted
    yield Figure(name=f"{name}: event loop late, median", value=float(np.median(lateness)), unit="ms")
    yield compared(f"{name}: event loop late, p95", p95, "ms", to="usable", of=late_ms, target=1.0)
    to = f"{wanted:.0f} pictures a second"
    yield compared(f"{name}: time a picture", 1e3 / pictures, "ms", to=to, of=1e3 / wanted, target=1.0)


def _recorded(home: Path, layout: Layout) -> Path:
    from twin.history.addresses import create_recorder
    from twin.history.recording import Origin

    recorder = create_recorder(home / "line", Origin.SIMULATION, layout.model_dump_json(by_alias=True))
    write(recorder, layout, *run_plant(layout, seed=7, seconds=RECORDED_S))
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
