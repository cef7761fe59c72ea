"""A first layout from a server: it holds, and its browse paths lead where they say."""

import asyncio
from collections.abc import Iterator

import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from tests.opcua.small import PACKML, PLANT, small_server
from twin.gateway.discover import discover_layout
from twin.gateway.plan import locate, plan_from_layout
from twin.history.recording import TagInfo
from twin.opcua.browse import Found, Variable
from twin.opcua.connection import Connection
from twin.opcua.discovery import find_stations
from twin.opcua.draft import draft_layout
from twin.opcua.identity import DI_URI, MACHINERY_URI
from twin.opcua.nodes import UA_URI, standard_node
from twin.plant.layout import Layout
from twin.plant.layout_file import parse_layout


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with small_server() as small:
        yield small.url


@pytest.fixture(scope="module")
def text(url: str) -> str:
    return discover_layout(url)


@pytest.fixture(scope="module")
def layout(text: str) -> Layout:
    return parse_layout(text)


def test_a_packml_object_is_a_station_whose_state_the_floor_understands(layout: Layout) -> None:
    filler = next(station for station in layout.stations if station.name.en == "Filler 1")
    assert [(tag.id, tag.browse_path) for tag in filler.tags] == [
        ("State", "/Hall/Filler 1/packml:Status/packml:StateCurrent")
    ]


def test_everything_else_belongs_to_its_top_folder(layout: Layout) -> None:
    tags = {station.id: [tag.id for tag in station.tags] for station in layout.stations}
    assert tags["Hall"] == ["Humidity"]
    assert tags["Factory"] == ["A.L.S1.Temperature", "A.L.S1.Count", "A.L.S1.Serial"]
    assert sorted(tags["Mixed"]) == ["Big", "Small", "T", "Text", "Twice", "Twice-2"]


def test_units_limits_and_namespaces_are_carried_over(layout: Layout) -> None:
    tag = next(tag for station in layout.stations for tag in station.tags if tag.id == "A.L.S1.Temperature")
    assert (tag.unit, tag.low, tag.high) == ("°C", -10.0, 90.0)
    assert layout.namespaces["plant"] == PLANT
    assert layout.namespaces["packml"] == PACKML


def test_stations_stand_in_a_row(layout: Layout) -> None:
    places = [station.pose.x_m for station in layout.stations]
    assert places == [5.0 * row for row in range(len(places))]


def test_every_browse_path_leads_to_a_node_of_its_own(url: str, text: str) -> None:
    async def run() -> list[ua.NodeId | None]:
        connection = Connection(url)
        try:
            await connection.open()
            plan = plan_from_layout(text, "discovered")
            return await locate(connection, plan, plan.wanted)
        finally:
            await connection.close()

    nodes = asyncio.run(run())
    assert None not in nodes
    assert len(set(nodes)) == len(nodes)


def test_machinery_machines_and_objects_with_add_ins_are_stations() -> None:
    namespaces = [UA_URI, PLANT, MACHINERY_URI, DI_URI]
    nodes = [
        ("Machines", 2, -1),
        ("Press", 1, 0),  # 1: listed among the machines
        ("MachineryItemState", 2, 1),
        ("MachineryBuildingBlocks", 2, 1),
        ("MachineryOperationMode", 2, 3),  # an add-in below the model's own folder says nothing about that folder
        ("Cell", 1, -1),
        ("Robot", 1, 5),  # 6: has an identification
        ("Identification", 3, 6),
        ("Bench", 1, 5),
        ("Identification", 1, 8),  # somebody's own object of that name
    ]
    tree = [
        Found(standard_node(row), parent, ua.QualifiedName(name, index), False, False, standard_node(58))
        for row, (name, index, parent) in enumerate(nodes)
    ]
    assert find_stations(tree, {}, namespaces) == {1: False, 6: False}


@given(st.lists(st.tuples(st.text(max_size=80), st.integers(-1, 20), st.booleans()), max_size=20))
def test_whatever_a_server_calls_its_nodes_the_layout_holds(nodes: list[tuple[str, int, bool]]) -> None:
    tree = [
        Found(
            standard_node(row), min(parent, row - 1), ua.QualifiedName(name, 1), is_variable, False, standard_node(61)
        )
        for row, (name, parent, is_variable) in enumerate(nodes)
    ]
    variables = [Variable(row, TagInfo(str(row))) for row, found in enumerate(tree) if found.is_variable]
    text, lost = draft_layout(tree, variables, {}, [UA_URI, "urn:x"])
    written = sum(len(station.tags) for station in parse_layout(text).stations)
    assert written + lost == len(variables)
