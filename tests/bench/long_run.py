"""Memory over simulated days: what the process takes and how large the state is, for a line and the whole plant."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import psutil

from tests.bench.timing import Figure, compared
from tests.sim.lines import HOUR_NS
from twin.plant.layout_file import parse_layout
from twin.plant.shipped import SHIPPED
from twin.sim.kernel import proceed, start_plant
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.saved import save_state

DAYS = {"outdoor-line": (1, 10, 30), "default": (1, 2, 4)}
_MEBIBYTE = 1 << 20


def run() -> Iterator[Figure]:
    """Both grow with what is in the plant, not with how long it has run: at most by a quarter after the first day."""
    for name, days in DAYS.items():
        layout = parse_layout((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
        plan = plan_plant(layout)
        state, start = start_plant(plan, 1), perf_counter()
        first: tuple[float, float] | None = None
        for day in days:
            proceed(Run(plan, state), 24 * day * HOUR_NS)
            taken_s = perf_counter() - start
            memory = psutil.Process().memory_info().rss / _MEBIBYTE
            saved = len(save_state(layout, state)) / _MEBIBYTE
            first = first or (memory, saved)
            of = f"{name}, day {day}"
            yield compared(f"{of} ({taken_s:.0f} s): memory", memory, "MiB", to="day 1", of=first[0], target=1.25)
            yield compared(f"{of}: state as text", saved, "MiB", to="day 1", of=first[1], target=1.25)
