"""The tag tree: a server that no layout describes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from twin.history.recording import TagInfo
from twin.panels.colours import LIGHT
from twin.panels.readings import Reading
from twin.panels.tag_model import AGE, NAME, QUALITY, VALUE, Node, TagModel
from twin.panels.tag_tree import TagTree
from twin.plant import quality
from twin.session.commands import Command, Select, ShowTrends
from twin.session.frame import Commander

if TYPE_CHECKING:
    from tests.panels.conftest import Hand
    from tests.panels.frames import FrameMaker

Bare = Callable[[Sequence[TagInfo]], "FrameMaker"]
TAGS = [TagInfo(f"Boiler{boiler}/{name}", unit="bar") for boiler in (1, 2) for name in ("Pressure", "Level")]


@pytest.fixture
def panel(lay_out: Callable[[QWidget, int, int], None], send: Commander) -> TagTree:
    widget = TagTree(send, LIGHT)
    lay_out(widget, 560, 600)
    return widget


@pytest.fixture
def boilers(bare: Bare) -> FrameMaker:
    maker = bare(TAGS)
    for tag in TAGS:
        maker.put(tag.id, 12.34)
    return maker


def find(model: TagModel, *path: str) -> QModelIndex:
    index = QModelIndex()
    for name in path:
        rows = range(model.rowCount(index))
        index = next(child for row in rows if (child := model.index(row, NAME, index)).data() == name)
    return index


def names(model: TagModel, parent: QModelIndex) -> list[str]:
    return [model.index(row, NAME, parent).data() for row in range(model.rowCount(parent))]


def test_ids_become_a_tree(panel: TagTree, boilers: FrameMaker) -> None:
    panel.show_frame(boilers.frame())
    assert names(panel.model, QModelIndex()) == ["Boiler1", "Boiler2"]
    assert names(panel.model, find(panel.model, "Boiler2")) == ["Pressure", "Level"]


def test_the_model_keeps_qts_rules(panel: TagTree, boilers: FrameMaker) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(panel.model, mode)
    panel.show_frame(boilers.frame())
    panel.filter.setText("level")
    assert tester.model() is panel.model


def test_values_come_with_unit_quality_and_age(panel: TagTree, boilers: FrameMaker) -> None:
    boilers.put("Boiler1/Level", 3.0, quality.BAD_NO_COMMUNICATION)
    panel.show_frame(boilers.frame())
    good, bad = find(panel.model, "Boiler1", "Pressure"), find(panel.model, "Boiler1", "Level")
    row = [good.siblingAtColumn(column).data() for column in (VALUE, QUALITY, AGE)]
    assert row == ["12.3 bar", "good", "1 s"]
    assert bad.siblingAtColumn(QUALITY).data() == "bad"
    assert bad.siblingAtColumn(VALUE).data(Qt.ItemDataRole.FontRole).strikeOut()


def test_the_filter_leaves_what_matches(panel: TagTree, boilers: FrameMaker) -> None:
    panel.show_frame(boilers.frame())
    panel.filter.setText("2/lev")
    assert names(panel.model, QModelIndex()) == ["Boiler2"]
    assert names(panel.model, find(panel.model, "Boiler2")) == ["Level"]
    panel.filter.clear()
    assert names(panel.model, QModelIndex()) == ["Boiler1", "Boiler2"]


def test_a_click_selects_and_draws(panel: TagTree, boilers: FrameMaker, sent: list[Command], hand: Hand) -> None:
    panel.show_frame(boilers.frame())
    panel.grab()
    place = panel.tree.visualRect(find(panel.model, "Boiler1", "Level")).center()
    hand.click(panel.tree.viewport(), place.x(), place.y())
    assert sent == [Select("Boiler1/Level"), ShowTrends(("Boiler1/Level",))]


def test_a_branch_is_not_a_tag(panel: TagTree, boilers: FrameMaker, sent: list[Command]) -> None:
    panel.show_frame(boilers.frame())
    panel.tree.clicked.emit(find(panel.model, "Boiler1"))
    assert sent == []


def test_a_tree_that_grows_stays_open_where_it_was(panel: TagTree, bare: Bare) -> None:
    many = [TagInfo(f"Line{line}/Tag{tag}") for line in range(30) for tag in range(10)]
    panel.show_frame(bare(many).frame())
    panel.tree.expand(find(panel.model, "Line3"))
    panel.show_frame(bare([*many, TagInfo("Line30/Tag0")]).frame())
    assert panel.tree.isExpanded(find(panel.model, "Line3"))
    assert not panel.tree.isExpanded(find(panel.model, "Line4"))


def test_only_rows_on_screen_are_read(panel: TagTree, bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[int] = set()
    reading = TagModel.reading

    def noted(self: TagModel, node: Node) -> Reading | None:
        asked.add(node.tag)
        return reading(self, node)

    monkeypatch.setattr(TagModel, "reading", noted)
    panel.show_frame(bare([TagInfo(f"Plant/Tag{tag:04d}") for tag in range(5000)]).frame())
    panel.tree.expandAll()
    panel.grab()
    assert 0 < len(asked) < 100
