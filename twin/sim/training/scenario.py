"""A scenario under way: once a second it is looked at what has come true, and what follows is done.

Everything it remembers is in the state, so that a scenario can be saved, restored and rewound like the plant itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.plant.packml import Command
from twin.plant.scenario import Action, Clear, Condition, Give, Inject, Scenario, SetDemand, conditions, steps
from twin.sim.messages import Incident
from twin.sim.orders.book import set_demand
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import TRAINING, Run
from twin.sim.training.commands import command_line, command_station
from twin.sim.training.conditions import channels, holds, line_counts, order_counts
from twin.sim.training.malfunctions import clear, inject
from twin.sim.training.state import ScenarioState

LOOK = 0  # the number of the event at which a scenario is looked at; malfunctions have theirs, from 1
_LOOK_NS = NANOSECONDS


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a goal or a failure came out; `at_s` since the beginning, None where it never came."""

    id: str
    name: str
    points: int
    at_s: float | None


def begin_scenario(run: Run) -> None:
    """Begins the plan's scenario now."""
    scenario = run.plan.scenario
    if scenario is None:
        return
    run.state.training.scenario = ScenarioState(
        begun_ns=run.state.now_ns,
        counts=[count for line in range(len(run.plan.lines)) for count in line_counts(run, line).values()],
        orders=[count for channel in channels(run) for count in order_counts(run, channel).values()],
        held_ns=[-1] * sum(len(conditions(one)) for one in _conditions(scenario)),
        taken_ns=[-1] * len(scenario.actions),
        numbers=[-1] * len(scenario.actions),
        reached_ns=[-1] * len(scenario.goals),
        missed_ns=[-1] * len(scenario.goals),
        failed_ns=[-1] * len(scenario.failures),
        hinted_ns=[-1] * len(scenario.hints),
    )
    run.push(run.state.now_ns, TRAINING, LOOK)


def look(run: Run) -> None:
    """Finds out what has come true, and does what follows from it."""
    scenario, so_far = run.plan.scenario, run.state.training.scenario
    if scenario is None or so_far is None or so_far.ended_ns >= 0:
        return
    true = _true(run, scenario, so_far)
    since_s = (run.state.now_ns - so_far.begun_ns) / NANOSECONDS
    _act(run, scenario, so_far, true, since_s)
    _judge(run, scenario, so_far, true, since_s)
    _help(run, scenario, so_far, since_s)
    if _is_over(scenario, so_far, since_s):
        so_far.ended_ns = run.state.now_ns
        _tell(run, "scenario", f"{scenario.name.en} is over: {points(run)} points")
    else:
        run.push(run.state.now_ns + _LOOK_NS, TRAINING, LOOK)


def outcomes(run: Run) -> tuple[list[Outcome], list[Outcome]]:
    """How goals and failures have come out so far."""
    scenario, so_far = run.plan.scenario, run.state.training.scenario
    if scenario is None or so_far is None:
        return [], []

    def at_s(time_ns: int) -> float | None:
        return (time_ns - so_far.begun_ns) / NANOSECONDS if so_far and time_ns >= 0 else None

    goals = zip(scenario.goals, so_far.reached_ns, strict=True)
    failures = zip(scenario.failures, so_far.failed_ns, strict=True)
    return (
        [Outcome(goal.id, goal.name.en, goal.points, at_s(time_ns)) for goal, time_ns in goals],
        [Outcome(one.id, one.name.en, one.points, at_s(time_ns)) for one, time_ns in failures],
    )


def points(run: Run) -> int:
    """Points of the goals reached, less those of what must not have happened; never below 0."""
    goals, failures = outcomes(run)
    earned = sum(one.points for one in goals if one.at_s is not None)
    return max(earned - sum(one.points for one in failures if one.at_s is not None), 0)


def _conditions(scenario: Scenario) -> list[Condition]:
    """The conditions of a scenario, in the order in which the state counts them."""
    return [one.when for one in steps(scenario) if one.when is not None]


