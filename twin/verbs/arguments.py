"""What the verbs take on the command line: durations, numbers, instants, layouts."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from twin.plant.shipped import layout_path

if TYPE_CHECKING:
    from twin.plant.layout import Layout

Verbs = argparse._SubParsersAction  # noqa: SLF001 - what `add_subparsers` makes has no public name
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "": 1.0}


def seconds(text: str) -> float:
    """A duration such as `30s`, `10m`, `1.5h` or `250ms`, in seconds."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|)", text.strip())
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not a duration; write 30s, 10m or 1h")
    return float(match[1]) * _SECONDS[match[2]]


def positive(text: str) -> float:
    """A number above zero."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def instant(text: str) -> datetime:
    """An instant such as `2026-01-05T08:00`, in the plant's local time, or with an offset: `2026-01-05T08:00+08:00`."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant; write 2026-01-05T08:00") from None


def utc_ns(at: datetime, timezone: str) -> int:
    """The instant in UTC nanoseconds; one without an offset is plant-local."""
    aware = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))
    since = aware.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000_000 + since.microseconds * 1000


def chosen_layout(path: Path | None) -> Layout:
    """The layout in a file; None is the outdoor-unit final line, which starts quickest."""
    from twin.plant.layout_file import read_layout
    from twin.plant.shipped import OUTDOOR_LINE

    return read_layout(path or OUTDOOR_LINE)


def add_simulation_options(parser: argparse.ArgumentParser) -> None:
    """Which plant is simulated, from which seed, how fast."""
    parser.add_argument("--layout", type=layout_path, help="name or file (default: the outdoor-unit final line)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=positive, default=1.0, metavar="X", help="plant seconds per second")
