"""The day files of a recording, read: which minutes there are, their samples, and the state in which each began.

A chunk that cannot be read becomes a gap; everything round it stays readable. Not here: the catalogue.
"""

from __future__ import annotations

import bisect
import logging
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from twin.errors import RecordingError
from twin.history.batch import EMPTY, Snapshot
from twin.history.codec import Codec
from twin.history.day_file import DayFile
from twin.history.keyframes import after_minute, from_rows, no_state
from twin.history.minutes import MINUTE_NS, Minute
from twin.history.recording import Gap
from twin.history.sqlite_tables import MINUTES_A_DAY, clock_time, day_of, day_path

_MOST_SAMPLES = 2_000_000  # decoded and kept, about 70 MB
_MINUTE_OVERHEAD = 500  # what an almost empty minute costs, in samples
_MOST_FILES = 6

_log = logging.getLogger(__name__)


@dataclass
class _Held:
    """A decoded minute. `rows` counts those taken over or found damaged, `seq` is the last journal row of them."""

    minute: Minute
    rows: int = 0
    seq: int = 0
    seen: int = -1
    complete: bool = False

    @property
    def weight(self) -> int:
        return len(self.minute) + _MINUTE_OVERHEAD


class DayFiles:
    """Minutes of all days. Decoded ones are kept, the least recently used go first."""

    def __init__(self, folder: Path) -> None:
        self.damage: list[Gap] = []
        self.end_ns = 0
        self._folder = folder
        self._days: list[int] = []
        self._files: OrderedDict[int, DayFile | None] = OrderedDict()
        self._codec = Codec()
        self._held: OrderedDict[int, _Held] = OrderedDict()
        self._weight = 0
        self._generation = 0
        self._newest = -1

    def follow(self, days: list[int]) -> bool:
        """Look at the newest day, and at those registered since the last look; whether there are new samples."""
        news = [day for day in days if day >= self._days[-1]] if self._days else days[-1:]
        first = not self._days
        self._days = days
        before = self.end_ns
        for day in news:
            self._look_at(day)
        if first and not self.end_ns:  # the newest day was made, but its first samples were not written any more
            for day in days[-2:-1]:
                self._look_at(day)
        self._generation += self.end_ns > before
        return self.end_ns > before

    def between(self, first: int, last: int) -> Iterator[Minute]:
        low = bisect.bisect_left(self._days, day_of(first))
        high = bisect.bisect_right(self._days, day_of(last))
        for day in self._days[low:high]:
            file = self._file(day)
            numbers = file.minutes if file else []
            for number in numbers[bisect.bisect_left(numbers, first) : bisect.bisect_right(numbers, last)]:
                yield self._minute(number)

    def holding(self, number: int) -> Minute | None:
        found = self._number_until(number)
        return None if found is None else self._minute(found)

    def state_before(self, number: int) -> Snapshot:
        """The state in which a minute begins: its keyframe, or an earlier one and what came since."""
        missing: list[int] = []
        state = self._keyframe(number)
        while state is None:
            earlier = self._number_until((missing[-1] if missing else number) - 1)
            if earlier is None:
                state = no_state(number)
            else:
                missing.append(earlier)
                state = self._keyframe(earlier)
        for minute in reversed(missing):
            state = after_minute(state, minute, self._minute(minute).samples)
        return state

    def count_before(self, minute: int) -> int:
        """Samples of all minutes before one, without decoding them."""
        return sum(file.count_before(minute) for file in map(self._file, self._days) if file is not None)

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            if file is not None:
                file.close()
        self._files.clear()

    def _look_at(self, day: int) -> None:
        file = self._file(day)
        if file is None:
            return
        try:
            file.poll()
        except RecordingError as error:
            self._add_damage(file.path, (self.end_ns, (day + 1) * MINUTES_A_DAY * MINUTE_NS), str(error), None)
        self.end_ns = max(self.end_ns, file.end_ns)
        self._newest = max(self._newest, file.minutes[-1] if file.minutes else -1)

    def _file(self, day: int) -> DayFile | None:
        """The open file of a day; None, and a gap, where it cannot be read."""
        if day not in self._files:
            path = day_path(self._folder, day)
            self._files[day] = None
            try:
                self._files[day] = file = DayFile(path)
                file.poll()
            except RecordingError as error:
                first = day * MINUTES_A_DAY
                self._add_damage(path, (first * MINUTE_NS - 1, (first + MINUTES_A_DAY) * MINUTE_NS), str(error), None)
            while len(self._files) > _MOST_FILES:
                oldest = self._files.popitem(last=False)[1]
                if oldest is not None:
                    oldest.close()
        self._files.move_to_end(day)
        return self._files[day]

    def _number_until(self, number: int) -> int | None:
        """The last minute with samples numbered `number` or less."""
        for day in reversed(self._days[: bisect.bisect_right(self._days, day_of(number))]):
            file = self._file(day)
            index = bisect.bisect_right(file.minutes, number) if file else 0
            if file and index:
                return file.minutes[index - 1]
        return None

    def _minute(self, number: int) -> Minute:
        held = self._held.pop(number, None) or _Held(Minute(number, lambda: self.state_before(number)))
        self._held[number] = held
        if not held.complete and held.seen != self._generation:
            self._weight -= held.weight if held.seen >= 0 else 0
            self._fill(held)
            held.complete = number < self._newest  # whoever writes a later minute has finished this one
            held.seen = self._generation
            self._weight += held.weight
            while self._weight > _MOST_SAMPLES and len(self._held) > 2:
                self._weight -= self._held.popitem(last=False)[1].weight
        return held.minute

    def _fill(self, held: _Held) -> None:
        """Take over what has been written to a minute since it was last looked at."""
        number = held.minute.number
        path = day_path(self._folder, day_of(number))
        file = self._file(day_of(number))
        try:
            rows = file.rows(number, held.seq) if file else []
        except RecordingError as error:
            self._add_damage(path, (number * MINUTE_NS - 1, (number + 1) * MINUTE_NS), str(error), None)
            return
        for row in rows:
            try:
                batch = self._codec.decode(row.blob)
            except RecordingError as error:
                cause = f"{path.name}, minute {clock_time(number)} UTC: a chunk is damaged, {error}"
                self._add_damage(path, (row.t0 - 1, (number + 1) * MINUTE_NS), cause, row.n)
                batch = EMPTY
            new = batch if row.seq else batch.rows(slice(held.rows, None))  # sealed meanwhile: the whole minute again
            held.minute.append(new)
            held.rows += row.n if row.seq else row.n - held.rows
            held.seq = max(held.seq, row.seq)

    def _keyframe(self, number: int) -> Snapshot | None:
        """The keyframe of a minute; a damaged one is as good as none, because the minutes before it make up for it."""
        file = self._file(day_of(number))
        try:
            blob = file.keyframe(number) if file else None
            return None if blob is None else from_rows(self._codec.decode(blob), number)
        except RecordingError as error:
            _log.warning("keyframe of minute %s UTC passed over: %s", clock_time(number), error)
            return None

    def _add_damage(self, path: Path, bounds: tuple[int, int], cause: str, lost: int | None) -> None:
        gap = Gap(path.name, bounds[0], bounds[1], cause, lost)
        if gap not in self.damage:
            self.damage.append(gap)
            _log.warning("%s", cause)
