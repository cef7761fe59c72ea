"""Mobile robots: each visits the stops of its route in turn, for ever. They depend on nothing else yet."""

from __future__ import annotations

from twin.sim.plan import RobotPlan
from twin.sim.randomness import NANOSECONDS
from twin.sim.run import DRIVE, Run
from twin.sim.state import RobotState


def drive(run: Run, number: int) -> None:
    """The robot's wait or drive is over: it drives off, or arrives."""
    robot, plan, now = run.state.robots[number], run.plan.robots[number], run.state.now_ns
    stops = plan.robot.stops
    if robot.halted and robot.waiting:
        robot.overdue = True
        return
    if not robot.waiting:
        robot.waiting = True
        run.push(now + round(stops[robot.at].wait_s * NANOSECONDS), DRIVE, number)
        run.tell(plan.robot.id, plan.tags, {"Stop": robot.at})
        return
    left = stops[robot.at]
    robot.at = (robot.at + 1) % len(stops)
    robot.waiting = False
    robot.load = left.load
    robot.from_m = left.at_m
    robot.to_m = _target_m(plan, left.at_m, stops[robot.at].at_m)
    robot.departed_ns = now
    robot.arrives_ns = now + round(abs(robot.to_m - robot.from_m) / plan.robot.speed_m_s * NANOSECONDS)
    run.push(robot.arrives_ns, DRIVE, number)
    run.tell(plan.robot.id, plan.tags, robot_levels(robot))


def _target_m(plan: RobotPlan, from_m: float, to_m: float) -> float:
    """On a closed route a stop behind is reached by driving on, beyond the route's length."""
    return to_m if not plan.closed or to_m > from_m else to_m + plan.length_m


def robot_levels(robot: RobotState) -> dict[str, float | int | str | bool]:
    """Everything that a robot's tags say."""
    return {
        "From": robot.from_m,
        "To": robot.to_m,
        "Departed": robot.departed_ns,
        "Arrives": robot.arrives_ns,
        "Load": robot.load,
        "Stop": robot.at if robot.waiting else -1,
    }
