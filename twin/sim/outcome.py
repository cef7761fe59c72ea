"""How a service comes out: a helium test without a result, what a camera sees and a second look clears, rejects.

A test without a result is done again; a unit that the camera calls defective is looked at once more, which takes time
and clears false rejects. What a camera misses goes on as good: an escape, which only the simulation knows of.
"""

from __future__ import annotations

import math

from twin.sim.messages import Incident
from twin.sim.randomness import NANOSECONDS, uniforms
from twin.sim.run import Run
from twin.sim.setup import tool_wear
from twin.sim.state import Unit
from twin.sim.station_plan import DEFECTIVE, GOOD, BackgroundPlan, InspectionPlan

_WRONG_LOT = uniforms("training/wrong-lot")
_UNSEEN = 0


def more_work(run: Run, index: int, unit: Unit) -> int:
    """Working time that a service at its end still needs; 0 where it is over."""
    plan = run.plan.stations[index]
    if plan.background and _without_result(run, index, plan.background):
        unit.no_tests += 1
        return plan.service.value(run.state.seed, _next_service(run, index))
    if plan.inspection and unit.verdict == _UNSEEN:
        unit.look = run.state.stations[index].looks
        run.state.stations[index].looks += 1
        unit.verdict = _look(run, index, unit.look, plan.inspection)
        if unit.verdict >= DEFECTIVE:
            return plan.inspection.review_ns
    return 0


def rejected(run: Run, index: int, unit: Unit) -> bool:
    """Whether a unit that a station has finished is a reject; counted for what the station remembers."""
    plan, station = run.plan.stations[index], run.state.stations[index]
    probability = plan.reject_probability + station.extra_reject
    if plan.setup and plan.setup.tool:
        probability += plan.setup.tool.wear_reject * tool_wear(run, index)
        station.tool_services += 1
    out = bool(probability) and plan.reject.value(run.state.seed, station.processed) < probability
    if plan.inspection:
        out = _reviewed(run, index, unit, plan.inspection) or out
    if run.state.training.wrong_lots:
        out = _has_wrong_lot(run, index, unit) or out
    if out and plan.background:
        station.rejected_ns = run.state.now_ns
    return out


def note_service(run: Run, index: int, unit: Unit) -> None:
    """Writes a service that is over down on its unit, where that keeps a record; the next one begins afresh."""
    if unit.revision >= 0:
        station, now = run.state.stations[index], run.state.now_ns
        unit.operations += (index, station.processed, unit.begun_ns, now, int(unit.rejected), station.tool_services)
        unit.operations += (unit.no_tests, unit.look, unit.verdict)
    unit.no_tests, unit.verdict = 0, _UNSEEN


def _has_wrong_lot(run: Run, index: int, unit: Unit) -> bool:
    """Whether this is the test that a unit fails for a wrong lot in it; tested again, it fails again."""
    used = set(zip(unit.lots[1::4], unit.lots[2::4], strict=True))
    chance = _WRONG_LOT.value(run.state.seed, unit.serial)
    wrong = run.state.training.wrong_lots
    return any(one.test == index and (one.material, one.lot) in used and chance < one.share for one in wrong)


def _next_service(run: Run, index: int) -> int:
    station = run.state.stations[index]
    station.services += 1
    return station.services - 1


def _without_result(run: Run, index: int, plan: BackgroundPlan) -> bool:
    station, background = run.state.stations[index], plan.background
    share = background.no_test + station.extra_no_test
    if station.rejected_ns >= 0:
        since_s = (run.state.now_ns - station.rejected_ns) / NANOSECONDS
        share += background.after_reject * math.exp(-since_s / background.decay_s)
    # Never certain, or a test would be repeated for ever.
    if plan.chance.value(run.state.seed, station.processed + station.no_tests) >= min(share, 0.95):
        return False
    station.no_tests += 1
    if run.out is not None:
        at = run.plan.stations[index]
        run.tell(at.id, at.tags, {"NoTests": station.no_tests})
        run.out.append(Incident(run.state.now_ns, at.id, "no_test", 200, f"{at.id}: No Test, helium in the background"))
    return True


def _defect(run: Run, look: int, plan: InspectionPlan) -> int:
    """The class of defect that the unit of a station's look number `look` really has, -1 for none."""
    chance = plan.defect.value(run.state.seed, look)
    for number, kind in enumerate(plan.inspection.defects):
        chance -= kind.share
        if chance < 0:
            return number
    return -1


def _look(run: Run, index: int, look: int, plan: InspectionPlan) -> int:
    """What the camera calls a unit at first sight."""
    station, inspection = run.state.stations[index], plan.inspection
    chance = plan.verdict.value(run.state.seed, look)
    defect = _defect(run, look, plan)
    if defect >= 0:
        missed = chance < inspection.miss + station.extra_miss
        station.escapes += missed
        return GOOD if missed else DEFECTIVE + defect
    if chance >= inspection.overkill + station.extra_overkill or not inspection.defects:
        return GOOD
    return DEFECTIVE + int(chance * 1e6) % len(inspection.defects)


def _reviewed(run: Run, index: int, unit: Unit, plan: InspectionPlan) -> bool:
    """Whether the defect that the camera saw is one; tells what it saw."""
    station, at = run.state.stations[index], run.plan.stations[index]
    suspect = unit.verdict >= DEFECTIVE
    real = suspect and _defect(run, unit.look, plan) >= 0
    station.false_rejects += suspect and not real
    if run.out is not None:
        score = plan.score(run.state.seed, unit.look, unit.verdict)
        run.tell(at.id, at.tags, {"Score": score, "Defect": plan.defect_seen(unit.verdict)})
        run.tell(at.id, at.tags, {"FalseRejects": station.false_rejects, "Rejected": real})
    return real
