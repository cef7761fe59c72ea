"""Where the stations of a line stand: along a conveyor in rows, every other one back, as close as machines allow.

Pure geometry in metres, in the plant's frame. How much floor a kind takes: `twin.plant.machines`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from twin.plant.machines import BESIDE_KINDS, MACHINE_KINDS, TUNNELS
from twin.plant.terms import Point

_AISLE_M = 0.8  # between machines, and from the conveyor's ends


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a station matters for where it stands; `beside_m` to the left of the conveyor is its centre."""

    kind: str
    places: int
    buffer: int
    beside_m: float


@dataclass(frozen=True, slots=True)
class Row:
    """Stations one after another: the line coordinate of each, from the row's beginning, and the row's length."""

    at_m: tuple[float, ...]
    length_m: float


@dataclass(frozen=True, slots=True)
class Stood:
    """A line on the floor: its conveyor's path, and for each station line coordinate, x, y and heading (degrees)."""

    path: tuple[Point, ...]
    stations: tuple[tuple[float, float, float, float], ...]


def place_pitch_m(kind: str, places: int, pitch_m: float) -> float:
    """From place to place of a station whose places lie on the conveyor; a tunnel's share its length."""
    return MACHINE_KINDS[kind][0] / places if kind in TUNNELS else pitch_m


def stand(rows: Sequence[Sequence[Piece]], rows_m: float, pitch_m: float, at: Point, heading_deg: float) -> Stood:
    """The line that begins at `at` and heads for `heading_deg`; its second row lies `rows_m` to the left."""
    laid = [_row(row, pitch_m) for row in rows]
    longest = max(row.length_m for row in laid)
    path, stations, begun = [], [], 0.0
    for number, (row, pieces) in enumerate(zip(laid, rows, strict=True)):
        way = -1 if number % 2 else 1
        start, y = (longest if number % 2 else 0.0), number * rows_m
        path += [(start, y), (start + way * (longest if number < len(rows) - 1 else row.length_m), y)]
        for at_m, piece in zip(row.at_m, pieces, strict=True):
            stations.append((begun + at_m, start + way * at_m, y + way * piece.beside_m, 0.0 if way > 0 else 180.0))
        begun += longest + abs(rows_m)
    turn = math.radians(heading_deg)
    return Stood(
        tuple(_turned(point, turn, at) for point in path),
        tuple(
            (round(at_m, 2), *_turned((x, y), turn, at), (heading + heading_deg) % 360)
            for at_m, x, y, heading in stations
        ),
    )


def _row(pieces: Sequence[Piece], pitch_m: float) -> Row:
    at: list[float] = []
    end = 0.0
    for piece in pieces:
        length = MACHINE_KINDS[piece.kind][0]
        back = 0.0
        if piece.kind not in BESIDE_KINDS:
            pitch = place_pitch_m(piece.kind, piece.places, pitch_m)
            length = max(length, piece.places * pitch)
            back = (piece.places - 1) * pitch / 2
        queue = (piece.buffer - 1) * pitch_m  # one more waits within the machine's own front half
        end += max(_AISLE_M, queue if at else 0.0)
        at.append(round(end + length / 2 + back, 2))
        end += length
    return Row(tuple(at), round(end + _AISLE_M, 2))


def _turned(point: Point, turn: float, at: Point) -> Point:
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = point
    return round(at[0] + cos * x - sin * y, 2), round(at[1] + sin * x + cos * y, 2)
