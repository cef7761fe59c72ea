"""A simulated plant written into a recording without a wire: what a gateway would have recorded, faster than time.

Values arrive at the instant at which they happen. Process values come as columns and stay columns. Not here: serving a
plant (`twin.factory`), and taking its state up again from such a recording (`twin.sim.past.recovery`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twin.history.batch import Batch, Floats, Int32s, Int64s
from twin.history.layout_tags import layout_tags
from twin.history.recording import Event, Recorder
from twin.plant.layout import Layout
from twin.sim.as_built import RecordWriter
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident, Value
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.signals.observe import Observed, observe
from twin.sim.signals.samples import NO_SAMPLES, Samples
from twin.sim.state import PlantState

WINDOW_NS = 20 * NANOSECONDS  # samples held in memory at once; windows change nothing


class PlantRecorder:
    """Writes one plant into one recorder, and its as-built records where they are asked for."""

    def __init__(
        self, layout: Layout, plan: Plan, state: PlantState, recorder: Recorder, *, records: RecordWriter | None = None
    ) -> None:
        self._plan = plan
        self._state = state
        self._recorder = recorder
        self._records = records
        infos = layout_tags(layout)
        indices = recorder.define(infos)
        self._tags = dict(zip((info.id for info in infos), indices.tolist(), strict=True))
        self._instants = {self._tags[info.id] for info in infos if info.data_type == "DateTime"}
        self._signals = np.array([self._tags[f"{signal.owner}/{signal.tag.id}"] for signal in plan.signals], np.int32)
        self.samples = self.events = 0

    def write_levels(self) -> None:
        """Writes everything that is so now: where a recording begins."""
        self._write(Observed(list(levels(self._plan, self._state)), NO_SAMPLES))

    def run(self, until_ns: int) -> None:
        """Lets the plant live until `until_ns` and writes down all of it."""
        while self._state.now_ns < until_ns:
            observed = observe(self._plan, self._state, min(self._state.now_ns + WINDOW_NS, until_ns))
            self._write(observed)
            if self._records is not None:
                self._records.write(observed.messages)
        self._recorder.heartbeat(self._utc_ns(until_ns))

    def close(self) -> None:
        """Closes the recorder: everything is durable."""
        self._recorder.close()
        if self._records is not None:
            self._records.close()

    def _write(self, observed: Observed) -> None:
        changes = [message for message in observed.messages if isinstance(message, Change)]
        batch = self._joined(self._columns(changes), observed.samples)
        after_ns = -1
        for incident in (message for message in observed.messages if isinstance(message, Incident)):
            at_ns = self._utc_ns(incident.time_ns)
            self._append(batch.between(after_ns, at_ns))
            self._recorder.append_event(self._event(incident, max(at_ns, self._recorder.end_ns + 1)))
            self.events += 1
            after_ns = at_ns
        self._append(batch.between(after_ns, batch.time_ns[-1]) if len(batch) else batch)

    def _append(self, batch: Batch) -> None:
        """Writes samples after everything written before: those of one instant with an event come just after it."""
        if len(batch):
            time_ns = np.maximum(batch.time_ns, self._recorder.end_ns + 1)
            self._recorder.append(Batch(time_ns, batch.tag, batch.value, batch.quality, batch.source_ns))
            self.samples += len(batch)

    def _columns(self, changes: Sequence[Change]) -> tuple[Int64s, Int32s, Floats]:
        """The changes of tags that the layout has, as columns."""
        known = [(change, self._tags.get(f"{change.owner}/{change.tag}", -1)) for change in changes]
        rows = [(change.time_ns, tag, self._number(change.value, tag)) for change, tag in known if tag >= 0]
        time_ns, tag, value = zip(*rows, strict=True) if rows else ((), (), ())
        return np.array(time_ns, np.int64), np.array(tag, np.int32), np.array(value, np.float64)

    def _number(self, value: Value, tag: int) -> float:
        if isinstance(value, str):
            return self._recorder.intern(value)
        return self._utc_ns(int(value)) / NANOSECONDS if tag in self._instants else float(value)

    def _joined(self, changes: tuple[Int64s, Int32s, Floats], samples: Samples) -> Batch:
        time_ns = np.concatenate([changes[0], samples.time_ns]) + self._state.epoch_ns
        order = np.argsort(time_ns, kind="stable")
        tag = np.concatenate([changes[1], self._signals[samples.signal]])[order]
        value = np.concatenate([changes[2], samples.value])[order]
        good = np.zeros(len(order), np.uint32)
        return Batch(time_ns[order], tag, value, good, time_ns[order].copy())

    def _event(self, incident: Incident, arrival_ns: int) -> Event:
        source_ns = self._utc_ns(incident.time_ns)
        return Event(arrival_ns, incident.source, incident.kind, incident.severity, incident.message, source_ns)

    def _utc_ns(self, plant_ns: int) -> int:
        return plant_ns + self._state.epoch_ns
