"""The same demand under different policies: the same layout, seed and hours, and what each makes of it.

Common random numbers: customers order the same things at the same instants whatever the policy, and every machine sees
the same chances, so what differs is the policy's doing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.products import Policy, Product
from twin.sim.kernel import proceed, start_plant
from twin.sim.orders.state import OrdersState
from twin.sim.orders.totals import entropy_units, quantile_ns
from twin.sim.plan import Plan, plan_plant
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.state import PlantState
from twin.sim.sums import sums

POLICIES: tuple[Policy, ...] = ("make_to_stock", "due_date", "batch", "level")
WARM_UP = 0.25  # of the hours observed are lived through before, uncounted
_HOUR_NS, _MINUTE_NS = 3600 * NANOSECONDS, 60 * NANOSECONDS


@dataclass(frozen=True, slots=True)
class PolicyFigures:
    """What a policy comes to over the hours observed.

    Attributes:
        orders_arrived, orders_turned_away: of all channels; the same for every policy.
        on_time: share of orders that left by their first promise, of those that left by it or whose promise passed.
        promise_error_h: mean departure after the first promise; below 0 is before it.
        finished_goods, finished_goods_days: mean units in stock, and how many days they would last.
        wip: mean units on the lines that make parts.
        changeovers, changeover_minutes: of all stations whose setups depend on the sequence.
        mix_entropy_bits: Shannon entropy of the variants that a line starts within an hour, mean over units.
        lot_size: mean run of one variant at the head of a line.
        shortage_minutes: of all stations of those lines, waiting for material.
        units_made: units of all parts.
    """

    policy: str
    orders_arrived: int
    orders_turned_away: int
    orders_delivered: int
    orders_open: int
    lead_time_h: float
    lead_time_p95_h: float
    on_time: float
    promise_error_h: float
    finished_goods: float
    finished_goods_days: float
    wip: float
    changeovers: int
    changeover_minutes: float
    mix_entropy_bits: float
    lot_size: float
    shortage_minutes: float
    units_made: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of several policies, over the same hours of the same plant."""

    layout: str
    seed: int
    warm_up_h: float
    hours: float
    policies: tuple[PolicyFigures, ...]

    def as_json(self) -> dict[str, object]:
        """The comparison as objects that `json` can write."""
        return asdict(self)

    def as_text(self) -> str:
        """A table, one row for each figure and one column for each policy."""
        head = f"{self.layout}, seed {self.seed}: {self.hours:g} h after {self.warm_up_h:g} h of warm-up, same demand"
        rows = [["", *(figures.policy for figures in self.policies)]]
        rows += [[title, *(form.format(getattr(f, name)) for f in self.policies)] for name, title, form in _ROWS]
        first = max(len(row[0]) for row in rows)
        width = max(len(cell) for row in rows for cell in row[1:]) + 2
        return "\n".join([head, *(f"{row[0]:<{first}}{''.join(f'{c:>{width}}' for c in row[1:])}" for row in rows)])


_ROWS = (
    ("orders_arrived", "orders arrived", "{:,}"),
    ("orders_turned_away", "orders turned away (quota)", "{:,}"),
    ("orders_delivered", "orders delivered", "{:,}"),
    ("orders_open", "orders open at the end", "{:,}"),
    ("lead_time_h", "order to departure, mean, h", "{:.1f}"),
    ("lead_time_p95_h", "order to departure, P95, h", "{:.1f}"),
    ("on_time", "on time to the first promise", "{:.1%}"),
    ("promise_error_h", "departure after the first promise, mean, h", "{:.1f}"),
    ("finished_goods", "finished goods, units", "{:,.0f}"),
    ("finished_goods_days", "finished goods, days", "{:.2f}"),
    ("wip", "work in process, units", "{:,.0f}"),
    ("changeovers", "changeovers", "{:,}"),
    ("changeover_minutes", "changeovers, minutes", "{:,.0f}"),
    ("mix_entropy_bits", "mix entropy within an hour, bits", "{:.2f}"),
    ("lot_size", "lot size, mean, units", "{:.1f}"),
    ("shortage_minutes", "part shortages, minutes", "{:,.0f}"),
    ("units_made", "units made", "{:,}"),
)


def policies_of(names: str | None) -> tuple[Policy, ...]:
    """The policies that a text such as `batch,level` names; `all` of them, make-to-stock and C2M for none.

    Raises:
        SimulationError: if there is no such policy.
    """
    if names is None:
        return POLICIES[:2]
    wanted = POLICIES if names == "all" else tuple(names.split(","))
    for name in wanted:
        if name not in POLICIES:
            raise SimulationError(f"There is no policy {name!r}: choose among {', '.join(POLICIES)}.")
    return tuple(policy for policy in POLICIES if policy in wanted)


