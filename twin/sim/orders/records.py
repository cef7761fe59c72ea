"""As-built records, and genealogy over them: from a unit back to its lots and stations, from a lot on to its units.

A record names each service by station and number; the values measured in it are a pure function of these two
(`twin.sim.signals`), and their limits of the recipe.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from twin.sim.messages import Consumed, Operation, OrderRecord, UnitRecord
from twin.sim.orders.access import order_id, orders_of
from twin.sim.orders.routing import recipe_index
from twin.sim.orders.state import find
from twin.sim.orders.variants import configuration_of, part_of
from twin.sim.run import Run
from twin.sim.state import Unit
from twin.sim.transport import serial_number


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Where a unit comes from: its record, and the order that it left with, None while it has not."""

    unit: UnitRecord
    order: OrderRecord | None


def unit_record(run: Run, number: int, unit: Unit) -> UnitRecord:
    """The as-built record of a unit that leaves line `number`, which makes a part."""
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
        operations=tuple(_operation(run, unit, row) for row in zip(*[iter(unit.operations)] * 4, strict=True)),
        lots=tuple(_consumed(run, row) for row in zip(*[iter(unit.lots)] * 4, strict=True)),
    )


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
    """Forward: all units that a lot of a material went into, and the orders of those that have left."""
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
    index, service, begun_ns, ended_ns = row
    return Operation(run.plan.stations[index].id, service, begun_ns, ended_ns, recipe_index(run, index, unit))


def _consumed(run: Run, row: tuple[int, ...]) -> Consumed:
    index, material, lot, pieces = row
    return Consumed(run.plan.stations[index].id, orders_of(run)[0].materials[material], lot, pieces)
