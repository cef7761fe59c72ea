"""Which values answer a request for raw history: OPC UA Part 11, 6.4.3, as a function of what is kept.

A request spans from where reading begins, which it includes, to where it ends, which it does not. Not here: the wire.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from twin.opcua.ring import Row

NotFound = tuple[int, None]  # no value is kept on that side of this time
_TIME = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for: two of start, end and count.

    Attributes:
        start_ns, end_ns: None where it is open; from a later start to an earlier end time runs backwards, and so it
            does from an end alone.
        count: how many at most, 0 for all; together with both times it is how many at once.
        bounds: whether the values just outside are wanted too.
    """

    start_ns: int | None
    end_ns: int | None
    count: int = 0
    bounds: bool = False

    @property
    def holds(self) -> bool:
        """Whether it says enough."""
        return (self.start_ns is not None) + (self.end_ns is not None) + bool(self.count) >= 2


def select(rows: Sequence[Row], span: Span) -> list[Row | NotFound]:
    """The rows of the span in the order asked for; `rows` are in order of time."""
    if span.start_ns is None:
        begin_ns, until_ns, forward = span.end_ns or 0, None, False
    else:
        begin_ns, until_ns = span.start_ns, span.end_ns
        forward = until_ns is None or begin_ns <= until_ns
    if forward:
        first = bisect_left(rows, begin_ns, key=_TIME)
        exact = bisect_right(rows, begin_ns, key=_TIME)
        last = len(rows) if until_ns is None else bisect_left(rows, until_ns, key=_TIME)
        found = list(rows[first : max(last, exact if until_ns == begin_ns else first)])
        before, after = rows[first - 1 : first] if first else (), rows[last : last + 1]
    else:
        first = bisect_right(rows, begin_ns, key=_TIME)
        last = 0 if until_ns is None else bisect_right(rows, until_ns, key=_TIME)
        found = list(rows[last:first])[::-1]
        before, after = rows[first : first + 1], rows[last - 1 : last] if last else ()
    bounded: list[Row | NotFound] = [*found]
    if span.bounds:
        bounded = _bounded(found, begin_ns, until_ns, (before, after))
    return bounded if until_ns is not None and span.start_ns is not None else bounded[: span.count]


def _bounded(
    found: Sequence[Row], begin_ns: int, until_ns: int | None, sides: tuple[Sequence[Row], Sequence[Row]]
) -> list[Row | NotFound]:
    """With the value before, unless there is one right at the beginning, and the value at or after the end."""
    result: list[Row | NotFound] = [*found]
    exact = bool(found) and found[0][0] == begin_ns
    if not exact:
        result.insert(0, sides[0][0] if sides[0] else (begin_ns, None))
    if until_ns is not None and not (exact and until_ns == begin_ns):
        result.append(sides[1][0] if sides[1] else (until_ns, None))
    return result
