"""The tags of a recording as a tree by the segments of their ids. Values are read only for rows being painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from twin.history.recording import Catalog
from twin.panels import words
from twin.panels.colours import Theme
from twin.panels.readings import Reading, read
from twin.panels.value_list import age_text
from twin.plant.quality import Severity
from twin.session.frame import Frame

Index = QModelIndex | QPersistentModelIndex
NAME, VALUE, QUALITY, AGE = range(4)
_ROOT = QModelIndex()


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (VALUE, AGE) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


@dataclass(eq=False, slots=True)
class Node:
    """One segment of ids.

    Attributes:
        tag: index in the catalogue; -1 where no tag ends here.
    """

    name: str
    parent: Node | None
    row: int
    tag: int = -1
    children: list[Node] = field(default_factory=list)
    by_name: dict[str, Node] = field(default_factory=dict)

    def child(self, name: str) -> Node:
        """The child of this name, made if there is none."""
        found = self.by_name.get(name)
        if found is None:
            found = self.by_name[name] = Node(name, self, len(self.children))
            self.children.append(found)
        return found

    @property
    def path(self) -> str:
        """The segments down to this node."""
        above = self.parent.path if self.parent else ""
        return f"{above}/{self.name}" if above else self.name


def tree_of(catalog: Catalog, wanted: str) -> Node:
    """The tree of all tags whose id contains `wanted`, whatever its case."""
    root = Node("", None, 0)
    for index, info in enumerate(catalog.tags):
        if wanted.casefold() in info.id.casefold():
            node = root
            for part in info.id.split("/"):
                node = node.child(part)
            node.tag = index
    return root


class TagModel(QAbstractItemModel):
    """The tree with the values of `frame`."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.frame: Frame | None = None
        self._root = Node("", None, 0)

    def show_tree(self, root: Node) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._root = root
        self.endResetModel()

    def node(self, index: Index) -> Node:
        """The node behind an index; the root behind none."""
        found = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, Node) else self._root

    def reading(self, node: Node) -> Reading | None:
        """The value of a node's tag; None where it has none."""
        return read(self.frame, node.tag) if self.frame and node.tag >= 0 else None

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        children = self.node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index = _ROOT) -> Any:  # QObject has a `parent` too, which takes nothing
        above = self.node(index).parent
        return self.createIndex(above.row, 0, above) if above and above is not self._root else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            QCoreApplication.translate("TagTree", "Name"),
            QCoreApplication.translate("TagTree", "Value"),
            QCoreApplication.translate("TagTree", "Quality"),
            QCoreApplication.translate("TagTree", "Age"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        reading = self.reading(node)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.column(), node, reading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and reading:
            return QColor(self._colour(index.column(), reading))
        if role == Qt.ItemDataRole.FontRole and reading and index.column() == VALUE and not reading.live:
            font = QFont()
            font.setStrikeOut(reading.number == reading.number)
            return font
        return None

    def _text(self, column: int, node: Node, reading: Reading | None) -> str:
        if column == NAME:
            return node.name
        if reading is None:
            return ""
        if column == VALUE:
            return f"{reading.shown} {reading.unit}".rstrip()
        if column == QUALITY:
            return words.severity(reading.severity)
        return age_text(reading.age_ns)

    def _colour(self, column: int, reading: Reading) -> str:
        if column == NAME or (column == VALUE and reading.live):
            return self.theme.text
        doubtful = column in (QUALITY, AGE) and (reading.stale or reading.severity is not Severity.GOOD)
        return self.theme.warning if doubtful else self.theme.muted
