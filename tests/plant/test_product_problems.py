"""What is wrong with a product is said where it is, all at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sim.orders.example import channel, layout_of, line, option, part, product
from twin.errors import LayoutError
from twin.plant.layout_file import parse_layout
from twin.plant.product_problems import product_problems


def problems(**changes: Any) -> dict[str, str]:
    return {problem.place: problem.reason for problem in product_problems(layout_of(product(**changes)))}


def revised(**revision: Any) -> list[dict[str, Any]]:
    name = {"en": "A", "zh_CN": "A"}
    return [part("in", revisions=[{"id": "A", "name": name, **revision}]), part("out")]


def test_the_example_holds() -> None:
    assert problems() == {}


def test_a_layout_file_with_a_broken_product_is_refused_with_the_place() -> None:
    text = layout_of(product(parts=[part("in", lines=["nowhere"]), part("out")])).model_dump_json(by_alias=True)
    with pytest.raises(LayoutError, match=r"product.parts\[0\].lines\[0\]: there is no line 'nowhere'"):
        parse_layout(json.dumps({key: value for key, value in json.loads(text).items() if key != "$schema"}))


def rule(when: dict[str, list[str]], requires: dict[str, list[str]], name: str = "r") -> dict[str, Any]:
    return {"id": name, "when": when, "requires": requires, "reason": {"en": "why", "zh_CN": "why"}}


def test_names_that_nothing_answers_to() -> None:
    assert "no choice 'pink'" in problems(rules=[rule({"colour": ["pink"]}, {})])["product.rules[0].when"]
    assert "no option 'taste'" in problems(rules=[rule({}, {"taste": ["x"]})])["product.rules[0].requires"]
    mix = problems(channels=[channel("online", mix={"size": {"xl": 1}})])
    assert "no choice 'xl'" in mix["product.channels[0].mix"]
    bill = problems(parts=revised(bill=[{"material": "glue", "quantity": 1, "segment": "glueing"}]))
    assert bill["product.parts[0].revisions[0].bill[0].material"] == "there is no material 'glue'"
    assert "no line of 'in' has a segment 'glueing'" in bill["product.parts[0].revisions[0].bill[0].segment"]
    recipe = problems(parts=revised(recipe=[{"segment": "charge", "tag": "Mass", "mean": 1.0}]))
    assert "no tag 'Mass'" in recipe["product.parts[0].revisions[0].recipe[0].tag"]


def test_a_condition_may_only_name_what_matters_to_the_part() -> None:
    parts = [part("in"), part("out", revisions=[{"id": "A", "name": {"en": "A", "zh_CN": "A"}, "skips": [
        {"segment": "test", "when": {"colour": ["white"]}}]}])]  # fmt: skip
    assert (
        "not among those that matter to 'out'" in problems(parts=parts)["product.parts[1].revisions[0].skips[0].when"]
    )


def test_a_line_makes_one_part_under_serial_numbers() -> None:
    used = problems(parts=[part("in"), part("out", lines=["in1", "out2"])])
    assert used["product.parts[1].lines[0]"] == "line 'in1' already makes 'in'"
    assert "named twice" in problems(parts=[part("in", lines=["in1", "in1"]), part("out")])["product.parts[0].lines[1]"]
    lines = [line(each) for each in ("in1", "in2", "out1", "out2")]
    lines[0]["output"] = {"store": "s", "material": "m"}
    found = {problem.place: problem.reason for problem in product_problems(layout_of(lines=lines))}
    assert "keep their serial numbers" in found["product.parts[0].lines[0]"]


def change(**effectivity: Any) -> dict[str, Any]:
    what = {"part": effectivity.pop("part", "in"), "revision": effectivity.pop("revision", "B")}
    return {"id": "eco", "name": {"en": "x", "zh_CN": "x"}, **what, "effectivity": {"kind": "serial", **effectivity}}


def test_engineering_changes_of_what_is_not_there() -> None:
    assert "no part 'lid'" in problems(changes=[change(part="lid")])["product.changes[0].part"]
    assert "no revision 'C'" in problems(changes=[change(revision="C")])["product.changes[0].revision"]
    assert "comes before" in problems(changes=[change(first=9, last=3)])["product.changes[0].effectivity"]
    assert "needs a material" in problems(changes=[change(kind="lot")])["product.changes[0].effectivity"]
    lot = problems(changes=[change(kind="lot", material="glue")])
    assert lot["product.changes[0].effectivity.material"] == "there is no material 'glue'"


def test_orders_have_a_size_and_a_mix() -> None:
    bad = problems(channels=[channel("online", quantity={"two": 1, "0": 1}, mix={"size": {}})])
    assert "whole number above zero" in bad["product.channels[0].quantity"]
    assert "is empty" in bad["product.channels[0].mix.size"]
    assert "is empty" in problems(channels=[channel("online", quantity={})])["product.channels[0].quantity"]
    quota = problems(channels=[channel("online", quantity={"50": 1}, quota=20)])
    assert "no order fits" in quota["product.channels[0].quota"]


def test_rules_that_contradict_one_another() -> None:
    """Small is white, white is large: a configurator would go round for ever."""
    found = problems(
        rules=[
            rule({"size": ["s"]}, {"colour": ["white"]}, "a"),
            rule({"size": ["s"], "colour": ["white"]}, {"colour": ["black"]}, "b"),
        ]
    )
    assert "No correction satisfies rules" in found["product.rules"]


def test_rules_that_are_a_round_but_lead_somewhere_hold() -> None:
    rules = [rule({"size": ["s"]}, {"colour": ["white"]}, "a"), rule({"colour": ["white"]}, {"size": ["l"]}, "b")]
    assert problems(rules=rules) == {}


def test_rules_beyond_searching_are_said_to_be() -> None:
    many = [option(f"o{n}", tuple("abcdefgh")) for n in range(6)]
    all_of_them = rule({f"o{n}": ["a"] for n in range(6)}, {"o0": ["b"]})
    parts = [part("in", options=["o0"]), part("out", options=["o1"])]
    found = problems(options=many, rules=[all_of_them], parts=parts, channels=[channel("online", mix={})])
    assert "too many combinations" in found["product.rules"]


def test_identifiers_are_there_once() -> None:
    assert "2 times" in problems(parts=[part("in"), part("in", lines=["out1"])])["product.parts"]
    assert "already the id of a line" in problems(id="in1")["product.id"]
    unknown = problems(planning={"policy": "batch", "batch_option": "shape"})
    assert "no option 'shape'" in unknown["product.planning.batch_option"]


def test_an_order_fits_into_the_warehouse_and_has_a_way_out_of_it() -> None:
    house = {"id": "house", "name": {"en": "House", "zh_CN": "库"}, "cells": 30, "cranes": 1}
    house["crane_cycle"] = {"kind": "deterministic", "value_s": 10.0}
    found = {problem.place: problem.reason for problem in product_problems(layout_of(warehouse=house))}
    assert "no way out" in found["warehouse.docks"]
    assert "an order of 20 does not fit" in found["product.channels[1].quantity"]
    assert "product.channels[0].quantity" not in found
