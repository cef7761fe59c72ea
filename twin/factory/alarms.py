"""Which alarms the plant has, from what it publishes: levels folded into beginnings and ends. No clock, no wire.

A value beyond a limit of its tag is an alarm until it is back by more than the deadband; a station that is aborted has
broken down, one that is held has a minor stop. Blocked and starved stations are no alarms: nobody has to do anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twin.opcua.alarms import AlarmReading
from twin.opcua.server import Reading
from twin.plant.layout import Layout, Owner
from twin.plant.packml import State
from twin.plant.signals import Approach, Profile
from twin.plant.terms import Tag

DEADBAND = 0.005  # of the range between the limits, of the limit itself where there is one (an estimate)
LIMIT_SEVERITY = 500
_STOPS = (
    ("Breakdown", 800, frozenset({State.ABORTING, State.ABORTED}), "broke down"),
    ("MinorStop", 400, frozenset({State.HOLDING, State.HELD}), "has a minor stop"),
)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A tag with limits."""

    name: str
    unit: str
    low: float | None
    high: float | None
    deadband: float


class Alarms:
    """The alarms of one plant: tell it every reading, in order."""

    def __init__(self, layout: Layout) -> None:
        self._limits = {(owner.id, tag.id): watched for owner, tag, watched in _limited(layout)}
        self._passed: dict[tuple[str, str], str] = {}
        self._stopped: set[tuple[str, str]] = set()
        self._stations = {station.id: station.name.en for station in layout.stations}

    def of(self, readings: Iterable[Reading]) -> list[AlarmReading]:
        """What begins and what ends with these readings."""
        alarms: list[AlarmReading] = []
        for reading in readings:
            if (reading.owner, reading.tag) in self._limits:
                alarms += self._limit(reading)
            elif reading.tag == "State" and reading.owner in self._stations:
                alarms += self._stop(reading)
        return alarms

    def _limit(self, reading: Reading) -> Iterator[AlarmReading]:
        key, value = (reading.owner, reading.tag), float(reading.value)
        watched, before = self._limits[key], self._passed.get(key, "")
        now = _passed(watched, value, before)
        if now == before:
            return
        self._passed[key] = now
        limit = {"High": watched.high, "Low": watched.low}.get(now)
        said = f"is beyond its limit {limit:g}" if limit is not None else "is within its limits"
        yield AlarmReading(
            time_ns=reading.source_ns,
            source=reading.owner,
            condition=f"{reading.tag}.Level",
            kind="limit",
            active=bool(now),
            severity=LIMIT_SEVERITY,
            message=f"{watched.name} {value:g}{watched.unit} {said}",
            limit=now or None,
            tag=reading.tag,
        )

    def _stop(self, reading: Reading) -> Iterator[AlarmReading]:
        for name, severity, states, word in _STOPS:
            stopped, before = reading.value in states, (reading.owner, name) in self._stopped
            if stopped == before:
                continue
            (self._stopped.add if stopped else self._stopped.remove)((reading.owner, name))
            station = self._stations[reading.owner]
            yield AlarmReading(
                time_ns=reading.source_ns,
                source=reading.owner,
                condition=name,
                kind="off_normal",
                active=stopped,
                severity=severity,
                message=f"{station} {word}" if stopped else f"{station} can go on",
                tag=reading.tag,
            )


def _limited(layout: Layout) -> Iterator[tuple[Owner, Tag, _Watched]]:
    for owner in layout.owners:
        for tag in owner.tags:
            if (tag.low, tag.high) != (None, None) and not _leaves(tag):
                spread = tag.high - tag.low if tag.low is not None and tag.high is not None else tag.high or tag.low
                name = f"{owner.id} {tag.name.en if tag.name else tag.id}"
                unit = f" {tag.unit}" if tag.unit else ""
                yield owner, tag, _Watched(name, unit, tag.low, tag.high, DEADBAND * abs(spread or 0.0))


def _leaves(tag: Tag) -> bool:
    """Whether every cycle of a curve is outside its limits for a while: that is how it should be, and no alarm."""
    watched = _Watched("", "", tag.low, tag.high, 0.0)
    return any(_passed(watched, value, "") for value in _corners(tag))


def _corners(tag: Tag) -> tuple[float, ...]:
    """Values that a curve takes in every cycle."""
    if isinstance(tag.signal, Approach):
        return (tag.signal.start,)
    return tuple(value for _, value in tag.signal.points) if isinstance(tag.signal, Profile) else ()


def _passed(watched: _Watched, value: float, before: str) -> str:
    """Which limit is passed; the one that was stays so until the value is back by more than the deadband."""
    high = watched.high is not None and value > watched.high - (watched.deadband if before == "High" else 0.0)
    low = watched.low is not None and value < watched.low + (watched.deadband if before == "Low" else 0.0)
    return "High" if high else "Low" if low else ""
