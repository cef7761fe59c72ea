"""Quality of a value: OPC UA status codes, their severity and the names of those a plant really shows.

Source: OPC UA Part 4 (7.39) and Part 8 (A.4.3.3). The two top bits of a code are its severity.
"""

from __future__ import annotations

from enum import IntEnum

GOOD = 0x0000_0000
UNCERTAIN = 0x4000_0000
UNCERTAIN_LAST_USABLE = 0x4090_0000
BAD = 0x8000_0000
BAD_WAITING = 0x8032_0000  # BadWaitingForInitialData: the tag is known, no value has come yet
BAD_NO_COMMUNICATION = 0x8031_0000
BAD_NODE_UNKNOWN = 0x8034_0000
BAD_TYPE_MISMATCH = 0x8074_0000

NAMES = {
    GOOD: "Good",
    UNCERTAIN: "Uncertain",
    UNCERTAIN_LAST_USABLE: "UncertainLastUsableValue",
    0x4091_0000: "UncertainSubstituteValue",
    BAD: "Bad",
    0x8005_0000: "BadCommunicationError",
    BAD_NO_COMMUNICATION: "BadNoCommunication",
    BAD_WAITING: "BadWaitingForInitialData",
    BAD_NODE_UNKNOWN: "BadNodeIdUnknown",
    BAD_TYPE_MISMATCH: "BadTypeMismatch",
    0x8089_0000: "BadConfigurationError",
    0x808A_0000: "BadNotConnected",
    0x808B_0000: "BadDeviceFailure",
    0x808C_0000: "BadSensorFailure",
    0x808D_0000: "BadOutOfService",
}


class Severity(IntEnum):
    """The two top bits of a status code."""

    GOOD = 0
    UNCERTAIN = 1
    BAD = 2


def severity(code: int) -> Severity:
    """How far a value with this status code may be trusted; the reserved fourth pattern counts as bad."""
    return Severity(min(code >> 30 & 3, 2))


def name(code: int) -> str:
    """The code's name in the standard, or its severity and hexadecimal number."""
    return NAMES.get(code & 0xFFFF_0000, f"{severity(code).name.capitalize()} 0x{code:08X}")
