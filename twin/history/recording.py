"""The Recording contract: what a view of the past may ask (Recording) and what a gateway may add (Recorder).

One contract test file runs against every implementation: `tests/history/test_recording_contract.py`.
Live is a recording whose end is still growing: a reader sees growth at its next `refresh`, and only then.
Not here: the implementations (`memory`, `sqlite`), and which of them an address means (`twin.history.addresses`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twin.history.batch import Batch, Floats, Int32s, Int64s, Snapshot


class Origin(StrEnum):
    """Where a recording's values come from. Decided by the server's identity, never by a setting."""

    PLANT = "plant"
    SIMULATION = "simulation"


@dataclass(frozen=True, slots=True)
class TagInfo:
    """One tag of the catalogue.

    Attributes:
        id: unique in the recording: `OF1-12/Pressure`, or the browse path where no layout names it.
        node: the node by namespace URI, never by index: `nsu=<uri>;s=<identifier>`.
        data_type: OPC UA built-in type name; `String` values are interned text.
        low, high: alarm limits in `unit`, None where there is none.
    """

    id: str
    node: str = ""
    data_type: str = "Double"
    unit: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def is_text(self) -> bool:
        """Whether values are codes of interned strings."""
        return self.data_type == "String"


class Catalog:
    """The tags and interned texts of a recording. It only ever grows; indices and codes never change their meaning."""

    def __init__(self) -> None:
        self._tags: list[TagInfo] = []
        self._index: dict[str, int] = {}
        self._texts: list[str] = []

    def __len__(self) -> int:
        return len(self._tags)

    @property
    def tags(self) -> Sequence[TagInfo]:
        """All tags, by index."""
        return self._tags

    @property
    def texts(self) -> Sequence[str]:
        """All interned texts, by code."""
        return self._texts

    def index(self, identifier: str) -> int:
        """The index of the tag with this id, -1 where the recording has none (yet)."""
        return self._index.get(identifier, -1)

    def text(self, code: float) -> str:
        """The text behind a value of a text tag; empty for NaN and unknown codes."""
        known = code == code and 0 <= code < len(self._texts)
        return self._texts[int(code)] if known else ""

    def add_tag(self, info: TagInfo) -> int:
        """For implementations: the index of the tag, added if its id is new, replaced (limits, unit) if it is known."""
        index = self._index.setdefault(info.id, len(self._tags))
        if index == len(self._tags):
            self._tags.append(info)
        else:
            self._tags[index] = info
        return index

    def add_text(self, text: str) -> int:
        """For implementations: append a text; its code."""
        self._texts.append(text)
        return len(self._texts) - 1


@dataclass(frozen=True, slots=True)
class Span:
    """The time a recording covers: `start_ns` to `end_ns`, UTC. Empty recordings have start = end = 0."""

    start_ns: int
    end_ns: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at an instant.

    Attributes:
        time_ns: arrival, UTC.
        source: id of the thing it happened to (station, robot, server), or empty.
        kind: `breakdown`, `waiting`, `repairing`, `minor_stop`, `repaired`, `link`, `action`, or the event
            type's browse name.
        severity: OPC UA severity, 1 to 1000.
    """

    time_ns: int
    source: str
    kind: str
    severity: int
    message: str
    source_ns: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time for which values of a source are missing. Identified by (source, start_ns).

    Attributes:
        source: the server's address, `recorder` when nobody was recording, or the file whose contents are damaged.
        start_ns: the last instant known to be covered.
        end_ns: the first instant covered again; None while the gap is open.
        cause: a short sentence.
        lost: how many values are known to be missing; None where nobody can know.
    """

    source: str
    start_ns: int
    end_ns: int | None
    cause: str
    lost: int | None = None

    def closed(self, end_ns: int) -> Gap:
        """The same gap, ended."""
        return replace(self, end_ns=end_ns)

    def covers(self, at_ns: int) -> bool:
        """Whether `at_ns` lies in the gap: after its start, and before values came again."""
        return self.start_ns < at_ns and (self.end_ns is None or at_ns < self.end_ns)

    def overlaps(self, after_ns: int, until_ns: int) -> bool:
        """Whether the gap reaches into `(after_ns, until_ns]`."""
        return self.start_ns < until_ns and (self.end_ns is None or self.end_ns > after_ns)


@dataclass(frozen=True, slots=True)
class Series:
    """A tag's values over time, thinned to what a plot of some pixels can show, without losing any extreme.

    Where the interval has at most two samples a pixel they are all here (low = high). Otherwise a pixel has at most two
    points: the extremes of all its samples but the last, and that last one, which holds until the next pixel. The first
    point may lie before the interval: the value that held when it began.

    Attributes:
        time_ns: (n,) int64, arrival times, rising.
        low, high: (n,) float64, smallest and largest value of each point's stretch.
        bad: (n,) uint8, worst severity in the stretch: 0 good, 1 uncertain, 2 bad.
    """

    time_ns: Int64s
    low: Floats
    high: Floats
    bad: NDArray[np.uint8]


class Recording(Protocol):
    """Read side. Intervals are half-open, `(after, until]`, in arrival time; all times UTC nanoseconds."""

    origin: Origin
    layout: str | None  # the layout file's text as it was when recording began
    catalog: Catalog

    @property
    def bytes_stored(self) -> int:
        """Size on disk (memory: of the arrays)."""

    def refresh(self) -> bool:
        """Look for what has been recorded since; whether the span, catalogue, events or gaps changed."""

    def span(self) -> Span:
        """What is covered, as of the last refresh. Grows at its end, also when no value changed (heartbeats)."""

    def read(self, after_ns: int, until_ns: int) -> Batch:
        """Every sample in `(after_ns, until_ns]`, in order of arrival."""

    def latest(self, at_ns: int) -> Snapshot:
        """The newest sample of every tag at or before `at_ns`."""

    def series(self, tag: int, after_ns: int, until_ns: int, pixels: int) -> Series:
        """One tag for a plot that is `pixels` wide."""

    def events(self, after_ns: int, until_ns: int) -> list[Event]:
        """Events in `(after_ns, until_ns]`, in order of arrival."""

    def gaps(self, after_ns: int, until_ns: int) -> list[Gap]:
        """Gaps that overlap `(after_ns, until_ns]`, by start."""

    def count_samples(self) -> int:
        """How many samples the recording holds."""

    def close(self) -> None:
        """Release files. Closing twice is allowed."""


class Recorder(Protocol):
    """Write side; one writer per recording. What a call has returned from is durable (memory: visible)."""

    @property
    def end_ns(self) -> int:
        """End of what has been recorded, UTC; 0 while there is nothing. Where a gap begins when recording goes on."""

    def define(self, tags: Sequence[TagInfo]) -> Int32s:
        """Indices of these tags in the catalogue; unknown ids are added."""

    def intern(self, text: str) -> int:
        """The code of a text, the same for the same text. Durable with the first batch or event after it."""

    def append(self, batch: Batch) -> None:
        """Add samples. The first must arrive after everything recorded before, else OrderError."""

    def append_event(self, event: Event) -> None:
        """Add an event. Like a batch it must arrive after everything recorded before, else OrderError."""

    def append_gap(self, gap: Gap) -> None:
        """Add a gap, or replace the one with the same source and start: an open gap is closed this way."""

    def heartbeat(self, time_ns: int) -> None:
        """Say that everything until `time_ns` has been recorded, though nothing may have changed. Never moves back."""

    def close(self) -> None:
        """Finish. Closing twice is allowed."""
