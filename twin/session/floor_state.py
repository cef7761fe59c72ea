"""From a snapshot to what stands and moves on the floor at one instant: pure functions of (snapshot, instant).

Where a mover is between its samples follows from the levels it published (`From`, `To`, `Departed`, `Arrives`), so
seeking, playing backwards and following give the same picture.
"""

from __future__ import annotations

import numpy as np

from twin.history.batch import Floats, Int32s, Snapshot
from twin.plant.packml import states_of
from twin.session.binding import Binding, picked
from twin.session.frame import Bools, Movers, Stations


def good_values(state: Snapshot) -> Floats:
    """(tags,) float64: the values, NaN where their quality is bad."""
    values: Floats = np.where(state.quality >> 31, np.nan, state.value)
    return values


def stations_at(binding: Binding, state: Snapshot, values: Floats, stale: Bools, at_s: float) -> Stations:
    """The stations at `at_s` (seconds since 1970 UTC); `values` as `good_values` gives them."""
    tags = binding.stations
    index = tags["State"]
    duration, started = picked(values, tags["CycleTime"]), picked(values, tags["CycleStarted"])
    with np.errstate(invalid="ignore", divide="ignore"):
        phase = np.clip((at_s - started) / duration, 0.0, 1.0)
    return Stations(
        state=states_of(picked(values, tags["State"])),
        stale=_stale(stale, index),
        since_ns=np.where(index >= 0, state.source_ns[index], 0) if len(state) else np.zeros(len(index), np.int64),
        serial=picked(values, tags["Serial"]),
        units=picked(values, tags["Units"]),
        processed=picked(values, tags["Processed"]),
        defective=picked(values, tags["Defective"]),
        phase=phase,
    )


def carriers_at(binding: Binding, values: Floats, stale: Bools, at_s: float, *, empty_text: int) -> Movers:
    """The carriers at `at_s`; those whose serial is the text `empty_text` carry nothing to be drawn."""
    tags = binding.carriers
    serial = picked(values, tags["Serial"])
    at_m, moving, moved_s, rest_s = _motion(tags, values, at_s)
    return Movers(
        path=binding.carrier_line,
        at_m=at_m,
        present=np.isfinite(serial) & (serial != empty_text) & np.isfinite(at_m),
        moving=moving,
        moved_s=moved_s,
        rest_s=rest_s,
        station=_whole(picked(values, tags["Station"])),
        place=_whole(picked(values, tags["Place"])),
        text=serial,
        stale=_stale(stale, tags["To"]),
    )


def vehicles_at(binding: Binding, values: Floats, stale: Bools, at_s: float) -> Movers:
    """The vehicles at `at_s`."""
    tags = binding.vehicles
    at_m, moving, moved_s, rest_s = _motion(tags, values, at_s)
    return Movers(
        path=binding.vehicle_route,
        at_m=at_m,
        present=np.isfinite(at_m),
        moving=moving,
        moved_s=moved_s,
        rest_s=rest_s,
        station=_whole(picked(values, tags["Stop"])),
        place=_whole(picked(values, tags["Place"])),
        text=picked(values, tags["Load"]),
        stale=_stale(stale, tags["To"]),
    )


def _motion(tags: dict[str, Int32s], values: Floats, at_s: float) -> tuple[Floats, Bools, Floats, Floats]:
    """Metres along the path, whether still on the way, seconds since departure and since arrival."""
    start, end = picked(values, tags["From"]), picked(values, tags["To"])
    departed, arrives = picked(values, tags["Departed"]), picked(values, tags["Arrives"])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(arrives > departed, (at_s - departed) / (arrives - departed), 1.0)
    share = np.clip(share, 0.0, 1.0)
    moved, rest = (np.nan_to_num(np.maximum(at_s - since, 0.0), nan=0.0) for since in (departed, arrives))
    return start + (end - start) * share, share < 1.0, moved, rest


def _stale(stale: Bools, index: Int32s) -> Bools:
    """Whether each thing's tag is stale; a thing the recording knows nothing of counts as stale."""
    if not len(stale):
        return np.ones(len(index), np.bool_)
    return np.where(index >= 0, stale[index], True)


def _whole(numbers: Floats) -> Int32s:
    return np.nan_to_num(numbers, nan=-1.0).astype(np.int32)
