"""Frame: everything views may know about one instant, immutable: a function of (recording, playhead) alone.

Columns are indexed by the order of the layout: stations as `layout.stations`, carriers as `carrier_ids` of each line in
turn, vehicles as `layout.vehicles`. Arrays are not writeable.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Floats, Int32s, Int64s, Snapshot
from twin.history.recording import Catalog, Event, Gap, Origin, Series, Span
from twin.plant.layout import Layout
from twin.session.commands import Command

Bools = NDArray[np.bool_]


class Mode(StrEnum):
    """What the screen shows. REPLAY of a simulated plant has mode REPLAY and origin SIMULATION: show both."""

    LIVE = "LIVE"
    REPLAY = "REPLAY"
    SIMULATION = "SIMULATION"


@dataclass(frozen=True, slots=True)
class Stations:
    """State of every station at the playhead.

    Attributes:
        state: (s,) int32, PackML numbers; 0 (Undefined) where no good value is known.
        stale: (s,) bool, the state may not be shown as live.
        since_ns: (s,) int64, source time at which the state was entered.
        serial: (s,) float64, text code of the unit being worked on (`catalog.text`), NaN unknown.
        units, processed, defective: (s,) float64, NaN unknown.
        phase: (s,) float64, 0 to 1, how far the newest unit's cycle is; NaN where unknown. Frozen while stale.
    """

    state: Int32s
    stale: Bools
    since_ns: Int64s
    serial: Floats
    units: Floats
    processed: Floats
    defective: Floats
    phase: Floats


@dataclass(frozen=True, slots=True)
class Movers:
    """Things that move along paths: carriers on their line's conveyor, vehicles on their route.

    Attributes:
        path: (m,) int32, index of the line (carriers) or of the route (vehicles) in the layout.
        at_m: (m,) float64, metres along that path at the playhead; NaN where unknown. Frozen while stale.
        present: (m,) bool, there is something to draw (a carrier with a unit; a vehicle with a known place).
        moving: (m,) bool, on its way at the playhead.
        moved_s, rest_s: (m,) float64, seconds since it departed, and since it arrived (0 while moving).
        station: (m,) int32, carriers: index within the line of the station that holds it, -1 on the conveyor;
            vehicles: index of the bay of their fleet where they stand, -1 on the lane.
        place: (m,) int32, place within that station or bay; vehicles keep it on the move that leads out of the bay.
        text: (m,) float64, text code of the serial (carriers) or load (vehicles).
        stale: (m,) bool.
    """

    path: Int32s
    at_m: Floats
    present: Bools
    moving: Bools
    moved_s: Floats
    rest_s: Floats
    station: Int32s
    place: Int32s
    text: Floats
    stale: Bools


@dataclass(frozen=True, slots=True)
class Timeline:
    """State changes of every station, as far as they have been read.

    Attributes:
        covered: the stretch that has been read; outside it nothing is known (yet).
        time_ns: one (n,) int64 array a station, times of change, rising.
        state: one (n,) int32 array a station: PackML number from that time on; 0 unknown.
    """

    covered: Span
    time_ns: tuple[Int64s, ...]
    state: tuple[Int32s, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """One tag over the window, ready to draw."""

    tag: str
    unit: str
    low: float | None
    high: float | None
    series: Series


@dataclass(frozen=True, slots=True)
class Health:
    """How the twin itself is doing: age of the newest data, ticks a second, values known to be lost.

    Attributes:
        data_age_ns: wall clock minus the end of the recording; None where nobody is recording any more.
        lost: values known to be lost, summed over all gaps.
        open_gap: the gap that is open at the end of the recording, if any.
    """

    data_age_ns: int | None
    lost: int
    open_gap: Gap | None


@dataclass(frozen=True, slots=True)
class Frame:
    """One instant.

    Attributes:
        playhead_ns: the instant, UTC.
        span: what the recording covers; its end grows while somebody records.
        window: the stretch that time axes show; always contains the playhead.
        following: the playhead follows the end.
        rate: seconds of history a second, negative backwards; 0 while paused; 1 while following.
        jumped: the playhead was put here rather than moved here (seek, first frame).
        layout: None for a recording without one.
        state: newest value of every tag at the playhead, by catalogue index.
        stale: (tags,) bool: may not be shown as live. True for every tag while a gap covers the playhead.
        stale_since_ns: since when, if values are stale at the playhead.
        events, gaps: of the whole recording, for the time bar and lists; in order of time.
        selection: id of the selected thing.
    """

    playhead_ns: int
    span: Span
    window: Span
    mode: Mode
    origin: Origin
    following: bool
    rate: float
    jumped: bool
    layout: Layout | None
    catalog: Catalog
    state: Snapshot
    stale: Bools
    stale_since_ns: int | None
    stations: Stations
    carriers: Movers
    vehicles: Movers
    timeline: Timeline
    trends: tuple[Trend, ...]
    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]
    selection: str | None
    health: Health

    @property
    def wip(self) -> float:
        """Work in process: product units in stations and on conveyors of lines that finish them; NaN if unknown.

        What makes components does not count: their pieces are stock. Lines without carriers count what is in stations.
        """
        lines = _finishing(self.layout)
        if not lines:
            return float("nan")
        borne = np.isin(self.carriers.path, [number for number, _, _, carried in lines if carried])
        known = not borne.any() or bool(np.isfinite(self.carriers.at_m[borne]).any())
        beside = sum(self.stations.units[first:last].sum() for _, first, last, carried in lines if not carried)
        return float(self.carriers.present[borne].sum() + beside) if known else float("nan")

    @property
    def output(self) -> float:
        """Good product units that the last station of each line that finishes them has let go; NaN if unknown."""
        ends = [last - 1 for _, _, last, _ in _finishing(self.layout)]
        made = self.stations.processed[ends] - self.stations.defective[ends]
        return float(made.sum()) if ends else float("nan")

    def age_ns(self, tag: int) -> int:
        """How old the newest value of a tag is at the playhead, by its source's clock."""
        return self.playhead_ns - int(self.state.source_ns[tag])


def _finishing(layout: Layout | None) -> list[tuple[int, int, int, bool]]:
    """(line, its first station, its last plus one, whether it has carriers) of lines whose units leave the plant."""
    found, first = [], 0
    for number, line in enumerate(layout.lines if layout else ()):
        last = first + len(line.stations)
        if line.output is None or line.output.material is None:
            found.append((number, first, last, line.carriers is not None))
        first = last
    return found


class View(Protocol):
    """Anything that shows frames. A view that raises is switched off and reported once; the others go on."""

    def show(self, frame: Frame) -> None:
        """Draw this instant. Called on every tick; a view redraws only what differs from the last one."""


class Commander(Protocol):
    """Where views send what the user wants."""

    def __call__(self, command: Command) -> None:
        """Carry out a command before the next frame."""
