"""Plants for tests of signals, and samples made easy to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.sim.lines import exponential, failure, serial_line
from twin.plant.layout import Layout
from twin.sim.signals.samples import Samples

EVERY_KIND: dict[str, dict[str, Any]] = {
    "result": {"kind": "result", "mean": 650.0, "deviation": 0.7, "drift": {"deviation": 0.5, "tau_s": 600.0}},
    "approach": {"kind": "approach", "start": 1.0, "end": 30.0, "tau_s": 3.0, "deviation": 0.1, "delay_s": 1.0},
    "profile": {
        "kind": "profile", "points": [[0, 0], [0.7, 1], [0.9, 8], [1, 0]], "unit_deviation": 0.02, "deviation": 0.05,
    },
    "level": {"kind": "level", "mean": 28.0, "deviation": 0.6},
    "demand": {"kind": "demand", "base": 2.0, "idle": 0.5, "running": 5.0, "cv": 0.05},
    "total": {"kind": "total", "of": "demand"},
}  # fmt: skip
_STOPS = [
    failure("breakdown", exponential(300.0), exponential(100.0)),
    failure("minor_stop", exponential(200.0), exponential(10.0)),
]


def every_kind(*, stations: int = 3, extra: dict[str, Any] | None = None, data_type: str = "Double") -> Layout:
    """A busy line of stations, each with a signal of every kind; `extra` comes before them."""
    signals = ({"extra": extra} if extra else {}) | EVERY_KIND
    tags = [
        {"id": name, "browse_path": name, "data_type": data_type, "signal": signal, "low": -1e6}
        for name, signal in signals.items()
    ]
    cycles = [exponential(15.0 if at % 2 else 20.0) for at in range(stations)]
    return serial_line(cycles, 2, failures=_STOPS, reject_probability=0.1, places=2, tags=tags)


def signal_line(cycles: Sequence[dict[str, Any]], signal: dict[str, Any], **more: Any) -> Layout:
    """A line whose stations have one signal each, with `limits` of its tag."""
    tag = {"id": "Value", "browse_path": "Value", "signal": signal, **more.pop("limits", {})}
    return serial_line(cycles, 2, tags=[tag, *more.pop("tags", [])], **more)


def table(samples: Samples) -> list[tuple[int, int, float]]:
    """Samples as (time_ns, signal, value), one after another."""
    return list(zip(samples.time_ns.tolist(), samples.signal.tolist(), samples.value.tolist(), strict=True))


def joined(pieces: Sequence[Samples]) -> Samples:
    """Samples of stretches that follow one another."""
    return Samples(
        np.concatenate([piece.time_ns for piece in pieces]),
        np.concatenate([piece.signal for piece in pieces]),
        np.concatenate([piece.value for piece in pieces]),
    )
