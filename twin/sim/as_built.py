"""As-built records made complete and written down: what was measured in each service, with the limits that held for it.

A value is made again from the service that a record names, and so it is the one that was published then. All units of a
window are evaluated at once. Not here: what the kernel writes down of a unit (`twin.sim.orders.records`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from twin.errors import SimulationError
from twin.sim.kernel import advance
from twin.sim.messages import Measurement, Message, Operation, OrderRecord, UnitRecord
from twin.sim.orders.records import as_json, records_so_far
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.signals.courses import Courses
from twin.sim.signals.disturbances import disturb
from twin.sim.signals.results import finished, limits, results
from twin.sim.signals.values import Evaluation
from twin.sim.state import PlantState

_STEP_NS = 600 * NANOSECONDS


class RecordWriter:
    """Writes the records of a plant that makes a product into a file, one JSON line each, in order of time.

    Raises:
        SimulationError: if the layout has no product.
    """

    def __init__(self, plan: Plan, state: PlantState, path: Path) -> None:
        if plan.orders is None:
            raise SimulationError(f"Layout {plan.layout.id!r} has no product and so no as-built records: give it one.")
        self._plan = plan
        self._state = state
        self._out = path.open("w", encoding="utf-8")
        self.units = self.orders = self.under_way = 0

    def run(self, until_ns: int) -> None:
        """Lets the plant live until `until_ns` and writes its records."""
        while self._state.now_ns < until_ns:
            self.write(advance(self._plan, self._state, min(self._state.now_ns + _STEP_NS, until_ns)))

    def write(self, messages: Iterable[Message]) -> None:
        """Writes the records among messages of the stretch of time that ends now."""
        records = [message for message in messages if isinstance(message, UnitRecord | OrderRecord)]
        units = [record for record in records if isinstance(record, UnitRecord)]
        completed = iter(complete(self._plan, self._state, units))
        for record in records:
            self._out.write(as_json(next(completed) if isinstance(record, UnitRecord) else record) + "\n")
        self.units += len(units)
        self.orders += len(records) - len(units)

    def close(self) -> None:
        """Writes the records of all units that are on their lines, as they are now, and closes the file."""
        so_far = complete(self._plan, self._state, records_so_far(Run(self._plan, self._state)))
        self._out.writelines(as_json(record) + "\n" for record in so_far)
        self.under_way = len(so_far)
        self._out.close()


def complete(plan: Plan, state: PlantState, records: Sequence[UnitRecord]) -> list[UnitRecord]:
    """Records with the results of each operation, as they were published; one that was not has no value here either."""
    operations = [operation for record in records for operation in record.operations]
    measured = iter(_measured(plan, state, operations))
    return [
        replace(
            record,
            operations=tuple(
                replace(operation, results=tuple(results))
                for operation, results in zip(record.operations, islice(measured, len(record.operations)), strict=True)
            ),
        )
        for record in records
    ]


def _measured(plan: Plan, state: PlantState, operations: Sequence[Operation]) -> list[list[Measurement]]:
    """The results of each operation."""
    of = finished(plan.instruments, _finishes(plan, operations))
    evaluation = Evaluation(plan.instruments, state.seed, Courses([]))
    values, (low, high) = results(evaluation, of), limits(plan.instruments, of)
    published = disturb(evaluation, of.asked, values, state.disturbances)
    passed = (low <= values) & (values <= high)
    rounded = plan.instruments.rounded(of.asked.row, values)
    found: list[list[Measurement]] = [[] for _ in operations]
    columns = (of.unit, plan.instruments.signal[of.asked.row], rounded, low, high, passed)
    for at, number, value, least, most, kept in zip(*(column[published].tolist() for column in columns), strict=True):
        signal = plan.signals[number]
        read = int(value) if signal.whole else value
        found[at].append(Measurement(signal.tag.id, read, signal.tag.unit, _limit(least), _limit(most), kept))
    return found


def _limit(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _finishes(plan: Plan, operations: Sequence[Operation]) -> list[int]:
    """Rows of `twin.sim.trace.FINISH` of operations."""
    index = {station.id: station.index for station in plan.stations}
    rows: list[int] = []
    for one in operations:
        rows += (one.ended_ns, index[one.station], one.service, int(not one.passed), one.tool_services, one.recipe)
    return rows
