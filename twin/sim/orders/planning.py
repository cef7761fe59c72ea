"""Planning: what is to be made, and for which line it is released as a job order when.

A line is filled up to `release_units` whenever no more than half of that is left; the line with the least to do goes
first, among equals the one that has started the fewest units. What is not released yet can still be overtaken, what is
released cannot.
"""

from __future__ import annotations

from twin.sim.orders.access import note, order_id, orders_of, tell_line
from twin.sim.orders.plan import OrdersPlan, PartPlan
from twin.sim.orders.sequencing import goal_chasing, in_batches, insert_by_due_date
from twin.sim.orders.state import Job, LineJobs, Need, OrdersState, find
from twin.sim.orders.variants import choices_of, part_of
from twin.sim.run import ARRIVE, Run

_PORTIONS = 4  # of `release_units` in one job at most, so that lines share what is large


def next_job(run: Run, number: int) -> int | None:
    """The job of the next unit of a line that makes a part; None where there is nothing to make.

    Then the line is woken as soon as there is, by ARRIVE at its first station.
    """
    plan, orders = orders_of(run)
    line = orders.lines[number]
    if 2 * line.load <= plan.product.planning.release_units:
        release(run, plan.parts[run.plan.lines[number].part])
    line.waiting = not line.queue
    return line.queue[0] if line.queue else None


def require(run: Run, need: Need) -> None:
    """Something is to be made: it goes among the needs of its part, and to a line that has little to do."""
    plan, orders = orders_of(run)
    part = part_of(plan, need.variant)
    insert_by_due_date(orders.needs[part.index], need)
    release(run, part)


def release(run: Run, part: PartPlan) -> None:
    """Releases job orders of a part as long as one of its lines has little to do; lines that wait are woken."""
    plan, orders = orders_of(run)
    needs, limit = orders.needs[part.index], plan.product.planning.release_units
    while needs:
        number = min(part.lines, key=lambda line: (orders.lines[line].load, orders.lines[line].started))
        line = orders.lines[number]
        if 2 * line.load > limit:
            return
        release_to(run, number, limit)
        tell_line(run, number)
        wake(run, number)


def release_to(run: Run, number: int, limit: int) -> int:
    """Releases one more job order to a line, of `limit` units at most; how many units it is."""
    plan, orders = orders_of(run)
    part, line = plan.parts[run.plan.lines[number].part], orders.lines[number]
    need, units = _choose(plan, orders, part, line)
    portion = max(plan.product.planning.release_units // _PORTIONS, 1)
    job = _release_job(orders, need, number, part.index, min(units, portion, limit))
    line.run += job.quantity
    if not need.units:
        orders.needs[part.index].remove(need)
    _note_release(run, job)
    return job.quantity


def wake(run: Run, number: int) -> None:
    """A line that has waited for a job has one now."""
    line = orders_of(run)[1].lines[number]
    if line.waiting:
        line.waiting = False
        run.push(run.state.now_ns, ARRIVE, run.plan.lines[number].first)


def _note_release(run: Run, job: Job) -> None:
    plan, orders = orders_of(run)
    order = find(orders.orders, job.order)
    if order is not None and not order.released:
        order.released = True
        line = run.plan.lines[job.line].id
        note(run, "order_released", 50, f"{order_id(plan, order)} is released, first to {line}")


def _release_job(orders: OrdersState, need: Need, line: int, part: int, units: int) -> Job:
    job = Job(orders.next_job, part, line, need.variant, need.order, need.due_ns, units)
    need.units -= units
    orders.next_job += 1
    orders.jobs.append(job)
    orders.lines[line].queue.append(job.number)
    orders.lines[line].load += units
    return job


def _choose(plan: OrdersPlan, orders: OrdersState, part: PartPlan, line: LineJobs) -> tuple[Need, int]:
    """The need that a line is to serve next, and how many units of it at most."""
    needs, planning = orders.needs[part.index], plan.product.planning
    if planning.policy == "level":
        return _most_even(orders, part), 1
    if planning.policy == "due_date" or part.batch < 0:
        return needs[0], needs[0].units
    batches = [choices_of(part, need.variant)[part.batch] for need in needs]
    at = in_batches(batches, line.batch, line.run, planning.batch_limit)
    if batches[at] != line.batch or line.run >= planning.batch_limit:
        line.batch, line.run = batches[at], 0
    units = min(needs[at].units, planning.batch_limit - line.run)
    return needs[at], units


def _most_even(orders: OrdersState, part: PartPlan) -> Need:
    """Goal chasing over all needs: components are the choices that a variant is made of."""
    first: dict[int, Need] = {}
    units: dict[int, int] = {}
    for need in orders.needs[part.index]:
        first.setdefault(need.variant, need)
        units[need.variant] = units.get(need.variant, 0) + need.units
    uses = [_components(part, variant) for variant in first]
    total = sum(units.values())
    share = [
        sum(count * use[at] for count, use in zip(units.values(), uses, strict=True)) / total
        for at in range(sum(part.sizes))
    ]
    behind = orders.used[part.index]
    chosen = goal_chasing(behind, share, uses)
    orders.used[part.index] = [late + even - use for late, even, use in zip(behind, share, uses[chosen], strict=True)]
    return list(first.values())[chosen]


def _components(part: PartPlan, variant: int) -> list[int]:
    uses = [0] * sum(part.sizes)
    start = 0
    for choice, size in zip(choices_of(part, variant), part.sizes, strict=True):
        uses[start + choice] = 1
        start += size
    return uses
