"""What a run of a simulated plant comes to: stations, lines, the plant, with intervals; as JSON and as text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from twin.kpi.oee import Oee


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and the half width of its 95 % confidence interval."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        return f"{self.mean:.4g} ± {self.half_width:.2g}"


@dataclass(frozen=True, slots=True)
class StationSummary:
    """One station: mean units in the buffer before it and in its places, and shares of time.

    Attributes:
        starved, blocked, short: shares of time without a unit, with a finished one that finds no room, and with a unit
            that material is missing for.
        setups: changeovers and tool changes.
        technician_awaited: share of time broken down with all technicians of the area busy elsewhere.
        states: share of time in each PackML state it was in, by the state's name.
    """

    id: str
    buffer: Estimate
    units: Estimate
    starved: Estimate
    blocked: Estimate
    short: Estimate
    setups: int
    technician_awaited: Estimate
    states: dict[str, Estimate]

    def __str__(self) -> str:
        states = ", ".join(f"{state} {share.mean:.1%}" for state, share in self.states.items() if share.mean >= 0.001)
        waits = f"starved {self.starved.mean:.1%}, blocked {self.blocked.mean:.1%}"
        if self.short.mean >= 0.001:
            waits += f", short of material {self.short.mean:.1%}"
        if self.technician_awaited.mean >= 0.001:
            waits += f", technician awaited {self.technician_awaited.mean:.1%}"
        return f"  {self.id}: buffer {self.buffer}, {waits}; {states}"


@dataclass(frozen=True, slots=True)
class LineSummary:
    """One line.

    Attributes:
        wip: units on the line and in its rework.
        lead_time_s: from entering to leaving, of finished units.
        first_pass_yield: share of finished units never reworked in all that left, scrap included (ISO 22400 FPY).
        reworked: how often a unit was taken off the line for rework.
        paced_by: the station with the longest cycle per place.
        losses: shares of the clock at that station, by cause; they add up to 1.
    """

    id: str
    throughput_per_s: Estimate
    wip: Estimate
    lead_time_s: Estimate
    first_pass_yield: Estimate
    scrapped: int
    reworked: int
    oee: Oee
    paced_by: str
    losses: dict[str, float]
    stations: tuple[StationSummary, ...]

    def as_text(self) -> str:
        """The line's figures, then a row for each station."""
        figures = f"{self.throughput_per_s} units/s, {self.wip} units on the line, {self.lead_time_s} s each"
        quality = (
            f"{self.first_pass_yield.mean:.1%} good first time, {self.reworked} reworked, {self.scrapped} scrapped"
        )
        losses = ", ".join(f"{cause} {share:.1%}" for cause, share in self.losses.items() if share >= 0.0005)
        time = f"  {self.oee}; {self.paced_by} sets the pace: {losses}"
        return "\n".join([f"{self.id}: {figures}, {quality}", time, *(str(row) for row in self.stations)])


@dataclass(frozen=True, slots=True)
class Summary:
    """A run: how much was observed after how long a warm-up, and what came out, line by line.

    Attributes:
        events: that the kernel handled in the observed time.
        output_s: seconds per unit of everything that is made on several lines together, by what it is.
        little: largest relative difference between WIP and throughput × time, of the plant, its lines, its buffers.
        lines: in file order.
    """

    seed: int
    units: int
    batches: int
    warm_up_s: float
    observed_s: float
    events: int
    output_s: dict[str, Estimate]
    little: dict[str, float]
    lines: tuple[LineSummary, ...]

    def as_json(self) -> dict[str, Any]:
        """The summary as objects that `json` can write."""
        return asdict(self)

    def as_text(self) -> str:
        """The summary for people, one line of text for each station."""
        head = f"{self.units} units in {self.observed_s:.0f} s after {self.warm_up_s:.0f} s of warm-up"
        how = f"{self.batches} batches, seed {self.seed}; 95 % intervals"
        outputs = [f"{what}: one in {interval} s" for what, interval in self.output_s.items()]
        little = ", ".join(f"{what} {error:.2%}" for what, error in self.little.items())
        lines = (line.as_text() for line in self.lines)
        return "\n".join([f"{head}, {how}", *outputs, f"Little's law holds within: {little}", *lines])
