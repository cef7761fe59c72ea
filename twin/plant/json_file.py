"""Reading JSON files of users, strictly, with the place of everything that is wrong."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twin.errors import LayoutError, Problem

_LARGEST_BYTES = 64 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a file. Raises LayoutError if it cannot be read, is no text or is far too large."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise LayoutError(str(path), [Problem("file", f"larger than {_LARGEST_BYTES} bytes")])
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LayoutError(str(path), [Problem("file", f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise LayoutError(str(path), [Problem("file", f"not UTF-8 text: {error.reason}")]) from error


def shape_problems(error: ValidationError) -> Iterator[Problem]:
    """What pydantic found. It also calls a list too short whose items it has thrown out: that is no news."""
    items = error.errors()
    places = [item["loc"] for item in items]
    for item in items:
        inside = any(place[: len(item["loc"])] == item["loc"] and place != item["loc"] for place in places)
        if not (item["type"] == "too_short" and inside):
            yield Problem(_place(item["loc"]), item["msg"])


def parse_json(text: str, name: str) -> Any:
    """What a JSON text says; keys that appear twice, NaN and infinities are errors. Raises LayoutError."""
    doubles: list[Problem] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in items)
        doubles.extend(Problem("file", f"key {key!r} appears twice in one object") for key in counts if counts[key] > 1)
        return dict(items)

    def constant(word: str) -> float:
        doubles.append(Problem("file", f"{word} is not a number that JSON allows"))
        return math.nan

    try:
        raw = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise LayoutError(name, [Problem(place, error.msg)]) from error
    except (RecursionError, ValueError) as error:  # nesting bombs, numbers of thousands of digits
        raise LayoutError(name, [Problem("file", f"not a sensible JSON file: {error}")]) from error
    if doubles:
        raise LayoutError(name, doubles)
    return raw


def _place(location: tuple[int | str, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".") or "file"
