"""From what the simulator says to what clients read: plant time becomes UTC, values become their data types'."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import c_float

from twin.factory.clock import PlantClock
from twin.opcua.server import Reading
from twin.plant.layout import Layout
from twin.sim.messages import Change, Value


class Wire:
    """Translates changes of one layout's tags; what the layout has no tag for does not exist on the wire."""

    def __init__(self, layout: Layout, clock: PlantClock) -> None:
        self._clock = clock
        self._types = {(owner.id, tag.id): tag.data_type for owner in layout.owners for tag in owner.tags}

    def reading(self, change: Change) -> Reading | None:
        """What a client reads after `change`, None if the layout has no such tag."""
        data_type = self._types.get((change.owner, change.tag))
        if data_type is None:
            return None
        value = self._instant_s(change.value) if data_type == "DateTime" else _CASTS[data_type](change.value)
        return Reading(change.owner, change.tag, value, self._clock.wire_ns(change.time_ns))

    def _instant_s(self, plant_ns: Value) -> float:
        return self._clock.wire_ns(int(plant_ns)) / 1e9


def _single(value: Value) -> float:
    return c_float(float(value)).value


def _whole(value: Value) -> int:
    return int(value) if isinstance(value, int) else round(float(value))


_CASTS: dict[str, Callable[[Value], Value]] = {
    "Boolean": bool,
    "Int32": _whole,
    "UInt32": _whole,
    "Int64": _whole,
    "Float": _single,
    "Double": float,
    "String": str,
}
