"""As-built records: what was published of each service, with the limits that held; engineering changes; genealogy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from tests.sim.lines import HOUR_NS, deterministic, serial_line
from tests.sim.orders.measured import MEANS, cut_over, measured
from twin.errors import SimulationError
from twin.history.memory import MemoryRecording
from twin.history.recording import Origin
from twin.sim.as_built import RecordWriter, complete
from twin.sim.disturbance import Disturbance
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change, Message, Operation, OrderRecord, UnitRecord
from twin.sim.orders.records import ancestry, records_so_far
from twin.sim.plan import Plan, plan_plant
from twin.sim.recorded import PlantRecorder
from twin.sim.run import Run
from twin.sim.state import PlantState

CHANGED_NS = 2 * HOUR_NS
LAYOUT = measured(cut_over(2.0))


@cache
def lived() -> tuple[Plan, PlantState, list[Message], list[UnitRecord]]:
    plan = plan_plant(LAYOUT)
    state = start_plant(plan, 1)
    told = advance(plan, state, 4 * HOUR_NS)
    return plan, state, told, complete(plan, state, [each for each in told if isinstance(each, UnitRecord)])


def operations(records: Sequence[UnitRecord], step: str) -> list[tuple[UnitRecord, Operation]]:
    return [(r, one) for r in records for one in r.operations if one.station.endswith(step)]


def test_every_value_is_the_one_that_was_recorded(tmp_path: Path) -> None:
    """Disturbed instruments too: what a record says is what was read, and what was not read is not in it."""
    plan = plan_plant(LAYOUT)
    state = start_plant(plan, 1)
    numbers = {(signal.owner, signal.tag.id): number for number, signal in enumerate(plan.signals)}
    wrong = {"Torque": ("offset", 3.0), "ChargeMass": ("missing", 0.0)}
    for (_, tag), number in numbers.items():
        if tag in wrong:
            state.disturbances.append(Disturbance(number, *wrong[tag], HOUR_NS // 4, HOUR_NS // 2))
    recording, path = MemoryRecording(Origin.SIMULATION), tmp_path / "records.jsonl"
    writer = RecordWriter(plan, state, path)
    recorder = PlantRecorder(LAYOUT, plan, state, recording, records=writer)
    recorder.run(HOUR_NS)
    recorder.close()
    recording.refresh()
    units = [one for one in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if one["record"] == "unit"]
    assert (len(units), sum(not unit["left"] for unit in units)) == (writer.units + writer.under_way, writer.under_way)
    assert writer.under_way == sum(map(units_at, range(8), [state] * 8)) > 4
    written = {
        (f"{one['station']}/{result['tag']}", one["ended_ns"]): result["value"]
        for unit in units
        for one in unit["operations"]
        for result in one["results"]
    }
    results = {f"{owner}/{tag}" for (owner, tag), number in numbers.items() if tag != "Vacuum"}
    ids, batch = [tag.id for tag in recording.catalog.tags], recording.read(-1, HOUR_NS)
    read = zip(batch.tag.tolist(), batch.source_ns.tolist(), batch.value.tolist(), strict=True)
    assert written == {(ids[tag], time_ns): value for tag, time_ns, value in read if ids[tag] in results}
    assert max(value for (tag, _), value in written.items() if tag.endswith("Torque")) > 10.5
    assert len(written) > 500


def units_at(index: int, state: PlantState) -> int:
    station = state.stations[index]
    return len(station.units) + len(station.queue) + len(station.returning)


def test_a_rejected_result_is_the_one_that_rejects() -> None:
    _, _, _, records = lived()
    for _, one in [*operations(records, "mount"), *operations(records, "charge"), *operations(records, "test")]:
        assert one.passed == all(result.passed for result in one.results)
        for result in one.results:
            low = -1e9 if result.low is None else result.low
            assert result.passed == (low <= result.value <= (result.high or 0.0))
    failed = [(record, one) for record, one in operations(records, "charge") if not one.passed]
    assert failed
    assert all(not record.good and record.operations[-1] is one for record, one in failed)


def test_limits_and_units_are_those_of_the_recipe_or_the_tag() -> None:
    _, _, _, records = lived()
    for record, one in operations([r for r in records if r.part == "out"], "charge"):
        mean = MEANS["A"][dict(record.configuration)["size"]]
        (mass,) = one.results
        assert (mass.tag, mass.unit, mass.low, mass.high) == ("ChargeMass", "g", mean - 5.0, mean + 5.0)
    assert {(m.tag, m.low, m.high) for _, one in operations(records, "mount") for m in one.results} == {
        ("Torque", 7.0, 9.0)
    }
    assert {(m.tag, m.low, m.high) for _, one in operations(records, "test") for m in one.results} == {
        ("Leak", None, 2.0)
    }


def test_rework_visits_and_tests_without_a_result_are_in_the_record() -> None:
    plan, state, _, records = lived()
    for record in records:
        stations = [one.station.rpartition("-")[2] for one in record.operations]
        rejected = [at for at, one in enumerate(record.operations) if not one.passed]
        assert stations.count("charge") == stations.count("test") + (stations[-1] == "charge")
        assert len(rejected) == record.reworked + (not record.good)
        for at in rejected[: record.reworked]:
            assert stations[at : at + 2] == ["test", "charge"]
    assert sum(record.reworked for record in records) > 20
    so_far = records_so_far(Run(plan, state))
    repeats = sum(one.no_tests for _, one in operations([*records, *so_far], "test"))
    under_way = sum(unit.no_tests for at in (2, 6) for unit in state.stations[at].units)
    assert repeats + under_way == sum(state.stations[at].no_tests for at in (2, 6)) > 20


def test_what_the_camera_saw_is_what_it_said_and_who_passed_it_by_was_not_seen() -> None:
    _, _, told, records = lived()
    said: dict[str, list[tuple[str, object]]] = {"Defect": [], "Score": []}
    for change in told:
        if isinstance(change, Change) and change.tag in said and change.owner == "in1-look":
            said[change.tag].append((str(change.time_ns), change.value))
    seen = [one for record, one in operations(records, "look") if record.line == "in1"]
    assert [(str(one.ended_ns), one.defect) for one in seen] == said["Defect"][: len(seen)]
    assert [(str(one.ended_ns), one.score) for one in seen] == said["Score"][: len(seen)]
    assert {one.defect for one in seen} == {"", "smudge"}
    assert any(one.defect and one.passed for one in seen), "a false reject is cleared by the second look"
    partners = [record for record in records if dict(record.configuration).get("logo") == "partner" and record.good]
    assert partners
    assert not operations(partners, "look")
    assert all(one.score is None for _, one in operations(records, "test"))


def test_units_begun_under_a_revision_are_measured_by_it_even_after_the_cut_over() -> None:
    _, _, _, records = lived()
    indoor = operations([record for record in records if record.part == "in"], "charge")
    for revision, means in MEANS.items():
        for size, mean in means.items():
            of = [
                (record, one)
                for record, one in indoor
                if (record.revision, dict(record.configuration)["size"]) == (revision, size)
            ]
            assert all((record.begun_ns >= CHANGED_NS) == (revision == "B") for record, _ in of)
            good = [float(one.results[0].value) for _, one in of if one.passed]
            assert fmean(good) == pytest.approx(mean, abs=0.7)
            limits = {(one.results[0].low, one.results[0].high) for _, one in of}
            assert limits == {(mean - 5.0, mean + 5.0)}
    late = [(record, one) for record, one in indoor if record.revision == "A" and one.ended_ns > CHANGED_NS]
    assert late, "units were charged under A after the cut-over"
    assert any(record.reworked for record, _ in late), "one that came back from rework among them"


def test_backward_from_a_serial_number() -> None:
    """Charge mass, torque, the stations they were done at, and the order: all in what `ancestry` finds."""
    _, _, told, records = lived()
    orders = [each for each in told if isinstance(each, OrderRecord)]
    serial = next(serial for order in orders for item in order.items for serial in item if serial.startswith("in1"))
    found = ancestry([*records, *orders], serial)
    assert found is not None
    assert found.order is not None
    assert found.place == "shipped"
    results = {(one.station, m.tag): m for one in found.unit.operations for m in one.results}
    mean = MEANS[found.unit.revision][dict(found.unit.configuration)["size"]]
    assert abs(float(results["in1-charge", "ChargeMass"].value) - mean) <= 5.0
    assert 7.0 <= float(results["in1-mount", "Torque"].value) <= 9.0


def test_a_plant_without_a_product_has_no_records(tmp_path: Path) -> None:
    plan = plan_plant(serial_line([deterministic()], 1))
    with pytest.raises(SimulationError, match="has no product"):
        RecordWriter(plan, start_plant(plan, 1), tmp_path / "records.jsonl")
    assert not list(tmp_path.iterdir())
