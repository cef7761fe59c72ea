"""Mobile robots: they go round for ever, forwards, wait at their stops and carry what they loaded."""

from __future__ import annotations

from tests.sim.lines import HOUR_NS
from twin.sim.kernel import advance, start_plant
from twin.sim.messages import Change
from twin.sim.plan import Plan


def test_robots_drive_forwards_from_stop_to_stop(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    stops = outdoor.robots[0].robot.stops
    for visit in range(1, 12):
        robot = state.robots[0]
        while robot.waiting:
            advance(outdoor, state, state.now_ns + 10**9)
        assert robot.from_m == stops[(visit - 1) % 4].at_m
        assert robot.to_m % 84.0 == stops[visit % 4].at_m
        assert 0 < robot.to_m - robot.from_m < 84.0
        assert robot.load == stops[(visit - 1) % 4].load
        assert (robot.arrives_ns - robot.departed_ns) / 1e9 * 1.2 - (robot.to_m - robot.from_m) < 1e-6
        advance(outdoor, state, robot.arrives_ns)
        assert robot.waiting


def test_both_robots_visit_every_stop_and_wait_there(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    told = [m for m in advance(outdoor, state, HOUR_NS) if isinstance(m, Change) and m.tag == "Stop"]
    for robot in ("AMR-1", "AMR-2"):
        assert {m.value for m in told if m.owner == robot} == {-1, 0, 1, 2, 3}


def test_robots_on_one_route_do_not_meet(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    for _ in range(600):
        advance(outdoor, state, state.now_ns + 10**9)
        places = []
        for robot in state.robots:
            lasts_ns = robot.arrives_ns - robot.departed_ns
            share = min((state.now_ns - robot.departed_ns) / lasts_ns, 1.0) if lasts_ns else 1.0
            places.append((robot.from_m + (robot.to_m - robot.from_m) * share) % 84.0)
        apart = abs(places[0] - places[1])
        assert min(apart, 84.0 - apart) > 3.0
