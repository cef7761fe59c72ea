"""A scenario: a plant to begin with, what happens to it and when, and what a trainee is to reach. Data only, no code.

Times are seconds of plant time from the beginning of the scenario. Conditions are looked at once a second.
Not here: reading and checking files (`twin.plant.scenario_file`), running one (`twin.sim.training.scenario`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt

from twin.plant.process import Model
from twin.plant.terms import Identifier, Label, Name

StateName = Literal[
    "Clearing", "Stopped", "Starting", "Idle", "Suspended", "Execute", "Stopping", "Aborting", "Aborted", "Holding",
    "Held", "Unholding", "Suspending", "Unsuspending", "Resetting", "Completing", "Complete",
]  # fmt: skip
CommandName = Literal["Reset", "Start", "Stop", "Hold", "Unhold", "Suspend", "Unsuspend", "Abort", "Clear", "Complete"]


class TagIs(Model):
    """A number of a station, known to the plant or read by an instrument, is beyond a bound, for `for_s` on end."""

    kind: Literal["tag"]
    station: Identifier
    tag: Identifier
    above: float | None = None
    below: float | None = None
    for_s: NonNegativeFloat = 0.0


class StateIs(Model):
    """A station is in a PackML state, for `for_s` on end."""

    kind: Literal["state"]
    station: Identifier
    state: StateName
    for_s: NonNegativeFloat = 0.0


class Reaches(Model):
    """A count of a line has grown by so much since the scenario began."""

    kind: Literal["count"]
    line: Identifier
    of: Literal["entered", "finished", "scrapped"]
    reaches: PositiveInt


class OrdersAre(Model):
    """A count of orders of a channel has grown by so much since the scenario began."""

    kind: Literal["orders"]
    channel: Identifier
    of: Literal["taken", "turned_away", "delivered", "late"]
    reaches: PositiveInt


class AlarmIs(Model):
    """An alarm of a malfunction is active (or not); without a `condition` any of its source."""

    kind: Literal["alarm"]
    source: Identifier
    condition: Identifier | None = None
    active: bool = True


class MalfunctionIs(Model):
    """The malfunction that an action injected is under way; or not any more, though it was."""

    kind: Literal["malfunction"]
    action: Identifier
    active: bool


class Done(Model):
    """An action has been taken, or a goal reached, at least `ago_s` ago."""

    kind: Literal["done"]
    id: Identifier
    ago_s: NonNegativeFloat = 0.0


class Several(Model):
    """All, or any, of several conditions hold."""

    kind: Literal["all", "any"]
    of: Annotated[tuple[Condition, ...], Field(min_length=1)]


Condition = Annotated[
    TagIs | StateIs | Reaches | OrdersAre | AlarmIs | MalfunctionIs | Done | Several,
    Field(discriminator="kind"),
]
Several.model_rebuild()


class Inject(Model):
    """Begins a malfunction (`twin.plant.malfunction_list`); without `lasts_s` until somebody clears it."""

    kind: Literal["inject"]
    malfunction: Label
    target: Label
    severity: Annotated[float, Field(gt=0, le=1)] = 1.0
    lasts_s: PositiveFloat | None = None


class Clear(Model):
    """Ends the malfunction that another action injected."""

    kind: Literal["clear"]
    action: Identifier


class Give(Model):
    """Gives a station or a line a PackML command."""

    kind: Literal["command"]
    target: Identifier
    command: CommandName


class SetDemand(Model):
    """From now on a channel orders so many times as often as the layout says."""

    kind: Literal["demand"]
    channel: Identifier
    factor: PositiveFloat


class Say(Model):
    """Tells the trainee something."""

    kind: Literal["message"]
    text: Name


class Action(Model):
    """Something that happens once, at a time or when a condition comes to hold."""

    id: Identifier
    at_s: NonNegativeFloat | None = None
    when: Condition | None = None
    do: Annotated[Inject | Clear | Give | SetDemand | Say, Field(discriminator="kind")]


class Goal(Model):
    """What is to be reached, and in what time; it earns `points`."""

    id: Identifier
    name: Name
    when: Condition
    within_s: PositiveFloat
    points: PositiveInt = 10


class Failing(Model):
    """What must not happen: it costs `points`, and ends the scenario if it `ends` it."""

    id: Identifier
    name: Name
    when: Condition
    points: NonNegativeInt = 0
    ends: bool = False


class Hint(Model):
    """Help that a trainee may be given, from a time on, as long as a goal is not reached."""

    goal: Identifier
    after_s: NonNegativeFloat
    text: Name


class Start(Model):
    """The plant at the beginning: from a seed, after a while; or a saved state, a file beside the scenario's."""

    seed: NonNegativeInt = 1
    warm_up_s: NonNegativeFloat = 3600.0
    state: Label | None = None


class Scenario(Model):
    """A scenario as one file describes it.

    Attributes:
        layout: id of a shipped layout, or the path of a layout file from the scenario's folder.
        lasts_s: when it ends at the latest.
    """

    schema_: str | None = Field(None, alias="$schema")
    format: Literal[1]
    id: Identifier
    name: Name
    purpose: Name
    layout: Label
    start: Start = Start()
    lasts_s: PositiveFloat
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    failures: tuple[Failing, ...] = ()
    hints: tuple[Hint, ...] = ()


Step = Action | Goal | Failing


def steps(scenario: Scenario) -> tuple[Step, ...]:
    """Everything of a scenario that may have a condition: actions, goals, failures."""
    return (*scenario.actions, *scenario.goals, *scenario.failures)


def conditions(condition: Condition) -> tuple[Condition, ...]:
    """A condition and all those within it, each before its parts."""
    parts = condition.of if isinstance(condition, Several) else ()
    return (condition, *(inner for part in parts for inner in conditions(part)))
