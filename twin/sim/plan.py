"""A layout made ready to run: indices instead of names, nanoseconds instead of seconds, one stream per chance.

A plan never changes and belongs to no run: any number of states, forks among them, share one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from twin.plant.calendar import Calendar, calendar_of
from twin.plant.layout import Layout, Line, carrier_ids
from twin.plant.packml import State
from twin.plant.scenario import Scenario
from twin.sim.logistics.plan import LogisticsPlan
from twin.sim.logistics.planning import plan_logistics
from twin.sim.orders.plan import OrdersPlan, plan_orders
from twin.sim.randomness import NANOSECONDS
from twin.sim.signals.instruments import Instruments, SignalPlan, instruments_of, plan_signals
from twin.sim.station_plan import UNLIMITED, StationPlan, plan_station

# How long acting states last on a line with a conveyor, seconds (estimates); abstract lines pass through in no time.
ACTING_S = {
    State.SUSPENDING: 0.3, State.UNSUSPENDING: 0.3, State.HOLDING: 0.5, State.UNHOLDING: 0.5, State.ABORTING: 0.5,
    State.CLEARING: 1.0, State.STOPPING: 1.0, State.RESETTING: 1.0, State.STARTING: 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line. Without a conveyor `speed_m_s` is infinite and `pitch_m` 0: moves take no time.

    Attributes:
        crew: whose technicians repair its stations.
        acting_ns: duration of each PackML state that ends by itself, by number.
        instant: none of them takes any time.
        carriers: owner ids; empty where the layout bounds the units by buffers alone.
        output: finished units go to a store or to the warehouse.
        part: index of the part of the product that it makes, -1 where it makes nothing in particular.
        recorded: its units keep an as-built record.
        reworked_at: indices of the stations that units return to from rework.
    """

    id: str
    takt_s: float
    prefix: str
    first: int
    last: int
    crew: int
    speed_m_s: float
    pitch_m: float
    pitch_ns: int
    acting_ns: tuple[int, ...]
    instant: bool
    carriers: tuple[str, ...]
    output: bool
    part: int
    recorded: bool
    tags: frozenset[str]
    carrier_tags: frozenset[str]
    reworked_at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plant ready to run, and what it was made of.

    `technicians` is how many each crew has, one crew for each area; `instruments` are the signals as columns.
    """

    stations: tuple[StationPlan, ...]
    lines: tuple[LinePlan, ...]
    signals: tuple[SignalPlan, ...]
    instruments: Instruments
    logistics: LogisticsPlan
    technicians: tuple[int, ...]
    calendar: Calendar | None
    orders: OrdersPlan | None
    layout: Layout
    scenario: Scenario | None = None


def plan_plant(layout: Layout, scenario: Scenario | None = None) -> Plan:
    """The plan of a layout, and of a scenario on it. Raises SimulationError where the layout cannot run."""
    stations: list[StationPlan] = []
    lines = []
    crews = [crew for crew, area in enumerate(layout.areas) for _ in area.lines]
    for number, (crew, line) in enumerate(zip(crews, layout.lines, strict=True)):
        first = len(stations)
        for at, station in enumerate(line.stations):
            known = frozenset(tag.id for tag in layout.tags_of(station.tag_sets, station.tags) if not tag.signal)
            stations.append(plan_station(line, at, number, first, tags=known))
        lines.append(_line(layout, line, first, crew))
    technicians = tuple(area.technicians or UNLIMITED for area in layout.areas)
    signals = plan_signals(layout)
    calendar, orders = calendar_of(layout), plan_orders(layout)
    instruments = instruments_of(signals, len(stations), orders.recipes if orders is not None else ())
    logistics = plan_logistics(layout)
    made = (tuple(stations), tuple(lines), signals, instruments, logistics, technicians, calendar, orders, layout)
    return Plan(*made, scenario)


def _line(layout: Layout, line: Line, first: int, crew: int) -> LinePlan:
    conveyor = line.conveyor
    pitch_ns = round(conveyor.pitch_m / conveyor.speed_m_s * NANOSECONDS) if conveyor else 0
    acting = tuple(round(ACTING_S.get(state, 0.0) * NANOSECONDS) if conveyor else 0 for state in State)
    tags = layout.tags_of(line.carriers.tag_sets) if line.carriers else ()
    return LinePlan(
        id=line.id,
        takt_s=line.takt_s,
        prefix=line.serial_prefix,
        first=first,
        last=first + len(line.stations) - 1,
        crew=crew,
        speed_m_s=conveyor.speed_m_s if conveyor else math.inf,
        pitch_m=conveyor.pitch_m if conveyor else 0.0,
        pitch_ns=pitch_ns,
        acting_ns=acting,
        instant=not any(acting),
        carriers=carrier_ids(line),
        output=line.output is not None,
        part=_part(layout, line),
        recorded=_part(layout, line) >= 0,
        tags=frozenset(tag.id for tag in layout.tags_of(line.tag_sets)),
        carrier_tags=frozenset(tag.id for tag in tags),
        reworked_at=tuple(
            first + at
            for at, station in enumerate(line.stations)
            if station.id in {other.rework.to for other in line.stations if other.rework}
        ),
    )


def _part(layout: Layout, line: Line) -> int:
    parts = layout.product.parts if layout.product else ()
    return next((index for index, part in enumerate(parts) if line.id in part.lines), -1)
