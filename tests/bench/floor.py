"""The floor of five shipped lines and of the whole plant, 1280×720: taking over a frame, drawing it, and clicking."""

from collections.abc import Callable, Iterable
from itertools import product
from statistics import median
from time import perf_counter

from tests.bench.timing import Figure, compared
from tests.scene.frames import copies, crowd, frame, shipped_layout
from twin.plant.layout import Layout
from twin.scene.scene import Scene
from twin.session.frame import Frame

LINES, WIDTH, HEIGHT, FRAMES = 5, 1280, 720, 15
TRIANGLES = 300_000
SHOW_MS, PICK_MS, PERIOD_MS = 5.0, 1.0, 100.0  # ten frames a second leave a hundred milliseconds for each
PLANT_PERIOD_MS = 200.0  # and five, of a whole plant


def milliseconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def run() -> Iterable[Figure]:
    """Medians over some frames in which everything moves: five lines, then the whole default plant."""
    yield from _figures("floor ×5", copies(shipped_layout(), LINES), PERIOD_MS)
    yield from _figures("floor of the plant", shipped_layout("default"), PLANT_PERIOD_MS)


def _figures(name: str, layout: Layout, period_ms: float) -> Iterable[Figure]:
    frames = [frame(layout, phase=0.2 + 0.02 * k, carriers=crowd(layout, 0.02 * k)) for k in range(FRAMES)]
    start = perf_counter()
    scene = Scene(layout, "light", WIDTH, HEIGHT)
    scene.show(frames[0])
    scene.render()
    first_ms = (perf_counter() - start) * 1e3
    costs = [_costs(scene, shown) for shown in frames[1:]]
    show, draw, pick = (median(column) for column in zip(*costs, strict=True))
    scene.smooth = False
    rough = median(milliseconds(scene.render) for _ in range(FRAMES))
    triangles = scene.triangles
    scene.close()
    budget = SHOW_MS * period_ms / PERIOD_MS
    yield Figure(name=f"{name}: built and first drawn", value=first_ms, unit="ms")
    yield compared(f"{name}: take over a frame", show, "ms", to="budget", of=budget, target=1.0)
    yield compared(f"{name}: draw and read back", draw, "ms", to="time a picture", of=period_ms, target=1.0)
    yield compared(f"{name}: the same without smooth edges", rough, "ms", to="with them", of=draw)
    yield compared(f"{name}: pick", pick, "ms", to="budget", of=PICK_MS, target=1.0)
    yield compared(f"{name}: triangles", triangles, "", to="what software can draw", of=TRIANGLES, target=1.0)


def _costs(scene: Scene, shown: Frame) -> tuple[float, float, float]:
    """Milliseconds to take over a frame, to draw it, and for one of a hundred clicks all over it."""
    show, draw = milliseconds(lambda: scene.show(shown)), milliseconds(scene.render)
    points = [(WIDTH * (i + 0.5) / 10, HEIGHT * (j + 0.5) / 10) for i, j in product(range(10), repeat=2)]
    return show, draw, milliseconds(lambda: [scene.pick(x, y) for x, y in points]) / len(points)
