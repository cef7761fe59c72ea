"""Production orders of each line as OPC 40001-3 (Job Management on Job Control V2) shows them.

The plant's orders come from its own customers, so a client can store none; what a client asks of one that is there goes
to whoever the server's owner named. Not here: where orders come from, and what they are made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from asyncua import ua

from twin.opcua.engineering import eu_information
from twin.opcua.instances import Members, fill
from twin.opcua.jobs_nodes import ISA95, JOB_MANAGEMENT, JOB_MANAGEMENT_TYPE, ORDER_AND_STATE, RECEIVER, RESPONSE
from twin.opcua.space import ADD_IN, Place, Space
from twin.opcua.state_machine import StateMachine, Update, instant
from twin.opcua.structures import Fields, structure, structures
from twin.plant.layout import Layout

CONTROL, RESULTS = "JobOrderControl", "JobOrderResults"


class JobState(IntEnum):
    """The states of a job order, by the numbers of OPC 10031-4."""

    NOT_ALLOWED_TO_START = 1
    ALLOWED_TO_START = 2
    RUNNING = 3
    INTERRUPTED = 4
    ENDED = 5
    ABORTED = 6

    @property
    def label(self) -> str:
        """The state's name as the standard writes it: `AllowedToStart`."""
        return "".join(word.capitalize() for word in self.name.split("_"))


class JobCommand(StrEnum):
    """What a client may ask of a job order that is there."""

    START = "Start"
    STOP = "Stop"
    PAUSE = "Pause"
    RESUME = "Resume"
    ABORT = "Abort"
    CANCEL = "Cancel"
    REVOKE_START = "RevokeStart"
    CLEAR = "Clear"


@dataclass(frozen=True, slots=True)
class Job:
    """One production order of a line.

    Attributes:
        part: what is made: indoor or outdoor unit, or a variant.
        start_ns, end_ns: planned, or real once it has started or ended; UTC nanoseconds, 0 is not known.
        priority: higher is more urgent.
    """

    order_id: str
    part: str
    quantity: int
    finished: int
    state: JobState
    start_ns: int = 0
    end_ns: int = 0
    priority: int = 0


class JobLists:
    """The job lists of all lines of a server."""

    def __init__(self, space: Space, layout: Layout, lines: Mapping[str, ua.NodeId]) -> None:
        self._space = space
        self._machine = StateMachine(space, ISA95.types[RECEIVER])
        self._jobs: dict[str, tuple[Job, ...]] = {}
        self._shown: dict[str, str] = {}
        stations = {line.id: [station.id for station in line.stations] for line in layout.lines}
        self._members = {line: self._add(node, stations[line]) for line, node in lines.items()}
        # A method is called for the object that it belongs to; which line that is.
        self.lines = {members[part]: line for line, members in self._members.items() for part in (CONTROL, RESULTS)}

    def publish(self, line: str, jobs: Sequence[Job], time_ns: int) -> list[Update]:
        """What clients read once `jobs` are all that the line has."""
        self._jobs[line] = tuple(jobs)
        members = self._members[line]
        ended = [self._response(job) for job in jobs if job.state in (JobState.ENDED, JobState.ABORTED)]
        present = next((job.state.label for job in jobs if job.state in _PRESENT), "")
        before, self._shown[line] = self._shown.get(line, ""), present
        parts = ua.Variant(sorted({job.part for job in jobs}), ua.VariantType.String, is_array=True)
        orders = structures(self._space, ORDER_AND_STATE, [_order_and_state(job) for job in jobs])
        return [
            Update(members[f"{CONTROL}/JobOrderList"], orders, time_ns),
            Update(members[f"{CONTROL}/MaterialDefinitionID"], parts, time_ns),
            Update(members[f"{RESULTS}/JobOrderResponseList"], structures(self._space, RESPONSE, ended), time_ns),
            *self._machine.enter(members, f"{CONTROL}/", (before, present), time_ns),
        ]

    def find(self, line: str, order_id: str) -> Job | None:
        """The line's job order of that name."""
        return next((job for job in self._jobs.get(line, ()) if job.order_id == order_id), None)

    def response(self, line: str, order_id: str) -> ua.Variant | None:
        """What has become of an order so far; None if the line has none of that name."""
        job = self.find(line, order_id)
        return structure(self._space, RESPONSE, self._response(job)) if job else None

    def responses(self, line: str, states: Sequence[int]) -> ua.Variant:
        """What has become of all orders that are in one of the states."""
        found = [self._response(job) for job in self._jobs.get(line, ()) if job.state in states]
        return structures(self._space, RESPONSE, found)

    def _add(self, line: ua.NodeId, stations: list[str]) -> Members:
        alias, name = JOB_MANAGEMENT
        place = Place(line, ADD_IN, self._space.node(JOB_MANAGEMENT_TYPE))
        made = self._space.object((self._space.indexes[alias], name), place)
        nothing = ua.Variant([], ua.VariantType.String, is_array=True)
        empty = ua.Variant([], ua.VariantType.ExtensionObject, is_array=True)
        values = {f"{CONTROL}/{name}": nothing for name in ("MaterialClassID", "PersonnelID", "PhysicalAssetID")}
        values |= {
            f"{CONTROL}/EquipmentID": ua.Variant(stations, ua.VariantType.String, is_array=True),
            f"{CONTROL}/WorkMaster": empty,
            f"{CONTROL}/MaxDownloadableJobOrders": ua.Variant(0, ua.VariantType.UInt16),
        }
        return fill(self._space, made, JOB_MANAGEMENT_TYPE, values)

    def _response(self, job: Job) -> Fields:
        return {
            "JobResponseID": job.order_id,
            "JobOrderID": job.order_id,
            **_times(job),
            "JobState": [_state(job)],
            "MaterialActuals": [_material(job, job.finished)],
        }


_PRESENT = (JobState.RUNNING, JobState.INTERRUPTED, JobState.ALLOWED_TO_START, JobState.NOT_ALLOWED_TO_START)


def _order_and_state(job: Job) -> Fields:
    order = {
        "JobOrderID": job.order_id,
        "Description": [ua.LocalizedText(f"{job.quantity} × {job.part}", "en")],
        **_times(job),
        "Priority": job.priority,
        "JobOrderParameters": [{"ID": "Finished", "Value": ua.Variant(job.finished, ua.VariantType.UInt32)}],
        "MaterialRequirements": [_material(job, job.quantity)],
    }
    return {"JobOrder": order, "State": [_state(job)]}


def _state(job: Job) -> Fields:
    text = ua.LocalizedText(job.state.label, "en")
    return {"BrowsePath": ua.RelativePath(), "StateText": text, "StateNumber": int(job.state)}


def _material(job: Job, quantity: int) -> Fields:
    return {
        "MaterialDefinitionID": job.part,
        "MaterialUse": "Produced",  # ISA-95 Part 2
        "Quantity": str(quantity),
        "EngineeringUnits": eu_information("pcs"),
    }


def _times(job: Job) -> dict[str, Any]:
    times = {"StartTime": job.start_ns, "EndTime": job.end_ns}
    return {name: instant(time_ns).Value for name, time_ns in times.items() if time_ns}
