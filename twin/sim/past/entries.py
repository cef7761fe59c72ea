"""When units entered their line, and for which job: from what its first station and its job tags have shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from twin.sim.orders.plan import OrdersPlan, PartPlan
from twin.sim.orders.variants import variant_of
from twin.sim.past.known import Past
from twin.sim.randomness import NANOSECONDS

_TOGETHER_NS = NANOSECONDS  # what becomes known of a unit when it enters arrives within this time


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit entered its line; -1 where it is not known for what."""

    time_ns: int
    job: int = -1
    variant: int = -1
    revision: int = -1


def entries_of(past: Past, number: int) -> dict[int, Entry]:
    """The units that have entered a line in the last hours, by serial."""
    line = past.run.plan.lines[number]
    jobs = _jobs(past, number)
    times = [entry.time_ns for entry in jobs]
    entries: dict[int, Entry] = {}
    for time_ns, text in past.known.texts(past.run.plan.stations[line.first].id, "Serial"):
        serial = text.removeprefix(line.prefix)
        if serial.isdigit() and int(serial) not in entries:
            at = bisect_right(times, time_ns + _TOGETHER_NS) - 1
            job = jobs[at] if at >= 0 else Entry(time_ns)
            entries[int(serial)] = Entry(time_ns, job.job, job.variant, job.revision)
    return entries


def newest_job(past: Past, number: int) -> Entry | None:
    """What a line made last."""
    return next(reversed(_jobs(past, number)), None)


def _jobs(past: Past, number: int) -> list[Entry]:
    """The jobs of a line in the last hours, by when their first units entered it."""
    orders, line = past.run.plan.orders, past.run.plan.lines[number]
    if orders is None or line.part < 0 or "JobOrder" not in line.tags:
        return []
    part = orders.parts[line.part]
    variants, revisions = past.known.texts(line.id, "Variant"), past.known.texts(line.id, "Revision")
    found = []
    for time_ns, job in past.known.history(line.id, "JobOrder"):
        variant = _variant(orders, part, _held(variants, time_ns))
        revision = _revision(part, _held(revisions, time_ns))
        if variant >= 0 and revision >= 0:
            found.append(Entry(time_ns, round(job), variant, revision))
    return found


def _held(history: Sequence[tuple[int, str]], time_ns: int) -> str:
    at = bisect_right([since_ns for since_ns, _ in history], time_ns + _TOGETHER_NS) - 1
    return history[at][1] if at >= 0 else ""


def _variant(orders: OrdersPlan, part: PartPlan, text: str) -> int:
    """The number of a variant from its choices as published, -1 for none."""
    chosen, configuration = text.split("/"), [0] * len(orders.product.options)
    for option, name in zip(part.options, chosen, strict=False):
        choices = [choice.id for choice in orders.product.options[option].choices]
        if name not in choices:
            return -1
        configuration[option] = choices.index(name)
    return variant_of(part, configuration) if len(chosen) == len(part.options) else -1


def _revision(part: PartPlan, text: str) -> int:
    return next((number for number, revision in enumerate(part.revisions) if revision.id == text), -1)
