"""A recording in memory, written and read by one process: for tests, for forecasts, and for a window that waits."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence

from twin.history.batch import Batch, Int32s, Snapshot, empty_snapshot
from twin.history.intake import Intake
from twin.history.minutes import MINUTE_NS, Minute, MinuteRecording, split_minutes
from twin.history.recording import Catalog, Event, Gap, Origin, Span, TagInfo

_ROW_BYTES = 32


class _MemoryMinutes:
    """Minutes that are all there."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._minutes: list[Minute] = []
        self.samples = 0

    def between(self, first: int, last: int) -> Iterator[Minute]:
        start, stop = bisect.bisect_left(self._numbers, first), bisect.bisect_right(self._numbers, last)
        yield from self._minutes[start:stop]

    def holding(self, number: int) -> Minute | None:
        index = bisect.bisect_right(self._numbers, number)
        return self._minutes[index - 1] if index else None

    def append(self, batch: Batch, tags: int) -> None:
        for number, piece in split_minutes(batch):
            if not self._numbers or self._numbers[-1] != number:
                state = self._state_before(number, tags)
                self._numbers.append(number)
                self._minutes.append(Minute(number, _answer(state)))
            self._minutes[-1].append(piece)
            self.samples += len(piece)

    def _state_before(self, number: int, tags: int) -> Snapshot:
        at_ns = number * MINUTE_NS - 1
        return self._minutes[-1].state_at(at_ns, tags) if self._minutes else empty_snapshot(at_ns, tags)


def _answer(state: Snapshot) -> Callable[[], Snapshot]:
    return lambda: state


class MemoryRecording(MinuteRecording):
    """Recorder and Recording in one. Readers see what has been written at the next `refresh`, like those of a file."""

    def __init__(self, origin: Origin, layout: str | None = None) -> None:
        self._store = _MemoryMinutes()
        super().__init__(self._store)
        self.origin = origin
        self.layout = layout
        self._intake = Intake(Catalog(), 0)
        self._start_ns = 0
        self._events: list[Event] = []
        self._gaps: dict[tuple[str, int], Gap] = {}
        self._seen_gaps: list[Gap] = []
        self._seen_samples = 0

    @property
    def bytes_stored(self) -> int:
        return self._store.samples * _ROW_BYTES

    @property
    def end_ns(self) -> int:
        return self._intake.end_ns

    def refresh(self) -> bool:
        span = Span(self._start_ns, self._intake.end_ns)
        gaps = sorted(self._gaps.values(), key=lambda gap: (gap.start_ns, gap.source))
        news = self._intake.new_tags or self._intake.new_texts
        changed = bool(news) or span != self._span or gaps != self._seen_gaps
        for _, info in sorted(self._intake.new_tags.items()):
            self.catalog.add_tag(info)
        for text in self._intake.new_texts:
            self.catalog.add_text(text)
        self._intake.stored()
        self._span, self._seen_gaps, self._seen_samples = span, gaps, self._store.samples
        return changed

    def events(self, after_ns: int, until_ns: int) -> list[Event]:
        last_ns = min(until_ns, self._span.end_ns)
        start = bisect.bisect_right(self._events, after_ns, key=lambda event: event.time_ns)
        stop = bisect.bisect_right(self._events, last_ns, key=lambda event: event.time_ns)
        return self._events[start:stop]

    def gaps(self, after_ns: int, until_ns: int) -> list[Gap]:
        return [gap for gap in self._seen_gaps if gap.overlaps(after_ns, until_ns)]

    def count_samples(self) -> int:
        return self._seen_samples

    def define(self, tags: Sequence[TagInfo]) -> Int32s:
        return self._intake.define(tags)

    def intern(self, text: str) -> int:
        return self._intake.intern(text)

    def append(self, batch: Batch) -> None:
        if not len(batch):
            return
        self._intake.check(batch)
        self._store.append(batch, len(self._intake.catalog))
        self._reach(int(batch.time_ns[-1]), int(batch.time_ns[0]))

    def append_event(self, event: Event) -> None:
        self._intake.check_time(event.time_ns, "an event")
        self._events.append(event)
        self._reach(event.time_ns, event.time_ns)

    def append_gap(self, gap: Gap) -> None:
        self._gaps[gap.source, gap.start_ns] = gap

    def heartbeat(self, time_ns: int) -> None:
        if time_ns > self._intake.end_ns:
            self._reach(time_ns, time_ns)

    def close(self) -> None:
        """Nothing to release."""

    def _reach(self, end_ns: int, start_ns: int) -> None:
        self._start_ns = self._start_ns or start_ns
        self._intake.end_ns = end_ns
