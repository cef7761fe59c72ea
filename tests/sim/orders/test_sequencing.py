"""Sequencing against the literature: Monden's goal chasing, Jackson's rule, runs of batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from twin.sim.orders.sequencing import goal_chasing, in_batches, insert_by_due_date
from twin.sim.orders.state import Need

# Products A, B, C of Monden, Toyota Production System (1983), with the components a1 to a4 that each needs one of.
USES = {"A": (1, 0, 1, 1), "B": (1, 1, 0, 1), "C": (0, 1, 1, 0)}
QUANTITIES = {"A": 2, "B": 3, "C": 5}


def chased(quantities: Mapping[str, int], uses: Mapping[str, Sequence[int]]) -> str:
    total, left = sum(quantities.values()), dict(quantities)
    share = [sum(quantities[p] * uses[p][at] for p in uses) / total for at in range(len(uses["A"]))]
    behind, sequence = [0.0] * len(share), ""
    for _ in range(total):
        may = [p for p in uses if left[p]]
        product = may[goal_chasing(behind, share, [uses[p] for p in may])]
        behind = [late + even - use for late, even, use in zip(behind, share, uses[product], strict=True)]
        left[product] -= 1
        sequence += product
    return sequence


def test_monden_s_example() -> None:
    """By his formula D_1 is A 1.11, B 1.01, C 0.79, and the tie at the fifth place (0.87) goes to B."""
    assert chased(QUANTITIES, USES) == "CBACBCCABC"


def test_products_of_their_own_components_come_evenly() -> None:
    assert chased({"A": 2, "B": 1, "C": 1}, {"A": (1, 0, 0), "B": (0, 1, 0), "C": (0, 0, 1)}) == "ABCA"


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6))
def test_no_product_is_ever_further_from_its_even_share_than_the_number_of_products(a: int, b: int, c: int) -> None:
    quantities = {"A": a, "B": b, "C": c}
    sequence = chased(quantities, {"A": (1, 0, 0), "B": (0, 1, 0), "C": (0, 0, 1)})
    for made in range(1, len(sequence) + 1):
        for product, quantity in quantities.items():
            assert abs(sequence[:made].count(product) - made * quantity / len(sequence)) < 2


def lateness(jobs: list[tuple[int, int]]) -> int:
    """The largest lateness of (duration, due date) in this sequence on one machine."""
    clock, largest = 0, -1_000_000
    for duration, due in jobs:
        clock += duration
        largest = max(largest, clock - due)
    return largest


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 30)), min_size=1, max_size=6))
def test_earliest_due_date_has_the_least_largest_lateness(jobs: list[tuple[int, int]]) -> None:
    """Jackson (1955): no other sequence on one machine is better; all are tried."""
    needs: list[Need] = []
    for number, (_, due) in enumerate(jobs):
        insert_by_due_date(needs, Need(due, 0, number, 0, 1))
    by_due_date = [jobs[need.order] for need in needs]
    assert lateness(by_due_date) == min(lateness(list(order)) for order in permutations(jobs))


def test_among_equal_due_dates_priority_then_age_decides() -> None:
    needs: list[Need] = []
    for order, priority in ((3, 0), (1, 0), (2, 5)):
        insert_by_due_date(needs, Need(100, priority, order, 0, 1))
    assert [need.order for need in needs] == [2, 1, 3]


def test_a_batch_goes_on_to_its_limit_and_then_gives_way() -> None:
    white, gold = 0, 1
    assert in_batches([gold, white, gold], white, 5, 60) == 1
    assert in_batches([white, gold], white, 60, 60) == 1
    assert in_batches([white, white], white, 60, 60) == 0, "nobody else is there"
    assert in_batches([gold, gold], white, 5, 60) == 0
