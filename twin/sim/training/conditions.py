"""Whether the conditions of a scenario hold: each kind is one question to the state of the plant."""

from __future__ import annotations

from twin.plant.packml import State
from twin.plant.scenario import (
    AlarmIs,
    Condition,
    Done,
    MalfunctionIs,
    OrdersAre,
    Reaches,
    Scenario,
    Several,
    StateIs,
    TagIs,
    conditions,
)
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.signals.reading import read_one
from twin.sim.station_levels import station_levels
from twin.sim.training.malfunctions import active_alarms
from twin.sim.training.state import ScenarioState


def line_counts(run: Run, line: int) -> dict[str, int]:
    """The counts of a line that conditions know."""
    state = run.state.lines[line]
    return {"entered": state.entered, "finished": state.finished, "scrapped": state.scrapped}


def channels(run: Run) -> list[str]:
    """Ids of the channels that orders come from."""
    return [channel.id for channel in run.plan.orders.channels] if run.plan.orders else []


def order_counts(run: Run, channel: str) -> dict[str, int]:
    """The counts of a channel's orders that conditions know."""
    if run.state.orders is None:
        return {}
    book = run.state.orders.channels[channels(run).index(channel)]
    turned_away = book.orders_turned_away
    taken = book.orders - turned_away
    return {"taken": taken, "turned_away": turned_away, "delivered": book.delivered, "late": book.late}


def holds(run: Run, scenario: Scenario, so_far: ScenarioState, condition: Condition, number: int) -> bool:
    """Whether a condition holds, of which the scenario's order has the `number`; notes since when parts of it do."""
    now = run.state.now_ns
    if isinstance(condition, Several):
        parts, at = [], number + 1
        for part in condition.of:
            parts.append(holds(run, scenario, so_far, part, at))
            at += len(conditions(part))
        return all(parts) if condition.kind == "all" else any(parts)
    if not _is_so(run, scenario, so_far, condition):
        so_far.held_ns[number] = -1
        return False
    if so_far.held_ns[number] < 0:
        so_far.held_ns[number] = now
    lasts_s = condition.for_s if isinstance(condition, TagIs | StateIs) else 0.0
    return now - so_far.held_ns[number] >= round(lasts_s * NANOSECONDS)


def _is_so(run: Run, scenario: Scenario, so_far: ScenarioState, condition: Condition) -> bool:
    match condition:
        case MalfunctionIs():
            injected = so_far.numbers[[action.id for action in scenario.actions].index(condition.action)]
            return injected > 0 and condition.active == any(one.number == injected for one in run.state.training.active)
        case Done():
            return _is_done(run, scenario, so_far, condition)
        case Reaches():
            line = [one.id for one in run.plan.lines].index(condition.line)
            return _grown(line_counts(run, line), so_far.counts, line, condition)
        case OrdersAre():
            channel = channels(run).index(condition.channel)
            return _grown(order_counts(run, condition.channel), so_far.orders, channel, condition)
        case AlarmIs():
            raised = [one for one in active_alarms(run) if one.source == condition.source]
            return condition.active == any(condition.condition in (None, one.condition) for one in raised)
        case TagIs() | StateIs():
            return _station_is_so(run, condition)
    raise TypeError(condition.kind)


def _grown(counts: dict[str, int], before: list[int], number: int, condition: Reaches | OrdersAre) -> bool:
    """Whether a count has grown by what the condition says; `before` has the counts of all lines or channels."""
    at = number * len(counts) + list(counts).index(condition.of)
    return counts[condition.of] - before[at] >= condition.reaches


def _station_is_so(run: Run, condition: TagIs | StateIs) -> bool:
    index = next(at.index for at in run.plan.stations if at.id == condition.station)
    if isinstance(condition, StateIs):
        return State(run.state.stations[index].state).label == condition.state
    value = station_levels(run.plan, run.state, index).get(condition.tag)
    signals = enumerate(run.plan.signals)
    signal = next((number for number, at in signals if (at.owner, at.tag.id) == (condition.station, condition.tag)), -1)
    if value is None and signal >= 0:
        value = read_one(run.plan, run.state, signal)
    if value is None:
        return False
    above, below = condition.above, condition.below
    return (above is None or float(value) > above) and (below is None or float(value) < below)


def _is_done(run: Run, scenario: Scenario, so_far: ScenarioState, condition: Done) -> bool:
    names = [*(action.id for action in scenario.actions), *(goal.id for goal in scenario.goals)]
    done_ns = (*so_far.taken_ns, *so_far.reached_ns)[names.index(condition.id)]
    return done_ns >= 0 and run.state.now_ns - done_ns >= round(condition.ago_s * NANOSECONDS)
