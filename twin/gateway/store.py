"""Between the link and the recorder: a bounded buffer, flushed in order of arrival, and the gaps of what is missing.

Policy when the recorder cannot follow (a full disk, a slow one): the oldest values are dropped first, because the floor
lives on the newest; what was dropped becomes a gap record with its count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import takewhile

from twin.errors import OrderError, RecordingError
from twin.history.batch import join_batches
from twin.history.recording import Event, Gap, Recorder, TagInfo
from twin.opcua.values import Report

MOST_WAITING = 100_000  # samples and events
HEARTBEAT_NS = 250_000_000


class Store:
    """What is on its way into one recording.

    Attributes:
        is_flowing: whether values have come since they were last missing.
        trouble: why the last flush failed; empty when it did not.
    """

    def __init__(self, recorder: Recorder, source: str, most_waiting: int = MOST_WAITING) -> None:
        self._recorder = recorder
        self._source = source
        self._most = most_waiting
        self._waiting: deque[Report | Event] = deque()
        self._count = 0
        self._dropped = 0
        self._dropped_from_ns = 0
        self._open: list[Gap] = []
        self._pending: list[Gap] = []  # gap records that the recorder has not taken yet
        self._newest_ns = 0
        self.is_flowing = False
        self.trouble = ""

    def define(self, tags: Sequence[TagInfo]) -> list[int]:
        """Indices of these tags in the recording's catalogue."""
        return [int(tag) for tag in self._recorder.define(tags)]

    def put(self, report: Report) -> None:
        """Take a report. Where there is no room, the oldest go."""
        entries: tuple[Report | Event, ...] = (report, *report.events)
        for entry in entries:
            self._waiting.append(entry)
            self._count += _weight(entry)
        while self._count > self._most:
            oldest = self._waiting.popleft()
            self._count -= _weight(oldest)
            self._dropped_from_ns = self._dropped_from_ns or oldest.time_ns - 1
            self._dropped += _weight(oldest)

    def lose(self, gap: Gap) -> None:
        """Values are missing from now on. A source that is missing already stays so since it first was."""
        self.is_flowing = False
        if all(known.source != gap.source for known in self._open):
            self._open.append(gap)
            self._pending.append(gap)

    def inherit(self, gap: Gap) -> None:
        """A gap that an earlier run left open: it ends when values come."""
        self._open.append(gap)

    def restore(self, at_ns: int) -> None:
        """Values came at `at_ns`."""
        self.is_flowing = True
        self._pending += [gap.closed(at_ns) for gap in self._open]
        self._open.clear()

    def flush(self, now_ns: int) -> int:
        """Write everything that waits, or say that nothing happened until `now_ns`; how many samples were stored.

        What cannot be written waits for the next flush, and `trouble` says why.
        """
        stored = 0
        try:
            while self._waiting:
                stored += self._write_first()
            if self._dropped:
                cause = "values dropped: the recording could not be written as fast as they came"
                self._pending.append(Gap(self._source, self._dropped_from_ns, now_ns, cause, self._dropped))
                self._dropped = self._dropped_from_ns = 0
            while self._pending:
                self._recorder.append_gap(self._pending[0])
                self._pending.pop(0)
            if now_ns - self._newest_ns >= HEARTBEAT_NS:
                self._recorder.heartbeat(now_ns)
                self._newest_ns = now_ns
        except OrderError:
            raise
        except RecordingError as error:
            self.trouble = str(error)
        else:
            self.trouble = ""
        return stored

    def close(self) -> None:
        """Close the recorder. What still waits could not be written."""
        self._recorder.close()

    def _write_first(self) -> int:
        """Write the run of reports at the front as one batch, or the event at the front."""
        first = self._waiting[0]
        run: list[Report] = [entry for entry in takewhile(_is_report, self._waiting) if isinstance(entry, Report)]
        batch = join_batches([report.interned(self._recorder.intern) for report in run])
        if len(batch):
            self._recorder.append(batch)
        if isinstance(first, Event):
            self._recorder.append_event(first)
        for _ in range(max(1, len(run))):
            entry = self._waiting.popleft()
            self._count -= _weight(entry)
            self._newest_ns = entry.time_ns
        return len(batch)


def _is_report(entry: Report | Event) -> bool:
    return isinstance(entry, Report)


def _weight(entry: Report | Event) -> int:
    return len(entry.batch) if isinstance(entry, Report) else 1
