"""The tags of a layout as a recording's catalogue has them: ids are `<owner id>/<tag id>`."""

from __future__ import annotations

from twin.history.recording import TagInfo
from twin.plant.layout import Layout, Owner
from twin.plant.terms import Tag


def tag_info(owner: Owner, tag: Tag) -> TagInfo:
    """One tag of an owner; its node is for whoever finds it on a server."""
    return TagInfo(f"{owner.id}/{tag.id}", "", tag.data_type, tag.unit, tag.low, tag.high)


def layout_tags(layout: Layout) -> list[TagInfo]:
    """All tags, in the layout's order."""
    return [tag_info(owner, tag) for owner in layout.owners for tag in owner.tags]
