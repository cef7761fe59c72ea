"""What a run leaves behind for whoever evaluates it afterwards: two tables of whole numbers, appended to as it goes.

Process values depend on the kernel only through these: a station's *course*, which says how far the unit in its first
place is, and its *finishes*. The state at the start of a stretch (`courses`) and the trace of it are all they need.
A row of a table lies flat behind the one before it: that is the least work at the moment it happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.sim.state import PlantState, StationState, switched_off, working

# A station's course from `time_ns` until its next row: PackML state; then its working clock, and how long it has been
# Stopped or Aborted in all; on the working clock, when the service of the unit in the first place
# began (after any setup) and when it ends; that unit's serial and the number of its recipe. -1 without a unit.
# Recipe 0 asks nothing in particular; below 0 nobody works on the unit here.
COURSE = ("time_ns", "station", "state", "work", "off_ns", "begun_work", "end_work", "serial", "recipe")
# A unit finished: the how-manieth of the station, whether it was rejected, services since the tool change, its recipe.
FINISH = ("time_ns", "station", "number", "rejected", "tool_services", "recipe")


@dataclass(slots=True)
class Trace:
    """Rows of `COURSE`, whenever a station's PackML state or the unit in its first place changes; rows of `FINISH`.

    Both are in order of time; of several rows of a station at one instant the last one holds.
    """

    courses: list[int] = field(default_factory=list)
    finishes: list[int] = field(default_factory=list)


def course(station: StationState, index: int, now_ns: int) -> tuple[int, ...]:
    """A row of `COURSE`: how station `index` goes on from now."""
    begins = (now_ns, index, int(station.state), working(station, now_ns), switched_off(station, now_ns))
    for unit in station.units:
        if unit.place == 0:
            begun_work = max(unit.begun_work, unit.setup_work)
            return (*begins, begun_work, unit.end_work, unit.serial, unit.recipe)
    return (*begins, -1, -1, -1, -1)


def finish(station: StationState, index: int) -> tuple[int, ...]:
    """A row of `FINISH`: the newest unit that station `index` has finished."""
    rejected, tool_services = int(station.finished_rejected), station.finished_tool_services
    return (station.finished_ns, index, station.processed - 1, rejected, tool_services, station.finished_recipe)


def courses(state: PlantState) -> list[int]:
    """The course of every station as it is now, in order of stations."""
    rows: list[int] = []
    for index, station in enumerate(state.stations):
        rows.extend(course(station, index, state.now_ns))
    return rows


def finishes(state: PlantState) -> list[int]:
    """The newest finish of every station that has one, in order of stations."""
    rows: list[int] = []
    for index, station in enumerate(state.stations):
        if station.processed:
            rows.extend(finish(station, index))
    return rows


def columns(rows: Sequence[int], names: tuple[str, ...]) -> dict[str, NDArray[np.int64]]:
    """Flat rows as columns (n,) int64 by name."""
    table = np.array(rows, np.int64).reshape(-1, len(names))
    return {name: table[:, column] for column, name in enumerate(names)}
