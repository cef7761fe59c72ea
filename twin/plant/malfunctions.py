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

Hit = Literal[
    "station", "sensor", "line", "area", "robot", "fleet", "store", "plant",
    "supply", "purchase", "warehouse", "dock", "channel",
]  # fmt: skip
Need = Literal["", "stops", "inspection", "rework", "battery"]
EffectKind = Literal[
    "slower", "reject", "overkill", "miss", "no_test", "stops", "hold", "abort", "breakdown",
    "offset", "drift", "noise", "scale", "stuck", "missing",
    "absent", "conveyor", "halt", "block", "discharge", "empty", "silent", "skew",
    "lot", "late", "trucks", "cranes", "surge",
]  # fmt: skip


TESTS = (
    "pressure_hold", "leak_tester", "helium_chamber", "safety_test", "run_test_bay", "wet_run_test", "cool_down_test",
    "drain_station", "noise_booth", "board_tester", "air_volume_rig", "optical_inspection", "vision_tunnel",
)  # fmt: skip


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
            share of what a store holds. `lot` makes kits of a supply bring a wrong lot, of which that share fails at a
            later test; `late` and `trucks` (seconds) put off what a store has bought and a dock's trucks; `cranes`
            takes away a share of a warehouse's; `surge` adds to the factor on how often a channel orders.
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
        hits: what its targets are; a `sensor` is written `<station>/<tag>`, a `supply` `<station>/<material>`, a
            `purchase` `<store>/<material>`, the `plant` by the layout's id.
        kinds: machine kinds of stations it can hit; none is any.
        tags: instruments of which a station must have one to be hit; none is no matter.
        needs: what else a station or robot must have for it to be hit.
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
    if malfunction.hits in ("station", "sensor", "line", "area", "plant"):
        return tuple(_in_lines(layout, malfunction))
    return tuple(_in_logistics(layout, malfunction))


def judged_at(layout: Layout, number: int) -> int:
    """The number of the station that would find out what is wrong with a part taken at station `number`.

    It is the first test after it on its line, else the next station that rejects anything; -1 where there is none.
    """
    line = next(line for line in layout.lines if layout.stations[number] in line.stations)
    stations = layout.stations[number + 1 : number + len(line.stations) - line.stations.index(layout.stations[number])]
    judging = [at for at, one in enumerate(stations, number + 1) if one.reject_probability or one.inspection]
    tests = [at for at in judging if layout.stations[at].kind in TESTS]
    return next(iter(tests + judging), -1)


def _in_lines(layout: Layout, malfunction: Malfunction) -> Iterator[str]:
    match malfunction.hits:
        case "station":
            yield from (station.id for station in layout.stations if _hits(layout, malfunction, station))
        case "sensor":
            for station in layout.stations:
                yield from (f"{station.id}/{tag.id}" for tag in instruments(layout, station))
        case "line":
            yield from (line.id for line in layout.lines)
        case "area":
            yield from (area.id for area in layout.areas if area.lines)
        case _:
            yield layout.id


def _in_logistics(layout: Layout, malfunction: Malfunction) -> Iterator[str]:
    match malfunction.hits:
        case "robot":
            powered = {fleet.id for fleet in layout.fleets if fleet.battery or malfunction.needs != "battery"}
            robots = (one for one in layout.vehicles if one.kind == "mobile_robot")
            yield from (robot.id for robot in robots if robot.fleet in powered)
        case "fleet":
            yield from (fleet.id for fleet in layout.fleets)
        case "store":
            yield from (store.id for store in layout.stores)
        case _:
            yield from _of_goods(layout, malfunction)


def _of_goods(layout: Layout, malfunction: Malfunction) -> Iterator[str]:
    house = layout.warehouse
    match malfunction.hits:
        case "supply":
            for number, station in enumerate(layout.stations):
                if station.supplies and judged_at(layout, number) >= 0:
                    yield from (f"{station.id}/{supply.material}" for supply in station.supplies)
        case "purchase":
            stocks = ((store.id, stock) for store in layout.stores for stock in store.stocks)
            yield from (f"{store}/{stock.material}" for store, stock in stocks if stock.purchase)
        case "channel":
            yield from (channel.id for channel in layout.product.channels) if layout.product else ()
        case _ if house:
            yield from (dock.id for dock in house.docks) if malfunction.hits == "dock" else (house.id,)


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
