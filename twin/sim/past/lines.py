"""Lines from a recording: counts, and where each unit is; every unit that entered has left, is scrapped, or is here."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from twin.sim.past.entries import Entry, entries_of
from twin.sim.past.known import NOW_NS, Past
from twin.sim.past.stations import admit, restore_state, restore_station
from twin.sim.plan import LinePlan
from twin.sim.run import ARRIVE
from twin.sim.state import LineState, Unit


def restore_lines(past: Past) -> None:
    """Fills all lines."""
    for number, line in enumerate(past.run.plan.lines):
        _Filling(past, number, line, past.run.state.lines[number]).fill()
    for index in range(len(past.run.plan.stations)):
        restore_state(past, index)


@dataclass(slots=True)
class _Filling:
    """A line being filled; serials that no unit has yet are given to those that the recording does not name."""

    past: Past
    number: int
    line: LinePlan
    state: LineState
    entries: dict[int, Entry] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def fill(self) -> None:
        self.entries = entries_of(self.past, self.number)
        indices = range(self.line.first, self.line.last + 1)
        for index in indices:
            restore_station(self.past, index)
        in_places, queues = self._carried() if self.line.carriers else self._counted()
        for index in indices:
            admit(self.past, index, in_places[index - self.line.first])
            self._queue(index, queues[index - self.line.first])
        self._balance(sum(map(len, in_places)) + sum(map(len, queues)))

    def _carried(self) -> tuple[list[list[Unit]], list[list[Unit]]]:
        """The units of each station and of each queue, from where carriers say they are."""
        in_places, queues = self._nobody(), self._nobody()
        on_carriers = [self._on_carrier(carrier) for carrier in range(len(self.line.carriers))]
        self.state.carriers = list(on_carriers)
        self.state.free = [unit.carrier for unit in on_carriers if not unit.serial]
        units = [unit for unit in on_carriers if unit.serial]
        for unit in sorted(units, key=lambda unit: -unit.to_m):
            (in_places[unit.station] if unit.station >= 0 else queues[self._ahead(unit)]).append(unit)
        return in_places, queues

    def _on_carrier(self, carrier: int) -> Unit:
        """The unit on a carrier, or the last one that was, without a serial."""
        name, known = self.line.carriers[carrier], self.past.known
        text = known.text(name, "Serial").removeprefix(self.line.prefix)
        serial = int(text) if text.isdigit() and int(text) not in self.used else 0
        departed_ns = known.instant(name, "Departed")
        unit = self._unit(serial, carrier, departed_ns) if serial else Unit(0, carrier, departed_ns)
        last = self.line.last - self.line.first
        unit.station = min(known.count(name, "Station", -1), last) if serial else -1
        unit.place = known.count(name, "Place")
        unit.from_m, unit.to_m = known.number(name, "From") or 0.0, known.number(name, "To") or 0.0
        unit.departed_ns, unit.arrives_ns = departed_ns, known.instant(name, "Arrives")
        return unit

    def _ahead(self, unit: Unit) -> int:
        """The station that a unit on the conveyor heads for: the first one beyond the end of its move."""
        stations = self.past.run.plan.stations[self.line.first + 1 : self.line.last + 1]
        beyond = (at for at, station in enumerate(stations, 1) if station.at_m > unit.to_m)
        return next(beyond, len(stations))

    def _counted(self) -> tuple[list[list[Unit]], list[list[Unit]]]:
        """Units without carriers: as many as are in places and queues, the oldest furthest downstream."""
        in_places, queues, known = self._nobody(), self._nobody(), self.past.known
        newest = [self.past.run.state.stations[index].serial for index in range(self.line.first, self.line.last + 1)]
        cursor = max([*newest, *self.entries, 0]) + 1
        self.used.update(newest)
        for at, index in enumerate(range(self.line.first, self.line.last + 1)):
            station = self.past.run.plan.stations[index]
            inside = min(known.count(station.id, "Units"), station.places)
            waiting = known.count(station.id, "Queue") if at else 0
            begun_ns = self.past.run.state.stations[index].cycle_started_ns
            for number in range(inside + waiting):
                known_serial = newest[at] if not number and inside else 0
                cursor = known_serial or self._free(cursor)
                unit = self._unit(cursor, -1, begun_ns)
                unit.to_m = unit.from_m = station.at_m
                (in_places if number < inside else queues)[at].append(unit)
            self._spread(index, in_places[at])
        return in_places, queues

    def _spread(self, index: int, units: list[Unit]) -> None:
        """Gives units of which only the newest is known the places and starts of those that came before it."""
        plan, station = self.past.run.plan.stations[index], self.past.run.state.stations[index]
        apart_ns = station.cycle_work // plan.places
        for age, unit in enumerate(units):
            unit.station = index - self.line.first
            unit.place = (
                len(units) - 1 - age if plan.parallel else (station.processed + len(units) - 1 - age) % plan.places
            )
            unit.begun_ns = max(station.cycle_started_ns - age * apart_ns, 0)

    def _queue(self, index: int, units: list[Unit]) -> None:
        state = self.past.run.state
        state.stations[index].queue = deque(units)
        if not self.line.carriers:
            self._line_up(index, units)
        if units:
            state.stations[index - 1].gate_ns = max(unit.departed_ns for unit in units) + self.line.pitch_ns
            self.past.run.push(max(units[0].arrives_ns, NOW_NS), ARRIVE, index)

    def _line_up(self, index: int, units: list[Unit]) -> None:
        """Puts units one pitch behind the other; where there is a place for the first, they are still on their way."""
        plan, station = self.past.run.plan.stations[index], self.past.run.state.stations[index]
        on_way = len(station.units) < plan.places
        for place, unit in enumerate(units):
            unit.to_m = max(plan.at_m - (place + 1) * self.line.pitch_m, 0.0)
            unit.from_m = max(unit.to_m - self.line.pitch_m, 0.0)
            rest_ns = round(self.line.pitch_ns * (self.past.share(index) + place)) + 1 if on_way else 0
            unit.arrives_ns = NOW_NS + rest_ns
            unit.queued_ns = unit.departed_ns = min(unit.arrives_ns - self.line.pitch_ns, NOW_NS)

    def _balance(self, here: int) -> None:
        """Counts what has left; who has neither left nor is here is in rework."""
        plans = self.past.run.plan.stations[self.line.first : self.line.last + 1]
        stations = self.past.run.state.stations[self.line.first : self.line.last + 1]
        first, last = stations[0], stations[-1]
        kept = sum(unit.done for unit in last.units)
        self.state.finished = max(last.processed - last.defective - kept, 0)
        self.state.scrapped = sum(max(station.defective - station.reworked, 0) for station in stations)
        left = self.state.finished + self.state.scrapped
        numbered = max([*self.used, *self.entries, 0]) or first.processed + len(first.units)
        self.state.entered = max(numbered, left + here)
        away = self.state.entered - left - here
        ways = [plan.index for plan, station in zip(plans, stations, strict=True) if plan.rework and station.reworked]
        if not ways or away > sum(station.reworked for station in stations):
            self.state.scrapped += away
            return
        for number in range(away):
            self._rework(ways[number % len(ways)], number)

    def _rework(self, index: int, number: int) -> None:
        rework = self.past.run.plan.stations[index].rework
        if rework is None:
            return
        unit = self._unit(self._free(self.state.entered), -1, NOW_NS)
        unit.reworked = 1
        unit.arrives_ns = NOW_NS + round(rework.delay_ns * self.past.share(index * 1009 + number))
        returning = self.past.run.state.stations[rework.to].returning
        returning.append(unit)
        returning.sort(key=lambda each: each.arrives_ns)
        self.past.run.push(unit.arrives_ns, ARRIVE, rework.to)

    def _unit(self, serial: int, carrier: int, since_ns: int) -> Unit:
        self.used.add(serial)
        entry = self.entries.get(serial, Entry(since_ns))
        unit = Unit(serial, carrier, min(entry.time_ns, since_ns), begun_ns=since_ns, queued_ns=since_ns)
        unit.job, unit.variant, unit.revision = entry.job, entry.variant, entry.revision
        return unit

    def _free(self, below: int) -> int:
        """The largest serial below one that no unit has; beyond all of them where there is none."""
        free = (serial for serial in range(below - 1, 0, -1) if serial not in self.used)
        return next(free, max(self.used, default=0) + 1)

    def _nobody(self) -> list[list[Unit]]:
        return [[] for _ in range(self.line.first, self.line.last + 1)]
