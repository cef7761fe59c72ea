"""The jobs of lines as third parties read them: what the order book has, told once and again only when it changes."""

from __future__ import annotations

from tests.sim.lines import HOUR_NS
from tests.sim.orders.example import layout_of
from twin.factory.jobs import JobBoard
from twin.opcua.jobs import JobState
from twin.sim.kernel import advance, start_plant
from twin.sim.plan import plan_plant


def test_the_board_shows_the_jobs_of_the_order_book_and_each_change_once() -> None:
    plan = plan_plant(layout_of())
    state = start_plant(plan, 2)
    board = JobBoard(plan, lambda plant_ns: plant_ns + 7)
    advance(plan, state, 2 * HOUR_NS)
    assert state.orders is not None
    shown = dict(board.changed(state))
    jobs = [job for of_line in shown.values() for job in of_line]
    assert [job.order_id for job in sorted(jobs, key=lambda job: job.order_id)] == [
        f"JOB-{order.number:06d}" for order in state.orders.jobs
    ]
    assert {job.state for job in jobs} >= {JobState.RUNNING, JobState.ALLOWED_TO_START}
    assert all(job.finished <= job.quantity for job in jobs)
    assert list(board.changed(state)) == []
    advance(plan, state, 2 * HOUR_NS + HOUR_NS // 4)
    assert set(dict(board.changed(state))) <= {line.id for line in plan.lines if line.part >= 0}
