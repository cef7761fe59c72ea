"""How the simulated plant makes process values: the kinds of signals a tag may have. Data only; see `twin.sim.signals`.

A signal's `deviation` is a standard deviation in the unit of its tag unless it says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat

from twin.plant.process import Model


class Drift(Model):
    """A slow smooth wander with a time constant, on top of a value's own scatter."""

    deviation: PositiveFloat
    tau_s: PositiveFloat


class Result(Model):
    """One value for each unit, written when the station finishes it: normal with `mean` and `deviation`.

    Attributes:
        wear: by how much the station's tool shifts the value with every service since it was changed.
    """

    kind: Literal["result"]
    mean: float
    deviation: NonNegativeFloat
    drift: Drift | None = None
    wear: float = 0.0


class Approach(Model):
    """A curve within each cycle, from `start` towards `end` with time constant `tau_s`, sampled every `period_s`.

    It sets out `delay_s` after the cycle began. With `logarithmic` the logarithm of the value approaches, the shape of
    a vacuum pumping down, and `deviation` is relative.
    """

    kind: Literal["approach"]
    start: float
    end: float
    tau_s: PositiveFloat
    delay_s: NonNegativeFloat = 0.0
    period_s: PositiveFloat = 1.0
    deviation: NonNegativeFloat = 0.0
    logarithmic: bool = False


class Profile(Model):
    """A curve over the share of the cycle, straight between `points` (share, value): a torque or force signature.

    Attributes:
        points: shares rise from 0 to 1.
        unit_deviation: by how much units differ: relative standard deviation of a factor on the whole curve of a unit.
    """

    kind: Literal["profile"]
    points: Annotated[tuple[tuple[float, float], ...], Field(min_length=2)]
    unit_deviation: NonNegativeFloat = 0.0
    deviation: NonNegativeFloat = 0.0
    period_s: PositiveFloat = 1.0


class Level(Model):
    """A level that wanders round `mean` with correlation time `tau_s`, sampled every `period_s`."""

    kind: Literal["level"]
    mean: float
    deviation: NonNegativeFloat
    tau_s: PositiveFloat = 30.0
    period_s: PositiveFloat = 2.0


class Demand(Model):
    """What a station draws: `base` always, and with it `running` while it executes, `idle` otherwise.

    Stopped and Aborted it draws `base` alone. A rate per hour: kW; m³/h of air at norm conditions.

    Attributes:
        cv: relative standard deviation of a sample.
    """

    kind: Literal["demand"]
    base: NonNegativeFloat
    idle: NonNegativeFloat = 0.0
    running: NonNegativeFloat
    cv: Annotated[float, Field(ge=0, le=0.2)] = 0.0
    period_s: PositiveFloat = 2.0


class Total(Model):
    """A meter: the integral over time of the station's demand `of`, a tag id: kW·h of kW, m³ of m³/h."""

    kind: Literal["total"]
    of: str
    period_s: PositiveFloat = 10.0


Signal = Annotated[
    Result | Approach | Profile | Level | Demand | Total,
    Field(discriminator="kind"),
]
