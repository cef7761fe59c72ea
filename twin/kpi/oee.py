"""Overall equipment effectiveness after ISO 22400-2: OEE index = availability × effectiveness × quality ratio.

Times in seconds, quantities in product units; a factor without a denominator is NaN, never zero and never one.
Not here: where the times come from (`twin.kpi.time_in_state`, `twin.sim.losses`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oee:
    """The three factors, as shares. Effectiveness may exceed 1 where the planned run time per item is generous."""

    availability: float
    effectiveness: float
    quality: float

    @property
    def index(self) -> float:
        """The OEE index."""
        return self.availability * self.effectiveness * self.quality

    def __str__(self) -> str:
        factors = f"availability {self.availability:.1%} × effectiveness {self.effectiveness:.1%}"
        return f"OEE {self.index:.1%} = {factors} × quality {self.quality:.1%}"


def oee(*, busy_s: float, production_s: float, item_s: float, produced: float, good: float) -> Oee:
    """The OEE of a stretch of time.

    Args:
        busy_s: planned busy time PBT: operation time without planned downtime.
        production_s: actual production time APT.
        item_s: planned run time per item PRI, the cycle at full speed.
        produced: produced quantity PQ.
        good: good quantity GQ of it.

    Formulas (ISO 22400-2): availability = APT / PBT, effectiveness = PRI × PQ / APT, quality ratio = GQ / PQ.
    """
    return Oee(_ratio(production_s, busy_s), _ratio(item_s * produced, production_s), _ratio(good, produced))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan
