"""Reading and checking layout files: every problem with its place, and the published JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from twin.errors import LayoutError, Problem
from twin.plant.calendar import length, offset
from twin.plant.json_file import parse_json, read_text, shape_problems
from twin.plant.layout import Layout
from twin.plant.logistics_problems import logistics_problems
from twin.plant.machines import MACHINE_KINDS
from twin.plant.product_problems import product_problems
from twin.plant.signal_problems import signal_problems
from twin.plant.units import UNITS, near_misses


def read_layout(path: Path) -> Layout:
    """The layout in a file.

    Raises:
        LayoutError: with all problems found, if the file cannot be read or does not hold.
    """
    return parse_layout(read_text(path), str(path))


def parse_layout(text: str, name: str = "layout") -> Layout:
    """The layout in a JSON text; `name` is what errors call it. Raises LayoutError."""
    raw = parse_json(text, name)
    problems = list(_reference_problems(raw)) if isinstance(raw, dict) else []
    try:
        layout = Layout.model_validate(raw)
    except ValidationError as error:
        raise LayoutError(name, [*shape_problems(error), *problems]) from error
    problems += [*_geometry_problems(layout), *_rework_problems(layout), *_break_problems(layout)]
    problems += [*signal_problems(layout), *product_problems(layout), *logistics_problems(layout)]
    if problems:
        raise LayoutError(name, problems)
    return layout


def layout_schema() -> str:
    """The JSON Schema of layout files, as published beside them."""
    schema = Layout.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _children(node: Any, key: str, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects in the list `node[key]`, with their places; anything else is left to the shape check."""
    items = node.get(key) if isinstance(node, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield f"{place}{key}[{index}]", item


def _walk(raw: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Everything in the file that has an id: (what, place, object)."""
    for area_place, area in _children(raw, "areas", ""):
        yield "area", area_place, area
        for line_place, line in _children(area, "lines", area_place + "."):
            yield "line", line_place, line
            for place, station in _children(line, "stations", line_place + "."):
                yield "station", place, station
    for what in ("route", "shift"):
        for place, item in _children(raw, f"{what}s", ""):
            yield what, place, item


def _reference_problems(raw: dict[str, Any]) -> Iterator[Problem]:
    """What the shape alone cannot say: ids used twice, names that nothing answers to."""
    things = list(_walk(raw))
    seen: dict[str, str] = {}
    for _, place, item in things:
        identifier = item.get("id")
        if isinstance(identifier, str) and identifier in seen:
            yield Problem(f"{place}.id", f"{identifier!r} is already the id of {seen[identifier]}")
        elif isinstance(identifier, str):
            seen[identifier] = place
    for what, place, item in things:
        if what == "station" and item.get("kind", "generic") not in MACHINE_KINDS:
            kinds = ", ".join(MACHINE_KINDS)
            yield Problem(f"{place}.kind", f"unknown machine kind {item['kind']!r}; known are {kinds}")
        yield from _tag_problems(raw, place, item)
        if isinstance(item.get("carriers"), dict):
            yield from _tag_problems(raw, f"{place}.carriers", item["carriers"])
    yield from _name_problems(raw)


def _tag_problems(raw: dict[str, Any], place: str, owner: dict[str, Any]) -> Iterator[Problem]:
    sets = raw.get("tag_sets") if isinstance(raw.get("tag_sets"), dict) else {}
    wanted = owner.get("tag_sets", ())
    named = [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
    tags = [(f"{place}.tags[{index}]", tag) for index, tag in enumerate(_list(owner.get("tags")))]
    for name in named:
        if name not in (sets or {}):
            yield Problem(f"{place}.tag_sets", f"there is no tag set {name!r}")
        tags += [(f"{place}.tag_sets", tag) for tag in _list((sets or {}).get(name))]
    seen: set[str] = set()
    for where, tag in tags:
        identifier = tag.get("id") if isinstance(tag, dict) else None
        if isinstance(identifier, str) and identifier in seen:
            yield Problem(where, f"tag {identifier!r} appears twice here")
        elif isinstance(identifier, str):
            seen.add(identifier)
    for where, tag in tags:
        yield from _limit_problems(raw, where, tag)
        yield from _unit_problems(where, tag)


def _limit_problems(raw: dict[str, Any], where: str, tag: Any) -> Iterator[Problem]:
    if not isinstance(tag, dict):
        return
    low, high = tag.get("low"), tag.get("high")
    if isinstance(low, int | float) and isinstance(high, int | float) and low >= high:
        yield Problem(where, f"low limit {low} of tag {tag.get('id')!r} is not below its high limit {high}")
    namespaces = raw.get("namespaces")
    aliases = set(namespaces) if isinstance(namespaces, dict) else set()
    path = tag.get("browse_path")
    for part in path.split("/") if isinstance(path, str) else ():
        alias, colon, _ = part.partition(":")
        if colon and alias not in aliases:
            yield Problem(
                where, f"browse path {path!r} uses the namespace {alias!r}, which `namespaces` does not define"
            )


def _unit_problems(where: str, tag: Any) -> Iterator[Problem]:
    unit = tag.get("unit") if isinstance(tag, dict) else None
    if isinstance(unit, str) and unit and unit not in UNITS:
        meant = " or ".join(map(repr, near_misses(unit)))
        advice = f"; did you mean {meant}?" if meant else "; twin/plant/units.py lists the known ones"
        yield Problem(where, f"tag {tag.get('id')!r} has the unknown unit {unit!r}{advice}")


def _name_problems(raw: dict[str, Any]) -> Iterator[Problem]:
    namespaces = raw.get("namespaces")
    if isinstance(namespaces, dict) and "plant" not in namespaces:
        yield Problem("namespaces", "the alias 'plant' is missing: names without an alias belong to it")
    zone = raw.get("timezone", "UTC")
    try:
        ZoneInfo(zone) if isinstance(zone, str) else None
    except (ZoneInfoNotFoundError, ValueError):
        yield Problem("timezone", f"there is no time zone {zone!r}; use an IANA name such as Asia/Shanghai")


def _geometry_problems(layout: Layout) -> list[Problem]:
    problems = []
    for a, area in enumerate(layout.areas):
        for n, line in enumerate(area.lines):
            places = [station.at_m for station in line.stations]
            if line.conveyor and places != sorted(places):
                problems.append(Problem(f"areas[{a}].lines[{n}].stations", "at_m must not fall along the line"))
    return problems


def _rework_problems(layout: Layout) -> Iterator[Problem]:
    for a, area in enumerate(layout.areas):
        for n, line in enumerate(area.lines):
            ids = [station.id for station in line.stations]
            for s, station in enumerate(line.stations):
                place = f"areas[{a}].lines[{n}].stations[{s}].rework.to"
                if station.rework and station.rework.to not in ids:
                    yield Problem(place, f"line {line.id!r} has no station {station.rework.to!r}")
                elif station.rework and ids.index(station.rework.to) > s:
                    yield Problem(place, f"{station.rework.to!r} comes after {station.id!r}; rework goes back, not on")


def _break_problems(layout: Layout) -> Iterator[Problem]:
    for s, shift in enumerate(layout.shifts):
        until = timedelta(0)
        for b, pause in sorted(enumerate(shift.breaks), key=lambda numbered: offset(shift, numbered[1].start)):
            start, end = offset(shift, pause.start), offset(shift, pause.end)
            place = f"shifts[{s}].breaks[{b}]"
            if not start < end <= length(shift):
                yield Problem(place, f"{pause.start} to {pause.end} is not within shift {shift.id!r}")
            elif start < until:
                yield Problem(place, f"{pause.start} to {pause.end} overlaps another break of shift {shift.id!r}")
            until = max(until, end)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
