"""Intake: what every recorder checks and remembers before it stores anything: names, codes and the order by arrival."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twin.errors import OrderError, RecordingError
from twin.history.batch import Batch, Int32s
from twin.history.recording import Catalog, TagInfo


class Intake:
    """The writer's own catalogue and the end of what it has recorded.

    Attributes:
        catalog: with everything defined so far, stored already or not.
        end_ns: end of what has been recorded; 0 while there is nothing.
        new_tags: by index, new or changed ones that are not stored yet.
        new_texts: the last texts of the catalogue, that are not stored yet.
    """

    def __init__(self, catalog: Catalog, end_ns: int) -> None:
        self.catalog = catalog
        self.end_ns = end_ns
        self.new_tags: dict[int, TagInfo] = {}
        self.new_texts: list[str] = []
        self._codes = {text: code for code, text in enumerate(catalog.texts)}

    def define(self, tags: Sequence[TagInfo]) -> Int32s:
        """Indices of these tags; unknown and changed ones become news."""
        indices = np.empty(len(tags), np.int32)
        for place, info in enumerate(tags):
            index = self.catalog.index(info.id)
            if index < 0 or self.catalog.tags[index] != info:
                index = self.catalog.add_tag(info)
                self.new_tags[index] = info
            indices[place] = index
        return indices

    def intern(self, text: str) -> int:
        """The code of a text; a new one becomes news."""
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = self.catalog.add_text(text)
            self.new_texts.append(text)
        return code

    def stored(self) -> None:
        """The news has been stored."""
        self.new_tags = {}
        self.new_texts = []

    def check(self, batch: Batch) -> None:
        """Raise OrderError or RecordingError if the batch, which has rows, may not be stored."""
        self.check_time(int(batch.time_ns[0]), "a batch")
        falls = np.flatnonzero(np.diff(batch.time_ns) < 0)
        if len(falls):
            row = int(falls[0]) + 1
            raise OrderError(
                f"Row {row} of a batch arrives before the row ahead of it; batches are in order of arrival."
            )
        lowest, highest = int(batch.tag.min()), int(batch.tag.max())
        if lowest < 0 or highest >= len(self.catalog):
            wrong = lowest if lowest < 0 else highest
            raise RecordingError(f"A batch names tag {wrong}, but {len(self.catalog)} are defined; define tags first.")

    def check_time(self, time_ns: int, what: str) -> None:
        """Raise OrderError unless `what` arrives after everything recorded."""
        if time_ns <= self.end_ns:
            raise OrderError(
                f"The recording reaches {self.end_ns} ns; {what} at {time_ns} ns does not come after that. "
                "Arrival times must rise: use the gateway's own clock, not the servers'."
            )
