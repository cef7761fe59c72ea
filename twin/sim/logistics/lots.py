"""Lots: pieces in rows of [lot number, pieces], first in first out."""

from __future__ import annotations

from twin.sim.logistics.state import Lots
from twin.sim.run import Run


def withdraw(lots: Lots, pieces: int) -> Lots:
    """Takes pieces out of the oldest lots; there must be as many."""
    taken: Lots = []
    while pieces:
        row = lots[0]
        share = min(row[1], pieces)
        taken.append([row[0], share])
        pieces -= share
        row[1] -= share
        if not row[1]:
            del lots[0]
    return taken


def put_in(lots: Lots, coming: Lots) -> int:
    """Adds lots behind those that are there; how many pieces they are."""
    for number, pieces in coming:
        if lots and lots[-1][0] == number:
            lots[-1][1] += pieces
        else:
            lots.append([number, pieces])
    return sum(pieces for _, pieces in coming)


def next_lot(run: Run, material: int) -> int:
    """A new lot number of a material."""
    made = run.state.logistics.lots
    made[material] += 1
    return made[material]


def new_lots(run: Run, material: int, pieces: int) -> Lots:
    """Pieces under new lot numbers, as many to a lot as the material has."""
    size = run.plan.logistics.materials[material].lot
    return [[next_lot(run, material), min(size, pieces - begun)] for begun in range(0, pieces, size)]
