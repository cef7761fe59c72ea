"""Monitored items, Part 4 section 5.13.1: sampling interval, monitoring mode, queue, triggering.

An item samples when its attribute changes, at most once per sampling interval: what lies between two sampling instants
is forgotten but for its newest value, exactly as if the attribute were read at each of them. So nothing has to be
polled, and an attribute that rests costs nothing. Not here: what is a change (`filters`), events (`events`).
"""

from __future__ import annotations

from math import ceil
from struct import Struct
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from asyncua import ua

from twin.opcua.subscriptions.filters import IsChange, value_changed
from twin.opcua.subscriptions.sample import BOTH, Sample

if TYPE_CHECKING:
    from twin.opcua.subscriptions.subscription import Subscription

DISABLED, SAMPLING, REPORTING = range(3)  # MonitoringMode
_HANDLE = Struct("<I")
_EARLY_S = 0.001  # a publishing timer may fire this much before the sampling instant it coincides with

Entry = TypeVar("Entry")


class MonitoredItem(Generic[Entry]):
    """An item of a subscription and its queue.

    Attributes:
        number: the MonitoredItemId.
        handle: the client's handle, encoded.
        mode: DISABLED, SAMPLING or REPORTING.
        queue: notifications not sent yet, oldest first.
        triggered: whether an item that this one is linked to has asked for its queue to be sent.
        links: items that this one triggers.
        overflowed: whether notifications were discarded since the last were sent.
        listed: whether the subscription has it among the items with something to send.
    """

    __slots__ = (
        "discard_oldest",
        "handle",
        "links",
        "listed",
        "mode",
        "number",
        "overflowed",
        "queue",
        "queue_size",
        "subscription",
        "triggered",
    )

    def __init__(self, subscription: Subscription, number: int) -> None:
        self.subscription = subscription
        self.number = number
        self.handle = _HANDLE.pack(0)
        self.mode = DISABLED
        self.queue_size = 1
        self.discard_oldest = True
        self.queue: list[Entry] = []
        self.overflowed = self.listed = self.triggered = False
        self.links: dict[int, MonitoredItem[Any]] = {}

    def configure(self, client_handle: int, queue_size: int, discard_oldest: bool) -> None:
        """Create or modify: what does not fit a shorter queue is discarded as an overflow would."""
        self.handle = _HANDLE.pack(client_handle)
        self.queue_size = queue_size
        self.discard_oldest = discard_oldest
        surplus = len(self.queue) - queue_size
        if surplus > 0:
            self.queue = self.queue[surplus:] if discard_oldest else [*self.queue[: queue_size - 1], self.queue[-1]]
            self.overflowed = queue_size > 1

    def enqueue(self, entry: Entry) -> None:
        """Queue a notification; an overflow discards as the client wished. A queue of one holds the newest."""
        queue = self.queue
        if len(queue) < self.queue_size:
            queue.append(entry)
        elif self.queue_size == 1:
            queue[0] = entry
        else:
            self._overflow(entry)
        if self.mode == REPORTING and not self.listed:
            self.subscription.list_item(self)
        for linked in self.links.values():
            linked.trigger()

    def _overflow(self, entry: Entry) -> None:
        self.overflowed = True
        if self.discard_oldest:
            del self.queue[0]
            self.queue.append(entry)
        else:
            self.queue[-1] = entry

    def trigger(self) -> None:
        """Send with the next message what is queued by then, although the mode is only SAMPLING."""
        if self.mode == SAMPLING:
            self.triggered = True
            self.subscription.list_item(self)

    def encode(self, out: list[bytes], limit: int) -> None:
        """Move up to `limit` notifications from the queue to `out`, encoded, oldest first."""
        raise NotImplementedError

    def close(self) -> None:
        """Hear of nothing any more."""
        raise NotImplementedError

    def set_mode(self, mode: int) -> None:
        """SetMonitoringMode: disabling forgets the queue; reporting sends what sampling has queued."""
        self.mode = mode
        if mode == DISABLED:
            self.queue.clear()
            self.overflowed = False
        elif mode == REPORTING and self.queue:
            self.subscription.list_item(self)


