"""The newest values of one variable, in columns: what raw history is read from. Fixed size, constant time to append."""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence
from operator import itemgetter
from typing import Any

Value = float | int | str | bool
Row = tuple[int, Value]


class Ring:
    """The newest `size` values, each with its source time.

    Args:
        code: how `array` stores the values (`d`, `q`); empty for texts, which are kept as they are.
    """

    __slots__ = ("_next", "_size", "_times", "_values")

    def __init__(self, size: int, code: str) -> None:
        self._size = size
        self._next = 0
        self._times = array("q")
        self._values: MutableSequence[Any] = array(code) if code else []

    def append(self, time_ns: int, value: Value) -> None:
        """Keep a value; the oldest goes when the ring is full."""
        if len(self._times) < self._size:
            self._times.append(time_ns)
            self._values.append(value)
        else:
            self._times[self._next] = time_ns
            self._values[self._next] = value
            self._next = (self._next + 1) % self._size

    def rows(self) -> list[Row]:
        """Everything it holds as (time, value), in order of source time; equal times in order of arrival."""
        at = [*range(self._next, len(self._times)), *range(self._next)]
        return sorted(((self._times[row], self._values[row]) for row in at), key=itemgetter(0))
