"""The instruments of a plant: all signals of a layout as columns, one bank for each kind, to be evaluated at once.

A row of the table is an instrument. Sampled kinds come first, results after them, so that a bank is a run of rows.
Samples fall on multiples of the period after a phase of the instrument's own: not all of the plant in one instant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.plant.signals import Approach, Demand, Profile, Result, Signal, Total
from twin.plant.terms import Tag
from twin.sim.orders.recipes import Recipe
from twin.sim.randomness import NANOSECONDS, Floats, Int64s, Normals
from twin.sim.signals.recipes import RecipeTable, recipe_table

KINDS = ("approach", "profile", "demand", "total", "level", "result")
_WHOLE = frozenset({"Int32", "UInt32", "Int64"})
_NUMBERS = _WHOLE | {"Float", "Double"}


@dataclass(frozen=True, slots=True)
class SignalPlan:
    """One value that is made rather than known, of station number `station`; its place in the plan is its number.

    Attributes:
        decimals: what is worth writing down of it.
    """

    owner: str
    tag: Tag
    signal: Signal
    station: int
    decimals: int

    @property
    def whole(self) -> bool:
        """The tag's data type is a whole number."""
        return self.tag.data_type in _WHOLE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bank:
    """The instruments of one kind: rows `first` up to `end` of the table, and (end - first,) columns of parameters.

    Attributes:
        points: (2, m) the points of all profiles one after another: 2 × place in the bank + share, and value.
    """

    first: int
    end: int
    columns: dict[str, Floats]
    points: Floats

    def at(self, rows: Int64s) -> dict[str, Floats]:
        """The parameters (n,) of instruments of this bank, `rows` (n,) of the table."""
        return {name: column[rows - self.first] for name, column in self.columns.items()}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Instruments:
    """All instruments, (n,) columns.

    Attributes:
        signal: number of the signal within the plan.
        period_ns, phase_ns: when it is sampled; 1 and 0 for results, which are not.
        ten: ten to the power of the decimals worth writing down.
        banks: by kind.
        results: (stations, 2) the first row of each station's results, and how many there are.
        recipes: what recipes ask of them.
    """

    signal: Int64s
    station: Int64s
    period_ns: Int64s
    phase_ns: Int64s
    ten: Floats
    normals: Normals
    banks: dict[str, Bank]
    results: Int64s
    recipes: RecipeTable

    def rounded(self, rows: Int64s, values: Floats) -> Floats:
        """Values (n,) of instruments to the decimals that are worth writing down."""
        return np.asarray(np.rint(values * self.ten[rows]) / self.ten[rows], np.float64)


def plan_signals(layout: Layout) -> tuple[SignalPlan, ...]:
    """The signals of a layout, in its order. Raises SimulationError for a tag that cannot have one."""
    return tuple(
        _signal(station.id, tag, tag.signal, index)
        for index, station in enumerate(layout.stations)
        for tag in layout.tags_of(station.tag_sets, station.tags)
        if tag.signal
    )


def instruments_of(plans: Sequence[SignalPlan], stations: int, recipes: Sequence[Recipe] = ()) -> Instruments:
    """The instruments for all signals of a plant of so many stations that makes units by recipes."""
    numbers = sorted(range(len(plans)), key=lambda number: KINDS.index(plans[number].signal.kind))
    ordered = [plans[number] for number in numbers]
    normals = Normals([f"{plan.owner}/{plan.tag.id}" for plan in ordered])
    period_ns = _whole([1 if isinstance(p.signal, Result) else p.signal.period_s * NANOSECONDS for p in ordered])
    station = _whole([plan.station for plan in ordered])
    banks: dict[str, Bank] = {}
    end = 0
    for kind in KINDS:
        first, of_kind = end, [plan for plan in ordered if plan.signal.kind == kind]
        end = first + len(of_kind)
        banks[kind] = Bank(first, end, _columns(kind, of_kind, plans), _points(of_kind))
    here = np.arange(stations)
    begins = np.searchsorted(station[first:], here)
    counts = np.searchsorted(station[first:], here, side="right") - begins
    return Instruments(
        signal=_whole(numbers),
        station=station,
        period_ns=period_ns,
        phase_ns=(normals.keys % np.uint64(1000)).astype(np.int64) * period_ns // 1000,
        ten=10.0 ** np.array([plan.decimals for plan in ordered], np.float64),
        normals=normals,
        banks=banks,
        results=np.stack([first + begins, counts], axis=1),
        recipes=recipe_table(recipes, [plan.tag.id for plan in ordered]),
    )


