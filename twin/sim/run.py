"""What every part of the kernel works on: the plan, the state, and what takes down what there is to say."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush

from twin.sim.messages import Change, Message, Value
from twin.sim.plan import Plan
from twin.sim.state import PlantState
from twin.sim.trace import Trace, course

# What happens first at one instant. Within FINISH the station furthest downstream comes first, so that a place that
# becomes free is free for everybody behind it: that makes slotted lines come out as the synchronous models have them.
# A station fails last: having finished its unit, it fails at the start of the next one.
FINISH, ARRIVE, STEP, SET_UP, FAIL, DRIVE, SHIFT = range(7)
# Logistics: a purchase comes in, a crane has moved, a truck comes or goes. Orders: a customer orders, goods are in the
# warehouse, goods have left on a truck. Training: a malfunction begins or ends, a scenario looks about itself.
PURCHASE, CRANE, TRUCK, ORDER, STOCKED, SHIPPED, TRAINING = range(7, 14)


@dataclass(slots=True)
class Run:
    """A state under way; `out` and `trace` are None where nobody asks, and then nothing is put together."""

    plan: Plan
    state: PlantState
    out: list[Message] | None = None
    trace: Trace | None = None

    def tell(self, owner: str, tags: frozenset[str], values: dict[str, Value]) -> None:
        """Notes new values of an owner's kernel tags; those the layout does not give it are nobody's business."""
        if self.out is not None:
            now = self.state.now_ns
            self.out.extend(Change(now, owner, tag, value) for tag, value in values.items() if tag in tags)

    def note_course(self, index: int) -> None:
        """Notes that a station's PackML state or the unit in its first place has changed."""
        if self.trace is not None:
            self.trace.courses.extend(course(self.state.stations[index], index, self.state.now_ns))

    def push(self, time_ns: int, rank: int, index: int) -> None:
        """Puts an event on the heap."""
        heappush(self.state.heap, (time_ns, rank, -index))
