"""What the simulator says against what a client reads."""

from __future__ import annotations

import json
import struct

import pytest

from twin.factory.clock import PlantClock
from twin.factory.wire import Wire
from twin.opcua.server import Reading
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout
from twin.sim.messages import Change, Value

NAME = {"en": "x", "zh_CN": "x"}
TYPES = ("Boolean", "Int32", "UInt32", "Int64", "Float", "Double", "String", "DateTime")


def layout() -> Layout:
    tags = [{"id": kind, "browse_path": kind, "data_type": kind} for kind in TYPES]
    station = {"id": "S1", "name": NAME, "cycle": {"kind": "deterministic", "value_s": 5}, "tags": tags}
    line = {"id": "L1", "name": NAME, "stations": [station]}
    area = {"id": "A1", "name": NAME, "lines": [line]}
    raw = {"format": 1, "id": "one", "name": NAME, "namespaces": {"plant": "urn:test:plant"}, "areas": [area]}
    return parse_layout(json.dumps(raw))


@pytest.mark.parametrize(
    ("kind", "said", "read"),
    [
        ("Boolean", 1, True),
        ("Int32", 6.0, 6),
        ("UInt32", 2.6, 3),
        ("Int64", 2**60 + 1, 2**60 + 1),
        ("Float", 0.1, struct.unpack("f", struct.pack("f", 0.1))[0]),
        ("Double", 3, 3.0),
        ("String", "OU-1", "OU-1"),
    ],
)
def test_values_become_those_of_their_data_type(kind: str, said: Value, read: Value) -> None:
    clock = PlantClock(0, 1.0)
    reading = Wire(layout(), clock).reading(Change(5_000, "S1", kind, said))
    assert reading == Reading("S1", kind, read, clock.wire_ns(5_000))
    assert type(reading.value) is type(read)


def test_an_instant_of_the_plant_becomes_seconds_utc() -> None:
    clock = PlantClock(0, 8.0)
    reading = Wire(layout(), clock).reading(Change(0, "S1", "DateTime", 16_000_000_000))
    assert reading is not None
    assert reading.value == clock.wire_ns(16_000_000_000) / 1e9


def test_what_the_layout_has_no_tag_for_is_not_on_the_wire() -> None:
    assert Wire(layout(), PlantClock(0, 1.0)).reading(Change(0, "S1", "Elsewhere", 1)) is None
