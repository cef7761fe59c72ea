"""What a simulated plant says: changes of single values, and incidents. Times are plant time, whole ns from 0."""

from __future__ import annotations

from dataclasses import dataclass

Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Change:
    """From `time_ns` on, tag `tag` of `owner` has `value`; a DateTime is plant time in ns."""

    time_ns: int
    owner: str
    tag: str
    value: Value


@dataclass(frozen=True, slots=True)
class Incident:
    """Something worth a line in the event list.

    Attributes:
        source: id of the station it happened to.
        kind: `breakdown`, `waiting` (for a technician), `repairing` (after such a wait), `minor_stop` or `repaired`.
        severity: 1 to 1000, as OPC UA counts it.
    """

    time_ns: int
    source: str
    kind: str
    severity: int
    message: str
