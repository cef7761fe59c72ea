"""What a variant of a revision means at a station, and what a unit leaves behind."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.sim.lines import HOUR_NS, deterministic
from tests.sim.orders.example import SIZES, layout_of, line, part, product
from twin.plant.layout import Layout
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change, Incident, Message, OrderRecord, UnitRecord
from twin.sim.orders.plan import OrdersPlan
from twin.sim.orders.records import ancestry, as_json, descendants, records_so_far
from twin.sim.orders.routing import bill_at, recipe, recipe_index, work
from twin.sim.orders.units import choice
from twin.sim.orders.variants import choices_of, configuration_of, part_of, variant_of
from twin.sim.plan import plan_plant
from twin.sim.run import Run
from twin.sim.state import Unit
from twin.sim.transport import serial_number

NAME = {"en": "A", "zh_CN": "A"}
LARGE = {"when": {"size": ["l"]}}
REVISION = {
    "id": "A",
    "name": NAME,
    "bill": [
        {"material": "screw", "quantity": 4, "segment": "mount"},
        {"material": "screw", "quantity": 6, "segment": "mount", **LARGE},
        {"material": "gas", "quantity": 2, "segment": "charge", **LARGE},
    ],
    "recipe": [
        {"segment": "charge", "tag": "Mass", "mean": 500.0, "low": 495.0, "high": 505.0},
        {"segment": "charge", "tag": "Mass", "mean": 900.0, "low": 895.0, "high": 905.0, **LARGE},
    ],
    "cycles": [{"segment": "mount", "factor": 2.0, **LARGE}],
    "skips": [{"segment": "charge", "when": {"logo": ["partner"]}}],
}
MATERIALS = [{"id": name, "name": NAME} for name in ("gas", "screw", "film")]
MOUNT, CHARGE, TEST = 0, 1, 2


def detailed() -> Layout:
    lines = [line(each, cycle=deterministic(40.0)) for each in ("in1", "in2", "out1", "out2")]
    for each in lines:
        each["stations"][CHARGE]["tags"] = [{"id": "Mass", "browse_path": "Mass"}]
        each["tag_sets"] = ["line"]
    tag_sets = {
        "line": [
            {"id": name, "browse_path": name} for name in ("JobOrder", "Variant", "Revision", "Remaining", "Released")
        ],
        "book": [{"id": name, "browse_path": name} for name in ("OpenOrders", "LateOrders", "FinishedGoods")],
    }
    parts = [part("in", revisions=[REVISION]), part("out")]
    made = product(parts=parts, tag_sets=["book"])
    return layout_of(made, lines=lines, materials=MATERIALS, tag_sets=tag_sets)


@pytest.fixture(scope="module")
def run() -> Run:
    plan = plan_plant(detailed())
    return Run(plan, start_plant(plan, 1))


def orders(run: Run) -> OrdersPlan:
    assert run.plan.orders is not None
    return run.plan.orders


def unit(run: Run, *configuration: int) -> Unit:
    return Unit(1, -1, 0, variant=variant_of(orders(run).parts[0], configuration), revision=0)


def test_a_variant_is_its_choices(run: Run) -> None:
    plan = orders(run)
    for of in plan.parts:
        for variant in range(of.base, of.base + of.count):
            assert part_of(plan, variant) is of
            full = [0] * len(plan.product.options)
            for option, chosen in zip(of.options, choices_of(of, variant), strict=True):
                full[option] = chosen
            assert variant_of(of, full) == variant
            assert list(configuration_of(plan, variant)) == [plan.product.options[at].id for at in of.options]


def test_what_does_not_matter_to_a_part_makes_no_variant(run: Run) -> None:
    outdoor = orders(run).parts[1]
    assert variant_of(outdoor, (1, 0, 0)) == variant_of(outdoor, (1, 2, 1)) != variant_of(outdoor, (0, 0, 0))
    assert outdoor.count == len(SIZES)


def test_cycle_factors_and_skips(run: Run) -> None:
    small, large, partner = unit(run, 0, 0, 0), unit(run, 1, 0, 0), unit(run, 1, 0, 1)
    assert [work(run, MOUNT, each) for each in (small, large, partner)] == [1.0, 2.0, 2.0]
    assert [work(run, CHARGE, each) for each in (small, large, partner)] == [1.0, 1.0, 0.0]
    assert work(run, MOUNT, Unit(1, -1, 0)) == 1.0


def test_a_later_item_of_a_bill_overrules_and_what_is_not_for_a_variant_is_not_taken(run: Run) -> None:
    gas, screw = 0, 1
    small, large = unit(run, 0, 0, 0).variant, unit(run, 1, 0, 0).variant
    assert bill_at(orders(run), MOUNT, small, 0) == {screw: 4}
    assert bill_at(orders(run), MOUNT, large, 0) == {screw: 6}
    assert bill_at(orders(run), CHARGE, small, 0) == {gas: 0}
    assert bill_at(orders(run), CHARGE, large, 0) == {gas: 2}
    assert bill_at(orders(run), TEST, large, 0) == {}


def test_recipes_are_numbered_once_for_each_distinct_one(run: Run) -> None:
    small, large = unit(run, 0, 0, 0), unit(run, 1, 2, 0)
    assert len(orders(run).recipes) == 3
    assert recipe(orders(run), recipe_index(run, CHARGE, small)) == (("Mass", 500.0, 495.0, 505.0),)
    assert recipe(orders(run), recipe_index(run, CHARGE, large)) == (("Mass", 900.0, 895.0, 905.0),)
    assert recipe_index(run, MOUNT, small) == recipe_index(run, CHARGE, Unit(1, -1, 0)) == 0


def test_choices_for_changeovers(run: Run) -> None:
    gold = unit(run, 0, 1, 0)
    assert [choice(run, gold, option) for option in ("colour", "part", "taste")] == ["gold", "in", ""]
    assert choice(run, Unit(1, -1, 0), "colour") == ""


@pytest.fixture(scope="module")
def told() -> list[Message]:
    plan = plan_plant(detailed())
    return advance(plan, start_plant(plan, 1), 5 * HOUR_NS)


def test_a_record_has_every_station_with_times_and_recipe(told: list[Message]) -> None:
    records = [record for record in told if isinstance(record, UnitRecord)]
    assert len(records) > 500
    for record in records:
        skipped = dict(record.configuration).get("logo") == "partner"
        steps = ("mount", "test") if skipped else ("mount", "charge", "test")
        assert [operation.station for operation in record.operations] == [f"{record.line}-{step}" for step in steps]
        times = [time for operation in record.operations for time in (operation.begun_ns, operation.ended_ns)]
        assert times == sorted(times)
        assert record.begun_ns <= times[0] <= times[-1] <= record.time_ns
        large = dict(record.configuration)["size"] == "l"
        mount, test = record.operations[0], record.operations[-1]
        assert mount.ended_ns - mount.begun_ns == (80 if large and record.part == "in" else 40) * 10**9
        assert test.passed == record.good
    assert any(not record.good for record in records)


def test_services_are_numbered_as_the_stations_count_them(told: list[Message]) -> None:
    services: dict[str, list[int]] = {}
    for record in told:
        if isinstance(record, UnitRecord):
            for operation in record.operations:
                services.setdefault(operation.station, []).append(operation.service)
    assert all(sorted(numbers) == list(range(len(numbers))) for numbers in services.values() if len(numbers) > 200)


def test_records_are_lines_of_json(told: list[Message]) -> None:
    records = [json.loads(as_json(record)) for record in told if isinstance(record, UnitRecord | OrderRecord)]
    assert {record["record"] for record in records} == {"unit", "order"}
    unit = next(record for record in records if record["record"] == "unit")
    assert unit["revision"] == "A"
    assert set(unit["configuration"]) in ({"size", "colour", "logo"}, {"size"})
    assert unit["operations"][0]["station"].endswith("-mount")


def test_genealogy_backward_and_forward() -> None:
    """A bad lot: which units have it, and which of them have left with which order."""
    plan = plan_plant(detailed())
    state = start_plant(plan, 1)
    records: list[UnitRecord | OrderRecord] = []
    screw, lot = 1, 0
    while len(records) < 300:
        for station in state.stations[::3]:
            for each in station.units:  # two lots of screws, used in turn
                lot = 7 + each.serial % 2
                each.lots[:] = [0, screw, lot, 4]
        records += [r for r in advance(plan, state, state.now_ns + 10**10) if isinstance(r, UnitRecord | OrderRecord)]
    records += records_so_far(Run(plan, state))
    units = [record for record in records if isinstance(record, UnitRecord)]
    assert len({record.serial for record in units}) == len(units)
    bad = descendants(records, "screw", 7)
    assert 0.3 < len(bad) / len(units) < 0.7
    assert {found.unit.serial for found in bad} == {u.serial for u in units if u.lots and u.lots[0].lot == 7}
    places = Counter(found.place for found in bad)
    assert set(places) == {"in_process", "in_stock", "shipped", "scrapped"}
    on_lines = [unit for station in state.stations for unit in (*station.units, *station.queue)]
    assert places["in_process"] == sum(unit.lots[2:3] == [7] for unit in on_lines)
    assert state.orders is not None
    waiting = {(goods.line, goods.serial) for goods in state.orders.goods}
    made = {serial_number(plan.lines[line], serial) for line, serial in waiting}
    assert {found.unit.serial for found in bad if found.place == "in_stock"} <= made
    sold = next(found for found in bad if found.order is not None)
    back = ancestry(records, sold.unit.serial)
    assert back == sold
    assert back.unit.lots[0].material == "screw"
    assert ancestry(records, "nobody") is None


def test_lines_and_the_order_book_say_what_they_do(told: list[Message]) -> None:
    owners = {owner.id: owner.browse_path for owner in detailed().owners if owner.id in {"in1", "fan"}}
    assert owners == {"in1": "Factory/area/in1", "fan": "Factory/fan"}
    plan = plan_plant(detailed())
    state = start_plant(plan, 1)
    changes = {(c.owner, c.tag): c.value for c in advance(plan, state, 5 * HOUR_NS) if isinstance(c, Change)}
    now = {(c.owner, c.tag): c.value for c in levels(plan, state) if c.owner in {"in1", "fan"}}
    assert {key: changes[key] for key in now} == now
    assert str(now["in1", "Variant"]).count("/") == 2
    assert now["in1", "Revision"] == "A"


def test_an_order_has_one_event_for_each_of_its_turns(told: list[Message]) -> None:
    kinds = ("order", "order_released", "order_complete", "order_shipped")
    first = {kind: [one for one in told if isinstance(one, Incident) and one.kind == kind] for kind in kinds}
    turns: list[Any] = [next(one for one in first[kind] if "online-000001" in one.message) for kind in kinds]
    assert [one.time_ns for one in turns] == sorted(one.time_ns for one in turns)
    assert all(sum("online-000001" in one.message for one in first[kind]) == 1 for kind in kinds)
