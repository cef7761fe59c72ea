"""Which rows the state timeline has: stations in line order below the names of their lines; and which of them show."""

from __future__ import annotations

from dataclasses import dataclass

from twin.panels import words
from twin.plant.layout import Area, Layout, Line

_LOWEST_PX, _HIGHEST_PX, _SCROLLED_PX = 8, 30, 20


@dataclass(frozen=True, slots=True)
class Fit:
    """How rows are laid out in a height.

    Attributes:
        row_px: height of a row; a whole number but where all rows just share the height.
        slots: how many show at a time; all of them unless they scroll.
    """

    row_px: float
    slots: int


def entries_of(layout: Layout | None) -> list[int | str]:
    """Row by row the index of a station, or a heading: the line's name; of lines of one station, their area's."""
    entries: list[int | str] = []
    several = layout is not None and len(layout.lines) > 1
    number = 0
    for area in layout.areas if layout else ():
        said = ""
        for line in area.lines:
            heading = _heading(area, line)
            if several and heading != said:
                entries.append(heading)
            said = heading
            entries += range(number, number + len(line.stations))
            number += len(line.stations)
    return entries


def _heading(area: Area, line: Line) -> str:
    name = (line.name if len(line.stations) > 1 else area.name).text(words.language())
    return f"{line.id}  {name}" if len(line.stations) > 1 else name


def fit(count: int, height_px: int) -> Fit:
    """Rows as high as there is room for; where they would be lower than the eye can part them, they scroll."""
    shared = height_px // max(count, 1)
    if shared >= _LOWEST_PX:
        return Fit(min(_HIGHEST_PX, shared), count)
    return Fit(_SCROLLED_PX, min(count, max(1, height_px // _SCROLLED_PX)))
