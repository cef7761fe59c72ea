"""The same plant on its best day: no stops, no rejects, no breaks. What it could make if nothing went wrong."""

from __future__ import annotations

from typing import Any

from twin.plant.layout import Layout


def undisturbed(layout: Layout) -> Layout:
    """The layout without failures, rejects, camera verdicts, helium background and worn tools, round the clock."""
    raw = layout.model_dump(mode="json", by_alias=True)
    for area in raw["areas"]:
        for line in area["lines"]:
            for station in line["stations"]:
                station |= _BEST
    return Layout.model_validate({**raw, "shifts": []})


_BEST: dict[str, Any] = {
    "failures": [],
    "reject_probability": 0.0,
    "inspection": None,
    "background": None,
    "tool": None,
    "rework": None,
}
