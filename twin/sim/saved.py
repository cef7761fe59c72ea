"""A plant's state as JSON text and back, exactly: saved at any instant and restored, it lives on as if never stopped.

A product unit has several places in a state (a station's place, its carrier): units are written once, in a table, and
everywhere else by their number in it. All else follows from the fields of the classes in `twin.sim.state`.
A state belongs to one layout. To try another future, restore it and go on with the plan of a changed layout: chances
are functions of seed, stream and counter, so nothing differs before the change has an effect.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from twin.errors import SimulationError
from twin.plant.layout import Layout
from twin.sim.state import PlantState, Unit

FORMAT = 2  # a change of `twin.sim.state` or of what its fields mean is a new one
_UNIT_FIELDS = tuple(field.name for field in fields(Unit))


def save_state(layout: Layout, state: PlantState) -> str:
    """Everything that `restore_state` needs, as one line of JSON."""
    units: dict[int, tuple[int, Unit]] = {}
    plain = _plain(state, units)
    table = [[getattr(unit, name) for name in _UNIT_FIELDS] for _, unit in units.values()]
    saved = {
        "format": FORMAT,
        "layout": layout.id,
        "digest": _digest(layout),
        "unit_fields": _UNIT_FIELDS,
        "units": table,
        "state": plain,
    }
    return json.dumps(saved, separators=(",", ":"), allow_nan=False)


def restore_state(layout: Layout, text: str) -> PlantState:
    """The state in a text that `save_state` wrote for the same layout.

    Raises:
        SimulationError: if the text is no state, is damaged, or belongs to another layout or to a newer version.
    """
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SimulationError(f"This is no saved state: {error}. Choose another file.") from error
    version = saved.get("format") if isinstance(saved, dict) else None
    if not isinstance(version, int) or version < 1:
        raise SimulationError("This is no saved state: it has no format number. Choose another file.")
    if version > FORMAT:
        raise SimulationError(
            f"This state was saved by a newer version of the program (format {version}, known is {FORMAT}): update it."
        )
    if (saved.get("layout"), saved.get("digest")) != (layout.id, _digest(layout)):
        raise SimulationError(
            f"This state belongs to layout {saved.get('layout')!r} as it was when saved, not to {layout.id!r} "
            "as it is now: open it with the layout it was saved with."
        )
    units = [_unit(saved.get("unit_fields"), row, number) for number, row in enumerate(_list(saved, "units"))]
    state: PlantState = _made(PlantState, saved.get("state"), units, "state")
    return state


def _digest(layout: Layout) -> str:
    """What the layout says, its defaults aside: reformatting a file or a new option changes nothing."""
    return hashlib.blake2b(layout.model_dump_json(exclude_defaults=True).encode(), digest_size=16).hexdigest()


def _plain(value: Any, units: dict[int, tuple[int, Unit]]) -> Any:
    if isinstance(value, Unit):
        return units.setdefault(id(value), (len(units), value))[0]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), units) for field in fields(value)}
    if isinstance(value, list | deque):
        return [_plain(item, units) for item in value]
    return value


def _unit(names: Any, row: Any, number: int) -> Unit:
    place = f"units[{number}]"
    if names != list(_UNIT_FIELDS) or not isinstance(row, list) or len(row) != len(_UNIT_FIELDS):
        raise _damaged(place, "a product unit")
    hints = _hints(Unit)
    return Unit(*(_made(hints[name], raw, [], f"{place}.{name}") for name, raw in zip(names, row, strict=True)))


def _made(hint: Any, raw: Any, units: Sequence[Unit], place: str) -> Any:
    """The value of type `hint` that was written as `raw`."""
    if hint is Unit:
        if type(raw) is not int or not 0 <= raw < len(units):
            raise _damaged(place, "the number of a product unit")
        return units[raw]
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, raw, units, place)
    arguments = get_args(hint)
    if get_origin(hint) in (list, deque, tuple):
        return _sequence(hint, raw, units, place)
    if arguments:  # something or None
        return None if raw is None else _made(arguments[0], raw, units, place)
    if type(raw) is not hint and not (hint is float and type(raw) is int):
        raise _damaged(place, hint.__name__)
    return raw


def _record(kind: type, raw: Any, units: Sequence[Unit], place: str) -> Any:
    hints = _hints(kind)
    if not isinstance(raw, dict) or raw.keys() != hints.keys():
        raise _damaged(place, f"the fields of a {kind.__name__}")
    return kind(**{name: _made(hint, raw[name], units, f"{place}.{name}") for name, hint in hints.items()})


def _sequence(hint: Any, raw: Any, units: Sequence[Unit], place: str) -> Any:
    arguments, kind = get_args(hint), get_origin(hint)
    if not isinstance(raw, list) or (kind is tuple and len(raw) != len(arguments)):
        raise _damaged(place, "a list")
    each = arguments if kind is tuple else arguments * len(raw)
    return kind(_made(item, one, units, f"{place}[{at}]") for at, (item, one) in enumerate(zip(each, raw, strict=True)))


def _list(saved: dict[str, Any], key: str) -> list[Any]:
    value = saved.get(key)
    if not isinstance(value, list):
        raise _damaged(key, "a list")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _damaged(place: str, wanted: str) -> SimulationError:
    return SimulationError(f"This saved state is damaged: {place} is not {wanted}. Choose another file.")
