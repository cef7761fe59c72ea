"""Words that data stands for, in the language of the screen: states, modes, qualities, events, tags the kernel knows.

Units are never translated. Names of stations come from the layout, in the language of `language()`.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from twin.panels.colours import Group
from twin.plant.packml import Mode as UnitMode
from twin.plant.packml import State
from twin.plant.quality import Severity
from twin.session.frame import Mode


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for `pyside6-lupdate`, which knows this name; the one in QtCore says that it returns an object."""
    return text


_STATES = {
    State.UNDEFINED: QT_TRANSLATE_NOOP("State", "Unknown"),
    State.CLEARING: QT_TRANSLATE_NOOP("State", "Clearing"),
    State.STOPPED: QT_TRANSLATE_NOOP("State", "Stopped"),
    State.STARTING: QT_TRANSLATE_NOOP("State", "Starting"),
    State.IDLE: QT_TRANSLATE_NOOP("State", "Idle"),
    State.SUSPENDED: QT_TRANSLATE_NOOP("State", "Suspended"),
    State.EXECUTE: QT_TRANSLATE_NOOP("State", "Execute"),
    State.STOPPING: QT_TRANSLATE_NOOP("State", "Stopping"),
    State.ABORTING: QT_TRANSLATE_NOOP("State", "Aborting"),
    State.ABORTED: QT_TRANSLATE_NOOP("State", "Aborted"),
    State.HOLDING: QT_TRANSLATE_NOOP("State", "Holding"),
    State.HELD: QT_TRANSLATE_NOOP("State", "Held"),
    State.UNHOLDING: QT_TRANSLATE_NOOP("State", "Unholding"),
    State.SUSPENDING: QT_TRANSLATE_NOOP("State", "Suspending"),
    State.UNSUSPENDING: QT_TRANSLATE_NOOP("State", "Unsuspending"),
    State.RESETTING: QT_TRANSLATE_NOOP("State", "Resetting"),
    State.COMPLETING: QT_TRANSLATE_NOOP("State", "Completing"),
    State.COMPLETE: QT_TRANSLATE_NOOP("State", "Complete"),
}
_GROUPS = {
    Group.RUN: QT_TRANSLATE_NOOP("Group", "running"),
    Group.RAMP: QT_TRANSLATE_NOOP("Group", "starting up"),
    Group.IDLE: QT_TRANSLATE_NOOP("Group", "idle or stopped"),
    Group.WAIT: QT_TRANSLATE_NOOP("Group", "starved or blocked"),
    Group.UNKNOWN: QT_TRANSLATE_NOOP("Group", "unknown"),
    Group.HELD: QT_TRANSLATE_NOOP("Group", "held"),
    Group.DOWN: QT_TRANSLATE_NOOP("Group", "aborted"),
}
_ELEMENTS = {
    "production": QT_TRANSLATE_NOOP("TimeElement", "producing"),
    "waiting": QT_TRANSLATE_NOOP("TimeElement", "waiting"),
    "held": QT_TRANSLATE_NOOP("TimeElement", "held"),
    "down": QT_TRANSLATE_NOOP("TimeElement", "down"),
    "idle": QT_TRANSLATE_NOOP("TimeElement", "idle"),
    "unknown": QT_TRANSLATE_NOOP("TimeElement", "unknown"),
}
_MODES = {
    Mode.LIVE: QT_TRANSLATE_NOOP("Mode", "LIVE"),
    Mode.REPLAY: QT_TRANSLATE_NOOP("Mode", "REPLAY"),
    Mode.SIMULATION: QT_TRANSLATE_NOOP("Mode", "SIMULATION"),
}
_UNIT_MODES = {
    UnitMode.INVALID: QT_TRANSLATE_NOOP("UnitMode", "Invalid"),
    UnitMode.PRODUCTION: QT_TRANSLATE_NOOP("UnitMode", "Production"),
    UnitMode.MAINTENANCE: QT_TRANSLATE_NOOP("UnitMode", "Maintenance"),
    UnitMode.MANUAL: QT_TRANSLATE_NOOP("UnitMode", "Manual"),
    UnitMode.SETUP: QT_TRANSLATE_NOOP("UnitMode", "Setup"),
}
_SEVERITIES = {
    Severity.GOOD: QT_TRANSLATE_NOOP("Quality", "good"),
    Severity.UNCERTAIN: QT_TRANSLATE_NOOP("Quality", "uncertain"),
    Severity.BAD: QT_TRANSLATE_NOOP("Quality", "bad"),
}
_TAGS = {
    "State": QT_TRANSLATE_NOOP("Tag", "State"),
    "Mode": QT_TRANSLATE_NOOP("Tag", "Mode"),
    "Serial": QT_TRANSLATE_NOOP("Tag", "Serial"),
    "Units": QT_TRANSLATE_NOOP("Tag", "Units inside"),
    "Starved": QT_TRANSLATE_NOOP("Tag", "Starved"),
    "Blocked": QT_TRANSLATE_NOOP("Tag", "Blocked"),
    "Processed": QT_TRANSLATE_NOOP("Tag", "Processed"),
    "Defective": QT_TRANSLATE_NOOP("Tag", "Defective"),
    "CycleTime": QT_TRANSLATE_NOOP("Tag", "Cycle time"),
    "CycleStarted": QT_TRANSLATE_NOOP("Tag", "Cycle started"),
    "From": QT_TRANSLATE_NOOP("Tag", "From"),
    "To": QT_TRANSLATE_NOOP("Tag", "To"),
    "Departed": QT_TRANSLATE_NOOP("Tag", "Departed"),
    "Arrives": QT_TRANSLATE_NOOP("Tag", "Arrives"),
    "Station": QT_TRANSLATE_NOOP("Tag", "Station"),
    "Place": QT_TRANSLATE_NOOP("Tag", "Place"),
    "Load": QT_TRANSLATE_NOOP("Tag", "Load"),
    "Stop": QT_TRANSLATE_NOOP("Tag", "Stop"),
    "Reworked": QT_TRANSLATE_NOOP("Tag", "Sent to rework"),
    "FalseRejects": QT_TRANSLATE_NOOP("Tag", "False rejects"),
    "NoTests": QT_TRANSLATE_NOOP("Tag", "No Tests"),
    "Rejected": QT_TRANSLATE_NOOP("Tag", "Rejected"),
    "Score": QT_TRANSLATE_NOOP("Tag", "Vision score"),
    "Defect": QT_TRANSLATE_NOOP("Tag", "Defect seen"),
    "Battery": QT_TRANSLATE_NOOP("Tag", "Battery charge"),
    "Order": QT_TRANSLATE_NOOP("Tag", "Transport order"),
    "Stock": QT_TRANSLATE_NOOP("Tag", "Pieces in stock"),
    "Lot": QT_TRANSLATE_NOOP("Tag", "Lot in use"),
    "OnTheWay": QT_TRANSLATE_NOOP("Tag", "Pieces on the way"),
    "OnOrder": QT_TRANSLATE_NOOP("Tag", "Pieces on order"),
    "Short": QT_TRANSLATE_NOOP("Tag", "Missing"),
    "Goods": QT_TRANSLATE_NOOP("Tag", "Units in stock"),
    "Cells": QT_TRANSLATE_NOOP("Tag", "Cells taken"),
    "CraneQueue": QT_TRANSLATE_NOOP("Tag", "Tasks waiting for cranes"),
    "CranesBusy": QT_TRANSLATE_NOOP("Tag", "Cranes at work"),
    "Truck": QT_TRANSLATE_NOOP("Tag", "Truck at the dock"),
    "Loaded": QT_TRANSLATE_NOOP("Tag", "Units loaded"),
    "Staged": QT_TRANSLATE_NOOP("Tag", "Units staged"),
    "TruckTurns": QT_TRANSLATE_NOOP("Tag", "Truck comes or goes"),
    "Shipped": QT_TRANSLATE_NOOP("Tag", "Units shipped"),
    "Released": QT_TRANSLATE_NOOP("Tag", "Released"),
    "JobOrder": QT_TRANSLATE_NOOP("Tag", "Job order"),
    "Variant": QT_TRANSLATE_NOOP("Tag", "Variant"),
    "Revision": QT_TRANSLATE_NOOP("Tag", "Revision"),
    "Remaining": QT_TRANSLATE_NOOP("Tag", "Units left to make"),
    "OpenOrders": QT_TRANSLATE_NOOP("Tag", "Open orders"),
    "LateOrders": QT_TRANSLATE_NOOP("Tag", "Late orders"),
    "FinishedGoods": QT_TRANSLATE_NOOP("Tag", "Finished goods"),
    "Delivered": QT_TRANSLATE_NOOP("Tag", "Delivered"),
    "OnTime": QT_TRANSLATE_NOOP("Tag", "Delivered on time"),
    "Judged": QT_TRANSLATE_NOOP("Tag", "Judged by their promise"),
    "TurnedAway": QT_TRANSLATE_NOOP("Tag", "Turned away"),
}
_HEADINGS = {
    "consumed": QT_TRANSLATE_NOOP("Heading", "Power and media"),
    "counted": QT_TRANSLATE_NOOP("Heading", "Counters and states"),
    "material": QT_TRANSLATE_NOOP("Heading", "Material"),
}
_EVENTS = {
    "breakdown": QT_TRANSLATE_NOOP("Event", "breakdown"),
    "minor_stop": QT_TRANSLATE_NOOP("Event", "minor stop"),
    "waiting": QT_TRANSLATE_NOOP("Event", "waiting for a technician"),
    "repairing": QT_TRANSLATE_NOOP("Event", "technician has come"),
    "repaired": QT_TRANSLATE_NOOP("Event", "repaired"),
    "link": QT_TRANSLATE_NOOP("Event", "link"),
    "shortage": QT_TRANSLATE_NOOP("Event", "parts missing"),
    "changeover": QT_TRANSLATE_NOOP("Event", "changeover"),
    "tool_change": QT_TRANSLATE_NOOP("Event", "tool change"),
    "no_test": QT_TRANSLATE_NOOP("Event", "No Test"),
    "battery_flat": QT_TRANSLATE_NOOP("Event", "battery flat"),
    "order": QT_TRANSLATE_NOOP("Event", "order received"),
    "order_released": QT_TRANSLATE_NOOP("Event", "order released"),
    "order_complete": QT_TRANSLATE_NOOP("Event", "order complete"),
    "order_shipped": QT_TRANSLATE_NOOP("Event", "order shipped"),
    "order_late": QT_TRANSLATE_NOOP("Event", "order late"),
    "order_turned_away": QT_TRANSLATE_NOOP("Event", "order turned away"),
    "engineering_change": QT_TRANSLATE_NOOP("Event", "engineering change"),
    "malfunction": QT_TRANSLATE_NOOP("Event", "malfunction"),
    "scenario": QT_TRANSLATE_NOOP("Event", "exercise"),
    "message": QT_TRANSLATE_NOOP("Event", "message"),
    "goal": QT_TRANSLATE_NOOP("Event", "goal of the exercise"),
    "failure": QT_TRANSLATE_NOOP("Event", "failure of the exercise"),
    "hint": QT_TRANSLATE_NOOP("Event", "hint"),
    "action": QT_TRANSLATE_NOOP("Event", "action"),
}

