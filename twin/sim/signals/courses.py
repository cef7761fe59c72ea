"""How far stations are at any instants of a stretch of time: their courses, looked up and carried on, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.plant.packml import State
from twin.sim.randomness import Int64s
from twin.sim.state import OFF
from twin.sim.trace import COURSE, columns

_EXECUTE = int(State.EXECUTE)
_IS_OFF = np.isin(np.arange(len(State)), OFF)


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """How stations are at n instants, (n,) columns.

    Attributes:
        running, off: the station is in Execute; it is Stopped or Aborted.
        work, off_ns: time in Execute, and time Stopped or Aborted, in all.
        unit, recipe: serial of the unit in the first place and its recipe, -1 without one.
        served_ns, cycle_ns: how long its service has gone on by the working clock, and how long it takes.
    """

    running: NDArray[np.bool_]
    off: NDArray[np.bool_]
    work: Int64s
    off_ns: Int64s
    unit: Int64s
    recipe: Int64s
    served_ns: Int64s
    cycle_ns: Int64s


class Courses:
    """The courses of all stations over a stretch of time.

    Args:
        rows: of `twin.sim.trace.COURSE`, in order of time; first one of every station, at the start of the stretch.
    """

    def __init__(self, rows: list[int]) -> None:
        table = columns(rows, COURSE)
        order = np.argsort(table["station"], kind="stable")
        self._table = {name: column[order] for name, column in table.items()}
        self._start_ns = table["time_ns"].min(initial=0)
        self._span_ns = table["time_ns"].max(initial=0) - self._start_ns + 2
        self._keys = self._key(self._table["station"], self._table["time_ns"])

    def at(self, station: Int64s, time_ns: Int64s) -> Moments:
        """How stations (n,) are at `time_ns` (n,), after all that happens at that instant."""
        rows = np.searchsorted(self._keys, self._key(station, time_ns), side="right") - 1
        row = {name: column[rows] for name, column in self._table.items()}
        since_ns = time_ns - row["time_ns"]
        running = row["state"] == _EXECUTE
        off = _IS_OFF[row["state"]]
        work = row["work"] + since_ns * running
        return Moments(
            running=running,
            off=off,
            work=work,
            off_ns=row["off_ns"] + since_ns * off,
            unit=row["serial"],
            recipe=row["recipe"],
            served_ns=np.clip(work, row["begun_work"], row["end_work"]) - row["begun_work"],
            cycle_ns=row["end_work"] - row["begun_work"],
        )

    def _key(self, station: Int64s, time_ns: Int64s) -> Int64s:
        """Orders by station, then by time; later than the newest row is all the same."""
        return np.asarray(station * self._span_ns + np.minimum(time_ns - self._start_ns, self._span_ns - 1), np.int64)
