"""Synthetic variables as a client finds them: browsed, read, monitored, and not written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import BadUserAccessDenied

from tests.opcua.listening import Listening, Subscribed, listening
from twin.opcua.load_nodes import add_load
from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.items import MonitoredAttribute
from twin.opcua.subscriptions.sample import Sample
from twin.plant.quality import BAD_WAITING

K = ua.VariantType
TYPES = [K.Double] * 10_000 + [K.String] * 150  # a full block, and two groups of the next


@pytest.fixture(scope="module")
def rig() -> Iterator[Listening]:
    with listening() as made:
        made.load = add_load(made.server.subscriptions.attributes, TYPES, 1)
        yield made


@pytest.fixture(scope="module")
def load(rig: Listening) -> list[MonitoredAttribute]:
    return rig.load


def test_no_folder_has_more_than_a_hundred_children(rig: Listening) -> None:
    async def body(client: Client) -> list[int]:
        root = await client.nodes.objects.get_child("1:Load")
        sizes = []
        for block in await root.get_children():
            groups = await block.get_children()
            sizes.append([len(await group.get_children()) for group in groups])
        return [len(sizes), *map(len, sizes), sum(map(sum, sizes)), max(map(max, sizes))]

    assert rig.run(lambda: body(rig.client)) == [2, 100, 2, 10_150, 100]


def test_a_variable_tells_what_it_is(rig: Listening) -> None:
    async def body() -> list[object]:
        node = await rig.client.nodes.objects.get_child(["1:Load", "1:Block 02", "1:Group 0101", "1:Value 010001"])
        parent = await node.get_parent()
        assert parent is not None
        return [
            node.nodeid.Identifier,
            (await node.read_browse_name()).Name,
            await node.read_node_class(),
            await node.read_data_type_as_variant_type(),
            await node.read_type_definition(),
            (await node.read_data_value(raise_on_bad_status=False)).StatusCode,
            (await parent.read_display_name()).Text,
            await parent.read_type_definition(),
        ]

    assert rig.run(body) == [
        10_001,
        "Value 010001",
        ua.NodeClass.Variable,
        K.String,
        standard_node(ObjectIds.BaseDataVariableType),
        ua.StatusCode(ua.UInt32(BAD_WAITING)),
        "Group 0101",
        standard_node(ObjectIds.FolderType),
    ]


def test_its_value_is_read_and_monitored_but_not_written(rig: Listening, load: list[MonitoredAttribute]) -> None:
    async def body() -> tuple[object, list[object]]:
        node = rig.client.get_node(ua.NodeId(ua.Int32(1), ua.Int16(1)))
        load[0].change(Sample(4.5, K.Double.value, 5, 6), 0.0)
        subscribed = await Subscribed(rig.client).open()
        await subscribed.monitor(node.nodeid)
        await subscribed.monitor(node.nodeid, attribute=AttributeIds.BrowseName)
        first = await subscribed.values()
        load[0].change(Sample(5.5, K.Double.value, 7, 8), 0.0)
        second = await subscribed.values()
        await subscribed.close()
        with pytest.raises(BadUserAccessDenied):
            await node.write_value(ua.DataValue(ua.Variant(9.0, K.Double)))
        return await node.read_value(), [*first, *second]

    assert rig.run(body) == (5.5, [4.5, ua.QualifiedName("Value 000001", 1), 5.5])
