"""The whole default plant: a shift in memory, and one with every process value recorded, against their limits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from tests.bench.timing import Figure, compared
from twin.history.addresses import create_recorder
from twin.history.recording import Origin
from twin.plant.layout_file import read_layout
from twin.plant.shipped import SHIPPED
from twin.plant.undisturbed import undisturbed
from twin.sim.plan import plan_plant
from twin.sim.recorded import PlantRecorder
from twin.sim.statistics import simulate_stretch, warm_plant

SHIFT_H, WARM_UP_H = 8.0, 2.0


def run() -> Iterator[Figure]:
    """Processor time of a shift; then what the plant makes on its best day."""
    layout = read_layout(SHIPPED / "default.json")
    plan = plan_plant(layout)
    begun = process_time()
    simulate_stretch(layout, plan, warm_plant(plan, 1, WARM_UP_H), SHIFT_H)
    yield compared("a shift of events, units and orders", process_time() - begun, "s", to="limit", of=60.0, target=1.0)
    state = warm_plant(plan, 1, WARM_UP_H)
    with tempfile.TemporaryDirectory() as folder:
        recorder = PlantRecorder(layout, plan, state, create_recorder(Path(folder), Origin.SIMULATION, None))
        begun = process_time()
        simulate_stretch(layout, plan, state, SHIFT_H, recorder)
        taken_s = process_time() - begun
    yield compared(f"the same, {recorder.samples:,} values recorded", taken_s, "s", to="limit", of=300.0, target=1.0)
    best = undisturbed(layout)
    best_plan = plan_plant(best)
    made = simulate_stretch(best, best_plan, warm_plant(best_plan, 1, WARM_UP_H), SHIFT_H).output_s
    for what, interval in made.items():
        yield compared(f"{what}, nothing wrong: one in", interval.mean, "s", to="published", of=6.5, target=1.05)
