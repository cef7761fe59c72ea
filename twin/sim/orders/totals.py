"""Sums over orders, goods and starts: what a long run is judged by, in bounded memory."""

from __future__ import annotations

import math
from collections.abc import Sequence

from twin.sim.orders.state import LEAD_BINS, LineJobs, Order, Totals

LEAD_FIRST_NS, LEAD_GROWTH = 60 * 1_000_000_000, 1.03  # one minute to some 90 days, each bin 3 % wide
_HOUR_NS = 3600 * 1_000_000_000


def count_stock(totals: Totals, now_ns: int, more: int) -> None:
    """Finished goods become more, or less."""
    totals.stock_area += totals.stock * (now_ns - totals.stock_since_ns)
    totals.stock += more
    totals.stock_since_ns = now_ns


def count_delivered(totals: Totals, order: Order, now_ns: int) -> None:
    """An order has left. Judged by its first promise already if that has passed, it is not judged again."""
    lead_ns = now_ns - order.ordered_ns
    totals.delivered += 1
    totals.units_delivered += order.quantity
    totals.lead_ns += lead_ns
    totals.error_ns += now_ns - order.promised_ns
    totals.leads[_bin(lead_ns)] += 1
    if order.late:
        totals.late -= 1
    else:
        totals.judged += 1
        totals.on_time += 1


def count_late(totals: Totals, order: Order) -> None:
    """The first promise of an order has passed."""
    order.late = True
    totals.late += 1
    totals.judged += 1


def quantile_ns(leads: Sequence[int], share: float) -> float:
    """The lead time that `share` of the orders did not exceed, to within a bin (3 %); 0 without orders."""
    wanted, counted = share * sum(leads), 0
    for at, orders in enumerate(leads):
        counted += orders
        if orders and counted >= wanted:
            return LEAD_FIRST_NS * LEAD_GROWTH ** (at + 0.5) if at else LEAD_FIRST_NS
    return 0.0


def count_start(line: LineJobs, variant: int, now_ns: int) -> None:
    """A line has started a unit of a variant."""
    if now_ns // _HOUR_NS != line.hour:
        line.entropy += entropy_units(line.mix)
        line.mix, line.hour = [], now_ns // _HOUR_NS
    line.lots += variant != line.variant
    line.started += 1
    line.variant = variant
    at = next((at for at, (other, _) in enumerate(line.mix) if other == variant), -1)
    if at < 0:
        line.mix.append((variant, 1))
    else:
        line.mix[at] = (variant, line.mix[at][1] + 1)


def entropy_units(mix: Sequence[tuple[int, int]]) -> float:
    """Shannon entropy of a mix, in bits, times its units."""
    total = sum(units for _, units in mix)
    return -sum(units * math.log2(units / total) for _, units in mix)


def _bin(lead_ns: int) -> int:
    if lead_ns <= LEAD_FIRST_NS:
        return 0
    return min(int(math.log(lead_ns / LEAD_FIRST_NS) / math.log(LEAD_GROWTH)), LEAD_BINS - 1)
