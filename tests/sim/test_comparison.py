"""The same demand under several policies: what the table says is what happened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sim.lines import deterministic, serial_line
from tests.sim.orders.example import layout_of, line, product
from twin.__main__ import main
from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.sim.comparison import POLICIES, Comparison, compare, policies_of
from twin.sim.orders.totals import entropy_units, quantile_ns


def coloured(change_s: float = 120.0) -> Layout:
    """Fans whose indoor lines change over between colours."""
    lines = [line(each, cycle=deterministic(50.0)) for each in ("in1", "in2", "out1", "out2")]
    for each in lines[:2]:
        each["stations"][0]["changeovers"] = [{"option": "colour", "default_s": change_s}]
    return layout_of(lines=lines)


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare(coloured(), 8, 1, POLICIES)


def test_demand_is_the_same_and_stock_is_what_make_to_stock_pays_for_speed(compared: Comparison) -> None:
    stock, *to_order = compared.policies
    assert len({(each.orders_arrived, each.orders_turned_away) for each in compared.policies}) == 1
    assert all(each.finished_goods < stock.finished_goods / 10 for each in to_order)
    assert all(each.lead_time_h > stock.lead_time_h for each in to_order)
    assert stock.finished_goods_days == pytest.approx(1.0, abs=0.4)


def test_batches_change_over_less_than_an_even_mix(compared: Comparison) -> None:
    by = {each.policy: each for each in compared.policies}
    assert by["batch"].changeovers < by["level"].changeovers
    assert by["batch"].lot_size > by["level"].lot_size
    for each in compared.policies:
        assert each.changeover_minutes == pytest.approx(2.0 * each.changeovers)


def test_a_comparison_is_text_and_json(compared: Comparison) -> None:
    text = compared.as_text()
    assert "make_to_stock" in text.splitlines()[1]
    assert f"{compared.policies[0].orders_delivered:,}" in text
    assert json.loads(json.dumps(compared.as_json()))["policies"][1]["policy"] == "due_date"


def test_policies_are_asked_for_by_name() -> None:
    assert policies_of(None) == ("make_to_stock", "due_date")
    assert policies_of("all") == POLICIES
    assert policies_of("level,batch") == ("batch", "level")
    with pytest.raises(SimulationError, match="no policy 'lifo': choose among make_to_stock"):
        policies_of("lifo")


def test_a_layout_without_a_product_is_refused() -> None:
    plain = serial_line([deterministic()], 1)
    with pytest.raises(SimulationError, match="has no product"):
        compare(plain, 1)


def test_quantiles_of_lead_times_are_exact_to_a_bin() -> None:
    assert quantile_ns([0] * 400, 0.95) == 0.0
    bins = [0] * 400
    bins[100], bins[200] = 95, 5
    assert quantile_ns(bins, 0.95) / 6e10 == pytest.approx(1.03**100.5)
    assert quantile_ns(bins, 0.96) / 6e10 == pytest.approx(1.03**200.5)


def test_entropy_of_a_mix() -> None:
    assert entropy_units([(1, 8)]) == 0.0
    assert entropy_units([(1, 4), (2, 4)]) == pytest.approx(8 * 1.0)
    assert entropy_units([]) == 0.0


def test_the_command_line_compares_and_writes_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout, records = tmp_path / "fans.json", tmp_path / "records.jsonl"
    layout.write_text(layout_of(product()).model_dump_json(by_alias=True, exclude={"schema_"}), encoding="utf-8")
    asked = ["simulate", "--layout", str(layout), "--hours", "2"]
    assert main([*asked, "--compare", "--policies", "batch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["policies"][0]["policy"] == "batch"
    assert main([*asked, "--records", str(records)]) == 0
    said = capsys.readouterr().out
    written = [json.loads(each) for each in records.read_text(encoding="utf-8").splitlines()]
    left, so_far = (sum(each.get("left") is truth for each in written) for truth in (True, False))
    orders = sum(each["record"] == "order" for each in written)
    assert said.startswith(f"Wrote the records of {left} units and {orders} orders, and of {so_far} units so far, to")
    assert len(written) == left + so_far + orders
    assert min(left, so_far, orders) > 0