def _signal(owner: str, tag: Tag, signal: Signal, station: int) -> SignalPlan:
    if tag.data_type not in _NUMBERS:
        raise SimulationError(
            f"Tag {owner}/{tag.id} is {tag.data_type}, but a signal makes numbers: change one of them."
        )
    decimals = 0 if tag.data_type in _WHOLE else min(max(1 - math.floor(math.log10(_scatter(signal) or 1.0)), 0), 9)
    return SignalPlan(owner, tag, signal, station, decimals)


def _scatter(signal: Signal) -> float:
    """By how much a signal's values differ for no reason: what is much finer is not worth writing down."""
    match signal:
        case Approach(logarithmic=True):
            return signal.deviation * abs(signal.end)
        case Profile():
            return signal.deviation or signal.unit_deviation * max(abs(value) for _, value in signal.points)
        case Demand():
            return signal.cv * (signal.base + signal.running)
        case Total():
            return 0.01
        case _:
            return signal.deviation


def _columns(kind: str, plans: Sequence[SignalPlan], everywhere: Sequence[SignalPlan]) -> dict[str, Floats]:
    """The parameters of one kind: their numbers under the names they have in a layout, and what follows."""
    if kind == "total":
        return _numbers([_demand_of(plan, everywhere) for plan in plans], ("base", "idle", "running"))
    signals = [plan.signal for plan in plans]
    match kind:
        case "approach":
            columns = _numbers(signals, ("start", "end", "tau_s", "delay_s", "deviation", "logarithmic"))
            power = columns["logarithmic"] > 0
            for end in ("start", "end"):
                columns[end][power] = np.log(columns[end][power])
        case "profile":
            columns = _numbers(signals, ("deviation", "unit_deviation"))
        case "demand":
            columns = _numbers(signals, ("base", "idle", "running", "cv"))
        case "level":
            columns = _numbers(signals, ("mean", "deviation", "tau_s"))
        case _:
            columns = _results(plans)
    return columns


def _points(plans: Sequence[SignalPlan]) -> Floats:
    curves = [plan.signal.points if isinstance(plan.signal, Profile) else () for plan in plans]
    points = [(2.0 * row + share, value) for row, curve in enumerate(curves) for share, value in curve]
    return np.array(points, np.float64).reshape(-1, 2).T.copy()


def _results(plans: Sequence[SignalPlan]) -> dict[str, Floats]:
    signals = [plan.signal for plan in plans if isinstance(plan.signal, Result)]
    columns = _numbers(signals, ("mean", "deviation", "wear"))
    drifts = [signal.drift for signal in signals]
    columns["drift"] = np.array([drift.deviation if drift else 0.0 for drift in drifts])
    columns["tau_s"] = np.array([drift.tau_s if drift else 1.0 for drift in drifts])
    columns["step"] = np.array([10.0**-plan.decimals for plan in plans])
    columns["low"] = np.array([-math.inf if plan.tag.low is None else plan.tag.low for plan in plans])
    columns["high"] = np.array([math.inf if plan.tag.high is None else plan.tag.high for plan in plans])
    return columns


def _demand_of(plan: SignalPlan, everywhere: Sequence[SignalPlan]) -> Demand:
    wanted = plan.signal.of if isinstance(plan.signal, Total) else ""
    for other in everywhere:
        if (other.station, other.tag.id) == (plan.station, wanted) and isinstance(other.signal, Demand):
            return other.signal
    raise SimulationError(f"{plan.owner}/{plan.tag.id} is the total of {wanted!r}, which is no demand of {plan.owner}.")


def _numbers(signals: Sequence[Signal], names: Sequence[str]) -> dict[str, Floats]:
    return {name: np.array([float(getattr(signal, name)) for signal in signals], np.float64) for name in names}


def _whole(values: Sequence[float]) -> NDArray[np.int64]:
    return np.array([round(value) for value in values], np.int64)