class MonitoredAttribute:
    """An attribute of a node, as the items that monitor it see it.

    Attributes:
        sample: its current value.
        items: the items that sample it.
    """

    __slots__ = ("items", "sample")

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.items: tuple[DataItem, ...] = ()

    def change(self, sample: Sample, now_s: float) -> None:
        """The attribute has a new value at `now_s` of the loop's clock."""
        self.sample = sample
        for item in self.items:
            item.change(sample, now_s)


class DataItem(MonitoredItem[Sample]):
    """An item that samples an attribute.

    Attributes:
        target: the node and the attribute id that it samples.
        sampling_s: revised sampling interval, seconds; 0 samples every change.
        timestamps: TimestampsToReturn.
        is_change: the filter.
        last: the sample queued last, which the filter compares with.
    """

    __slots__ = ("_attribute", "_due_s", "_pending", "is_change", "last", "sampling_s", "target", "timestamps")

    def __init__(
        self, subscription: Subscription, number: int, attribute: MonitoredAttribute, target: tuple[ua.NodeId, int]
    ) -> None:
        super().__init__(subscription, number)
        self._attribute = attribute
        self.target = target
        self.sampling_s = 0.0
        self.timestamps = BOTH
        self.is_change: IsChange = value_changed
        self.last: Sample | None = None
        self._pending: Sample | None = None  # what the next sampling instant will see
        self._due_s = 0.0  # when that is

    def set_mode(self, mode: int) -> None:
        before = self.mode
        super().set_mode(mode)
        if mode == DISABLED:
            self.close()
        elif before == DISABLED:
            self._attribute.items += (self,)
            self.last = None
            self.take(self._attribute.sample)

    def report_current(self) -> None:
        """Queue the current value whatever the filter says."""
        self.last = None
        self.take(self._attribute.sample)

    def change(self, sample: Sample, now_s: float) -> None:
        """The attribute changed at `now_s`: sample it now, or at the next sampling instant."""
        if not self.sampling_s:
            self.take(sample)
            return
        if self._pending is None:
            self._schedule(now_s)
            self.subscription.sampling.append(self)
        elif self._due_s < now_s:
            self.take(self._pending)
            self._schedule(now_s)
        self._pending = sample

    def flush(self, now_s: float) -> bool:
        """Sample, if the sampling instant has come; whether there is nothing left to sample."""
        if self._pending is not None and self._due_s <= now_s + _EARLY_S:
            self.take(self._pending)
            self._pending = None
        return self._pending is None

    def take(self, sample: Sample) -> None:
        """Queue the sample if it is a change."""
        if self.last is None or self.is_change(self.last, sample):
            self.last = sample
            self.enqueue(sample)

    def encode(self, out: list[bytes], limit: int) -> None:
        queue = self.queue
        if len(queue) == 1 and not self.overflowed:
            out.append(self.handle + queue.pop().encoded(self.timestamps))
            return
        samples, self.queue = queue[:limit], queue[limit:]
        first = len(out)
        out += [self.handle + sample.encoded(self.timestamps) for sample in samples]
        if self.overflowed and (self.discard_oldest or not self.queue):
            row = 0 if self.discard_oldest else len(samples) - 1
            out[first + row] = self.handle + samples[row].encoded_with_overflow(self.timestamps)
            self.overflowed = False

    def close(self) -> None:
        self._pending = None
        self._attribute.items = tuple(item for item in self._attribute.items if item is not self)

    def _schedule(self, now_s: float) -> None:
        """The next sampling instant, on a grid that starts with the subscription, so that both meet where they can."""
        start_s = self.subscription.start_s
        self._due_s = start_s + ceil((now_s - start_s) / self.sampling_s) * self.sampling_s
