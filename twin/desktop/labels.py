"""Labels of the floor: what each pill says, joined from the frame and the anchors that the scene projects."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from twin.panels.label_painter import Anchor, Label
from twin.panels.names import Directory
from twin.panels.readings import is_blocked
from twin.panels.times import SECOND_NS, duration_text
from twin.panels.words import state as state_word
from twin.panels.words import waiting
from twin.plant.packml import State
from twin.scene.states import (
    PRIORITY_AREAS,
    PRIORITY_LINES,
    PRIORITY_OF_SIGNAL,
    PRIORITY_OTHERS,
    PRIORITY_PLACES,
    PRIORITY_VEHICLES,
)
from twin.scene.theme import Signal
from twin.scene.things import Anchors
from twin.session.frame import Frame

_QUIET = frozenset({State.EXECUTE, State.UNDEFINED})
_CROWD = 60
# How large a thing must be to be named where there are more than that: whatever is in trouble always is, so that it
# stands alone in a view of the whole plant. By priority of the anchor, widget pixels.
_NAMED_FROM_PX = {
    **{PRIORITY_OF_SIGNAL[signal]: 14.0 for signal in (Signal.STALE, Signal.SERVICE)},
    PRIORITY_OF_SIGNAL[Signal.WAITING]: 36.0,
    PRIORITY_OTHERS: 64.0,
    PRIORITY_VEHICLES: 34.0,
    PRIORITY_AREAS: 60.0,
    PRIORITY_PLACES: 36.0,
    PRIORITY_LINES: 400.0,
}


def floor_labels(anchors: Anchors, frame: Frame, directory: Directory, ratio: float) -> Iterator[Anchor]:
    """The labels of all visible anchors large enough; `ratio` is picture pixels per widget pixel."""
    crowded = np.count_nonzero(anchors.visible) > _CROWD
    least_px = np.array([_NAMED_FROM_PX.get(priority, 0.0) * crowded for priority in anchors.priority.tolist()])
    for row in np.flatnonzero(anchors.visible & (anchors.size_px >= least_px * ratio)).tolist():
        thing = anchors.ids[row]
        x_px, y_px = float(anchors.x[row]) / ratio, float(anchors.y[row]) / ratio
        yield Anchor(thing, x_px, y_px, float(anchors.priority[row]), _label(thing, frame, directory))


def _label(thing: str, frame: Frame, directory: Directory) -> Label:
    selected = thing == frame.selection
    if thing in directory.stations:
        return _station_label(thing, directory.stations[thing], frame, directory)
    if thing in directory.vehicles:
        row = directory.vehicles[thing]
        load = directory.load(frame.catalog.text(frame.vehicles.text[row]))
        return Label(thing, load, stale=bool(frame.vehicles.stale[row]), selected=selected)
    if name := directory.name(thing):
        return Label(name, selected=selected, quiet=not selected)
    row = directory.carriers.get(thing, -1)
    serial = frame.catalog.text(frame.carriers.text[row]) if row >= 0 else ""
    return Label(serial or thing, selected=selected)


def _station_label(thing: str, row: int, frame: Frame, directory: Directory) -> Label:
    stations = frame.stations
    state, stale = int(stations.state[row]), bool(stations.stale[row])
    blocked = is_blocked(frame, thing)
    detail = ""
    if not stale and State(state) not in _QUIET:
        since = frame.playhead_ns - int(stations.since_ns[row])
        word = waiting(blocked=blocked) if state == State.SUSPENDED else state_word(state)
        detail = f"{word} {duration_text(since)}" if since >= 10 * SECOND_NS else word  # whole seconds: pills are kept
    return Label(directory.title(thing), detail, state, blocked, stale, thing == frame.selection)
