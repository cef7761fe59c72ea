"""The state of training: what goes wrong just now, and how far the scenario is. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Active:
    """A malfunction under way.

    Attributes:
        number: its own, from 1; never used again.
        kind, target: ids of the malfunction and of what it hits.
        severity: above 0, up to 1.
        until_ns: when it ends, -1 when it is cleared.
        stations: numbers of the stations it hits.
        alarms: those it has raised: rows of station (-1: the target itself) and number of the alarm's text.
    """

    number: int
    kind: str
    target: str
    severity: float
    since_ns: int
    until_ns: int
    stations: list[int]
    alarms: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class WrongLot:
    """A lot that should never have been used: that `share` of the units it went into fails at station `test`."""

    material: int
    lot: int
    test: int
    share: float


@dataclass(slots=True)
class ScenarioState:
    """How far a scenario is; times are plant time, -1 before it has come to it.

    Attributes:
        counts: what each line had entered, finished and scrapped when it began, in turn.
        orders: what each channel had taken, turned away, delivered and late then, in turn.
        held_ns: of each condition of the scenario, in its order, since when it holds.
        taken_ns, numbers: when each action was taken, and the malfunction that it injected.
        reached_ns, missed_ns, failed_ns, hinted_ns: when which goal, failure and hint came.
    """

    begun_ns: int
    counts: list[int]
    orders: list[int]
    held_ns: list[int]
    taken_ns: list[int]
    numbers: list[int]
    reached_ns: list[int]
    missed_ns: list[int]
    failed_ns: list[int]
    hinted_ns: list[int]
    ended_ns: int = -1


@dataclass(slots=True)
class TrainingState:
    """Malfunctions under way, oldest first, and how many there have been; wrong lots; the scenario, if there is one."""

    active: list[Active] = field(default_factory=list)
    begun: int = 0
    wrong_lots: list[WrongLot] = field(default_factory=list)
    scenario: ScenarioState | None = None
