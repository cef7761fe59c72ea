"""From a plant's description to its layout: one station for each segment of each line, set up row by row.

Descriptions are in `layouts/descriptions`; the result is a layout file, which `twin.plant.layout_file` then checks.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from twin.errors import LayoutError, Problem
from twin.plant.bays import add_bays
from twin.plant.composed_tags import drawn, meters, process_tag, seen
from twin.plant.description import Area, Copies, LineKind, Plant, Segment, Supply, named
from twin.plant.layout import FORMAT
from twin.plant.machines import MACHINE_KINDS
from twin.plant.standing import Piece, Stood, stand
from twin.plant.terms import Raw

M = TypeVar("M", bound=BaseModel)
_WIDTH = 140  # of the file that is written, characters


def compose(path: Path) -> Raw:
    """The layout that the description at `path` and the files it names make.

    Raises:
        LayoutError: with file, key and reason of all problems found.
    """
    plant = _checked(Plant, path, _read(path))
    raw: Raw = {
        "$schema": "layout.schema.json",
        "format": FORMAT,
        "id": plant.id,
        "name": plant.name.model_dump(),
        "timezone": plant.timezone,
        "namespaces": plant.namespaces,
        "root": "Factory",
        "shifts": [shift.model_dump() for shift in plant.shifts],
        "tag_sets": {},
        "areas": [],
    }
    common = [named(_read(path.parent / name)) for name in plant.common]
    for part in common:
        raw["tag_sets"] |= part.pop("tag_sets", {})
        raw |= part
    stored = {stock["material"]: store["id"] for store in raw.get("stores", ()) for stock in store.get("stocks", ())}
    for name in plant.areas:
        area = _checked(Area, path.parent / name, _read(path.parent / name))
        if problems := list(_problems(area, stored)):
            raise LayoutError(str(path.parent / name), problems)
        for segment, about in area.segments.items():
            raw["tag_sets"] |= (
                {f"{area.id}.{segment}": [process_tag(value) for value in about.values]} if about.values else {}
            )
            raw["tag_sets"] |= {name: meters(name) for name in drawn(about)}
        raw["areas"].append(_area(area, stored))
    add_bays(raw)
    return raw


def layout_text(value: Any, indent: int = 0, before: int = 0) -> str:
    """JSON with each object on one line where it fits, for people who read the file or its differences."""
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + indent + before <= _WIDTH or not isinstance(value, dict | list):
        return short
    inner = indent + 1
    if isinstance(value, list):
        rows, brackets = [layout_text(item, inner) for item in value], "[]"
    else:
        keys = [json.dumps(key, ensure_ascii=False) + ": " for key in value]
        items = zip(keys, value.values(), strict=True)
        rows, brackets = [key + layout_text(item, inner, len(key)) for key, item in items], "{}"
    separator = ",\n" + " " * inner
    return f"{brackets[0]}\n{' ' * inner}{separator.join(rows)}\n{' ' * indent}{brackets[1]}"


def _read(path: Path) -> Raw:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LayoutError(str(path), [Problem("file", f"cannot be read: {error.strerror}")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(str(path), [Problem("file", f"not TOML: {error}")]) from error


def _checked(model: type[M], path: Path, raw: Raw) -> M:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [Problem(".".join(map(str, item["loc"])) or "file", item["msg"]) for item in error.errors()]
        raise LayoutError(str(path), problems) from error


def _problems(area: Area, stored: dict[str, str]) -> Iterator[Problem]:
    """Names in an area's file that nothing answers to."""
    for key, segment in area.segments.items():
        if segment.kind not in MACHINE_KINDS:
            yield Problem(f"segments.{key}.kind", f"unknown machine kind {segment.kind!r}")
        for supply in segment.supplies:
            if supply.material not in stored:
                yield Problem(f"segments.{key}.supplies", f"no store has {supply.material!r}")
    for key, line in area.lines.items():
        yield from _line_problems(area, key, line, stored)
    for number, copies in enumerate(area.copies):
        if copies.line not in area.lines:
            yield Problem(f"copies.{number}.line", f"there is no line {copies.line!r}")


def _line_problems(area: Area, key: str, line: LineKind, stored: dict[str, str]) -> Iterator[Problem]:
    names = [segment for row in line.rows for segment in row]
    for name in names:
        segment = area.segments.get(name)
        if segment is None:
            yield Problem(f"lines.{key}.rows", f"there is no segment {name!r}")
        elif segment.rework and segment.rework.to not in names:
            yield Problem(f"segments.{name}.rework.to", f"line {key!r} has no segment {segment.rework.to!r}")
        elif segment.supplies and not line.fleet:
            yield Problem(f"lines.{key}.fleet", f"nobody brings the supplies of {name!r}")
    if line.output and line.output.material and line.output.material not in stored:
        yield Problem(f"lines.{key}.output.material", f"no store has {line.output.material!r}")


def _area(area: Area, stored: dict[str, str]) -> Raw:
    lines = [
        _line(area, copies, number, at, stored)
        for copies in area.copies
        for number, at in zip(copies.numbers, _steps(copies), strict=True)
    ]
    technicians = {"technicians": area.technicians} if area.technicians else {}
    return {"id": area.id, "name": area.name.model_dump(), **technicians, "lines": lines}


def _steps(copies: Copies) -> Iterator[tuple[float, float]]:
    for k in range(len(copies.numbers)):
        yield copies.at[0] + k * copies.step[0], copies.at[1] + k * copies.step[1]


