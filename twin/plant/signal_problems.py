"""What can be wrong with the signals of a layout besides their shape; each problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from twin.errors import Problem
from twin.plant.layout import Layout, Line
from twin.plant.signals import Approach, Demand, Profile, Result, Total
from twin.plant.stations import Station
from twin.plant.terms import Tag

_NUMBERS = frozenset({"Int32", "UInt32", "Int64", "Float", "Double"})


def signal_problems(layout: Layout) -> Iterator[Problem]:
    """All problems, those of tag sets first."""
    for name, tags in layout.tag_sets.items():
        yield from _tags_problems(tags, f"tag_sets.{name}")
    for a, area in enumerate(layout.areas):
        for n, line in enumerate(area.lines):
            yield from _line_problems(layout, line, f"areas[{a}].lines[{n}]")
    for f, fleet in enumerate(layout.fleets):
        yield from _stray_problems(layout, fleet.tag_sets, f"fleets[{f}].tag_sets")


def _line_problems(layout: Layout, line: Line, place: str) -> Iterator[Problem]:
    for s, station in enumerate(line.stations):
        tags = f"{place}.stations[{s}].tags"
        yield from _tags_problems(station.tags, tags)
        known = tuple(name for name in station.tag_sets if name in layout.tag_sets)
        yield from _total_problems(layout.tags_of(known, station.tags), tags)
        yield from _wear_problems(station, layout.tags_of(known, station.tags), tags)
    if line.carriers:
        yield from _stray_problems(layout, line.carriers.tag_sets, f"{place}.carriers.tag_sets")


def _tags_problems(tags: Sequence[Tag], place: str) -> Iterator[Problem]:
    for t, tag in enumerate(tags):
        yield from _tag_problems(tag, f"{place}[{t}]")


def _tag_problems(tag: Tag, place: str) -> Iterator[Problem]:
    signal = tag.signal
    if signal is not None and tag.data_type not in _NUMBERS:
        yield Problem(place, f"tag {tag.id!r} is {tag.data_type}, but a signal makes numbers")
    if isinstance(signal, Approach) and signal.logarithmic:
        for name, value in (("start", signal.start), ("end", signal.end)):
            if value <= 0:
                yield Problem(
                    f"{place}.signal.{name}", f"a logarithmic approach has no value {value:g}: it must be above 0"
                )
    if isinstance(signal, Profile):
        shares = [share for share, _ in signal.points]
        if shares[0] != 0 or shares[-1] != 1 or any(late <= early for early, late in pairwise(shares)):
            shown = ", ".join(f"{share:g}" for share in shares)
            yield Problem(f"{place}.signal.points", f"shares of the cycle must rise from 0 to 1; these are {shown}")


def _total_problems(tags: Sequence[Tag], place: str) -> Iterator[Problem]:
    demands = [tag.id for tag in tags if isinstance(tag.signal, Demand)]
    for tag in tags:
        if isinstance(tag.signal, Total) and tag.signal.of not in demands:
            known = f"its demands are {', '.join(demands)}" if demands else "it has none"
            yield Problem(place, f"{tag.id!r} is the total of {tag.signal.of!r}, no demand of this station; {known}")


def _wear_problems(station: Station, tags: Sequence[Tag], place: str) -> Iterator[Problem]:
    for tag in tags:
        if isinstance(tag.signal, Result) and tag.signal.wear and station.tool is None:
            yield Problem(place, f"{tag.id!r} shifts with the wear of a tool, but {station.id!r} has no tool")


def _stray_problems(layout: Layout, names: Sequence[str], place: str) -> Iterator[Problem]:
    for name in names:
        for tag in layout.tag_sets.get(name, ()):
            if tag.signal is not None:
                yield Problem(place, f"tag {tag.id!r} of {name!r} has a signal, but only stations have instruments")
