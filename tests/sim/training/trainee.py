"""A trainee who knows what to do: clears what is wrong after a while, and brings stations back to work."""

from __future__ import annotations

from twin.plant.packml import Command
from twin.sim.kernel import proceed
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.state import PlantState
from twin.sim.training.commands import command_line
from twin.sim.training.malfunctions import clear
from twin.sim.training.scenario import give

BACK_TO_WORK = (Command.CLEAR, Command.RESET, Command.START)
# What a scenario asks for beyond that: when, whom, and which command.
STEPS: dict[str, list[tuple[float, str, Command]]] = {
    "wrong-lot": [(200.0, "OF1-08", Command.HOLD), (330.0, "OF1-08", Command.UNHOLD)],
}


def train(plan: Plan, state: PlantState, after_s: float) -> None:
    """Plays the plan's scenario to its end; every malfunction is cleared `after_s` after it began."""
    steps = list(STEPS.get(plan.scenario.id, ())) if plan.scenario else []
    while (so_far := state.training.scenario) is not None and so_far.ended_ns < 0:
        run = Run(plan, state)
        proceed(run, state.now_ns + 30 * NANOSECONDS)
        for active in list(state.training.active):
            if state.now_ns - active.since_ns >= after_s * NANOSECONDS:
                clear(run, active.number)
        for number in range(len(plan.lines)):
            for order in BACK_TO_WORK:
                command_line(run, number, order)
        while steps and state.now_ns - so_far.begun_ns >= steps[0][0] * NANOSECONDS:
            _, target, order = steps.pop(0)
            assert give(run, target, order)