def _line(area: Area, copies: Copies, number: int, at: tuple[float, float], stored: dict[str, str]) -> Raw:
    line = area.lines[copies.line]
    identifier = f"{area.id}{number:0{area.digits}d}"
    stood = _stood(area, line, at, copies.heading_deg)
    english, chinese = (text.format(number=number) for text in line.name)
    conveyor = line.conveyor.model_dump(exclude={"rows_m"}) | {"path": stood.path}
    raw: Raw = {
        "id": identifier,
        "name": {"en": english, "zh_CN": chinese},
        "takt_s": line.takt_s,
        "product": line.product.model_dump() if line.product else None,
        "product_kind": line.product_kind,
        "serial_prefix": line.serial_prefix.format(number=number),
        "conveyor": {"path": conveyor.pop("path"), **conveyor},
        "tag_sets": ["line"] if line.carriers else None,
        "carriers": {"count": line.carriers, "tag_sets": ["carrier"]} if line.carriers else None,
        "output": _output(line, stored),
        "stations": _stations(area, line, identifier, stood, stored),
    }
    return {key: value for key, value in raw.items() if value is not None}


def _output(line: LineKind, stored: dict[str, str]) -> Raw | None:
    if line.output is None:
        return None
    store = stored[line.output.material] if line.output.material else "warehouse"
    return {"store": store, **line.output.model_dump(exclude_none=True)}


def _stood(area: Area, line: LineKind, at: tuple[float, float], heading_deg: float) -> Stood:
    rows = [[area.segments[name] for name in row] for row in line.rows]
    pieces = [[Piece(about.kind, about.places, about.buffer, about.beside_m) for about in row] for row in rows]
    return stand(pieces, line.conveyor.rows_m, line.conveyor.pitch_m, at, heading_deg)


def _stations(area: Area, line: LineKind, identifier: str, stood: Stood, stored: dict[str, str]) -> list[Raw]:
    names = [name for row in line.rows for name in row]
    ids = {name: f"{identifier}-{number:02d}" for number, name in enumerate(names, line.first_number)}
    stations = []
    for name, (at_m, x, y, heading) in zip(names, stood.stations, strict=True):
        segment = area.segments[name]
        station: Raw = {
            "id": ids[name],
            "name": segment.name.model_dump(),
            "kind": segment.kind,
            "segment": name,
            "pose": {"x_m": x, "y_m": y, "heading_deg": heading},
            "at_m": at_m,
            "places": segment.places,
            "order": segment.order,
            "buffer_before": segment.buffer,
            **_behaviour(segment, ids),
            "supplies": [_supply(supply, line, stored) for supply in segment.supplies],
            "tag_sets": [
                "station",
                *seen(segment),
                *([f"{area.id}.{name}"] if segment.values else []),
                *drawn(segment),
            ],
        }
        stations.append({key: value for key, value in station.items() if value not in (None, [], "carousel")})
    return stations


def _behaviour(segment: Segment, ids: dict[str, str]) -> Raw:
    """What a station does to units, and what happens to it."""
    rework, tool = segment.rework, segment.tool
    return {
        "cycle": _lognormal(segment.cycle.s, segment.cycle.cv),
        "failures": _failures(segment),
        "reject_probability": segment.reject or None,
        "inspection": segment.inspection and segment.inspection.model_dump(),
        "background": segment.background and segment.background.model_dump(),
        "rework": rework and {"to": ids[rework.to], "delay_s": rework.after_min * 60, "limit": rework.limit},
        "tool": tool
        and {
            "life": tool.life,
            "change": _lognormal(tool.change_min * 60, tool.cv),
            "wear_reject": tool.wear_reject,
        },
        "changeovers": [changeover.model_dump() for changeover in segment.changeovers],
    }


def _lognormal(mean_s: float, cv: float | None) -> Raw:
    if cv is None:
        return {"kind": "deterministic", "value_s": mean_s}
    return {"kind": "lognormal", "mean_s": mean_s, "cv": cv}


def _failures(segment: Segment) -> list[Raw]:
    failures: list[Raw] = []
    if stop := segment.minor_stop:
        every = {"kind": "exponential", "mean_s": stop.every_min * 60}
        lasts = _lognormal(stop.lasts_s, stop.cv)
        failures.append(_failure("minor_stop", stop.reason, every, lasts))
    if down := segment.breakdown:
        mean_s = down.every_h * 3600
        weibull = {"kind": "weibull", "mean_s": mean_s, "shape": down.wear}
        every = weibull if down.wear else {"kind": "exponential", "mean_s": mean_s}
        failures.append(_failure("breakdown", down.reason, every, _lognormal(down.lasts_min * 60, down.cv)))
    return failures


def _failure(mode: str, reason: str, every: Raw, lasts: Raw) -> Raw:
    return {"mode": mode, "reason": reason, "time_to_failure": every, "time_to_repair": lasts}


def _supply(supply: Supply, line: LineKind, stored: dict[str, str]) -> Raw:
    room = supply.kit * supply.kits
    return {
        "material": supply.material,
        "per_unit": supply.per_unit,
        "capacity": room,
        "initial": room,
        "reorder_at": room - supply.kit,
        "kit": supply.kit,
        "store": stored[supply.material],
        "fleet": line.fleet,
        "tag_sets": ["supply"],
    }
