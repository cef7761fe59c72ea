"""The alarms of a plant's server as conditions of OPC UA Part 9: made when first heard of, told to whoever listens.

Not here: how an alarm lives (`twin.opcua.condition`), what operators may do with it (`twin.opcua.alarm_methods`), and
any clock: it is as late as the newest time that anybody told.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import uuid4

from asyncua import ua
from asyncua.server.address_space import AddressSpace
from asyncua.ua.object_ids import ObjectIds

from twin.opcua import alarm_nodes, condition
from twin.opcua.alarm_fields import (
    UNSHELVE_TIME,
    Fields,
    Place,
    PlantEvent,
    alarm_fields,
    event_fields,
    fixed_fields,
    server_fields,
    unshelve_time,
)
from twin.opcua.condition import Condition, Level, Shelving
from twin.opcua.notices import SERVER, Notices
from twin.opcua.plant_nodes import PlantNodes
from twin.opcua.subscriptions.events import EventItem
from twin.plant.layout import Layout

_NULL = ua.NodeId()
_EVENT_ID = struct.Struct(">4sIQ")  # this run of the server, number of the alarm, number of its change
_OF_SERVER = 0xFFFF_FFFF  # stands for the number of an alarm in the ids of the server's own events


class AlarmReading(NamedTuple):
    """What the plant says of one alarm.

    Attributes:
        condition: the alarm's name, unique within its source and the same for ever: `Breakdown`.
        kind: a passed limit, which becomes an ExclusiveLevelAlarm, or anything else, an OffNormalAlarm.
        severity: 1 to 1000.
        limit: which limit is passed: `HighHigh`, `High`, `Low`, `LowLow`; None if it has none or is not active.
        tag: the tag of the source that it watches; its limits are the alarm's.
    """

    time_ns: int
    source: str
    condition: str
    kind: Literal["limit", "off_normal"]
    active: bool
    severity: int
    message: str
    limit: str | None = None
    tag: str = ""


@dataclass(slots=True)
class Alarm:
    """One alarm on this server.

    Attributes:
        heard: the nodes its events are sent at.
        fixed, told: the fields of its newest event, those that never change and those that do.
    """

    number: int
    place: Place
    condition: Condition
    heard: tuple[ua.NodeId, ...]
    fixed: Fields
    told: Fields


class Alarms:
    """All alarms of one server.

    Attributes:
        now_ns: the newest time that anybody told.
    """

    def __init__(self, space: AddressSpace, layout: Layout, nodes: PlantNodes, notices: Notices) -> None:
        self._space = space
        self._nodes = nodes
        self._notices = notices
        self._limits = {
            (owner.id, tag.id): tuple(
                (name, limit) for name, limit in (("HighLimit", tag.high), ("LowLimit", tag.low)) if limit is not None
            )
            for owner in layout.owners
            for tag in owner.tags
        }
        self._alarms: dict[tuple[str, str], Alarm] = {}
        self._by_node: dict[ua.NodeId, Alarm] = {}
        self._shelved: set[int] = set()
        self._run = uuid4().bytes[:4]
        self._refreshes = 0
        self.now_ns = 0
        alarm_nodes.add_notifiers(space, nodes.chains)

    def __iter__(self) -> Iterator[Alarm]:
        return iter(self._alarms.values())

    def at(self, node: ua.NodeId) -> Alarm | None:
        """The alarm whose condition, or shelving state, the node is."""
        return self._by_node.get(node)

    def change_of(self, alarm: Alarm, event_id: object) -> int | None:
        """The number of the alarm's change that an event told of, None for anything but an event of this alarm."""
        if not isinstance(event_id, bytes) or len(event_id) != _EVENT_ID.size:
            return None
        run, number, change = _EVENT_ID.unpack(event_id)
        return int(change) if (run, number) == (self._run, alarm.number) else None

    async def set(self, reading: AlarmReading) -> None:
        """Say whether an alarm is active; what is not active and was never heard of is nothing."""
        self.now_ns = max(self.now_ns, reading.time_ns)
        alarm = self._alarms.get((reading.source, reading.condition))
        if alarm is None:
            if not reading.active:
                return
            alarm = self._add(reading)
        said = Level(reading.active, reading.severity, reading.message, reading.limit or "")
        if condition.report(alarm.condition, reading.time_ns, said):
            await self.tell(alarm)

    async def pass_time(self, time_ns: int) -> None:
        """Unshelve what was shelved until now."""
        self.now_ns = max(self.now_ns, time_ns)
        if self._shelved:
            for alarm in [alarm for alarm in self if alarm.number in self._shelved]:
                if condition.pass_time(alarm.condition, time_ns):
                    await self.tell(alarm)

    async def tell(self, alarm: Alarm) -> None:
        """Write a changed alarm into its nodes and send its event."""
        if alarm.condition.shelving is Shelving.UNSHELVED:
            self._shelved.discard(alarm.number)
        else:
            self._shelved.add(alarm.number)
        before, alarm.told = alarm.told, self._fields(alarm)
        changed = [item for item in alarm.told.items() if item[0] != UNSHELVE_TIME and item[1] != before[item[0]]]
        await alarm_nodes.write(self._space, alarm.place, changed, alarm.told["Time"].Value)
        await self._notices.send(PlantEvent(alarm.fixed | alarm.told), alarm.heard)

    def refresh(self, items: Iterable[EventItem]) -> None:
        """Tell monitored items all that is of interest now, between two marks that no filter holds back."""
        start, end = self._mark(ObjectIds.RefreshStartEventType), self._mark(ObjectIds.RefreshEndEventType)
        retained = [alarm for alarm in self if alarm.condition.retain]
        for item in items:
            item.tell(start)
            for alarm in retained:
                if item.node in alarm.heard:
                    item.offer(PlantEvent(alarm.fixed | alarm.told))
            item.tell(end)

    def _mark(self, event_type: int) -> PlantEvent:
        self._refreshes += 1
        event_id = _EVENT_ID.pack(self._run, _OF_SERVER, self._refreshes)
        return PlantEvent(server_fields(event_type) | event_fields(event_id, self.now_ns, "Condition refresh", 1))

    def _fields(self, alarm: Alarm) -> Fields:
        event_id = _EVENT_ID.pack(self._run, alarm.number, alarm.condition.change)
        return alarm_fields(alarm.condition, event_id, limits=alarm.place.limits is not None)

    def _add(self, reading: AlarmReading) -> Alarm:
        nodes, source, tag = self._nodes, reading.source, (reading.source, reading.tag)
        place = Place(
            node=ua.NodeId(ua.String(f"{source}/{reading.condition}"), ua.Int16(nodes.namespace)),
            name=reading.condition,
            source=source,
            source_node=nodes.owners[source],
            input_node=nodes.variables[tag].node if tag in nodes.variables else _NULL,
            limits=self._limits.get(tag, ()) if reading.kind == "limit" else None,
        )
        new = Condition(enabled_ns=reading.time_ns)
        alarm = Alarm(len(self._alarms), place, new, (SERVER, *nodes.chains[source]), fixed_fields(place), {})
        alarm.told = self._fields(alarm)
        self._alarms[source, reading.condition] = alarm
        self._by_node[place.node] = self._by_node[alarm_nodes.below(place.node, alarm_nodes.SHELVING)] = alarm
        alarm_nodes.add_condition(self._space, place, alarm.fixed | alarm.told)
        alarm_nodes.compute(self._space, place, UNSHELVE_TIME, lambda: unshelve_time(alarm.condition, self.now_ns))
        return alarm
