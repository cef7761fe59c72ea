"""The conveyor: units take the time the way takes, keep their distance, and say where they are at every instant."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.sim.lines import FEW, HOUR_NS, MINUTE_NS
from twin.sim.kernel import advance, start_plant
from twin.sim.levels import levels
from twin.sim.messages import Change
from twin.sim.plan import Plan
from twin.sim.state import Unit

PITCH_M, SPEED_M_S = 1.2, 0.5


def place_m(unit: Unit, now_ns: int) -> float:
    """The pose formula that everybody who draws a carrier uses."""
    lasts_ns = unit.arrives_ns - unit.departed_ns
    share = min(max((now_ns - unit.departed_ns) / lasts_ns, 0.0), 1.0) if lasts_ns else 1.0
    return unit.from_m + (unit.to_m - unit.from_m) * share


@FEW
@given(seed=st.integers(0, 2**32), step_s=st.integers(1, 40))
def test_units_on_the_conveyor_keep_their_distance(outdoor: Plan, seed: int, step_s: int) -> None:
    state = start_plant(outdoor, seed)
    advance(outdoor, state, 40 * MINUTE_NS)
    for _ in range(40):
        advance(outdoor, state, state.now_ns + step_s * 10**9)
        now = state.now_ns
        for at, station in zip(outdoor.stations, state.stations, strict=True):
            started = [place_m(unit, now) for unit in station.queue if unit.departed_ns <= now]
            assert all(ahead - behind > PITCH_M - 1e-6 for ahead, behind in pairwise(started))
            assert all(place <= at.at_m - PITCH_M + 1e-9 for place in started)


def test_no_unit_jumps_or_exceeds_the_speed(outdoor: Plan) -> None:
    state = start_plant(outdoor, 2)
    advance(outdoor, state, 30 * MINUTE_NS)
    before: dict[int, float] = {}
    step_ns = 500_000_000
    for _ in range(1200):
        advance(outdoor, state, state.now_ns + step_ns)
        units = {unit.serial: unit for unit in state.lines[0].carriers if unit is not None and unit.serial}
        now = {serial: place_m(unit, state.now_ns) for serial, unit in units.items()}
        for serial in now.keys() & before.keys():
            moved = now[serial] - before[serial]
            assert -1e-6 <= moved <= SPEED_M_S * step_ns / 1e9 + 1e-6
        before = now


def test_the_way_to_the_next_station_takes_its_time(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    advance(outdoor, state, HOUR_NS)
    before, after = outdoor.stations[5], outdoor.stations[6]
    way_s = (after.at_m - before.at_m - PITCH_M) / SPEED_M_S
    lasted = []
    left: dict[str, int] = {}
    for message in advance(outdoor, state, 2 * HOUR_NS):
        if isinstance(message, Change) and message.tag == "Station":
            if message.value == -1:
                left[message.owner] = message.time_ns
            elif message.value == after.index and message.owner in left:
                lasted.append((message.time_ns - left[message.owner]) / 1e9)
    assert min(lasted) >= way_s - 1e-6
    assert sorted(lasted)[len(lasted) // 10] < way_s + 0.01


def test_empty_carriers_say_so_and_used_ones_carry_printed_serials(outdoor: Plan) -> None:
    state = start_plant(outdoor, 1)
    advance(outdoor, state, HOUR_NS)
    serials = [change.value for change in levels(outdoor, state) if "/C" in change.owner and change.tag == "Serial"]
    inside = state.lines[0].entered - state.lines[0].finished - state.lines[0].scrapped
    assert serials.count("") == len(serials) - inside > 0
    assert all(str(serial).startswith("OU-") and len(str(serial)) == 9 for serial in serials if serial)
