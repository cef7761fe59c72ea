"""Reading and checking scenario files: every problem with its place, and what may have been meant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twin.errors import LayoutError, Problem
from twin.plant.json_file import parse_json, read_text, shape_problems
from twin.plant.layout import Layout
from twin.plant.layout_file import read_layout
from twin.plant.malfunction_list import CATALOGUE
from twin.plant.malfunctions import instruments, near_misses, targets
from twin.plant.scenario import (
    Clear,
    Condition,
    Done,
    Failing,
    Give,
    Inject,
    MalfunctionIs,
    Scenario,
    SetDemand,
    Step,
    TagIs,
    conditions,
    steps,
)
from twin.plant.shipped import SHIPPED

# Tags whose numbers the plant itself knows, besides what instruments read.
KNOWN_TAGS = ("Processed", "Defective", "Reworked", "Units", "CycleTime", "Starved", "Blocked", "Mode", "State")


def is_scenario(path: Path) -> bool:
    """Whether a file is a scenario rather than a layout. Raises LayoutError if it is no JSON at all."""
    raw = parse_json(read_text(path), str(path))
    return isinstance(raw, dict) and ("goals" in raw or "actions" in raw)


def scenario_schema() -> str:
    """The JSON Schema of scenario files."""
    schema = Scenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def read_scenario(path: Path) -> tuple[Scenario, Layout]:
    """The scenario in a file, and the layout it runs on.

    Raises:
        LayoutError: with all problems found, if one of them cannot be read or does not hold.
    """
    name, raw = str(path), parse_json(read_text(path), str(path))
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        raise LayoutError(name, [*shape_problems(error), *_twice(raw)]) from error
    layout = read_layout(_layout_path(path, scenario))
    problems = [*_twice(raw), *_time_problems(scenario), *_action_problems(scenario, layout)]
    problems += [*_condition_problems(scenario, layout), *_order_problems(scenario)]
    if scenario.start.state and not (path.parent / scenario.start.state).is_file():
        problems.append(Problem("start.state", f"there is no file {scenario.start.state!r} beside the scenario"))
    if problems:
        raise LayoutError(name, problems)
    return scenario, layout


def _layout_path(path: Path, scenario: Scenario) -> Path:
    shipped = SHIPPED / f"{scenario.layout}.json"
    beside = path.parent / scenario.layout
    if not shipped.is_file() and not beside.is_file():
        known = [one.stem for one in SHIPPED.glob("*.json")]
        hint = near_misses(scenario.layout, known)
        raise LayoutError(str(path), [Problem("layout", f"there is no layout {scenario.layout!r}{hint}")])
    return shipped if shipped.is_file() else beside


def _twice(raw: Any) -> Iterator[Problem]:
    seen: set[str] = set()
    for part in ("actions", "goals", "failures"):
        items = raw.get(part, ()) if isinstance(raw, dict) else ()
        for index, item in enumerate(items if isinstance(items, list) else ()):
            identifier = item.get("id") if isinstance(item, dict) else None
            if isinstance(identifier, str) and identifier in seen:
                yield Problem(f"{part}[{index}].id", f"{identifier!r} is already the id of another")
            elif isinstance(identifier, str):
                seen.add(identifier)


def _time_problems(scenario: Scenario) -> Iterator[Problem]:
    for index, action in enumerate(scenario.actions):
        if (action.at_s is None) == (action.when is None):
            yield Problem(f"actions[{index}]", "needs a time `at_s` or a condition `when`, and not both")
        elif action.at_s is not None and action.at_s >= scenario.lasts_s:
            yield Problem(f"actions[{index}].at_s", f"{action.at_s:g} s is after the end at {scenario.lasts_s:g} s")
    for index, goal in enumerate(scenario.goals):
        if goal.within_s > scenario.lasts_s:
            yield Problem(f"goals[{index}].within_s", f"{goal.within_s:g} s is after the end at {scenario.lasts_s:g} s")
    known = [goal.id for goal in scenario.goals]
    for index, hint in enumerate(scenario.hints):
        if hint.goal not in known:
            yield Problem(f"hints[{index}].goal", f"there is no goal {hint.goal!r}{near_misses(hint.goal, known)}")


def _action_problems(scenario: Scenario, layout: Layout) -> Iterator[Problem]:
    for index, action in enumerate(scenario.actions):
        place, do = f"actions[{index}].do", action.do
        if isinstance(do, Inject) and do.malfunction not in CATALOGUE:
            hint = near_misses(do.malfunction, list(CATALOGUE))
            yield Problem(f"{place}.malfunction", f"there is no malfunction {do.malfunction!r}{hint}")
        elif isinstance(do, Inject):
            known = targets(layout, CATALOGUE[do.malfunction])
            if do.target not in known:
                hint = near_misses(do.target, known) or f"; it can hit {', '.join(known[:5]) or 'nothing here'}"
                yield Problem(f"{place}.target", f"{do.malfunction} cannot hit {do.target!r}{hint}")
        elif isinstance(do, Clear):
            yield from _unknown(f"{place}.action", "action that injects", do.action, _injecting(scenario))
        elif isinstance(do, Give):
            units = [*(line.id for line in layout.lines), *(station.id for station in layout.stations)]
            yield from _unknown(f"{place}.target", "station or line", do.target, units)
        elif isinstance(do, SetDemand):
            yield from _unknown(f"{place}.channel", "channel", do.channel, _channels(layout))


def _condition_problems(scenario: Scenario, layout: Layout) -> Iterator[Problem]:
    stations = [station.id for station in layout.stations]
    sources = {target for what in CATALOGUE.values() for target in targets(layout, what)}
    known: dict[str, tuple[str, Sequence[str]]] = {
        "station": ("station", stations),
        "line": ("line", [line.id for line in layout.lines]),
        "channel": ("channel", _channels(layout)),
        "action": ("action that injects", _injecting(scenario)),
        "id": ("action or goal", [*_dependencies(scenario)]),
        "source": ("source of alarms", sorted({*sources, *stations})),
    }
    for place, one in _all_conditions(scenario):
        for field, (what, words) in known.items():
            if hasattr(one, field):
                yield from _unknown(f"{place}.{field}", what, getattr(one, field), words)
        if isinstance(one, TagIs):
            yield from _tag_problems(place, one, layout)


def _channels(layout: Layout) -> list[str]:
    return [channel.id for channel in layout.product.channels] if layout.product else []


def _tag_problems(place: str, one: TagIs, layout: Layout) -> Iterator[Problem]:
    station = next((station for station in layout.stations if station.id == one.station), None)
    read = [tag.id for tag in instruments(layout, station)] if station else []
    if station and one.tag not in (*KNOWN_TAGS, *read):
        known = ", ".join((*KNOWN_TAGS, *read))
        yield Problem(f"{place}.tag", f"conditions on {one.station} know the tags {known}, not {one.tag!r}")
    if (one.above is None) == (one.below is None):
        yield Problem(place, "needs `above` or `below`, and not both")


def _order_problems(scenario: Scenario) -> Iterator[Problem]:
    """Actions and goals that wait for one another, so that none of them ever comes."""
    waits = _dependencies(scenario)
    for start in waits:
        ring = _way_back(waits, [start])
        if ring and start == min(ring):
            yield Problem(start, f"waits for itself: {' → '.join([*ring, start])}")


def _way_back(waits: dict[str, set[str]], path: list[str]) -> list[str]:
    """A way from the end of a path back to its beginning; empty where there is none."""
    for following in sorted(waits.get(path[-1], ())):
        if following == path[0]:
            return path
        if following not in path and (ring := _way_back(waits, [*path, following])):
            return ring
    return []


def _dependencies(scenario: Scenario) -> dict[str, set[str]]:
    """Action or goal → the actions and goals that its condition must wait for (any of several waits for none)."""
    waits: dict[str, set[str]] = {}
    for one in steps(scenario):
        if not isinstance(one, Failing):
            waits[one.id] = set(_needed(one.when)) if one.when is not None else set()
    return waits


def _needed(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Done):
        yield condition.id
    elif isinstance(condition, MalfunctionIs):
        yield condition.action
    elif condition.kind == "all" or (condition.kind == "any" and len(condition.of) == 1):
        for part in condition.of:
            yield from _needed(part)


def _all_conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    parts: dict[str, Sequence[Step]] = {
        "actions": scenario.actions, "goals": scenario.goals, "failures": scenario.failures,
    }  # fmt: skip
    for part, items in parts.items():
        for index, item in enumerate(items):
            for one in conditions(item.when) if item.when is not None else ():
                yield f"{part}[{index}].when", one


def _injecting(scenario: Scenario) -> list[str]:
    return [action.id for action in scenario.actions if isinstance(action.do, Inject)]


def _unknown(place: str, what: str, word: str, known: Sequence[str]) -> Iterator[Problem]:
    if word not in known:
        yield Problem(place, f"there is no {what} {word!r}{near_misses(word, known)}")
