"""Units: their codes follow the rule of OPC UA Part 8, and a misspelt one is guessed."""

from __future__ import annotations

import json

import pytest

from twin.errors import LayoutError
from twin.plant.layout_file import parse_layout
from twin.plant.units import OWN_URI, UNECE_URI, UNITS, near_misses, unit_of


@pytest.mark.parametrize(
    ("text", "number"),  # Part 8, table "Examples from the UNECE Recommendation", and UNECE_to_OPCUA
    [
        ("mm", 5066068),
        ("km", 4934996),
        ("kg/m³", 4934993),
        ("rad", 4405297),
        ("°", 17476),
        ("%", 20529),
        ("°C", 4408652),
        ("N·m", 20053),
        ("mbar·L/s", 4602165),
        ("g/s", 4600377),
        ("mA", 13387),
    ],
)
def test_a_units_number_is_made_of_its_codes_characters(text: str, number: int) -> None:
    assert (UNITS[text].number, UNITS[text].uri) == (number, UNECE_URI)


def test_a_unit_that_the_recommendation_lacks_is_our_own_and_has_no_number() -> None:
    assert (UNITS["dB(A)"].number, UNITS["dB(A)"].uri) == (-1, OWN_URI)


def test_codes_and_texts_are_unique() -> None:
    codes = [unit.code for unit in UNITS.values() if unit.code]
    assert len(set(codes)) == len(codes) > 100


def test_a_unit_is_known_in_the_recommendations_spelling_too() -> None:
    assert unit_of("l/min") == unit_of(" L/min ") == UNITS["L/min"]
    assert unit_of("furlong") is None


@pytest.mark.parametrize(
    ("wrong", "meant"), [("Nm", "N·m"), ("KPA", "kPa"), ("m3/h", "m³/h"), ("um", "µm"), ("ohm", "Ω"), ("C", "°C")]
)
def test_what_was_meant_is_guessed(wrong: str, meant: str) -> None:
    assert meant in near_misses(wrong)


def test_a_layout_with_an_unknown_unit_says_where_and_what_was_meant() -> None:
    name = {"en": "Plant", "zh_CN": "工厂"}
    tag = {"id": "Torque", "browse_path": "Torque", "unit": "Nm"}
    station = {"id": "S1", "name": name, "cycle": {"kind": "deterministic", "value_s": 1}, "tags": [tag]}
    areas = [{"id": "A", "name": name, "lines": [{"id": "L", "name": name, "stations": [station]}]}]
    raw = {"format": 1, "id": "p", "name": name, "namespaces": {"plant": "urn:x"}, "areas": areas}
    with pytest.raises(LayoutError) as caught:
        parse_layout(json.dumps(raw))
    (problem,) = caught.value.problems
    assert problem.place == "areas[0].lines[0].stations[0].tags[0]"
    assert "'Nm'" in problem.reason
    assert "'N·m'" in problem.reason
