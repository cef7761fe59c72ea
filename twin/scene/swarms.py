"""What moves on the floor, in VTK: machine parts and arms, product units, vehicles. One swarm a shape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from twin.history.batch import Floats
from twin.scene.actors import Swarm
from twin.scene.building import Building
from twin.scene.machinery import Placed, arm_poses, part_poses, quaternions
from twin.scene.moving import Poses
from twin.scene.parts import ARM_PARTS, HANGER_PARTS, HUNG_PARTS, LOAD_PARTS, ROBOT_PARTS, SHAPES
from twin.scene.products import STAGES, UNIT_SHAPES
from twin.scene.shapes import Mesh
from twin.scene.theme import GLOWING, Material, Theme
from twin.session.frame import Bools


class Herd:
    """Things that are put together of the same shapes: every shape has one swarm with a row for each of them."""

    def __init__(self, shapes: Mapping[str, tuple[Material, Mesh]], count: int) -> None:
        self._worn: tuple[str, bytes] | None = None
        self._materials = {name: material for name, (material, _) in shapes.items()}
        self.swarms = {n: Swarm(mesh, count, lit=material not in GLOWING) for n, (material, mesh) in shapes.items()}

    def show(self, name: str, placed: Placed, shown: Bools) -> None:
        """Put one shape's things somewhere."""
        swarm = self.swarms[name]
        swarm.move(placed.points, placed.turns, shown)

    def colour(self, stale: Bools, theme: Theme) -> None:
        """Colour every shape's things by its material, stale ones bleached; free where nothing differs."""
        worn = (theme.name, stale.tobytes())
        if worn == self._worn:
            return
        self._worn = worn
        for name, swarm in self.swarms.items():
            colour = np.array(theme.materials[self._materials[name]], float)
            swarm.colour(np.where(stale[:, None], theme.bleached(colour), colour))


class Machinery:
    """Moving machine parts and robot arms."""

    def __init__(self, building: Building) -> None:
        self._parts, self._arms = building.parts, building.arms
        self._herds = [Herd({name: SHAPES[name]}, s.stop - s.start) for name, s in self._parts.shapes.items()]
        self._arm_herd = Herd({name: SHAPES[name] for name in ARM_PARTS}, len(self._arms.station))
        self.swarms = [swarm for herd in (*self._herds, self._arm_herd) for swarm in herd.swarms.values()]

    def show(self, phase: Floats, executing: Bools) -> None:
        """Move everything to a phase (s,) of the stations' cycles."""
        parts = self._parts
        placed = part_poses(parts, phase)
        shown = ~parts.running_only | executing[parts.station]
        for herd, (name, rows) in zip(self._herds, parts.shapes.items(), strict=True):
            herd.show(name, Placed(placed.points[rows], placed.turns[rows]), shown[rows])
        everywhere = np.ones(len(self._arms.station), bool)
        for name, member in arm_poses(self._arms, phase).items():
            self._arm_herd.show(name, member, everywhere)

    def colour(self, stale: Bools, theme: Theme) -> None:
        """Colour by theme, (s,) which stations are stale."""
        for herd, rows in zip(self._herds, self._parts.shapes.values(), strict=True):
            herd.colour(stale[self._parts.station[rows]], theme)
        self._arm_herd.colour(stale[self._arms.station], theme)


class Units:
    """Product units, by stage."""

    def __init__(self, count: int) -> None:
        self._herd = Herd(UNIT_SHAPES, count)
        self._stages = {name: np.array([name in stage for stage in STAGES]) for name in UNIT_SHAPES}
        self.swarms = list(self._herd.swarms.values())

    def show(self, poses: Poses, stale: Bools, theme: Theme) -> None:
        """Put every unit where it is, as far as it has come."""
        placed = _placed(poses)
        self._herd.colour(stale, theme)
        for name, stages in self._stages.items():
            self._herd.show(name, placed, poses.present & stages[poses.kind])


class Vehicles:
    """Mobile robots and hangers with their loads; `hanging` says which rows are hangers."""

    def __init__(self, hanging: Bools) -> None:
        kinds = ((~hanging, ROBOT_PARTS, LOAD_PARTS), (hanging, HANGER_PARTS, HUNG_PARTS))
        self._kinds = [(np.flatnonzero(rows), own, load) for rows, own, load in kinds]
        self._herds = [
            Herd({name: SHAPES[name] for name in (*own, *load)}, len(rows)) for rows, own, load in self._kinds
        ]
        self.swarms = [swarm for herd in self._herds for swarm in herd.swarms.values()]

    def show(self, poses: Poses, stale: Bools, theme: Theme) -> None:
        """Put every vehicle where it is, with its load if it has one."""
        everywhere = _placed(poses)
        for herd, (rows, own, load) in zip(self._herds, self._kinds, strict=True):
            placed = Placed(everywhere.points[rows], everywhere.turns[rows])
            herd.colour(stale[rows], theme)
            for name in own:
                herd.show(name, placed, poses.present[rows])
            for name in load:
                herd.show(name, placed, (poses.present & (poses.kind > 0))[rows])


def _placed(poses: Poses) -> Placed:
    return Placed(np.stack([poses.x, poses.y, poses.z], 1), quaternions(poses.heading))
