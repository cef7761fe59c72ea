"""Browsing a server that nobody described."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.opcua.small import PLANT, small_server
from twin.history.recording import TagInfo
from twin.opcua import connection as connection_module
from twin.opcua.browse import browse_tree, find_variables
from twin.opcua.connection import Connection, Limits


async def look(url: str) -> tuple[dict[str, TagInfo], Counter[str]]:
    connection = Connection(url)
    try:
        await connection.open()
        variables, left_out = await find_variables(connection, await browse_tree(connection))
    finally:
        await connection.close()
    assert len({variable.tag.id for variable in variables}) == len(variables)
    return {variable.tag.id: variable.tag for variable in variables}, left_out


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with small_server() as small:
        yield small.url


def test_every_scalar_is_found_by_its_readable_path(url: str) -> None:
    tags, _ = asyncio.run(look(url))
    types = {path: tags[path].data_type for path in tags if path.startswith(("Mixed", "Factory"))}
    assert types == {
        "Factory/A/L/S1/Temperature": "Double",
        "Factory/A/L/S1/Count": "Int32",
        "Factory/A/L/S1/Serial": "String",
        "Mixed/Text": "String",
        "Mixed/Big": "UInt64",
        "Mixed/Small": "Byte",
        "Mixed/温度": "Float",
        "Mixed/Twice": "Int16",
        "Mixed/Twice#2": "Int16",
    }


def test_unit_and_range_come_from_the_properties_which_are_no_tags(url: str) -> None:
    tags, _ = asyncio.run(look(url))
    stored = f"nsu={PLANT};s=Temperature"
    assert tags["Factory/A/L/S1/Temperature"] == TagInfo(
        "Factory/A/L/S1/Temperature", stored, "Double", unit="°C", low=-10.0, high=90.0
    )
    assert not [path for path in tags if path.endswith(("EngineeringUnits", "EURange"))]


def test_what_cannot_be_recorded_is_counted_and_the_standard_objects_stay_out(url: str) -> None:
    tags, left_out = asyncio.run(look(url))
    assert left_out == {"array": 1, "unsupported type": 1}
    assert not [path for path in tags if path.startswith(("Server", "Aliases", "Locations"))]


def test_small_batches_find_the_same(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = asyncio.run(look(url))

    def tiny(*_: int) -> Limits:
        return Limits(read=3, browse=2, translate=1, monitor=1)

    monkeypatch.setattr(connection_module, "Limits", tiny)
    assert asyncio.run(look(url)) == everything
