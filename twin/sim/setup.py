"""What a station does before it works on a unit: changeovers between configurations, and changing a worn tool.

A setup is the first part of the unit's service, in PackML mode Setup (ISO 22400: AUST). A changeover depends on what
was made before: from the last good of A to the first good of B.
"""

from __future__ import annotations

from twin.plant.packml import Mode
from twin.plant.stations import Changeover
from twin.sim.messages import Incident
from twin.sim.orders.units import choice
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import Run
from twin.sim.state import Unit
from twin.sim.station_plan import SetupPlan


def begin_setup(run: Run, index: int, unit: Unit) -> None:
    """Sets the station up for a unit that it takes in, as far as that needs any."""
    station, setup = run.state.stations[index], run.plan.stations[index].setup
    if setup is None:
        return
    taken_ns = (_change_over(run, index, setup, unit) if unit.variant >= 0 else 0) + _change_tool(run, index, setup)
    if taken_ns:
        station.setups += 1
        station.setup_ns += taken_ns
        station.setup_work = unit.begun_work + taken_ns
        _tell_mode(run, index, Mode.SETUP)


def end_setup(run: Run, index: int) -> None:
    """The setup is over; the service begins."""
    run.state.stations[index].setup_work = 0
    _tell_mode(run, index, Mode.PRODUCTION)


def _tell_mode(run: Run, index: int, mode: Mode) -> None:
    at = run.plan.stations[index]
    run.tell(at.id, at.tags, {"Mode": int(mode)})


def tool_wear(run: Run, index: int) -> float:
    """How far the tool of a station is through its life, 0 to 1."""
    setup = run.plan.stations[index].setup
    return run.state.stations[index].tool_services / setup.tool.life if setup and setup.tool else 0.0


def _change_over(run: Run, index: int, setup: SetupPlan, unit: Unit) -> int:
    station = run.state.stations[index]
    chosen = [choice(run, unit, changeover.option) for changeover in setup.changeovers]
    before, station.choices = station.choices, chosen
    pairs = zip(setup.changeovers, before, chosen, strict=True) if before else ()
    seconds = max((_seconds(changeover, old, new) for changeover, old, new in pairs if old != new), default=0.0)
    if seconds and run.out is not None:
        name = run.plan.stations[index].id
        message = f"{name} changes over from {' '.join(before)} to {' '.join(chosen)} in {seconds:.0f} s"
        run.out.append(Incident(run.state.now_ns, name, "changeover", 100, message))
    return round(seconds * NANOSECONDS)


def _seconds(changeover: Changeover, before: str, after: str) -> float:
    return changeover.times_s.get(before, {}).get(after, changeover.default_s)


def _change_tool(run: Run, index: int, setup: SetupPlan) -> int:
    station = run.state.stations[index]
    if setup.tool is None or setup.change is None or station.tool_services < setup.tool.life:
        return 0
    taken_ns = setup.change.value(run.state.seed, station.tools)
    station.tools += 1
    station.tool_services = 0
    if run.out is not None:
        name = run.plan.stations[index].id
        message = f"{name} changes its tool after {setup.tool.life} services, {taken_ns / NANOSECONDS:.0f} s"
        run.out.append(Incident(run.state.now_ns, name, "tool_change", 100, message))
    return taken_ns
