"""How a station behaves, as a layout says: durations, failures, signals. Data only; `twin.sim` brings it to life."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat


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
    Deterministic | Exponential | Lognormal | Geometric | Bernoulli,
    Field(discriminator="kind"),
]


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


class Result(Model):
    """One value for each unit, written when the station finishes it: normal with `mean` and `deviation`."""

    kind: Literal["result"]
    mean: float
    deviation: Annotated[float, Field(ge=0)]


class Approach(Model):
    """A curve within each cycle, from `start` towards `end` with time constant `tau_s`, sampled every `period_s`.

    With `logarithmic` the logarithm of the value approaches: the shape of a vacuum pumping down.
    """

    kind: Literal["approach"]
    start: float
    end: float
    tau_s: PositiveFloat
    period_s: PositiveFloat = 1.0
    deviation: Annotated[float, Field(ge=0)] = 0.0
    logarithmic: bool = False


class Level(Model):
    """A slowly wandering level round `mean` (mean-reverting, standard deviation `deviation`), every `period_s`."""

    kind: Literal["level"]
    mean: float
    deviation: Annotated[float, Field(ge=0)]
    period_s: PositiveFloat = 2.0


Signal = Annotated[Result | Approach | Level, Field(discriminator="kind")]
