"""Which attributes of the address space are monitored, and how their changes come here.

Variables that the plant writes in bulk are declared: their values are kept here, and asyncua's Read service asks for
them. Of everything else asyncua says what is written to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.server.address_space import AddressSpace
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.nodes import standard_node
from twin.opcua.subscriptions.items import MonitoredAttribute
from twin.opcua.subscriptions.sample import Sample

_VALUE = int(AttributeIds.Value)
_ATTRIBUTES = frozenset(map(int, AttributeIds))
_NUMBER, _SUBTYPE = standard_node(ObjectIds.Number), standard_node(ObjectIds.HasSubtype)
_PROPERTY = standard_node(ObjectIds.HasProperty)


class MonitoredAttributes:
    """Attributes by node and attribute id.

    Attributes:
        space: asyncua's address space.
    """

    def __init__(self, space: AddressSpace) -> None:
        self.space = space
        self._known: dict[tuple[ua.NodeId, int], MonitoredAttribute] = {}

    def keep(self, node: ua.NodeId, value: MonitoredAttribute) -> None:
        """Let clients monitor the Value of a variable that is kept elsewhere, and read from there."""
        self._known[node, _VALUE] = value

    def declare(self, node: ua.NodeId, sample: Sample) -> MonitoredAttribute:
        """Keep the Value of one of asyncua's variables here from now on; whoever changes it calls `change`."""
        attribute = MonitoredAttribute(sample)
        self.keep(node, attribute)
        self.space.set_attribute_value_callback(node, AttributeIds.Value, lambda *_: attribute.sample.data_value())
        return attribute

    def find(self, node: ua.NodeId, attribute_id: int) -> MonitoredAttribute:
        """The attribute with its current value. Raises ServiceError where there is none such."""
        attribute = self._known.get((node, attribute_id))
        if attribute is None:
            attribute = self._known[node, attribute_id] = self._listen(node, attribute_id)
        return attribute

    def is_number(self, node: ua.NodeId) -> bool:
        """Whether the data type of a variable is a Number."""
        value = self.space.read_attribute_value(node, AttributeIds.DataType).Value
        return value is not None and is_subtype(self.space, value.Value, _NUMBER)

    def eu_range(self, node: ua.NodeId) -> ua.Range | None:
        """The EURange of an analog item, Part 8 section 5.3.2."""
        for reference in self.space[node].references:
            if reference.ReferenceTypeId == _PROPERTY and reference.BrowseName.Name == "EURange":
                value = self.space.read_attribute_value(reference.NodeId, AttributeIds.Value).Value
                return value.Value if value is not None and isinstance(value.Value, ua.Range) else None
        return None

    def _listen(self, node: ua.NodeId, attribute_id: int) -> MonitoredAttribute:
        if attribute_id not in _ATTRIBUTES:
            raise ServiceError(StatusCodes.BadAttributeIdInvalid)
        named = AttributeIds(attribute_id)
        attribute = MonitoredAttribute(Sample.of(ua.DataValue()))
        listener: Callable[..., Awaitable[None]] = partial(_changed, attribute)
        status, _ = self.space.add_datachange_callback(node, named, listener)
        if not status.is_good():
            raise ServiceError(status.value)
        attribute.sample = Sample.of(self.space.read_attribute_value(node, named))
        return attribute


def is_subtype(space: AddressSpace, kind: ua.NodeId, wanted: ua.NodeId) -> bool:
    """Whether a type is `wanted` or one of its subtypes."""
    while kind != wanted:
        data = space.get(kind)
        references = data.references if data else []
        bases = [ref.NodeId for ref in references if ref.ReferenceTypeId == _SUBTYPE and not ref.IsForward]
        if not bases:
            return False
        kind = bases[0]
    return True


async def _changed(attribute: MonitoredAttribute, _: int, value: ua.DataValue) -> None:
    attribute.change(Sample.of(value), asyncio.get_running_loop().time())