KNOWN_EVENTS = frozenset(_EVENTS)


def language() -> str:
    """The language of names, as layouts spell it: Qt's default locale, which the desk sets with its translator."""
    return QLocale().name()


def state(number: int) -> str:
    """A PackML state's name."""
    return QCoreApplication.translate("State", _STATES[State(number) if 0 <= number <= max(State) else State.UNDEFINED])


def element(name: str) -> str:
    """A time element's name, short enough for a caption."""
    return QCoreApplication.translate("TimeElement", _ELEMENTS[name])


def waiting(*, blocked: bool) -> str:
    """Why a suspended station waits."""
    if blocked:
        return QCoreApplication.translate("State", "Blocked")
    return QCoreApplication.translate("State", "Starved")


def group(which: Group) -> str:
    """What all states of a group have in common."""
    return QCoreApplication.translate("Group", _GROUPS[which])


def mode(which: Mode) -> str:
    """LIVE, REPLAY or SIMULATION."""
    return QCoreApplication.translate("Mode", _MODES[which])


def unit_mode(number: int) -> str:
    """A PackML unit mode's name; modes of the user's own keep their number."""
    known = _UNIT_MODES[UnitMode(number)] if 0 <= number <= max(UnitMode) else ""
    return QCoreApplication.translate("UnitMode", known) if known else str(number)


def severity(which: Severity) -> str:
    """How good data is."""
    return QCoreApplication.translate("Quality", _SEVERITIES[which])


def tag(identifier: str) -> str:
    """What a tag the kernel knows is called; any other tag keeps its id."""
    return QCoreApplication.translate("Tag", _TAGS[identifier]) if identifier in _TAGS else identifier


def heading(name: str) -> str:
    """What a group of a thing's values is called."""
    return QCoreApplication.translate("Heading", _HEADINGS[name])


def event(kind: str) -> str:
    """What kind of event it was; a kind that nobody here knows is read as it was written, in words."""
    return QCoreApplication.translate("Event", _EVENTS[kind]) if kind in _EVENTS else kind.replace("_", " ")
