"""Display: everything of one floor that stands on the stage, as VTK actors; dressed by a theme, moved by readings."""

from __future__ import annotations

import numpy as np

from twin.history.batch import Floats
from twin.scene.actors import Ground, Painted
from twin.scene.building import Building
from twin.scene.floor import Floor, bake_floor
from twin.scene.marks import Lamps, Plates, Ring
from twin.scene.moving import Poses
from twin.scene.reading import Reading
from twin.scene.stage import Stage
from twin.scene.stretch import Stretch, least_m2
from twin.scene.swarms import Machinery, Units, Vehicles
from twin.scene.theme import Theme
from twin.scene.things import Standing
from twin.session.frame import Bools


class Display:
    """The actors of one floor. `dress` it before anything else."""

    def __init__(self, stage: Stage, building: Building, floor: Floor, movers: tuple[int, Bools]) -> None:
        self._stage, self._building, self._floor = stage, building, floor
        self._ground, self._plates, self._lamps = Ground(floor.reach), Plates(floor.spots), Lamps(building.lights)
        self._stretches, self._glowing = [Stretch(coat) for coat in building.solid], Painted(building.glowing.mesh)
        self._glass = Painted(building.glass, alpha=True)
        self._machinery, self._units, self._vehicles = Machinery(building), Units(movers[0]), Vehicles(movers[1])
        self._ring: Ring | None = None
        self._swarms = (*self._machinery.swarms, *self._units.swarms, *self._vehicles.swarms)
        still = (self._ground.actor, self._plates.actor, self._lamps.actor, self._glowing.actor)
        stage.add(*still, *(stretch.actor for stretch in self._stretches))
        stage.add(*(swarm.actor for swarm in self._swarms), self._glass.actor)

    @property
    def triangles(self) -> int:
        """How many triangles machines, conveyors and what moves have at the instant shown."""
        still = self._glowing.triangles + self._glass.triangles + sum(one.triangles for one in self._stretches)
        return still + sum(swarm.triangles for swarm in self._swarms)

    def look(self, eye: Floats, nearest_m: float, pixel_rad: float) -> None:
        """Leave out what is too small to be seen; nothing that moves is nearer to the eye (3,) than `nearest_m`."""
        for stretch in self._stretches:
            stretch.look(eye, pixel_rad)
        for swarm in self._swarms:
            swarm.leave_out(least_m2(nearest_m, pixel_rad))

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
        for stretch in self._stretches:
            stretch.paint(reading.signals, theme)
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
