"""How a station behaves, as a layout says: durations and failures. Data only; `twin.sim` brings it to life."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, model_validator


class Model(BaseModel):
    """Base of everything in a layout file: frozen, and an unknown key is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Probability = Annotated[float, Field(gt=0, le=1)]


class Deterministic(Model):
    """Always the same duration."""

    kind: Literal["deterministic"]
    value_s: PositiveFloat


class Exponential(Model):
    """Memoryless duration."""

    kind: Literal["exponential"]
    mean_s: PositiveFloat


class Lognormal(Model):
    """Right-skewed duration, the usual shape of repairs and manual work; `cv` is standard deviation / mean."""

    kind: Literal["lognormal"]
    mean_s: PositiveFloat
    cv: PositiveFloat


class Uniform(Model):
    """Any duration between two bounds, equally likely."""

    kind: Literal["uniform"]
    low_s: Annotated[float, Field(ge=0)]
    high_s: PositiveFloat

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low_s < self.high_s:
            raise ValueError(f"low_s {self.low_s:g} is not below high_s {self.high_s:g}")
        return self


class Triangular(Model):
    """Between two bounds, most likely at `mode_s`: what people answer when asked for a duration."""

    kind: Literal["triangular"]
    low_s: Annotated[float, Field(ge=0)]
    mode_s: Annotated[float, Field(ge=0)]
    high_s: PositiveFloat

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not (self.low_s <= self.mode_s <= self.high_s and self.low_s < self.high_s):
            raise ValueError(f"mode_s {self.mode_s:g} is not between {self.low_s:g} and {self.high_s:g}")
        return self


class Erlang(Model):
    """The sum of `stages` exponential durations; cv is 1 / sqrt(stages)."""

    kind: Literal["erlang"]
    mean_s: PositiveFloat
    stages: Annotated[int, Field(ge=1, le=100)]


class Weibull(Model):
    """Time to failure of what wears: the longer since the last repair, the likelier (`shape` above 1)."""

    kind: Literal["weibull"]
    mean_s: PositiveFloat
    shape: PositiveFloat


class Geometric(Model):
    """Whole slots until the first success, each with `probability`: 1, 2, 3, … slots of `slot_s`."""

    kind: Literal["geometric"]
    probability: Probability
    slot_s: PositiveFloat = 1.0


class Bernoulli(Model):
    """Slotted Bernoulli service: in each slot of `slot_s` the machine is able to finish a part with `probability`."""

    kind: Literal["bernoulli"]
    probability: Probability
    slot_s: PositiveFloat = 1.0


Distribution = Annotated[
    Deterministic | Exponential | Lognormal | Uniform | Triangular | Erlang | Weibull | Geometric | Bernoulli,
    Field(discriminator="kind"),
]


def mean_s(duration: Distribution) -> float:
    """The mean of a duration, seconds."""
    match duration:
        case Deterministic():
            return duration.value_s
        case Uniform():
            return (duration.low_s + duration.high_s) / 2
        case Triangular():
            return (duration.low_s + duration.mode_s + duration.high_s) / 3
        case Geometric() | Bernoulli():
            return duration.slot_s / duration.probability
        case _:
            return duration.mean_s


class Failure(Model):
    """One population of stops. Operation dependent: a station ages only while it executes (Gershwin's assumption).

    Attributes:
        mode: `minor_stop` holds the station (PackML Held), `breakdown` aborts it (PackML Aborted).
        time_to_failure: operating time until the next one.
        time_to_repair: until the station may restart; of a breakdown from when a technician is there.
    """

    mode: Literal["minor_stop", "breakdown"]
    reason: str = ""
    time_to_failure: Distribution
    time_to_repair: Distribution
