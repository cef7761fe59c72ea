"""Tags that a description asks for in few words: process values, meters of power and air, what a camera sees.

Not here: stations and lines (`twin.plant.compose`).
"""

from __future__ import annotations

from twin.plant.description import Segment, Value, both_languages
from twin.plant.terms import Raw

# Of what a station draws while it executes, the part that it always draws, and what it draws more, idle (estimates:
# base load is 35 to 45 % of mean power, leaks a third of compressed air).
_ELECTRIC, _AIR = (0.4, 0.15), (0.35, 0.05)


def seen(segment: Segment) -> list[str]:
    """Tag sets of what a camera, and helium in the room, let be known of a station."""
    return [*["camera"] * bool(segment.inspection), *["leak-test"] * bool(segment.background)]


def drawn(segment: Segment) -> list[str]:
    """Tag sets of what a station draws, by how much: `electric-8kW`, `air-30m3h`."""
    electric = [f"electric-{segment.power_kw:g}kW"] if segment.power_kw else []
    return electric + ([f"air-{segment.air_m3_h:g}m3h"] if segment.air_m3_h else [])


def meters(name: str) -> list[Raw]:
    """Rate and total of what a tag set of `drawn` names."""
    if name.startswith("electric-"):
        rated, shares, unit, whole = float(name[9:-2]), _ELECTRIC, "kW", "kW·h"
        ids, texts = ("ElectricPower", "ElectricEnergy"), (("Electric power", "电功率"), ("Electric energy", "电能"))
    else:
        rated, shares, unit, whole = float(name[4:-3]), _AIR, "m³/h", "m³"
        ids = "CompressedAirFlow", "CompressedAir"
        flow, volume = "Compressed air flow, norm conditions", "Compressed air, norm conditions"
        texts = ((flow, "压缩空气流量（标况）"), (volume, "压缩空气用量（标况）"))
    base, idle, running = (round(rated * share, 3) for share in (*shares, 1 - shares[0]))
    demand = {"kind": "demand", "base": base, "idle": idle, "running": running, "cv": 0.03, "period_s": 5}
    total = {"kind": "total", "of": ids[0], "period_s": 30}
    return [
        {"id": tag, "browse_path": f"Energy/{tag}", "unit": of, "name": both_languages([*text]), "signal": signal}
        for tag, of, text, signal in zip(ids, (unit, whole), texts, (demand, total), strict=True)
    ]


def process_tag(value: Value) -> Raw:
    """The tag of a process value, with its signal."""
    signal = value.signal.model_dump(exclude_none=True) if value.signal else None
    if value.result:
        drift = {"drift": {"deviation": value.drift[0], "tau_s": value.drift[1]}} if value.drift else {}
        signal = {"kind": "result", "mean": value.result[0], "deviation": value.result[1], **drift}
    elif value.level:
        mean, deviation, period_s = value.level
        signal = {"kind": "level", "mean": mean, "deviation": deviation, "period_s": period_s}
    tag = value.model_dump(exclude={"result", "drift", "level", "signal", "browse_path"}, exclude_defaults=True)
    path = value.browse_path or f"Process/{value.id}"
    return {"id": value.id, "browse_path": path, **tag, **({"signal": signal} if signal else {})}
