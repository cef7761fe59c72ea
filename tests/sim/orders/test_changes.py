"""Engineering changes: which revision holds for the unit that starts now. The cases of plant.md, section 5.2."""

from __future__ import annotations

from typing import Any

from tests.sim.lines import HOUR_NS
from tests.sim.orders.example import layout_of, line, part, product
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Incident, UnitRecord
from twin.sim.orders.changes import revision_at
from twin.sim.orders.plan import PartPlan, plan_orders
from twin.sim.plan import plan_plant

A, B, C = 0, 1, 2
REVISIONS = [{"id": name, "name": {"en": name, "zh_CN": name}} for name in "ABC"]
MATERIALS = [{"id": "board", "name": {"en": "Board", "zh_CN": "板"}}]


def change(number: int, revision: str, **effectivity: Any) -> dict[str, Any]:
    what = {"id": f"eco-{number}", "name": {"en": "x", "zh_CN": "x"}, "part": "in", "revision": revision}
    return {**what, "effectivity": effectivity}


def changed(*changes: dict[str, Any]) -> Layout:
    parts = [part("in", revisions=REVISIONS), part("out")]
    return layout_of(product(parts=parts, changes=list(changes)), materials=MATERIALS)


def plan(*changes: dict[str, Any]) -> PartPlan:
    orders = plan_orders(changed(*changes))
    assert orders is not None
    return orders.parts[0]


def revision(of: PartPlan, serial: int = 1, hours: float = 0.0, lot: int = 0) -> int:
    return revision_at(of, round(hours * HOUR_NS), serial, lambda _: lot)


def test_the_first_revision_holds_until_told_otherwise() -> None:
    assert revision(plan(), serial=10**6, hours=10**4) == A


def test_serial_numbers_455_and_456_straddle_a_change() -> None:
    ranged = plan(change(1, "B", kind="serial", first=456, last=789))
    assert [revision(ranged, serial) for serial in (455, 456, 789, 790)] == [A, B, B, A]


def test_of_two_changes_that_overlap_the_higher_priority_holds() -> None:
    """A range of serial numbers at 10 and a later date at 20: the date wins wherever both match, in any file order."""
    serial = change(1, "B", kind="serial", first=456, last=789, priority=10)
    date = change(2, "C", kind="date", after_s=3600, priority=20)
    for both in (plan(serial, date), plan(date, serial)):
        assert revision(both, 456, hours=0.5) == B
        assert revision(both, 456, hours=1.0) == C
        assert revision(both, 455, hours=0.5) == A


def test_among_equal_priorities_the_later_in_the_file_holds() -> None:
    first, second = change(1, "B", kind="serial", first=10), change(2, "C", kind="serial", first=20)
    assert [revision(plan(first, second), serial) for serial in (9, 10, 20)] == [A, B, C]
    assert revision(plan(second, first), 20) == B


def test_a_change_by_lot_holds_from_that_lot_on() -> None:
    by_lot = plan(change(1, "B", kind="lot", material="board", lot=7))
    assert [revision(by_lot, lot=lot) for lot in (0, 6, 7, 8)] == [A, A, B, B]


def lived(layout: Layout, hours: int) -> list[Any]:
    ready = plan_plant(layout)
    return list(advance(ready, start_plant(ready, 3), hours * HOUR_NS))


def test_a_unit_started_under_one_revision_stays_with_it_and_each_line_cuts_over_once() -> None:
    messages = lived(changed(change(1, "B", kind="date", after_s=7200)), 6)
    records = [record for record in messages if isinstance(record, UnitRecord) and record.part == "in"]
    assert {record.revision for record in records} == {"A", "B"}
    assert all((record.begun_ns >= 2 * HOUR_NS) == (record.revision == "B") for record in records)
    straddling = [r for r in records if r.begun_ns < 2 * HOUR_NS < r.time_ns]
    assert straddling, "units were on the line at the cut-over"
    told = [one for one in messages if isinstance(one, Incident) and one.kind == "engineering_change"]
    assert sorted(one.source for one in told) == ["in1-mount", "in2-mount"]
    first = min((r for r in records if r.revision == "B" and r.line == "in1"), key=lambda r: r.begun_ns)
    assert any(first.serial in one.message for one in told)


def test_rework_uses_the_revision_the_unit_was_started_with() -> None:
    lines = [line(each) for each in ("in1", "in2", "out1", "out2")]
    for each in lines:
        each["stations"][2] |= {"reject_probability": 0.3, "rework": {"to": f"{each['id']}-mount", "delay_s": 5400.0}}
    raw = changed(change(1, "B", kind="date", after_s=7200)).model_dump(by_alias=True)
    raw["areas"][0]["lines"] = lines
    records = [r for r in lived(Layout.model_validate(raw), 5) if isinstance(r, UnitRecord) and r.part == "in"]
    again = [r for r in records if r.reworked and r.begun_ns < 2 * HOUR_NS < r.operations[-3].begun_ns]
    assert again, "units came back after the cut-over"
    assert {record.revision for record in again} == {"A"}
    assert all(len(record.operations) == 3 * (1 + record.reworked) for record in again)