def _true(run: Run, scenario: Scenario, so_far: ScenarioState) -> dict[str, bool]:
    """Id of an action, goal or failure → whether its condition holds now."""
    true: dict[str, bool] = {}
    first = 0
    for one in steps(scenario):
        if one.when is not None:
            true[one.id] = holds(run, scenario, so_far, one.when, first)
            first += len(conditions(one.when))
    return true


def _act(run: Run, scenario: Scenario, so_far: ScenarioState, true: dict[str, bool], since_s: float) -> None:
    for number, action in enumerate(scenario.actions):
        due = true[action.id] if action.at_s is None else since_s >= action.at_s
        if so_far.taken_ns[number] < 0 and due:
            so_far.taken_ns[number] = run.state.now_ns
            _do(run, scenario, so_far, number, action)


def _do(run: Run, scenario: Scenario, so_far: ScenarioState, number: int, action: Action) -> None:
    match action.do:
        case Inject() as do:
            lasts_ns = -1 if do.lasts_s is None else round(do.lasts_s * NANOSECONDS)
            so_far.numbers[number] = inject(run, do.malfunction, do.target, do.severity, lasts_ns)
        case Clear() as do:
            injecting = [one.id for one in scenario.actions].index(do.action)
            clear(run, so_far.numbers[injecting])
        case Give() as do:
            give(run, do.target, Command(do.command))
        case SetDemand() as do:
            set_demand(run, channels(run).index(do.channel), demand=do.factor)
        case do:
            _tell(run, "message", do.text.en)


def give(run: Run, target: str, order: Command) -> bool:
    """Gives a station or a line a command, by its id; whether it was taken."""
    lines = [line.id for line in run.plan.lines]
    if target in lines:
        return command_line(run, lines.index(target), order)
    index = next((at.index for at in run.plan.stations if at.id == target), None)
    return index is not None and command_station(run, index, order)


def _judge(run: Run, scenario: Scenario, so_far: ScenarioState, true: dict[str, bool], since_s: float) -> None:
    for number, goal in enumerate(scenario.goals):
        if not _open(scenario, so_far, goal.id):
            continue
        if true[goal.id]:
            so_far.reached_ns[number] = run.state.now_ns
            _tell(run, "goal", f"reached after {since_s:.0f} s: {goal.name.en}")
        elif since_s >= goal.within_s:
            so_far.missed_ns[number] = run.state.now_ns
            _tell(run, "goal", f"missed: {goal.name.en}")
    for number, failing in enumerate(scenario.failures):
        if so_far.failed_ns[number] < 0 and true[failing.id]:
            so_far.failed_ns[number] = run.state.now_ns
            _tell(run, "failure", f"after {since_s:.0f} s: {failing.name.en}")


def _help(run: Run, scenario: Scenario, so_far: ScenarioState, since_s: float) -> None:
    for number, hint in enumerate(scenario.hints):
        if so_far.hinted_ns[number] < 0 and since_s >= hint.after_s and _open(scenario, so_far, hint.goal):
            so_far.hinted_ns[number] = run.state.now_ns
            _tell(run, "hint", hint.text.en)


def _open(scenario: Scenario, so_far: ScenarioState, identifier: str) -> bool:
    """Whether a goal is neither reached nor missed yet."""
    number = [goal.id for goal in scenario.goals].index(identifier)
    return so_far.reached_ns[number] < 0 and so_far.missed_ns[number] < 0


def _is_over(scenario: Scenario, so_far: ScenarioState, since_s: float) -> bool:
    ended = any(one.ends and at >= 0 for one, at in zip(scenario.failures, so_far.failed_ns, strict=True))
    decided = all(max(pair) >= 0 for pair in zip(so_far.reached_ns, so_far.missed_ns, strict=True))
    return ended or decided or since_s >= scenario.lasts_s


def _tell(run: Run, kind: str, message: str) -> None:
    if run.out is not None:
        run.out.append(Incident(run.state.now_ns, run.plan.layout.id, kind, 100, message))
