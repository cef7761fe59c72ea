"""The events of training: a malfunction reaches a station or ends, a scenario is looked at."""

from __future__ import annotations

from twin.sim.run import Run
from twin.sim.training.malfunctions import malfunction_due
from twin.sim.training.scenario import LOOK, look


def training_due(run: Run, number: int) -> None:
    """Handles an event: `LOOK`, or the number of a malfunction."""
    if number == LOOK:
        look(run)
    else:
        malfunction_due(run, number)
