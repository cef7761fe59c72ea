"""Production orders as third parties read them: the jobs of each line that makes a part, after OPC 10031-4.

Not here: the orders themselves (`twin.sim.orders`), and the nodes (`twin.opcua.jobs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from twin.opcua.jobs import Job, JobState
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.state import Job as JobOrder
from twin.sim.orders.variants import configuration_of, part_of
from twin.sim.plan import Plan
from twin.sim.state import PlantState

MOST = 50  # jobs shown of a line, the oldest first


class JobBoard:
    """Which jobs each line shows; `wire_ns` turns plant time into the UTC of the wire."""

    def __init__(self, plan: Plan, wire_ns: Callable[[int], int]) -> None:
        self._lines = plan.lines
        self._orders = plan.orders
        self._wire_ns = wire_ns
        self._shown: dict[int, list[tuple[int, int, int, bool]]] = {}  # line → what is shown of its jobs

    def changed(self, state: PlantState) -> Iterator[tuple[str, list[Job]]]:
        """The lines whose jobs are others than at the last call, with their jobs."""
        plan, orders = self._orders, state.orders
        if plan is None or orders is None:
            return
        of_line: dict[int, list[JobOrder]] = {}
        for order in orders.jobs:
            of_line.setdefault(order.line, []).append(order)
        for number, line in enumerate(self._lines):
            if line.part < 0:
                continue
            jobs = of_line.get(number, [])[:MOST]
            # Compared many times a second: numbers are enough, the words of a job never change.
            shown = [(job.number, job.quantity, job.finished, bool(job.started)) for job in jobs]
            if self._shown.get(number) != shown:
                self._shown[number] = shown
                yield line.id, [self._job(plan, job) for job in jobs]

    def _job(self, plan: OrdersPlan, order: JobOrder) -> Job:
        what = " ".join((part_of(plan, order.variant).id, *configuration_of(plan, order.variant).values()))
        done = order.finished >= order.quantity
        state = JobState.ENDED if done else JobState.RUNNING if order.started else JobState.ALLOWED_TO_START
        return Job(
            order_id=f"JOB-{order.number:06d}",
            part=what,
            quantity=order.quantity,
            finished=order.finished,
            state=state,
            end_ns=self._wire_ns(order.due_ns),
        )
