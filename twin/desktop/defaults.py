"""What is shown before anybody has chosen."""

from __future__ import annotations

from twin.plant.layout import Layout
from twin.plant.process import Approach

_MOST_TRENDS = 2


def first_trends(layout: Layout) -> tuple[str, ...]:
    """Tags with limits, those first that follow a curve within each cycle: worth a look on any plant."""
    limited = [
        (isinstance(tag.signal, Approach), f"{owner.id}/{tag.id}")
        for owner in layout.owners
        for tag in owner.tags
        if tag.low is not None or tag.high is not None
    ]
    limited.sort(key=lambda pair: not pair[0])
    return tuple(tag for _, tag in limited[:_MOST_TRENDS])
