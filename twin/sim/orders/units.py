"""Units of parts: started for a job, under the revision that then holds; finished or scrapped."""

from __future__ import annotations

from twin.errors import SimulationError
from twin.sim.logistics.warehouse import pick
from twin.sim.messages import Incident
from twin.sim.orders.access import orders_of, tell_line
from twin.sim.orders.book import put_in_stock
from twin.sim.orders.changes import revision_at
from twin.sim.orders.delivery import NOBODY, quietest_dock
from twin.sim.orders.planning import wake
from twin.sim.orders.records import unit_record
from twin.sim.orders.state import Goods, Job, LineJobs, OrdersState, drop, find
from twin.sim.orders.totals import count_start
from twin.sim.orders.variants import configuration_of, part_of
from twin.sim.run import Run
from twin.sim.state import Unit
from twin.sim.transport import serial_number


def begin(run: Run, number: int, unit: Unit, job: int) -> None:
    """A unit starts on a line for a job: from now on it is of that variant and of the revision that holds now."""
    plan, orders = orders_of(run)
    of = _job(orders, job)
    line, now = orders.lines[number], run.state.now_ns
    part = plan.parts[of.part]
    unit.variant, unit.job = of.variant, job
    unit.revision = revision_at(part, now, unit.serial, lambda material: lot_in_use(run, number, material))
    of.started += 1
    line.load -= 1
    if not of.remaining:
        line.queue.remove(job)
    count_start(line, of.variant, now)
    before, line.revision, line.job = line.revision, unit.revision, job
    if run.out is not None:
        if before not in (-1, unit.revision):
            _note_change(run, number, unit, part.revisions[unit.revision].id)
        tell_line(run, number)


def end(run: Run, number: int, unit: Unit) -> None:
    """A unit has left its line: finished, or rejected and scrapped, which its job makes good by another one."""
    if unit.job < 0:  # of a plant that goes on from a recording, which does not know what its units are for
        return
    _, orders = orders_of(run)
    job = _job(orders, unit.job)
    if run.out is not None:
        run.out.append(unit_record(run, number, unit))
    if unit.rejected:
        _replace(run, orders.lines[number], job)
        return
    job.finished += 1
    orders.totals.made += 1
    if not run.plan.lines[number].output:
        store(run, orders, job, Goods(0, unit.variant, number, unit.serial))


def stocked(run: Run, number: int) -> None:
    """Goods are in the warehouse; what was made for no job, which a recording may leave, goes to a dock at once."""
    _, orders = orders_of(run)
    goods = run.state.logistics.goods[number]
    if goods.job < 0:
        pick(run, number, quietest_dock(run), NOBODY)
    else:
        store(run, orders, _job(orders, goods.job), Goods(0, goods.variant, goods.line, goods.serial, number))


def lot_in_use(run: Run, number: int, material: str) -> int:
    """The lot of a material that a line's next unit would take, at the first of its stations that has any; else 0."""
    line, plan = run.plan.lines[number], run.plan.logistics
    for supply, state in zip(plan.supplies, run.state.logistics.supplies, strict=True):
        wanted = line.first <= supply.station <= line.last and plan.materials[supply.material].id == material
        if wanted and state.lots:
            return state.lots[0][0]
    return 0


def store(run: Run, orders: OrdersState, job: Job, goods: Goods) -> None:
    """A finished unit of a job is in stock; a job of which all units are there leaves the books."""
    job.stocked += 1
    if job.stocked == job.quantity:
        drop(orders.jobs, job.number)
    put_in_stock(run, goods, job.order)


def choice(run: Run, unit: Unit, option: str) -> str:
    """What a unit's configuration says of an option: `part` is what it is; nothing where the option does not matter."""
    plan = run.plan.orders
    if plan is None or unit.variant < 0:
        return ""
    if option == "part":
        return part_of(plan, unit.variant).id
    return configuration_of(plan, unit.variant).get(option, "")


def _note_change(run: Run, number: int, unit: Unit, revision: str) -> None:
    """The first unit of another revision starts: an event at the first station of its line."""
    line = run.plan.lines[number]
    message = f"{line.id}: revision {revision} from {serial_number(line, unit.serial)} on"
    if run.out is not None:
        station = run.plan.stations[line.first].id
        run.out.append(Incident(run.state.now_ns, station, "engineering_change", 200, message))


def _replace(run: Run, line: LineJobs, job: Job) -> None:
    job.scrapped += 1
    line.load += 1
    if job.number not in line.queue:
        line.queue.insert(0, job.number)
    tell_line(run, job.line)
    wake(run, job.line)


def _job(orders: OrdersState, number: int) -> Job:
    job = find(orders.jobs, number)
    if job is None:
        raise SimulationError(f"There is no job {number} any more: a unit cannot be made for it.")
    return job
