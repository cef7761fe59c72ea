"""What is wrong between lines and whoever reads them: lines that are not heard, source times that are wrong.

A line that is heard again tells everything afresh, its alarms among it, as after a real loss of its network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twin.opcua.server import Reading
from twin.plant.malfunctions import lines_by_id
from twin.sim.levels import levels
from twin.sim.messages import Alarm, Change, Incident, Message
from twin.sim.plan import Plan
from twin.sim.state import PlantState

_NANOSECONDS = 1_000_000_000


class WireFaults:
    """The faults of one plant's wire, as its state says."""

    def __init__(self, plan: Plan, state: PlantState) -> None:
        self._plan = plan
        self._state = state
        self._lines = lines_by_id(plan.layout)
        self._silent: set[int] = set()
        self._unheard: dict[tuple[str, str], Alarm] = {}

    def heard(self, told: Iterable[Message]) -> list[Message]:
        """What is heard of what the plant has told."""
        if not self._state.wire_faults:
            return list(told)
        return [message for message in told if self._is_heard(message)]

    def caught_up(self) -> Iterator[Message]:
        """Everything of the lines that are heard again."""
        silent = {line for line in range(len(self._plan.lines)) if self._fault(line, "silent", self._state.now_ns)}
        back, self._silent = self._silent - silent, silent
        if back:
            yield from (it for it in levels(self._plan, self._state) if self._line(it.owner) in back)
            for key in [key for key in self._unheard if self._line(key[0]) in back]:
                yield self._unheard.pop(key)

    def dated(self, change: Change, reading: Reading) -> Reading:
        """A reading with the source time that its line's server gives it."""
        line = self._line(change.owner) if self._state.wire_faults else None
        ahead_s = self._fault(line, "skew", change.time_ns) if line is not None else 0.0
        return reading._replace(source_ns=reading.source_ns + round(ahead_s * _NANOSECONDS)) if ahead_s else reading

    def _is_heard(self, message: Message) -> bool:
        if not isinstance(message, Change | Incident | Alarm):
            return True
        owner = message.owner if isinstance(message, Change) else message.source
        line = self._line(owner)
        if line is None or not self._fault(line, "silent", message.time_ns):
            return True
        if isinstance(message, Alarm):
            self._unheard[owner, message.condition] = message
        return False

    def _line(self, owner: str) -> int | None:
        """The line that an owner belongs to."""
        return self._lines.get(owner.split("/", 1)[0])

    def _fault(self, line: int, kind: str, time_ns: int) -> float:
        """How much of a kind of fault a line has at an instant, 0.0 for none."""
        return sum(
            fault.amount_s
            for fault in self._state.wire_faults
            if (fault.line, fault.kind) == (line, kind)
            and fault.since_ns <= time_ns
            and (fault.until_ns < 0 or time_ns < fault.until_ns)
        )
