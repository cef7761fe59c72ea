"""Display: everything of one floor that stands on the stage, as VTK actors; dressed by a theme, moved by readings."""

from __future__ import annotations

import numpy as np

from twin.scene.actors import Ground, Painted
from twin.scene.building import Building
from twin.scene.floor import Floor, bake_floor
from twin.scene.marks import Lamps, Plates, Ring
from twin.scene.moving import Poses
from twin.scene.reading import Reading
from twin.scene.stage import Stage
from twin.scene.swarms import Machinery, Units, Vehicles
from twin.scene.theme import Theme
from twin.scene.things import Standing
from twin.session.frame import Bools


class Display:
    """The actors of one floor. `dress` it before anything else."""

    def __init__(self, stage: Stage, building: Building, floor: Floor, movers: tuple[int, Bools]) -> None:
        self._stage, self._building, self._floor = stage, building, floor
        self._ground, self._plates, self._lamps = Ground(floor.reach), Plates(floor.spots), Lamps(building.lights)
        self._solid, self._glowing = Painted(building.solid.mesh), Painted(building.glowing.mesh)
        self._glass = Painted(building.glass, alpha=True)
        self._machinery, self._units, self._vehicles = Machinery(building), Units(movers[0]), Vehicles(movers[1])
        self._ring: Ring | None = None
        self._swarms = (*self._machinery.swarms, *self._units.swarms, *self._vehicles.swarms)
        still = (self._ground.actor, self._plates.actor, self._lamps.actor, self._solid.actor, self._glowing.actor)
        stage.add(*still, *(swarm.actor for swarm in self._swarms), self._glass.actor)

    @property
    def triangles(self) -> int:
        """How many triangles machines, conveyors and what moves have at the instant shown."""
        still = sum(painted.triangles for painted in (self._solid, self._glowing, self._glass))
        return still + sum(swarm.triangles for swarm in self._swarms)

    def dress(self, theme: Theme) -> None:
        """Paint what no instant changes."""
        self._ground.paint(bake_floor(self._floor, theme))
        glass = np.array(theme.glass, np.uint8)
        self._glass.paint(np.tile(glass, (len(self._building.glass.points), 1)))
        self._stage.light(theme)
        self.take_ring()

    def paint(self, reading: Reading, theme: Theme) -> None:
        """Everything whose colour follows from the stations' states."""
        self._lamps.paint(reading.signals, theme)
        self._plates.paint(reading.signals, theme)
        self._machinery.colour(reading.stale, theme)
        self._solid.paint(self._building.solid.colours(theme, reading.signals, lit=True))
        self._glowing.paint(self._building.glowing.colours(theme, reading.signals, lit=False))

    def move(self, reading: Reading, carriers: Poses, vehicles: Poses, theme: Theme) -> None:
        """Put everything that moves where it is."""
        self._machinery.show(reading.phase, reading.executing)
        self._units.show(carriers, reading.carriers.stale, theme)
        self._vehicles.show(vehicles, reading.vehicles.stale, theme)

    def put_ring(self, standing: Standing, theme: Theme) -> None:
        """Mark a thing as selected."""
        if self._ring is None:
            self._ring = Ring((standing.length_m, standing.width_m), theme)
            self._stage.add(self._ring.actor)
        self._ring.put((standing.x_m, standing.y_m, standing.z_m), standing.heading_rad)

    def take_ring(self) -> None:
        """Mark nothing."""
        if self._ring is not None:
            self._stage.remove(self._ring.actor)
            self._ring = None
