"""CSV that other programs can read without harm, and the description of a recording."""

import csv
import io
import json
import math

import pytest

from tests.history.conftest import Pair
from twin.history.batch import NEVER_NS, make_batch
from twin.history.export import EXPORTS, describe, describe_as_text
from twin.history.recording import Event, Gap, TagInfo

NS = 1_790_000_000_000_000_001
S = 10**9
TAGS = [
    TagInfo("M1/Count", data_type="Int32"),
    TagInfo("M1/Level", unit="bar"),
    TagInfo("M1/Serial", data_type="String"),
    TagInfo("M1/Since", data_type="DateTime"),
    TagInfo("=M1/Odd", unit="@"),
]


def exported(pair: Pair, what: str) -> list[list[str]]:
    pair.recording.refresh()
    out = io.StringIO(newline="")
    count = EXPORTS[what](pair.recording, out)
    text = out.getvalue()
    assert text.endswith("\r\n")
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(found) == count + 1
    return found


def test_samples_as_csv(pair: Pair) -> None:
    recorder = pair.recorder
    recorder.define(TAGS)
    codes = [recorder.intern(text) for text in ("SN,1", '=cmd|"x"', "two\nlines")]
    samples = [
        (0, 7.0, 0, NS - 1),
        (1, -0.1, 0x4000_0000, NS),
        (1, math.nan, 0x8031_0000, NEVER_NS),
        (1, math.inf, 0, NS),
        *((2, float(code), 0, NS) for code in codes),
        (3, 1_790_000_000.25, 0, NS),
        (4, 1e300, 0, NS),
    ]
    recorder.append(make_batch([(NS + i * 61 * S, *sample) for i, sample in enumerate(samples)]))
    header, *lines = exported(pair, "samples")
    assert header == ["time", "tag", "value", "unit", "quality", "source_time"]
    first = "2026-09-21T14:13:20.000000000Z"
    second = "2026-09-21T14:13:20.000000001Z"
    assert lines[0] == [second, "M1/Count", "7", "", "Good", first]
    assert lines[1] == ["2026-09-21T14:14:21.000000001Z", "M1/Level", "-0.1", "bar", "Uncertain", second]
    assert lines[2][2:] == ["", "bar", "BadNoCommunication", ""]
    assert [line[2] for line in lines[3:]] == [
        "inf",
        "SN,1",
        '\'=cmd|"x"',
        "two\nlines",
        "2026-09-21T14:13:20.250000000Z",
        "1e+300",
    ]
    assert lines[-1][1:4:2] == ["'=M1/Odd", "'@"]


def test_events_and_gaps_as_csv(pair: Pair) -> None:
    pair.recorder.append_event(Event(NS, "M1", "breakdown", 700, "-5 bar", NS - 1))
    pair.recorder.append_gap(Gap("opc.tcp://a", NS - S, NS, "link lost", 3))
    pair.recorder.append_gap(Gap("opc.tcp://b", NS - S, None, "link lost"))
    start, now = "2026-09-21T14:13:19.000000001Z", "2026-09-21T14:13:20.000000001Z"
    source_time = "2026-09-21T14:13:20.000000000Z"
    assert exported(pair, "events")[1:] == [[now, "M1", "breakdown", "700", "'-5 bar", source_time]]
    assert exported(pair, "gaps")[1:] == [
        ["opc.tcp://a", start, now, "link lost", "3"],
        ["opc.tcp://b", start, "", "link lost", ""],
    ]


@pytest.mark.parametrize("what", EXPORTS)
def test_an_empty_recording_is_a_header(pair: Pair, what: str) -> None:
    assert len(exported(pair, what)) == 1


def test_a_description_is_json_and_complete(pair: Pair) -> None:
    pair.recording.refresh()
    assert describe(pair.recording)["start"] is None
    pair.recorder.define(TAGS)
    pair.recorder.append(make_batch([(NS + i * 61 * S, 1, 1.0, 0, NS) for i in range(3)]))
    pair.recorder.append_event(Event(NS + 200 * S, "M1", "link", 1, "", NS))
    pair.recorder.append_gap(Gap("server", NS + S, NS + 3 * S, "link lost"))
    pair.recording.refresh()
    described = json.loads(json.dumps(describe(pair.recording)))
    expected = {"origin": "plant", "layout": None, "start_ns": NS, "end_ns": NS + 200 * S, "seconds": 200.0, "tags": 5}
    assert expected.items() <= described.items()
    assert (described["samples"], described["events"], described["gaps"][0]["seconds"]) == (3, 1, 2.0)
    assert described["bytes_per_sample"] == round(described["bytes"] / 3, 2)
    assert "link lost" in describe_as_text(described)
