"""As-built records, and genealogy over them: from a unit back to its lots and stations, from a lot on to its units.

What was measured is not in a record when its unit leaves: it is a function of what is (`twin.sim.as_built`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from twin.sim.messages import Consumed, Operation, OrderRecord, UnitRecord
from twin.sim.orders.access import order_id, orders_of
from twin.sim.orders.routing import recipe_index
from twin.sim.orders.state import find
from twin.sim.orders.variants import configuration_of, part_of
from twin.sim.run import Run
from twin.sim.state import OPERATION, Unit
from twin.sim.transport import serial_number

Place = Literal["in_process", "in_stock", "shipped", "scrapped"]


@dataclass(frozen=True, slots=True)
class Ancestry:
    """A unit's record, and the order that it left with, None while it has not."""

    unit: UnitRecord
    order: OrderRecord | None

    @property
    def place(self) -> Place:
        """Where it is now."""
        if not self.unit.left:
            return "in_process"
        if not self.unit.good:
            return "scrapped"
        return "shipped" if self.order is not None else "in_stock"


def unit_record(run: Run, number: int, unit: Unit, *, left: bool = True) -> UnitRecord:
    """The as-built record of a unit that leaves line `number`, which makes a part, or is still on it."""
    plan, orders = orders_of(run)
    part, line = part_of(plan, unit.variant), run.plan.lines[number]
    job = find(orders.jobs, unit.job)
    order = find(orders.orders, job.order) if job is not None else None
    return UnitRecord(
        time_ns=run.state.now_ns,
        serial=serial_number(line, unit.serial),
        line=line.id,
        part=part.id,
        configuration=tuple(configuration_of(plan, unit.variant).items()),
        job=unit.job,
        order=order_id(plan, order) if order is not None else "",
        revision=part.revisions[unit.revision].id,
        begun_ns=unit.entered_ns,
        reworked=unit.reworked,
        good=not unit.rejected,
        operations=tuple(_operation(run, unit, row) for row in _rows(unit.operations, len(OPERATION))),
        lots=tuple(_consumed(run, row) for row in _rows(unit.lots, 4)),
        left=left,
    )


def records_so_far(run: Run) -> list[UnitRecord]:
    """The records of all units that are on their lines, in rework too, as they are now."""
    found = [
        unit_record(run, plan.line, unit, left=False)
        for plan, station in zip(run.plan.stations, run.state.stations, strict=True)
        for unit in (*station.units, *station.queue, *station.returning)
        if unit.revision >= 0
    ]
    return sorted(found, key=lambda record: (record.begun_ns, record.serial))


def ancestry(records: Iterable[UnitRecord | OrderRecord], serial: str) -> Ancestry | None:
    """Backward: the record of a unit, with its lots and stations, and the order it left with."""
    unit, order = None, None
    for record in records:
        if isinstance(record, UnitRecord):
            unit = record if record.serial == serial else unit
        elif any(serial in item for item in record.items):
            order = record
    return Ancestry(unit, order) if unit is not None else None


def descendants(records: Iterable[UnitRecord | OrderRecord], material: str, lot: int) -> list[Ancestry]:
    """Forward: all units that a lot of a material went into, and the orders of those that have left.

    With `records_so_far` at the end of the records these are all there are.
    """
    affected: dict[str, UnitRecord] = {}
    orders: dict[str, OrderRecord] = {}
    for record in records:
        if isinstance(record, OrderRecord):
            orders |= {serial: record for item in record.items for serial in item}
        elif any((used.material, used.lot) == (material, lot) for used in record.lots):
            affected[record.serial] = record
    return [Ancestry(unit, orders.get(serial)) for serial, unit in affected.items()]


def as_json(record: UnitRecord | OrderRecord) -> str:
    """A record as one line of JSON; `record` says what it is one of."""
    kind = "unit" if isinstance(record, UnitRecord) else "order"
    content = asdict(record)
    content["configuration"] = dict(record.configuration)
    return json.dumps({"record": kind, **content}, ensure_ascii=False)


def _operation(run: Run, unit: Unit, row: tuple[int, ...]) -> Operation:
    index, service, begun_ns, ended_ns, rejected, tool_services, no_tests, look, verdict = row
    plan = run.plan.stations[index]
    camera = plan.inspection
    return Operation(
        station=plan.id,
        service=service,
        begun_ns=begun_ns,
        ended_ns=ended_ns,
        recipe=recipe_index(run, index, unit),
        passed=not rejected,
        tool_services=tool_services,
        no_tests=no_tests,
        defect=camera.defect_seen(verdict) if camera else "",
        score=camera.score(run.state.seed, look, verdict) if camera else None,
    )


def _rows(flat: list[int], width: int) -> Iterator[tuple[int, ...]]:
    return zip(*[iter(flat)] * width, strict=True)


def _consumed(run: Run, row: tuple[int, ...]) -> Consumed:
    index, material, lot, pieces = row
    return Consumed(run.plan.stations[index].id, orders_of(run)[0].materials[material], lot, pieces)
