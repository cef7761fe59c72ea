"""Malfunctions: what a trainer can make go wrong, as data. Each is a composition of a few effects on its target.

The list of them is `twin.plant.malfunction_list`; what effects do is in `twin.sim.training`.
An effect's amount is that at severity 1 and shrinks with it in proportion. Amounts are estimates, chosen so that at
severity 1 an instrument leaves its limits and a line feels it within minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from twin.plant.layout import Layout
from twin.plant.stations import Station
from twin.plant.terms import Name, Tag

Hit = Literal["station", "sensor", "line", "area", "robot", "fleet", "store", "plant"]
Need = Literal["", "stops", "inspection", "rework", "battery"]
EffectKind = Literal[
    "slower", "reject", "overkill", "miss", "no_test", "stops", "hold", "abort", "breakdown",
    "offset", "drift", "noise", "scale", "stuck", "missing",
    "absent", "conveyor", "halt", "block", "discharge", "empty", "silent", "skew",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a malfunction does to its target, from `after_s` later on, spread over stations by `spread_s`.

    Attributes:
        kind: On each station of the target: `slower` adds to the factor on service times; `reject`, `overkill`, `miss`,
            `no_test` add to a share of units; `stops` adds to the factor on the rate of minor stops; `hold` and `abort`
            make it stand in Held or Aborted, `breakdown` in Aborted with a technician called.
            On its instruments: `offset`, `drift` (an hour) and `noise` in spans, the way from the instrument's usual
            value to its limit; `scale` takes away a share of the value; `stuck` and `missing`.
            On others: `absent` takes away a share of an area's technicians; `conveyor` adds to the factor on driving
            times of a line; `silent` and `skew` (seconds) are what a line's server does; `halt` stops a robot, and
            `discharge` takes away a share of its charge; `block` closes a zone of a fleet's route; `empty` takes away a
            share of what a store holds.
        tags: instruments it is about; none for a target that is an instrument, or for all with limits.
    """

    kind: EffectKind
    amount: float = 1.0
    tags: tuple[str, ...] = ()
    after_s: float = 0.0
    spread_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AlarmText:
    """An alarm that a malfunction raises, at each station of its target or, of one without any, at the target."""

    condition: str
    severity: int
    message: str
    after_s: float = 0.0
    spread_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Malfunction:
    """A kind of malfunction.

    Attributes:
        hits: what its targets are; a `sensor` is written `<station>/<tag>`, the `plant` by the layout's id.
        kinds: machine kinds of stations it can hit; none is any.
        tags: instruments of which a station must have one to be hit; none is no matter.
        needs: what else a station must have for it to be hit.
        severity: what severity 1 means.
    """

    id: str
    name: Name
    hits: Hit
    severity: str
    effects: tuple[Effect, ...]
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    needs: Need = ""
    alarms: tuple[AlarmText, ...] = ()


def targets(layout: Layout, malfunction: Malfunction) -> tuple[str, ...]:
    """Ids of everything in a layout that a malfunction can hit, in its order."""
    match malfunction.hits:
        case "station":
            return tuple(station.id for station in layout.stations if _hits(layout, malfunction, station))
        case "sensor":
            return tuple(
                f"{station.id}/{tag.id}" for station in layout.stations for tag in instruments(layout, station)
            )
        case "robot":
            powered = {fleet.id for fleet in layout.fleets if fleet.battery or malfunction.needs != "battery"}
            robots = (one for one in layout.vehicles if one.kind == "mobile_robot")
            return tuple(robot.id for robot in robots if robot.fleet in powered)
    things: dict[str, tuple[str, ...]] = {
        "line": tuple(line.id for line in layout.lines),
        "area": tuple(area.id for area in layout.areas if area.lines),
        "fleet": tuple(fleet.id for fleet in layout.fleets),
        "store": tuple(store.id for store in layout.stores),
        "plant": (layout.id,),
    }
    return things[malfunction.hits]


def stations_of(layout: Layout, target: str) -> tuple[int, ...]:
    """Numbers of the stations that belong to a target: a station, a sensor, a line, an area or the plant."""
    place = target.split("/", 1)[0]
    number, found = 0, []
    for area in layout.areas:
        for line in area.lines:
            for station in line.stations:
                if place in (station.id, line.id, area.id, layout.id):
                    found.append(number)
                number += 1
    return tuple(found)


def lines_by_id(layout: Layout) -> dict[str, int]:
    """Id of a line or of a station → number of the line; ids of what belongs to one begin with its id and a slash."""
    return {
        identifier: number
        for number, line in enumerate(layout.lines)
        for identifier in (line.id, *(station.id for station in line.stations))
    }


def instruments(layout: Layout, station: Station) -> Iterator[Tag]:
    """The tags of a station whose values are made, in order."""
    return (tag for tag in layout.tags_of(station.tag_sets, station.tags) if tag.signal)


def near_misses(word: str, known: Sequence[str]) -> str:
    """What somebody who wrote an unknown `word` may have meant, as the end of a sentence."""
    near = get_close_matches(word, known, 3, 0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _hits(layout: Layout, malfunction: Malfunction, station: Station) -> bool:
    if malfunction.kinds and station.kind not in malfunction.kinds:
        return False
    if malfunction.tags and not {tag.id for tag in instruments(layout, station)} & set(malfunction.tags):
        return False
    has = {
        "": True,
        "stops": any(failure.mode == "minor_stop" for failure in station.failures),
        "inspection": station.inspection is not None,
        "rework": station.rework is not None,
    }
    return has.get(malfunction.needs, False)
