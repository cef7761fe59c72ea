"""The binary encoding of structures, byte by byte after Part 6, and what ranges and units say of a tag."""

from __future__ import annotations

import struct

import pytest
from asyncua import ua
from asyncua.ua import ua_binary

from twin.opcua.companion import Ref
from twin.opcua.engineering import eu_information, eu_range
from twin.opcua.structures import encode
from twin.plant.signals import Approach, Demand, Level, Profile, Result
from twin.plant.terms import Tag
from twin.plant.units import OWN_URI, UNECE_URI

MATERIAL, PARAMETER, COUNT = Ref("isa95", 3010), Ref("isa95", 3003), Ref("packml", 14)


def text(value: str) -> bytes:
    return struct.pack("<i", len(value.encode())) + value.encode()


def test_optional_fields_follow_a_mask_of_those_that_are_there() -> None:
    fields = {"MaterialDefinitionID": "KFR", "Quantity": "40"}  # the second and the seventh of nine
    assert encode(MATERIAL, fields) == struct.pack("<I", 0b0100_0010) + text("KFR") + text("40")


def test_a_field_of_any_type_is_a_variant() -> None:
    fields = {"ID": "Finished", "Value": ua.Variant(7, ua.VariantType.UInt32)}
    assert encode(PARAMETER, fields) == struct.pack("<I", 0) + text("Finished") + b"\x07" + struct.pack("<I", 7)


def test_structures_of_the_standard_are_encoded_within() -> None:
    unit = eu_information("pcs")
    fields = {"ID": 1, "Name": "风扇", "Unit": unit, "Count": -2, "AccCount": 3}
    inner = ua_binary.struct_to_binary(unit)
    assert encode(COUNT, fields) == struct.pack("<i", 1) + text("风扇") + inner + struct.pack("<ii", -2, 3)


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        encode(COUNT, {"ID": 1})


def test_a_unit_without_a_code_is_named_in_the_products_own_namespace() -> None:
    assert (eu_information("dB(A)").NamespaceUri, eu_information("dB(A)").UnitId) == (OWN_URI, -1)
    assert (eu_information("kPa").NamespaceUri, eu_information("kPa").UnitId) == (UNECE_URI, 4935745)


@pytest.mark.parametrize(
    ("tag", "ends"),
    [
        (Tag(id="T", browse_path="T", signal=Result(kind="result", mean=10, deviation=1)), (6, 14)),
        (Tag(id="T", browse_path="T", low=0, high=12, signal=Level(kind="level", mean=10, deviation=1)), (0, 14)),
        (Tag(id="T", browse_path="T", high=30, signal=Approach(kind="approach", start=1e5, end=8, tau_s=9)), (8, 1e5)),
        (Tag(id="T", browse_path="T", signal=Profile(kind="profile", points=((0, 1), (1, 7)))), (1, 7)),
        (Tag(id="T", browse_path="T", signal=Demand(kind="demand", base=1, idle=2, running=5)), (0, 6)),
        (Tag(id="T", browse_path="T", low=1, high=2), (1, 2)),
        (Tag(id="T", browse_path="T", high=2), None),
        (Tag(id="T", browse_path="T"), None),
    ],
)
def test_the_range_is_where_the_value_normally_is_and_reaches_its_limits(
    tag: Tag, ends: tuple[float, float] | None
) -> None:
    span = eu_range(tag)
    assert (span and (span.Low, span.High)) == ends
