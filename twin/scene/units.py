"""What a product is drawn from: shapes, the stages put together from them, and who completes each stage.

Front is +y, to the left of the flow, so that finished units face the inside of a line that returns.
"""

from __future__ import annotations

from dataclasses import dataclass

from twin.scene.shapes import Mesh, Vector
from twin.scene.theme import Material

PALLET_M = 0.05


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of product.

    Attributes:
        shapes: name -> material and mesh; all but the pallet stand on top of it.
        stages: names of the shapes that a unit shows, stage by stage.
        after_kind: the stage a unit has once it has passed a machine of this kind.
        size: length, width, height of what one can click on, metres.
    """

    shapes: dict[str, tuple[Material, Mesh]]
    stages: tuple[tuple[str, ...], ...]
    after_kind: dict[str, int]
    size: Vector


def facing_front(mesh: Mesh, at: Vector) -> Mesh:
    """A flat shape turned from facing up to facing +y, and put at `at`."""
    swap = (0, 2, 1)
    points, normals = mesh.points[:, swap].copy(), mesh.normals[:, swap].copy()
    return Mesh(points, normals, mesh.triangles[:, ::-1].copy(), mesh.piece_m2).moved(at)
