"""What a station's kernel tags say at one instant."""

from __future__ import annotations

from twin.plant.packml import Mode
from twin.sim.messages import Value
from twin.sim.plan import Plan
from twin.sim.randomness import NANOSECONDS
from twin.sim.state import BLOCKED, STARVED, PlantState
from twin.sim.transport import serial_number


def station_levels(plan: Plan, state: PlantState, index: int) -> dict[str, Value]:
    """Everything that a station's kernel tags say, whether the layout has such tags or not."""
    station, at = state.stations[index], plan.stations[index]
    values: dict[str, Value] = {
        "State": station.state,
        "Mode": int(Mode.SETUP) if station.setup_work else station.mode,
        "Starved": station.cause == STARVED,
        "Blocked": station.cause == BLOCKED,
        "Serial": serial_number(plan.lines[at.line], station.serial if station.units else 0),
        "Units": len(station.units),
        "Queue": len(station.queue),
        "Processed": station.processed,
        "Defective": station.defective,
        "Reworked": station.reworked,
        "FalseRejects": station.false_rejects,
        "NoTests": station.no_tests,
    }
    if station.processed:
        values["CycleTime"] = station.cycle_work / NANOSECONDS
    if station.admitted:
        values["CycleStarted"] = station.cycle_started_ns
    return values
