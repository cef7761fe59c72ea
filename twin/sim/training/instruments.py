"""What malfunctions do to what is read: instruments that lie, and lines that are not heard or whose clocks are wrong.

Disturbances stay in the state for a while after their end, since values of a stretch are made after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import Effect, instruments
from twin.plant.terms import Tag
from twin.sim.disturbance import Disturbance, WireFault
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.signals.reading import read_one
from twin.sim.training.state import Active

_KINDS = ("offset", "drift", "noise", "scale", "stuck", "missing")
_WIRE = ("silent", "skew")
_KEPT_NS = 24 * 3600 * NANOSECONDS  # an as-built record asks again what was read while its unit was made


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument: its signal's number, and how far above and below what it usually reads its limits are."""

    number: int
    up: float
    down: float


def disturb(run: Run, active: Active) -> None:
    """Puts down what a malfunction that begins does to instruments and to what is read of lines."""
    state = run.state
    _forget(run)
    times = (active.since_ns, active.until_ns)
    for effect in CATALOGUE[active.kind].effects:
        if effect.kind in _KINDS:
            for one in _instruments(run, active, effect):
                amount = _amount(run, effect, one, active.severity)
                state.disturbances.append(Disturbance(one.number, effect.kind, amount, *times, active.number))
        elif effect.kind in _WIRE:
            line = [line.id for line in run.plan.layout.lines].index(active.target)
            amount = effect.amount * active.severity
            state.wire_faults.append(WireFault(line, effect.kind, amount, *times, active.number))


def undisturb(run: Run, active: Active) -> None:
    """A malfunction is over: so is what it did to instruments and to what is read of lines."""
    wrong: list[Disturbance | WireFault] = [*run.state.disturbances, *run.state.wire_faults]
    for one in wrong:
        if one.malfunction == active.number:
            one.until_ns = run.state.now_ns


def _forget(run: Run) -> None:
    long_ago_ns = run.state.now_ns - _KEPT_NS
    run.state.disturbances = [one for one in run.state.disturbances if not 0 <= one.until_ns < long_ago_ns]
    run.state.wire_faults = [one for one in run.state.wire_faults if not 0 <= one.until_ns < long_ago_ns]


def _instruments(run: Run, active: Active, effect: Effect) -> list[Instrument]:
    """The instruments of a malfunction's target that an effect is about: those it names, else all with limits."""
    _, _, only = active.target.partition("/")
    number, found = 0, []
    for index, station in enumerate(run.plan.layout.stations):
        for tag in instruments(run.plan.layout, station):
            limited = (tag.low, tag.high) != (None, None)
            wanted = tag.id == only if only else tag.id in effect.tags if effect.tags else limited
            if index in active.stations and wanted:
                found.append(_instrument(number, tag))
            number += 1
    return found


def _instrument(number: int, tag: Tag) -> Instrument:
    signal = tag.signal
    usual = float(next((getattr(signal, name) for name in ("mean", "end", "running") if hasattr(signal, name)), 0.0))
    spread = 6.0 * float(getattr(signal, "deviation", 0.0)) or 0.2 * abs(usual) or 1.0
    up = tag.high - usual if tag.high is not None and tag.high > usual else 0.0
    down = usual - tag.low if tag.low is not None and tag.low < usual else 0.0
    return Instrument(number, up or down or spread, down or up or spread)


def _amount(run: Run, effect: Effect, one: Instrument, severity: float) -> float:
    match effect.kind:
        case "scale":
            return 1.0 - effect.amount * severity
        case "stuck":
            return read_one(run.plan, run.state, one.number) or 0.0
        case "missing":
            return 0.0
    return effect.amount * severity * (one.up if effect.amount > 0 else one.down)
