"""The exception tree of the whole product. Nothing here imports anything else of it.

TwinError                 everything this product raises on purpose; its text may be shown to a user as it is
├── LayoutError           a layout or scenario file that does not hold; carries every problem found in it
├── RecordingError        a recording that cannot be opened, read or written
│   └── OrderError        a batch that would break the order by arrival
├── LinkError             the plant's OPC UA server cannot be reached, trusted or understood
├── SimulationError       a plant that cannot be simulated as described
└── SetupError            this machine cannot run what was asked for (display, port, folder)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TwinError(Exception):
    """What happened, to which thing, and what to do next: one calm sentence or two."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file.

    Attributes:
        place: where, as a path a person can follow: `areas[0].lines[0].stations[3].cycle.mean_s`.
        reason: what is wrong there, and what would be right.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class LayoutError(TwinError):
    """A layout or scenario file that does not hold; `problems` has all of them, never only the first."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{name}: {count} {'problem' if count == 1 else 'problems'}\n{lines}")


class RecordingError(TwinError):
    """A recording that cannot be opened, read or written."""


class OrderError(RecordingError):
    """A batch whose arrival times do not follow those already recorded."""


class LinkError(TwinError):
    """The plant's OPC UA server cannot be reached, trusted or understood."""


class SimulationError(TwinError):
    """A plant that cannot be simulated as described."""


class SetupError(TwinError):
    """This machine cannot run what was asked for: no display library, a port taken, a folder not writable."""
