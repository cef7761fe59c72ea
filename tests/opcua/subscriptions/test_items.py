"""Monitored items against a tiny model of Part 4, and the single rules that the model is made of."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tests.opcua.subscriptions.engine import Rig, notifications
from twin.opcua.subscriptions.filters import beyond, time_changed, value_changed
from twin.opcua.subscriptions.items import DISABLED, REPORTING, SAMPLING
from twin.opcua.subscriptions.sample import OVERFLOW


@dataclass(frozen=True)
class Settings:
    queue_size: int
    discard_oldest: bool
    deadband: float
    sampling_s: float


SETTINGS = st.builds(
    Settings,
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from([0.0, 1.0, 2.5]),
    st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]),
)
# (sixteenths of a second since the write before, value)
WRITES = st.lists(st.tuples(st.integers(1, 12), st.integers(-5, 5).map(float)), max_size=40)


class Model:
    """What a client should get, said as plainly as possible."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.written: list[tuple[float, float]] = []
        self.last = 0.0
        self.queue: list[tuple[float, bool]] = [(0.0, False)]
        self.sampled_until_s = 0.0

    def publish(self, now_s: float) -> list[tuple[float, bool]]:
        for value in self._samples(now_s):
            if abs(value - self.last) > self.settings.deadband:
                self.last = value
                self._enqueue(value)
        self.sampled_until_s = now_s
        sent, self.queue = self.queue, []
        return sent

    def _samples(self, now_s: float) -> list[float]:
        interval_s = self.settings.sampling_s
        if not interval_s:
            return [value for time_s, value in self.written if self.sampled_until_s < time_s <= now_s]
        first, last = int(self.sampled_until_s / interval_s) + 1, int(now_s / interval_s)
        instants = [number * interval_s for number in range(first, last + 1)]
        return [value for instant_s in instants for value in [v for t, v in self.written if t <= instant_s][-1:]]

    def _enqueue(self, value: float) -> None:
        size, oldest = self.settings.queue_size, self.settings.discard_oldest
        if size == 1:
            self.queue = [(value, False)]
        elif len(self.queue) < size:
            self.queue.append((value, False))
        elif oldest:
            self.queue = [(self.queue[1][0], True), *self.queue[2:], (value, False)]
        else:
            self.queue[-1] = (value, True)


@given(SETTINGS, WRITES)
def test_a_client_gets_what_the_model_says(settings: Settings, writes: list[tuple[int, float]]) -> None:
    rig, model = Rig(), Model(settings)
    rig.item.configure(1, settings.queue_size, settings.discard_oldest)
    rig.item.is_change = beyond(settings.deadband, value_changed)
    rig.item.sampling_s = settings.sampling_s
    now_s = 0.0
    for sixteenths, value in [*writes, (64, 0.0)]:
        before_s, now_s = now_s, now_s + sixteenths / 16
        for second in range(int(before_s) + 1, int(now_s) + 1):
            rig.subscription.tick(float(second), has_request=True)
            sent = [(value, status == OVERFLOW) for _, value, status in notifications(rig.subscription)]
            assert sent == model.publish(float(second))
        if now_s != int(now_s):  # a write in the instant of a tick may come before or after it
            rig.write(value, now_s)
            model.written.append((now_s, value))


def test_a_slow_ramp_is_reported_each_time_it_has_come_far_enough() -> None:
    rig = Rig()
    rig.item.configure(1, 100, True)
    rig.item.is_change = beyond(1.0, value_changed)
    for step in range(1, 41):
        rig.write(step / 8)
    assert rig.sent() == [0.0, 1.125, 2.25, 3.375, 4.5]


def test_a_change_of_status_passes_every_deadband() -> None:
    rig = Rig()
    rig.item.configure(1, 9, True)
    rig.item.is_change = beyond(100.0, value_changed)
    rig.write(0.5, status=0x40000000)
    rig.write(0.6)
    assert [status for _, _, status in notifications(rig.subscription)] == [0, 0x40000000, 0]


def test_a_disabled_item_is_silent_and_begins_anew_with_the_current_value() -> None:
    rig = Rig()
    rig.item.set_mode(DISABLED)
    rig.write(1.0)
    assert rig.sent() == []
    rig.item.set_mode(REPORTING)
    assert rig.sent() == [1.0]
    rig.write(2.0)
    assert rig.sent() == [2.0]


def test_a_sampling_item_queues_until_it_may_report() -> None:
    rig = Rig()
    assert rig.sent() == [0.0]
    rig.item.configure(1, 5, True)
    rig.item.set_mode(SAMPLING)
    rig.write(1.0)
    rig.write(2.0)
    assert rig.sent() == []
    rig.item.set_mode(REPORTING)
    assert rig.sent() == [1.0, 2.0]


def test_what_is_queued_is_not_sent_once_reporting_ends() -> None:
    rig = Rig()
    rig.write(1.0)
    rig.item.set_mode(SAMPLING)
    assert rig.sent() == []
    rig.item.set_mode(REPORTING)
    assert rig.sent() == [1.0]


def test_a_triggering_item_sends_what_the_linked_one_has_sampled() -> None:
    rig = Rig()
    linked = rig.add(2, SAMPLING)
    assert rig.sent() == [0.0]
    rig.item.links[2] = linked
    for value in (3.0, 4.0):
        rig.write(value)  # of both items; the linked one samples after the triggering one
        assert rig.sent() == [value, value]
    del rig.item.links[2]
    rig.write(5.0)
    assert rig.sent() == [5.0]


def test_a_shorter_queue_keeps_what_an_overflow_would_have_kept() -> None:
    for discard_oldest, kept in [(True, [(2.0, OVERFLOW), (3.0, 0)]), (False, [(0.0, 0), (3.0, OVERFLOW)])]:
        rig = Rig()
        rig.item.configure(1, 4, discard_oldest)
        for value in (1.0, 2.0, 3.0):
            rig.write(value)
        rig.item.configure(1, 2, discard_oldest)
        assert [(value, status) for _, value, status in notifications(rig.subscription)] == kept


def test_a_new_time_alone_is_a_change_where_the_client_asked_for_it() -> None:
    rig = Rig()
    rig.item.configure(1, 5, True)
    rig.item.is_change = time_changed
    rig.write(0.0)
    assert rig.sent() == [0.0]


def test_a_deleted_item_hears_nothing() -> None:
    rig = Rig()
    rig.subscription.remove(rig.item)
    rig.write(1.0)
    assert rig.sent() == []
    assert rig.attribute.items == ()
