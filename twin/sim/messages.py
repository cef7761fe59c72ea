"""What a simulated plant says: changes of single values, incidents, records of what left.

Times are plant time, whole ns from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Change:
    """From `time_ns` on, tag `tag` of `owner` has `value`; a DateTime is plant time in ns."""

    time_ns: int
    owner: str
    tag: str
    value: Value


@dataclass(frozen=True, slots=True)
class Incident:
    """Something worth a line in the event list.

    Attributes:
        source: id of the station it happened to.
        kind: `breakdown`, `waiting` (for a technician), `repairing` (after such a wait), `minor_stop`, `repaired`, or
            `action` (a person's command).
        severity: 1 to 1000, as OPC UA counts it.
    """

    time_ns: int
    source: str
    kind: str
    severity: int
    message: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """A result of a service with the limits that held for it, of the unit's recipe or else of the tag."""

    tag: str
    value: float | int
    unit: str
    low: float | None
    high: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One service of a unit at a station, by plant time.

    Attributes:
        service: number of the service there.
        recipe: number of the recipe, 0 for none.
        passed: False for the service that rejected the unit.
        tool_services: services since the tool change, this one included; 0 without a tool.
        no_tests: helium tests without a result before the one that had one.
        defect, score: the class of defect that a camera saw, empty for none, and its confidence that the unit is good;
            None without a camera.
        results: what was measured; the kernel leaves it to `twin.sim.as_built`.
    """

    station: str
    service: int
    begun_ns: int
    ended_ns: int
    recipe: int
    passed: bool
    tool_services: int = 0
    no_tests: int = 0
    defect: str = ""
    score: float | None = None
    results: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True)
class Consumed:
    """Pieces of a material lot that went into a unit at a station."""

    station: str
    material: str
    lot: int
    pieces: int


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """The as-built record of a unit, when it leaves its line, or so far.

    Attributes:
        configuration: (option, choice) of all that matters to the part.
        job: number of its job order; `order` the customer's order it was made for, empty for stock.
        revision: what it was started under, and so made to throughout.
        reworked: how often it was taken off the line and came back.
        good: False for scrap.
        left: False while it is on its line.
    """

    time_ns: int
    serial: str
    line: str
    part: str
    configuration: tuple[tuple[str, str], ...]
    job: int
    order: str
    revision: str
    begun_ns: int
    reworked: int
    good: bool
    operations: tuple[Operation, ...]
    lots: tuple[Consumed, ...]
    left: bool = True


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """A customer's order that has left.

    Attributes:
        promised_ns: the first promise.
        items: serial numbers of each sales item, one for each part; an empty one was made before the plant opened.
    """

    time_ns: int
    order: str
    channel: str
    configuration: tuple[tuple[str, str], ...]
    ordered_ns: int
    promised_ns: int
    items: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm becomes active or inactive; `source` and `condition` together say which one.

    Attributes:
        source: id of the station, line, area or robot it is about.
        condition: the alarm's name, unique within its source and the same for ever: `AirPressureLow`.
        severity: 1 to 1000, as OPC UA counts it.
    """

    time_ns: int
    source: str
    condition: str
    active: bool
    severity: int
    message: str


Message = Change | Incident | Alarm | UnitRecord | OrderRecord
