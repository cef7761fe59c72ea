"""The tag tree: every variable of a recording, layout or none, with its live value. A click draws its trend."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from twin.panels.colours import Theme
from twin.panels.inspector_panel import MOST_TRENDS
from twin.panels.panel import Panel
from twin.panels.tag_model import AGE, NAME, QUALITY, VALUE, TagModel, tree_of
from twin.session.commands import Select, ShowTrends
from twin.session.frame import Commander, Frame

_OPEN_AT_MOST = 200  # a tree of more rows than this starts closed


class TagTree(Panel):
    """A filter box over the tree. Click: select and draw; with Ctrl: draw beside the others, or no longer."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._rebuild())
        self.tree = QTreeView(self)
        self.model = TagModel(theme, self)
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.clicked.connect(self._choose)
        self.tree.activated.connect(self._choose)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, example in ((VALUE, "2026-12-28 08:08:08"), (QUALITY, "uncertain??"), (AGE, "88 min 88 s")):
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(example) + 24)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(8, 8, 8, 0)
        column_box.setSpacing(8)
        column_box.addWidget(self.filter)
        column_box.addWidget(self.tree, 1)
        self._tags = 0
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(520, 600)

    def show_frame(self, frame: Frame) -> None:
        self.frame = self.model.frame = frame
        if len(frame.catalog) != self._tags:
            self._rebuild()
        self.tree.viewport().update()  # asks only for the rows that are on screen

    def restyle(self) -> None:
        self.model.theme = self.theme

    def retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.tree.header().viewport().update()

    def _rebuild(self) -> None:
        if self.frame is None:
            return
        self._tags = len(self.frame.catalog)
        opened = self._opened(QModelIndex())
        self.model.show_tree(tree_of(self.frame.catalog, self.filter.text()))
        if self._tags <= _OPEN_AT_MOST or self.filter.text():
            self.tree.expandAll()
        else:
            self._open(QModelIndex(), opened)

    def _opened(self, parent: QModelIndex) -> set[str]:
        """Paths of the open nodes, which a tree that grows keeps."""
        found: set[str] = set()
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.tree.isExpanded(index):
                found |= {self.model.node(index).path} | self._opened(index)
        return found

    def _open(self, parent: QModelIndex, opened: set[str]) -> None:
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.model.node(index).path in opened:
                self.tree.expand(index)
                self._open(index, opened)

    def _choose(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if self.frame is None or node.tag < 0:
            return
        info = self.frame.catalog.tags[node.tag]
        shown = [trend.tag for trend in self.frame.trends]
        beside = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        wanted = [info.id] if not beside else [tag for tag in shown if tag != info.id]
        if beside and info.id not in shown:
            wanted = [*shown, info.id][-MOST_TRENDS:]
        self.send(Select(info.id))
        if not info.is_text:
            self.send(ShowTrends(tuple(wanted)))
