"""LIVE, REPLAY, SIMULATION, unmistakable in every crop: border, badge (shape, word, colour), watermark over pictures.

A replay of a simulated plant is both: its border and watermark say REPLAY and carry the diamond of SIMULATION too.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twin.history.recording import Origin
from twin.panels import words
from twin.panels.colours import Theme
from twin.panels.marks import mode_path
from twin.panels.panel import Panel
from twin.session.frame import Commander, Frame, Mode

BORDER_PX = 3
# A word's box, turned, is at most 104 × 66 pixels. With two staggered rows a tile, any 200 × 200 crop holds one.
_TILE = QSize(184, 124)
_SLANT_DEG = -24.0
_STRENGTH = 0.13  # opacity of the watermark: there in every crop, but never in front of the plant


def shown_modes(mode: Mode, origin: Origin) -> tuple[Mode, ...]:
    """What has to be said: the mode, and SIMULATION too when a simulated plant is replayed."""
    simulated = origin is Origin.SIMULATION and mode is not Mode.SIMULATION
    return (mode, Mode.SIMULATION) if simulated else (mode,)


def paint_mode(painter: QPainter, rect: QRectF, mode: Mode, origin: Origin, theme: Theme) -> None:
    """Mark a picture: a border in every mode, and the watermark over all of it unless it is a live plant's."""
    painter.save()
    modes = shown_modes(mode, origin)
    if mode is not Mode.LIVE or len(modes) > 1:
        painter.drawTiledPixmap(rect, _watermark(modes, words.mode(mode), theme, painter.device().devicePixelRatioF()))
    painter.setPen(QPen(QColor(theme.modes[mode].edge), BORDER_PX, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = BORDER_PX / 2
    painter.drawRect(rect.adjusted(half, half, -half, -half))
    painter.restore()


@lru_cache(maxsize=16)
def _watermark(modes: tuple[Mode, ...], word: str, theme: Theme, ratio: float) -> QPixmap:
    tile = QPixmap(_TILE * ratio)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(_STRENGTH)
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setBold(True)
    painter.setFont(font)
    width, height = _TILE.width(), _TILE.height()
    # The first row stands in the tile's middle; the second, half a tile on, is cut by its edges and so painted twice.
    for x, y in ((width / 2, height / 4), (0, height * 3 / 4), (width, height * 3 / 4)):
        painter.save()
        painter.translate(x, y)
        painter.rotate(_SLANT_DEG)
        _paint_word(painter, modes, word, theme)
        painter.restore()
    painter.end()
    return tile


def _paint_word(painter: QPainter, modes: tuple[Mode, ...], word: str, theme: Theme) -> None:
    """The word with its glyphs, centred on the origin."""
    metrics = QFontMetricsF(painter.font())
    length = metrics.horizontalAdvance(word)
    colour = QColor(theme.text)
    painter.setPen(colour)
    painter.drawText(QPointF(-length / 2 + 7, metrics.capHeight() / 2), word)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    places = (-length / 2 - 4, length / 2 + 18)
    for mode, x in zip(modes, places, strict=False):
        painter.drawPath(mode_path(mode, QPointF(x, 0), 6))


class ModeBadge(Panel):
    """● LIVE, ◀ REPLAY, ◆ SIMULATION, or the last two side by side."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self._modes: tuple[Mode, ...] = (Mode.LIVE,)
        self.setFixedHeight(28)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths()) + 6 * (len(self._modes) - 1)), 28)

    def show_frame(self, frame: Frame) -> None:
        modes = shown_modes(frame.mode, frame.origin)
        if modes != self._modes or self.frame is None:
            self._modes = modes
            self.setAccessibleName(" ".join(words.mode(mode) for mode in modes))
            self.setFixedWidth(self.sizeHint().width())
            self.update()
        self.frame = frame

    def _widths(self) -> list[float]:
        return [36 + self.fontMetrics().horizontalAdvance(words.mode(mode)) for mode in self._modes]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for mode, width in zip(self._modes, self._widths(), strict=True):
            look, box = self.theme.modes[mode], QRectF(x, 0, width, self.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.fill))
            painter.drawRoundedRect(box, 6, 6)
            painter.setBrush(QColor(look.ink))
            painter.drawPath(mode_path(mode, QPointF(x + 15, box.center().y()), 5.5))
            painter.setPen(QColor(look.ink))
            painter.drawText(box.adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words.mode(mode))
            x += width + 6
        painter.end()


class ModeFrame(Panel):
    """A border in the mode's colour round any content."""

    def __init__(self, send: Commander, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(send, theme, parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(BORDER_PX, BORDER_PX, BORDER_PX, BORDER_PX)

    def set_content(self, content: QWidget) -> None:
        """Put the border round this widget."""
        self._box.addWidget(content)

    def show_frame(self, frame: Frame) -> None:
        if self.frame is None or frame.mode is not self.frame.mode:
            self.update()
        self.frame = frame

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mode = self.frame.mode if self.frame else Mode.LIVE
        painter.fillRect(self.rect(), QColor(self.theme.modes[mode].edge))
        painter.end()
