"""The trainer's commands to the plant that is served, carried out between two steps of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from twin.errors import SimulationError
from twin.plant.packml import Command, Mode
from twin.sim.messages import Message
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.saved import save_state
from twin.sim.state import PlantState
from twin.sim.training.commands import set_mode
from twin.sim.training.malfunctions import clear, inject
from twin.sim.training.scenario import give

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
SUFFIX = ".state"


class Trainer:
    """Whoever trains on a served plant.

    Args:
        folder: where saved states go; their names are the trainer's, and no path.
    """

    def __init__(self, plan: Plan, state: PlantState, folder: Path) -> None:
        self._plan = plan
        self._state = state
        self._folder = folder
        self._told: list[Message] = []

    def told(self) -> list[Message]:
        """What the plant has said to commands since it was asked last."""
        told, self._told = self._told, []
        return told

    def inject(self, malfunction: str, target: str, severity: float, duration_s: float) -> tuple[int, str]:
        """Begins a malfunction: its number, or 0 and why not."""
        if not 0.0 <= duration_s < 1e9:
            return 0, f"A malfunction lasts a number of seconds, not {duration_s:g}."
        lasts_ns = round(duration_s * NANOSECONDS) or -1
        try:
            return inject(self._run(), malfunction, target, severity, lasts_ns), ""
        except SimulationError as error:
            return 0, str(error)

    def clear(self, number: int) -> str:
        """Ends a malfunction; why not, or nothing."""
        return "" if clear(self._run(), number) else f"No malfunction {number} is under way."

    def command(self, target: str, command: str) -> str:
        """Commands a station or a line; why not, or nothing."""
        order = next((one for one in Command if one.value.lower() == command.lower()), None)
        if order is None or order is Command.COMPLETED:
            known = ", ".join(one.value for one in Command if one is not Command.COMPLETED)
            return f"There is no command {command!r}; known are {known}."
        if give(self._run(), target, order):
            return ""
        return f"{target} cannot be told to {command.lower()} now."

    def station(self, station: str, order: Command) -> bool:
        """A PackML command to a station, from its own methods."""
        return give(self._run(), station, order)

    def mode(self, station: str, mode: Mode) -> bool:
        """A PackML unit mode for a station; whether it takes it."""
        index = next((at.index for at in self._plan.stations if at.id == station), None)
        return index is not None and set_mode(self._run(), index, mode)

    def save(self, name: str) -> str:
        """Saves the plant as it is now; why not, or nothing."""
        if not _NAME.fullmatch(name):
            return f"{name!r} is no name for a saved state: use letters, digits, - and _."
        try:
            (self._folder / f"{name}{SUFFIX}").write_text(save_state(self._plan.layout, self._state), encoding="utf-8")
        except OSError as error:
            return f"{name}{SUFFIX} cannot be written: {error.strerror}."
        return ""

    def active(self) -> str:
        """The malfunctions under way, as JSON."""
        return json.dumps(
            [
                {"number": one.number, "malfunction": one.kind, "target": one.target, "severity": one.severity}
                for one in self._state.training.active
            ]
        )

    def _run(self) -> Run:
        return Run(self._plan, self._state, self._told)
