"""A state from what a gateway recorded of a served plant, over the wire and onto disk."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.processes import start_twin, wait_for_line
from tests.sim.lines import HOUR_NS
from twin.history.addresses import open_recording
from twin.plant.layout_file import parse_layout
from twin.sim.kernel import advance
from twin.sim.past.recovery import state_from_recording
from twin.sim.plan import plan_plant


def _lasts_ns(folder: Path) -> int:
    recording = open_recording(folder)
    recording.refresh()
    span = recording.span()
    recording.close()
    return span.end_ns - span.start_ns


def test_a_served_plant_goes_on_from_its_recording(tmp_path: Path) -> None:
    """The plant ran at 20 times real time, which nobody tells whoever takes its state up."""
    with start_twin("serve", "--speed", "20", "--port", "0") as plant:
        try:
            url = wait_for_line(plant, "serving ").split()[1]
            with start_twin("record", url, "--to", str(tmp_path)) as recorder:
                wait_for_line(recorder, "recording ")
                while _lasts_ns(tmp_path) < 2 * 10**9:
                    with suppress(subprocess.TimeoutExpired):
                        recorder.wait(0.1)
                recorder.terminate()
                assert recorder.wait(60) == 0
        finally:
            plant.terminate()
    recording = open_recording(str(tmp_path))
    recording.refresh()
    assert recording.layout is not None
    plan = plan_plant(parse_layout(recording.layout, str(tmp_path)))
    recovered = state_from_recording(plan, recording, recording.span().end_ns)
    recording.close()
    assert recovered.speed == pytest.approx(20.0, rel=1e-3)
    assert recovered.unknown == ()
    line = recovered.state.lines[0]
    before, inside = line.finished, line.entered - line.finished - line.scrapped
    assert inside > 20
    advance(plan, recovered.state, recovered.state.now_ns + HOUR_NS)
    assert line.finished - before > 80
