"""Technicians: a breakdown waits until one of its area's crew is free, and is then repaired; first come, first served.

Minor stops clear by themselves. Not here: what a stop does to its station (`twin.sim.machine`).
"""

from __future__ import annotations

from twin.plant.packml import State
from twin.sim.messages import Incident
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import STEP, Run


def call_technician(run: Run, index: int, repair_ns: int) -> None:
    """A station has broken down: its repair begins, or it queues for a technician."""
    station, plan, now = run.state.stations[index], run.plan.stations[index], run.state.now_ns
    crew = run.plan.lines[plan.line].crew
    station.repair_ns, station.called_ns = repair_ns, now
    run.state.crews[crew].calls.append(index)
    send_technicians(run, crew)
    if station.called_ns >= 0 and run.out is not None:
        message = f"{plan.id} waits for a technician: nobody of its area is free"
        run.out.append(Incident(now, plan.id, "waiting", 500, message))


def free_technician(run: Run, index: int) -> None:
    """A station is repaired: whoever did it goes where the call is oldest."""
    crew = run.plan.lines[run.plan.stations[index].line].crew
    run.state.crews[crew].busy -= 1
    run.state.stations[index].attended = False
    send_technicians(run, crew)


def send_technicians(run: Run, number: int) -> None:
    """Technicians who are free and not absent go where the calls are oldest."""
    crew, now = run.state.crews[number], run.state.now_ns
    while crew.calls and crew.busy < run.plan.technicians[number] - crew.absent:
        crew.busy += 1
        index = crew.calls.pop(0)
        station = run.state.stations[index]
        waited_ns = now - station.called_ns
        station.awaited_ns += waited_ns
        station.called_ns = -1
        station.attended = True
        station.restart_ns = now + station.repair_ns
        if station.state == State.ABORTED:
            station.due_ns, station.due_rank = station.restart_ns, STEP
            run.push(station.restart_ns, STEP, index)
        if waited_ns and run.out is not None:
            name = run.plan.stations[index].id
            message = f"A technician has come to {name}, which waited {waited_ns / NANOSECONDS:.0f} s"
            run.out.append(Incident(now, name, "repairing", 300, message))
