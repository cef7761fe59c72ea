"""The theme: readable, complete, and readable without colour."""

from __future__ import annotations

import pytest

from twin.panels.colours import (
    DARK,
    GROUPS,
    LIGHT,
    SHAPES,
    Group,
    Look,
    Priority,
    Theme,
    group_of,
    letter_of,
    priority_of,
)
from twin.plant.packml import State

READABLE = 4.5  # WCAG 2 AA for text


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("text", ["text", "muted", "warning"])
@pytest.mark.parametrize("ground", ["window", "panel", "field", "grid", "gap"])
def test_text_is_readable_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= READABLE


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_ink_is_readable_on_every_fill(theme: Theme) -> None:
    looks: list[Look] = [*theme.groups.values(), *theme.modes.values(), *theme.priorities.values()]
    poor = [look for look in looks if contrast(look.ink, look.fill) < READABLE]
    assert not poor
    assert contrast(theme.accent_ink, theme.accent) >= READABLE
    assert contrast(theme.pill_text, theme.pill) >= READABLE
    assert contrast(theme.pill_muted, theme.pill) >= READABLE


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_trend_lines_are_seen_against_the_panel(theme: Theme) -> None:
    assert all(contrast(colour, theme.panel) >= 3 for colour in theme.plots)
    assert len(set(theme.plots)) == len(theme.plots)


def test_only_what_is_abnormal_is_saturated() -> None:
    def saturation(colour: str) -> int:
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        return max(parts) - min(parts)

    for theme in (LIGHT, DARK):
        calm = [saturation(theme.groups[group].fill) for group in (Group.RUN, Group.RAMP, Group.IDLE, Group.WAIT)]
        loud = [saturation(theme.groups[group].fill) for group in (Group.HELD, Group.DOWN)]
        assert max(calm) * 1.5 < min(loud)


def test_every_state_of_the_standard_has_a_look_and_a_letter() -> None:
    assert set(GROUPS) == set(State)
    assert all(len(letter_of(state)) == 1 for state in State)
    assert {group_of(-1), group_of(99), group_of(0)} == {Group.UNKNOWN}


def test_abnormal_groups_differ_in_shape_and_letter_from_all_others() -> None:
    signs = {(SHAPES[GROUPS[state]], letter_of(state)) for state in State}
    assert len({SHAPES[Group.DOWN], SHAPES[Group.HELD], SHAPES[Group.WAIT], SHAPES[Group.RUN]}) == 4
    assert len(signs) == len({letter_of(state) for state in State})
    assert letter_of(State.SUSPENDED) == "S"
    assert letter_of(State.SUSPENDED, blocked=True) == "B"


@pytest.mark.parametrize(
    ("severity", "priority"), [(1000, 1), (801, 1), (800, 2), (601, 2), (500, 3), (400, 4), (1, 4)]
)
def test_priority_follows_the_bands_of_opc_ua(severity: int, priority: int) -> None:
    assert priority_of(severity) is Priority(priority)