def compare(layout: Layout, hours: float, seed: int = 1, policies: Sequence[Policy] = POLICIES[:2]) -> Comparison:
    """Runs a plant under each policy for `hours` after a quarter more of warm-up.

    Raises:
        SimulationError: if the layout has no product.
    """
    if layout.product is None:
        raise SimulationError(f"Layout {layout.id!r} has no product, so nobody orders anything: give it one.")
    warm_up = hours * WARM_UP
    figures = []
    for policy in policies:
        plan = plan_plant(_with_policy(layout, layout.product, policy))
        state = start_plant(plan, seed)
        before = _run_to(plan, state, warm_up)
        after = _run_to(plan, state, warm_up + hours)
        figures.append(_figures(policy, {key: after[key] - before[key] for key in after}, state))
    return Comparison(layout.id, seed, warm_up, hours, tuple(figures))


def _with_policy(layout: Layout, product: Product, policy: Policy) -> Layout:
    planning = product.planning.model_copy(update={"policy": policy})
    return layout.model_copy(update={"product": product.model_copy(update={"planning": planning})})


def _run_to(plan: Plan, state: PlantState, hours: float) -> dict[str, float]:
    until_ns = round(hours * _HOUR_NS)
    proceed(Run(plan, state), until_ns)
    state.now_ns = until_ns
    return _sums(plan, state, _orders(state))


def _orders(state: PlantState) -> OrdersState:
    if state.orders is None:
        raise SimulationError("This plant takes no orders: give its layout a product.")
    return state.orders


def _sums(plan: Plan, state: PlantState, orders: OrdersState) -> dict[str, float]:
    """What has added up so far; differences are what happened between."""
    totals, plant = orders.totals, sums(plan, state)
    lines = [line for line in plan.lines if line.part >= 0]
    stations = [at for line in lines for at in plan.stations[line.first : line.last + 1]]
    turning = [at for at in stations if at.setup is not None and at.setup.changeovers]
    return {
        "clock": state.now_ns,
        "arrived": sum(channel.orders for channel in orders.channels),
        "turned away": sum(channel.orders_turned_away for channel in orders.channels),
        **{name: getattr(totals, name) for name in ("delivered", "units_delivered", "judged", "on_time", "made")},
        "lead": totals.lead_ns,
        "error": totals.error_ns,
        "stock": totals.stock_area + totals.stock * (state.now_ns - totals.stock_since_ns),
        "parts left": totals.units_delivered * len(orders.needs),
        "wip": sum(plant["wip", line.id] for line in lines),
        "setups": sum(plant["setups", at.id] for at in turning),
        "setup": sum(plant["setup", at.id] for at in turning),
        "short": sum(plant["cause", at.id, "short"] for at in stations),
        "entropy": sum(line.entropy + entropy_units(line.mix) for line in orders.lines),
        "started": sum(line.started for line in orders.lines),
        "lots": sum(line.lots for line in orders.lines),
        **{f"lead {at}": count for at, count in enumerate(totals.leads)},
    }


def _figures(policy: str, happened: dict[str, float], state: PlantState) -> PolicyFigures:
    orders = _orders(state)

    def ratio(what: str, per: str, unit: float = 1.0) -> float:
        return happened[what] / happened[per] / unit if happened[per] else 0.0

    leads = [int(happened[f"lead {at}"]) for at in range(len(orders.totals.leads))]
    goods = ratio("stock", "clock")
    daily = ratio("parts left", "clock", 1.0 / (24 * _HOUR_NS))
    return PolicyFigures(
        policy=policy,
        orders_arrived=int(happened["arrived"]),
        orders_turned_away=int(happened["turned away"]),
        orders_delivered=int(happened["delivered"]),
        orders_open=len(orders.orders),
        lead_time_h=ratio("lead", "delivered", _HOUR_NS),
        lead_time_p95_h=quantile_ns(leads, 0.95) / _HOUR_NS,
        on_time=ratio("on_time", "judged"),
        promise_error_h=ratio("error", "delivered", _HOUR_NS),
        finished_goods=goods,
        finished_goods_days=goods / daily if daily else 0.0,
        wip=ratio("wip", "clock"),
        changeovers=int(happened["setups"]),
        changeover_minutes=happened["setup"] / _MINUTE_NS,
        mix_entropy_bits=ratio("entropy", "started"),
        lot_size=ratio("started", "lots"),
        shortage_minutes=happened["short"] / _MINUTE_NS,
        units_made=int(happened["made"]),
    )
