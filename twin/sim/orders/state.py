"""The state of orders: plain data, and bounded. What is finished leaves it, and stays as sums.

Numbers of orders, jobs and goods only rise, and every list of them is in that order.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TypeVar

LEAD_BINS = 400  # of the histogram of lead times: bin n begins at LEAD_FIRST_NS × LEAD_GROWTH ** n


@dataclass(slots=True)
class Order:
    """A customer's order, of one configuration.

    Attributes:
        count: its number within its channel.
        configuration: a choice for each option of the product.
        promised_ns: the first promise, by which it is judged. It never changes.
        expected_ns: the newest promise.
        variants: of each part.
        goods: of each part, the numbers of the goods allocated to it.
        leaving: goods on their way to the truck, -1 before it is complete.
        released: the first of its job orders is on a line.
        late: the first promise has passed.
    """

    number: int
    channel: int
    count: int
    configuration: list[int]
    quantity: int
    ordered_ns: int
    promised_ns: int
    expected_ns: int
    priority: int
    variants: list[int]
    goods: list[list[int]]
    leaving: int = -1
    released: bool = False
    late: bool = False


@dataclass(slots=True)
class Need:
    """Units of a variant to be made that are not released to a line yet; for stock where `order` is -1."""

    due_ns: int
    priority: int
    order: int
    variant: int
    units: int


@dataclass(slots=True)
class Job:
    """A job order (ISA-95): so many units of a variant on a line. Each unit that is scrapped is started once more.

    It ends when all are finished, and leaves when all are in stock.
    """

    number: int
    part: int
    line: int
    variant: int
    order: int
    due_ns: int
    quantity: int
    started: int = 0
    finished: int = 0
    scrapped: int = 0
    stocked: int = 0

    @property
    def remaining(self) -> int:
        """Units yet to be started."""
        return self.quantity + self.scrapped - self.started


@dataclass(slots=True)
class Goods:
    """A finished unit that has not left.

    Attributes:
        line, serial: where it was made and as what; serial 0 was made before the plant opened.
        stored: its number in the warehouse, -1 for one that is not there.
        order: whom it is allocated to, -1 for nobody.
    """

    number: int
    variant: int
    line: int
    serial: int
    stored: int = -1
    order: int = -1


@dataclass(slots=True)
class LineJobs:
    """The jobs of a line that makes a part.

    Attributes:
        queue: numbers of released jobs with units left to start, in sequence.
        load: units left to start in all of them.
        waiting: the line has asked for a job and got none.
        batch, run: the batch that was released last, and for how many units it has gone on.
        job, revision: of the newest unit.
        variant, lots, started: the newest unit's variant, runs of one variant, and units.
        hour: of plant time, whose starts are in `mix` as (variant, units).
        entropy: sum over past hours of entropy in bits × units.
    """

    queue: list[int] = field(default_factory=list)
    load: int = 0
    waiting: bool = False
    batch: int = -1
    run: int = 0
    job: int = -1
    revision: int = -1
    variant: int = -1
    lots: int = 0
    started: int = 0
    hour: int = 0
    mix: list[tuple[int, int]] = field(default_factory=list)
    entropy: float = 0.0


@dataclass(slots=True)
class ChannelOrders:
    """What came from a channel: orders and units, those of them turned away, and the units taken today.

    Attributes:
        delivered, late: orders that have left, and those whose first promise passed before they did.
        demand, surge: factors on how often it orders: of whoever set the demand, and of malfunctions.
        due_ns: when it orders next; other events are stale.
    """

    orders: int = 0
    units: int = 0
    orders_turned_away: int = 0
    units_turned_away: int = 0
    day: int = -1
    units_today: int = 0
    delivered: int = 0
    late: int = 0
    demand: float = 1.0
    surge: float = 1.0
    due_ns: int = 0


@dataclass(slots=True)
class Totals:
    """Sums over all orders and goods so far.

    Attributes:
        judged, on_time: orders delivered by their first promise or past it, and the former of them.
        lead_ns, error_ns: sums over delivered orders: order to departure, and departure after the first promise.
        leads: delivered orders by lead time, see `twin.sim.orders.totals`.
        made: units that left a line good. `stock_area`: finished goods × ns.
    """

    delivered: int = 0
    units_delivered: int = 0
    judged: int = 0
    on_time: int = 0
    late: int = 0
    lead_ns: int = 0
    error_ns: int = 0
    leads: list[int] = field(default_factory=lambda: [0] * LEAD_BINS)
    made: int = 0
    stock: int = 0
    stock_since_ns: int = 0
    stock_area: int = 0


@dataclass(slots=True)
class OrdersState:
    """Everything about orders that is so now.

    Attributes:
        orders: those not delivered yet. `needs`: of each part, by due date. `jobs`: those not ended.
        goods: finished units that have not left. `free`: (variant, number) of those allocated to nobody, in order.
        short: (variant, -priority, first promise, order) of each part that an order still lacks, in order.
        used: of each part, how far the use of each choice is behind its even share (goal chasing).
    """

    channels: list[ChannelOrders]
    lines: list[LineJobs]
    needs: list[list[Need]]
    used: list[list[float]]
    orders: list[Order] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    goods: list[Goods] = field(default_factory=list)
    free: list[tuple[int, int]] = field(default_factory=list)
    short: list[tuple[int, int, int, int]] = field(default_factory=list)
    next_order: int = 0
    next_job: int = 0
    next_goods: int = 0
    totals: Totals = field(default_factory=Totals)


Numbered = TypeVar("Numbered", Order, Job, Goods)


def find(items: list[Numbered], number: int) -> Numbered | None:
    """The item of a number, None where it has left."""
    at = bisect_left(items, number, key=lambda item: item.number)
    return items[at] if at < len(items) and items[at].number == number else None


def drop(items: list[Numbered], number: int) -> None:
    """Takes the item of a number out."""
    del items[bisect_left(items, number, key=lambda item: item.number)]
