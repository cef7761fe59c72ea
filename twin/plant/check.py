"""`twin check`: what a layout or scenario file holds, in a sentence; or everything that is wrong in it."""

from __future__ import annotations

from pathlib import Path

from twin.plant.layout_file import read_layout
from twin.plant.scenario_file import is_scenario, read_scenario


def check_file(path: Path) -> str:
    """What is in a file that holds. Raises LayoutError, with all its problems, where it does not."""
    if is_scenario(path):
        scenario, _ = read_scenario(path)
        counts = f"{len(scenario.actions)} actions, {len(scenario.goals)} goals"
        return f"{path}: holds. {counts}, on layout {scenario.layout}."
    layout = read_layout(path)
    tags = sum(len(owner.tags) for owner in layout.owners)
    return f"{path}: holds. {len(layout.lines)} lines, {len(layout.stations)} stations, {tags} tags."
