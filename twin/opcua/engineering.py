"""Engineering units and ranges of process values, as OPC UA Part 8 wants them.

EURange is where a value is likely to be in normal operation, for scaling displays (Part 8, 5.6.2): what the signal
produces (of levels and results four standard deviations each way; meters have none), and never less than up to its
alarm limits. It is no limit itself: limits are those of the alarms. InstrumentRange is left out: no simulated sensor
has one.
"""

from __future__ import annotations

from asyncua import ua

from twin.plant.signals import Approach, Demand, Level, Profile, Result
from twin.plant.terms import Tag
from twin.plant.units import unit_of

_DEVIATIONS = 4.0


def eu_information(text: str) -> ua.EUInformation:
    """The unit with its code of UNECE Recommendation 20; one that nobody knows has its text only."""
    unit = unit_of(text)
    if unit is None:
        return ua.EUInformation(UnitId=-1, DisplayName=ua.LocalizedText(text))
    return ua.EUInformation(
        NamespaceUri=unit.uri,
        UnitId=unit.number,
        DisplayName=ua.LocalizedText(unit.text, "en"),
        Description=ua.LocalizedText(unit.name, "en"),
    )


def eu_range(tag: Tag) -> ua.Range | None:
    """Where the tag's value normally is; None where nothing is known, or only one point."""
    ends = [limit for limit in (tag.low, tag.high) if limit is not None]
    match tag.signal:
        case Result(mean=mean, deviation=deviation) | Level(mean=mean, deviation=deviation):
            ends += [mean - _DEVIATIONS * deviation, mean + _DEVIATIONS * deviation]
        case Approach(start=start, end=end):
            ends += [start, end]
        case Profile(points=points):
            ends += [value for _, value in points]
        case Demand(base=base, idle=idle, running=running):
            ends += [0.0, base + max(idle, running)]
    return ua.Range(min(ends), max(ends)) if ends and min(ends) < max(ends) else None
