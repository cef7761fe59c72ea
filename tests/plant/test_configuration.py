"""Rules of configuration: what is broken, and what a configurator makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sim.orders.example import COLOURS, LOGOS, SIZES, product
from twin.errors import SimulationError
from twin.plant.configuration import check, contradictions, corrected, matches
from twin.plant.products import Product

FAN = Product.model_validate(product())
CONFIGURATIONS = st.fixed_dictionaries(
    {"size": st.sampled_from(SIZES), "colour": st.sampled_from(COLOURS), "logo": st.sampled_from(LOGOS)}
)


def test_a_condition_holds_when_all_its_options_do() -> None:
    assert matches({}, {"size": "s"})
    assert matches({"size": ("s", "l"), "colour": ("gold",)}, {"size": "s", "colour": "gold"})
    assert not matches({"size": ("s",), "colour": ("gold",)}, {"size": "s", "colour": "white"})
    assert not matches({"size": ("s",)}, {})


def test_a_broken_rule_is_found_and_corrected_to_its_first_choice() -> None:
    wanted = {"size": "s", "colour": "black", "logo": "own"}
    assert [rule.id for rule in check(FAN, wanted)] == ["no-small-black"]
    assert corrected(FAN, wanted) == {"size": "s", "colour": "white", "logo": "own"}


def test_what_is_left_out_takes_its_first_choice() -> None:
    assert corrected(FAN, {"size": "l", "colour": "black"}) == {"size": "l", "colour": "black", "logo": "own"}


@given(CONFIGURATIONS)
def test_what_is_corrected_breaks_nothing_and_what_breaks_nothing_stays(configuration: dict[str, str]) -> None:
    after = corrected(FAN, configuration)
    assert check(FAN, after) == []
    assert corrected(FAN, after) == after
    if not check(FAN, configuration):
        assert after == configuration


def test_rules_that_chase_one_another_round_are_refused() -> None:
    why = {"en": "why", "zh_CN": "why"}
    rules = [
        {"id": "a", "when": {"size": ["s"]}, "requires": {"colour": ["white"]}, "reason": why},
        {"id": "b", "when": {"size": ["s"]}, "requires": {"colour": ["gold"]}, "reason": why},
    ]
    torn = Product.model_validate(product(rules=rules))
    with pytest.raises(SimulationError, match="No correction satisfies"):
        corrected(torn, {"size": "s"})
    assert [configuration["size"] for configuration, _ in contradictions(torn)] == ["s"]
    assert list(contradictions(FAN)) == []
