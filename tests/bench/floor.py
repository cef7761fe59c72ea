"""The floor at five times the shipped line, 1280×720: what a frame costs to take over, to draw, and what a click costs."""

from collections.abc import Iterable
from statistics import median
from time import perf_counter

from tests.bench.timing import Figure, compared
from tests.scene.frames import copies, crowd, frame, shipped_layout
from twin.scene.scene import Scene

LINES, WIDTH, HEIGHT, FRAMES = 5, 1280, 720, 15
TRIANGLES = 300_000
SHOW_MS, PICK_MS, PERIOD_MS = 5.0, 1.0, 100.0  # ten frames a second leave a hundred milliseconds for each


def run() -> Iterable[Figure]:
    """Medians over some frames in which everything moves."""
    layout = copies(shipped_layout(), LINES)
    began = perf_counter()
    scene = Scene(layout, "light", WIDTH, HEIGHT)
    frames = [frame(layout, phase=0.2 + 0.02 * k, carriers=crowd(layout, 0.02 * k)) for k in range(FRAMES)]
    scene.show(frames[0])
    scene.render()
    first_ms = (perf_counter() - began) * 1e3
    show, draw, pick = [], [], []
    for shown in frames[1:]:
        times = [perf_counter()]
        for work in (lambda shown=shown: scene.show(shown), scene.render, lambda: scene.pick(WIDTH / 2, HEIGHT / 2)):
            work()
            times.append(perf_counter())
        for column, start, end in zip((show, draw, pick), times, times[1:], strict=False):
            column.append((end - start) * 1e3)
    triangles = scene.triangles
    scene.close()
    yield Figure(name="floor ×5: built and first drawn", value=first_ms, unit="ms")
    yield compared("floor ×5: take over a frame", median(show), "ms", to="budget", of=SHOW_MS, target=1.0)
    yield compared(
        "floor ×5: draw and read back", median(draw), "ms", to="10 frames a second", of=PERIOD_MS, target=1.0
    )
    yield compared("floor ×5: pick", median(pick), "ms", to="budget", of=PICK_MS, target=1.0)
    yield compared("floor ×5: triangles", triangles, "", to="level of detail needed", of=TRIANGLES, target=1.0)
