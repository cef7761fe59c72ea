"""Which rows the inspector shows of a thing: its values, kind by kind, then its stocks, one row a material."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from twin.panels import words
from twin.panels.names import Directory, Kind
from twin.panels.readings import NOTHING, Reading, read
from twin.panels.value_list import ValueRow
from twin.session.frame import Frame

_NO_TAG = -1
_COMING = ("OnTheWay", "OnOrder")  # what says how much of a material will come, at a station and in a store


def value_rows(frame: Frame, directory: Directory, thing: str, trends: Collection[str]) -> tuple[ValueRow, ...]:
    """The rows of a thing; `trends` are the tags that are drawn as such."""
    kinds, supplies = directory.values(thing), directory.supplies(thing)
    rows: list[ValueRow] = []
    for kind, tags in kinds.items():
        if rows:
            rows.append(_heading(frame, "consumed" if kind is Kind.CONSUMED else "counted"))
        rows += [ValueRow(tag, directory.tag_name(tag), _read(frame, tag), tag in trends) for tag in tags]
    if supplies:
        rows.append(_heading(frame, "material"))
        rows += [_supply(frame, directory, supply, trends) for supply in supplies]
    return tuple(rows)


def _heading(frame: Frame, name: str) -> ValueRow:
    return ValueRow("", words.heading(name), read(frame, _NO_TAG), trend=False)


def _read(frame: Frame, tag: str) -> Reading:
    return read(frame, frame.catalog.index(tag))


def _supply(frame: Frame, directory: Directory, supply: str, trends: Collection[str]) -> ValueRow:
    """The pieces there are of a material; how many come, which lot is in use, and whether any are missing."""
    tag, material = f"{supply}/Stock", supply.rpartition("/")[2]
    reading = _read(frame, tag)
    more = " · ".join(_said_of(frame, supply)) if reading.live else ""
    return ValueRow(tag, directory.name(material) or material, reading, tag in trends, more)


def _said_of(frame: Frame, supply: str) -> Iterator[str]:
    if _read(frame, f"{supply}/Short").number == 1.0:
        yield f"▲ {words.tag('Short')}"
    for own in (*_COMING, "Lot"):
        reading = _read(frame, f"{supply}/{own}")
        if reading.text != NOTHING and reading.number:
            yield f"{words.tag(own)} {reading.shown}"
