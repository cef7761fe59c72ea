"""Jobs of a past: those that units on the lines are made for, and what the newest of each line still has to start."""

from __future__ import annotations

from collections.abc import Iterator

from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import Job, Order, OrdersState
from twin.sim.orders.variants import choices_of, part_of, variant_of
from twin.sim.past.entries import newest_job
from twin.sim.past.known import NOW_NS, Past
from twin.sim.state import Unit

Pledged = dict[tuple[int, int], int]  # (order, part) → units that jobs make for it


def units_on_lines(past: Past) -> Iterator[tuple[int, Unit]]:
    """Every unit that is on a line or in its rework, with the number of the line."""
    for plan, station in zip(past.run.plan.stations, past.run.state.stations, strict=True):
        for unit in [*station.units, *station.queue, *station.returning]:
            yield plan.line, unit


def restore_jobs(past: Past, plan: OrdersPlan, orders: OrdersState, waiting: list[Order]) -> Pledged:
    """Puts the jobs into the book, each for an order of its own; what they make for it."""
    pledged: Pledged = {}
    free = iter(waiting)
    for job in sorted([*_begun(past, plan).values(), *_newest(past, plan, orders)], key=lambda job: job.number):
        if orders.jobs and orders.jobs[-1].number == job.number:
            orders.jobs[-1].quantity += job.quantity
            continue
        orders.jobs.append(job)
    for job in orders.jobs:
        order = next(free, None)
        if order is not None:
            _make_for(plan, order, job)
            pledged[order.number, job.part] = job.quantity
        if job.remaining:
            orders.lines[job.line].queue.append(job.number)
            orders.lines[job.line].load += job.remaining
    newest = [job.number for job in orders.jobs] + [line.job for line in orders.lines]
    orders.next_job = max(newest, default=-1) + 1
    return pledged


def _begun(past: Past, plan: OrdersPlan) -> dict[int, Job]:
    """The jobs of the units that are on the lines."""
    jobs: dict[int, Job] = {}
    for line, unit in units_on_lines(past):
        if unit.job >= 0:
            fresh = Job(unit.job, part_of(plan, unit.variant).index, line, unit.variant, -1, NOW_NS, 0)
            job = jobs.setdefault(unit.job, fresh)
            job.quantity += 1
            job.started += 1
    return jobs


def _newest(past: Past, plan: OrdersPlan, orders: OrdersState) -> Iterator[Job]:
    """What each line still has to start of the job that it is at."""
    for number, line in enumerate(past.run.plan.lines):
        entry = newest_job(past, number) if line.part >= 0 else None
        if entry is not None:
            in_line = orders.lines[number]
            in_line.job, in_line.variant, in_line.revision = entry.job, entry.variant, entry.revision
            remaining = past.known.count(line.id, "Remaining")
            if remaining:
                yield Job(entry.job, part_of(plan, entry.variant).index, number, entry.variant, -1, NOW_NS, remaining)


def _make_for(plan: OrdersPlan, order: Order, job: Job) -> None:
    """The order is of the variant that the job makes, and of as many units at least."""
    part = plan.parts[job.part]
    for option, choice in zip(part.options, choices_of(part, job.variant), strict=True):
        order.configuration[option] = choice
    order.variants = [variant_of(each, order.configuration) for each in plan.parts]
    order.quantity = max(order.quantity, job.quantity)
    order.released = True
    job.order, job.due_ns = order.number, order.promised_ns
