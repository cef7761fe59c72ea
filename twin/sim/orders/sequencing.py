"""Policies of sequencing: which of the needs is released next. Pure functions of the needs and of what went before.

Needs are ordered by due date, so the first of them is what the earliest-due-date rule (Jackson 1955) takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from twin.sim.orders.state import Need


def insert_by_due_date(needs: list[Need], need: Need) -> None:
    """Puts a need where its due date wants it; among equals the higher priority, then the older order comes first."""
    at = len(needs)
    while at and _rank(needs[at - 1]) > _rank(need):
        at -= 1
    needs.insert(at, need)


def _rank(need: Need) -> tuple[int, int, int]:
    return need.due_ns, -need.priority, need.order


def in_batches(batches: Sequence[int], current: int, run: int, limit: int) -> int:
    """Which need goes next where units of one batch are made together, `batches` being what each need belongs to.

    The current batch goes on until it has had `limit` units in a run or has no need left; then comes the batch of the
    earliest due date, another one if there is any.
    """
    if run < limit and current in batches:
        return batches.index(current)
    return next((at for at, batch in enumerate(batches) if batch != current), 0)


def goal_chasing(behind: Sequence[float], share: Sequence[float], uses: Sequence[Sequence[int]]) -> int:
    """Which product goes next so that the use of every component stays as even as it can (Toyota's goal chasing).

    Monden, Toyota Production System (1983): of all products i the one with the least sum over components j of
    (K · N_j / Q − X_j − b_ij)², X_j being what K − 1 products have used.

    Args:
        behind: (K − 1) · N_j / Q − X_j of each component.
        share: N_j / Q of each component.
        uses: of each product that may go next, b_ij.

    Returns:
        Index into `uses`; among equals the first.
    """
    goal = [late + even for late, even in zip(behind, share, strict=True)]
    distances = [sum((aim - used) ** 2 for aim, used in zip(goal, use, strict=True)) for use in uses]
    nearest = min(distances)
    return next(at for at, distance in enumerate(distances) if distance <= nearest + 1e-9)
