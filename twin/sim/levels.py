"""What is so in a simulated plant at one instant, as changes: for first values, truth logs and forks.

Instruments read what they would read at this very instant, which need not be one of their samples.
"""

from __future__ import annotations

from collections.abc import Iterator

from twin.sim.logistics.levels import logistics_levels
from twin.sim.messages import Change, Value
from twin.sim.orders.levels import book_levels, line_levels
from twin.sim.plan import Plan
from twin.sim.run import Run
from twin.sim.signals.reading import read_now
from twin.sim.signals.samples import changes
from twin.sim.state import PlantState, Unit
from twin.sim.station_levels import station_levels
from twin.sim.transport import carrier_levels


def levels(plan: Plan, state: PlantState) -> list[Change]:
    """The present value of every tag that has one; what no unit and no sample has given a value yet is left out."""
    now = state.now_ns
    return [
        Change(now, owner, tag, value)
        for owner, tags, values in _owners(plan, state)
        for tag, value in values.items()
        if tag in tags
    ]


def _owners(plan: Plan, state: PlantState) -> Iterator[tuple[str, frozenset[str], dict[str, Value]]]:
    for station in plan.stations:
        yield station.id, station.tags, station_levels(plan, state, station.index)
    for read in changes(plan, read_now(plan, state)):
        yield read.owner, frozenset({read.tag}), {read.tag: read.value}
    for line, in_line in zip(plan.lines, state.lines, strict=True):
        for index, unit in enumerate(in_line.carriers):
            yield line.carriers[index], line.carrier_tags, carrier_levels(line, unit or Unit(0, index, 0))
    yield from _order_owners(plan, state)
    yield from logistics_levels(Run(plan, state))


def _order_owners(plan: Plan, state: PlantState) -> Iterator[tuple[str, frozenset[str], dict[str, Value]]]:
    if plan.orders is not None and state.orders is not None:
        yield plan.orders.product.id, plan.orders.tags, book_levels(state.orders)
        for number, line in enumerate(plan.lines):
            if line.part >= 0:
                yield line.id, line.tags, line_levels(plan.orders, state.orders, number)
