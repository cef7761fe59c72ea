"""Directory: what the things of a layout are called and which tags they own, found by id. Made once per layout."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from twin.panels import words
from twin.plant.layout import Layout, carrier_ids
from twin.plant.signals import Approach, Demand, Profile, Total
from twin.plant.terms import Name, Tag

# What the head of a station or of a vehicle already says; the rest is worth a row of its own.
_IN_HEADER = frozenset(
    {"State", "Mode", "Serial", "CycleStarted", "Starved", "Blocked", "Processed", "Defective", "Units"}
    | {"Load", "Order", "Battery"}
)


class Kind(IntEnum):
    """Kinds of values, in the order in which they are shown."""

    PROCESS = 0
    CONSUMED = 1
    COUNTED = 2


class Directory:
    """Names and tags by id. Without a layout every thing is called by its id."""

    def __init__(self, layout: Layout | None) -> None:
        self.layout = layout
        self.stations = {station.id: index for index, station in enumerate(layout.stations)} if layout else {}
        self.vehicles = {vehicle.id: index for index, vehicle in enumerate(layout.vehicles)} if layout else {}
        owners = layout.owners if layout else ()
        self._tags: dict[str, tuple[Tag, ...]] = {owner.id: owner.tags for owner in owners}
        self._supplies = dict(_supplies(layout)) if layout else {}
        carriers = [carrier for line in (layout.lines if layout else ()) for carrier in carrier_ids(line)]
        self._names = dict(_named(layout)) if layout else {}
        self.carriers = {carrier: index for index, carrier in enumerate(carriers)}

    def name(self, thing: str) -> str:
        """A thing's name without its id, in the language of the screen; empty where it has no other name."""
        named = self._names.get(thing)
        return named.text(words.language()) if named else ""

    def load(self, text: str) -> str:
        """What a vehicle carries, in the language of the screen: a material's name, or that of a line for its goods."""
        return self.name(text) or text

    def title(self, thing: str) -> str:
        """Id and name, as lists and labels show them."""
        return f"{thing}  {self.name(thing)}".rstrip()

    def owns(self, thing: str) -> bool:
        """Whether the layout knows this thing."""
        return thing in self._tags

    def tag_name(self, full_id: str) -> str:
        """What a tag is called, without its owner."""
        owner, _, own = full_id.rpartition("/")
        found = next((tag for tag in self._tags.get(owner, ()) if tag.id == own), None)
        return found.name.text(words.language()) if found and found.name else words.tag(own)

    def values(self, thing: str) -> dict[Kind, list[str]]:
        """Full ids of a thing's values worth a row, kind by kind. A thing that is itself a tag has that one."""
        if not self.owns(thing) and not self.supplies(thing):
            return {Kind.PROCESS: [thing]}
        tags = [tag for tag in self._tags.get(thing, ()) if tag.id not in _IN_HEADER]
        found = {kind: [f"{thing}/{tag.id}" for tag in tags if _kind(tag) is kind] for kind in Kind}
        return {kind: ids for kind, ids in found.items() if ids}

    def supplies(self, thing: str) -> tuple[str, ...]:
        """Ids of the stocks at a station or in a store, `<thing>/<material>`."""
        return self._supplies.get(thing, ())

    def first_trends(self) -> tuple[str, ...]:
        """Full ids of two values worth a trend on any plant: those that follow a curve and have limits come first."""
        limited = [
            (not isinstance(tag.signal, Approach | Profile), f"{owner}/{tag.id}")
            for owner, tags in self._tags.items()
            for tag in tags
            if tag.low is not None or tag.high is not None
        ]
        return tuple(tag for _, tag in sorted(limited, key=lambda pair: pair[0])[:2])

    def first_trend(self, thing: str) -> str | None:
        """Full id of the first process value of a thing, the one most worth a trend."""
        found = min(self._tags.get(thing, ()), key=_kind, default=None)
        return f"{thing}/{found.id}" if found and found.signal else None


def _named(layout: Layout) -> Iterator[tuple[str, Name]]:
    """Id and name of everything that has both; what stands for more comes first, and gives way to what is smaller."""
    for area in layout.areas:
        yield area.id, area.name
    for group in (layout.lines, layout.stores, layout.materials, layout.vehicles, layout.stations):
        yield from ((named.id, named.name) for named in group)
    if house := layout.warehouse:
        yield house.id, house.name
        yield from ((dock.id, dock.name) for dock in house.docks)


def _supplies(layout: Layout) -> Iterator[tuple[str, tuple[str, ...]]]:
    for station in layout.stations:
        yield station.id, tuple(f"{station.id}/{supply.material}" for supply in station.supplies)
    for store in layout.stores:
        yield store.id, tuple(f"{store.id}/{stock.material}" for stock in store.stocks)


def _kind(tag: Tag) -> Kind:
    if tag.signal is None:
        return Kind.COUNTED
    return Kind.CONSUMED if isinstance(tag.signal, Demand | Total) else Kind.PROCESS
