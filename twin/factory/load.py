"""Synthetic load: how many variables, which types, and which of them change when, at a promised rate.

The k-th change of all is of variable k mod N, whose counter is then k div N + 1; its value is a pure function of that
counter and differs from the one before, so a client can tell whether a change is missing. Not here: nodes and clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from twin.errors import SimulationError

MOST_TAGS = 120_000
HIGHEST_RATE_HZ = 100_000.0
_SIBLINGS = 100  # of each hundred variables: 70 Double, 10 Float, 10 Int32, 4 Boolean, 4 String, 2 DateTime
_MIXTURE = [("Double", 70), ("Float", 10), ("Int32", 10), ("Boolean", 4), ("String", 4), ("DateTime", 2)]
_TYPES = [name for name, times in _MIXTURE for _ in range(times)]
_EPOCH_S = 1_767_225_600  # 2026-01-01 UTC

Value = float | int | str | bool

VALUES: dict[str, Callable[[int], Value]] = {
    "Double": lambda counter: counter / 8,
    "Float": lambda counter: counter % 2**20 / 8,  # exact in single precision
    "Int32": lambda counter: counter % 2**31,
    "Boolean": lambda counter: counter % 2 == 1,
    "String": lambda counter: f"value {counter}",
    "DateTime": lambda counter: float(_EPOCH_S + counter),
}
"""Value of a variable by its data type and counter; a DateTime is seconds since 1970 UTC."""


class Load:
    """Changes of `tags` variables, `rate_hz` of them a second in total.

    Attributes:
        data_types: of the variables in their order.
        rate_hz: changes a second, of all variables together.
        done: how many changes there have been.
    """

    def __init__(self, tags: int, rate_hz: float) -> None:
        if not 1 <= tags <= MOST_TAGS:
            raise SimulationError(f"There cannot be {tags} synthetic variables: choose 1 to {MOST_TAGS:,} with --tags.")
        if not 0 <= rate_hz <= HIGHEST_RATE_HZ:
            raise SimulationError(
                f"{rate_hz:g} changes a second are not possible: choose 0 to {HIGHEST_RATE_HZ:,.0f} with --rate."
            )
        self.data_types = [_TYPES[number % _SIBLINGS] for number in range(tags)]
        self.rate_hz = rate_hz
        self.done = 0

    def first(self) -> Iterator[tuple[int, Value]]:
        """The value of every variable before its first change."""
        return ((number, VALUES[name](0)) for number, name in enumerate(self.data_types))

    def due(self, elapsed_ns: int) -> Iterator[tuple[int, Value]]:
        """The changes up to `elapsed_ns` after the start that have not been yet, at most a second's."""
        most = max(round(self.rate_hz), 1)
        until = min(int(elapsed_ns * self.rate_hz / 1e9), self.done + most)
        numbers, types = len(self.data_types), self.data_types
        for change in range(self.done, until):
            counter, number = divmod(change, numbers)
            yield number, VALUES[types[number]](counter + 1)
        self.done = until
