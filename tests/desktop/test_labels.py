"""Labels: in the view of a whole plant only what is in trouble and the names of areas; near a thing, its own."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scene.frames import frame, shipped_layout
from twin.desktop.labels import floor_labels
from twin.panels.names import Directory
from twin.plant.layout import Layout
from twin.scene.states import PRIORITY_AREAS, PRIORITY_OF_SIGNAL, PRIORITY_OTHERS, PRIORITY_VEHICLES
from twin.scene.theme import Signal
from twin.scene.things import Anchors


def anchors(layout: Layout, size_px: float, copies: int) -> Anchors:
    """A held station, one that runs, a vehicle and an area, each so large in the picture and so many times there."""
    held, other = (station.id for station in layout.stations[:2])
    ids = (held, other, layout.vehicles[0].id, layout.areas[0].id) * copies
    priority = (PRIORITY_OF_SIGNAL[Signal.HELD], PRIORITY_OTHERS, PRIORITY_VEHICLES, PRIORITY_AREAS) * copies
    column = np.full(len(ids), 50.0)
    there = np.ones(len(ids), bool)
    return Anchors(ids, column, column, column, there, np.array(priority, np.int32), np.full(len(ids), size_px))


@pytest.mark.parametrize(("size_px", "copies", "named"), [(8.0, 40, 1), (100.0, 40, 4), (8.0, 1, 4)])
def test_only_trouble_is_named_where_many_things_are_small(size_px: float, copies: int, named: int) -> None:
    layout = shipped_layout()
    labels = floor_labels(anchors(layout, size_px, copies), frame(layout), Directory(layout), 1.0)
    found = {label.thing for label in labels}
    assert len(found) == named
    assert layout.stations[0].id in found
