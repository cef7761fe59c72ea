"""Reading: what the floor takes from a frame, so that equal readings are equal pictures. No VTK."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s
from twin.plant.layout import Layout, carrier_ids
from twin.plant.packml import State
from twin.scene.motions import cycle_phase
from twin.scene.moving import GLIDE_S
from twin.scene.states import signals
from twin.scene.theme import Signal
from twin.session.frame import Bools, Frame, Movers


@dataclass(frozen=True, slots=True)
class Reading:
    """What the floor shows of one instant.

    Attributes:
        signals: (s,) Signal of each station.
        executing, phase: (s,) whether its parts move, and how far they are in the cycle.
        loaded: (r,) which vehicles carry something.
        seen: the bytes of everything above; equal where nothing that can be seen differs.
    """

    signals: Int32s
    executing: Bools
    phase: Floats
    carriers: Movers
    vehicles: Movers
    loaded: Bools
    selection: str | None
    seen: bytes

    @property
    def stale(self) -> Bools:
        """(s,) stations of which nothing may be shown as live."""
        stale: Bools = self.signals == Signal.STALE
        return stale


class Reader:
    """Takes readings of the frames of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._ids = [station.id for station in layout.stations]
        self.carriers = sum(len(carrier_ids(line)) for line in layout.lines)
        self.hanging = np.array([vehicle.kind == "hanger" for vehicle in layout.vehicles], np.bool_)
        self._mode_tags = np.full(len(self._ids), -1)
        self._known_tags = -1

    def read(self, frame: Frame) -> Reading | None:
        """The reading of a frame; None for one that is not of this layout."""
        stations, carriers, vehicles = frame.stations, frame.carriers, frame.vehicles
        if (len(stations.state), len(carriers.at_m), len(vehicles.at_m)) != (
            len(self._ids),
            self.carriers,
            len(self.hanging),
        ):
            return None
        shown = signals(stations.state, self._modes(frame), stations.stale)
        executing = (stations.state == State.EXECUTE) & ~stations.stale
        phase = cycle_phase(stations.phase, executing)
        loaded = np.array([bool(frame.catalog.text(code)) for code in vehicles.text], np.bool_)
        columns: list[NDArray[np.generic]] = [shown, executing, phase, loaded, *_columns(carriers), *_columns(vehicles)]
        seen = b"".join(np.ascontiguousarray(column).tobytes() for column in columns)
        seen += (frame.selection or "").encode()
        return Reading(shown, executing, phase, carriers, vehicles, loaded, frame.selection, seen)

    def _modes(self, frame: Frame) -> Floats:
        """(s,) PackML mode of each station, NaN where none is known."""
        if len(frame.catalog) != self._known_tags:
            self._known_tags = len(frame.catalog)
            self._mode_tags = np.array([frame.catalog.index(f"{station}/Mode") for station in self._ids])
        values = frame.state.value
        known = (self._mode_tags >= 0) & (self._mode_tags < len(values))
        modes = np.full(len(self._ids), np.nan)
        modes[known] = values[self._mode_tags[known]]
        return modes


def _columns(movers: Movers) -> tuple[NDArray[np.generic], ...]:
    return (
        movers.at_m,
        movers.present,
        np.minimum(movers.rest_s, GLIDE_S),
        np.minimum(movers.moved_s, GLIDE_S),
        movers.station,
        movers.place,
        movers.stale,
    )
