"""Marks painted by hand: state badges, severity marks, mode glyphs, the clock of stale values, stripes of the unknown.

Everything that carries meaning by colour goes through here, so that shape and letter always go with it.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from twin.panels.colours import PRIORITY_SHAPES, SHAPES, Group, Look, Shape, Theme, group_of, letter_of, priority_of
from twin.session.frame import Mode

_TRIANGLE = ((0.0, -1.08), (1.12, 0.86), (-1.12, 0.86))
_DIAMOND = ((0.0, -1.14), (1.14, 0.0), (0.0, 1.14), (-1.14, 0.0))


def shape_path(shape: Shape, centre: QPointF, radius: float) -> QPainterPath:
    """The outline of a mark, of equal visual weight for all shapes."""
    path = QPainterPath()
    if shape in (Shape.CIRCLE, Shape.RING):
        path.addEllipse(centre, radius, radius)
    elif shape is Shape.SQUARE:
        side = radius * 0.92
        path.addRoundedRect(QRectF(centre.x() - side, centre.y() - side, 2 * side, 2 * side), 2, 2)
    else:
        corners = _TRIANGLE if shape is Shape.TRIANGLE else _DIAMOND
        path.addPolygon(QPolygonF([centre + QPointF(x, y) * radius for x, y in corners]))
        path.closeSubpath()
    return path


def paint_badge(painter: QPainter, rect: QRectF, look: Look, shape: Shape, letter: str) -> None:
    """A filled (ring: outlined) shape with a letter in it, centred in `rect`."""
    radius = min(rect.width(), rect.height()) / 2 - 1
    centre = rect.center()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.edge), 1.4 if shape is Shape.RING else 1.0))
    painter.setBrush(QColor(look.fill))
    painter.drawPath(shape_path(shape, centre, radius))
    if not letter:
        return
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(6, round(radius * (1.0 if shape in (Shape.TRIANGLE, Shape.DIAMOND) else 1.2))))
    painter.setFont(font)
    painter.setPen(QColor(look.ink))
    drop = radius * 0.24 if shape is Shape.TRIANGLE else 0.0
    painter.drawText(rect.translated(0, drop), Qt.AlignmentFlag.AlignCenter, letter)


def paint_state(
    painter: QPainter, rect: QRectF, theme: Theme, state: int, *, blocked: bool = False, live: bool = True
) -> None:
    """The badge of a PackML state; grey while the state may not be shown as live."""
    painter.save()
    look = theme.state(state) if live else theme.groups[Group.UNKNOWN]
    paint_badge(painter, rect, look, SHAPES[group_of(state)], letter_of(state, blocked=blocked))
    painter.restore()


def paint_group(painter: QPainter, rect: QRectF, theme: Theme, group: Group) -> None:
    """The badge of a group of states, without a letter."""
    painter.save()
    paint_badge(painter, rect, theme.groups[group], SHAPES[group], "?" if group is Group.UNKNOWN else "")
    painter.restore()


def paint_severity(painter: QPainter, centre: QPointF, theme: Theme, severity: int) -> None:
    """The mark of an event: colour and shape by priority, larger the more urgent."""
    priority = priority_of(severity)
    look = theme.priorities[priority]
    painter.setPen(QPen(QColor(look.edge), 1.0))
    painter.setBrush(QColor(look.fill))
    painter.drawPath(shape_path(PRIORITY_SHAPES[priority], centre, 5.6 - 0.7 * priority))


def mode_path(mode: Mode, centre: QPointF, radius: float) -> QPainterPath:
    """● LIVE, ◀ REPLAY, ◆ SIMULATION."""
    path = QPainterPath()
    if mode is Mode.LIVE:
        path.addEllipse(centre, radius * 0.86, radius * 0.86)
        return path
    corners = _DIAMOND if mode is Mode.SIMULATION else ((-0.95, 0.0), (0.75, -1.0), (0.75, 1.0))
    path.addPolygon(QPolygonF([centre + QPointF(x, y) * radius for x, y in corners]))
    path.closeSubpath()
    return path


def paint_clock(painter: QPainter, rect: QRectF, colour: str) -> None:
    """A small clock face: this is old."""
    radius = min(rect.width(), rect.height()) / 2 - 1
    centre = rect.center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
    for turn, share in ((0.0, 0.68), (1 / 3, 0.5)):
        angle = 2 * math.pi * turn
        painter.drawLine(centre, centre + QPointF(math.sin(angle), -math.cos(angle)) * radius * share)
    painter.restore()


def paint_stripes(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The ground of what is not known: diagonal stripes, fixed to the device so that neighbours join."""
    painter.fillRect(rect, QColor(theme.gap))
    painter.fillRect(rect, QBrush(QColor(theme.hatch), Qt.BrushStyle.BDiagPattern))
