"""Finite state machines as clients read them: what is written when a machine goes from one state to another.

Nothing in asyncua drives a state machine: CurrentState, its Id (the state's node in the type) and Number,
LastTransition, its Id, Number and time are written on every change. Not here: which machine is in which state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import NamedTuple

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.companion import Node, Ref
from twin.opcua.instances import Members
from twin.opcua.space import Space

BAD_STATE_NOT_ACTIVE = int(StatusCodes.BadStateNotActive)
_EPOCH = ua.DateTime(1970, 1, 1, tzinfo=UTC)


class Update(NamedTuple):
    """A variable's new value; `status` is an OPC UA status code."""

    node: ua.NodeId
    content: ua.Variant
    source_ns: int
    status: int = 0


def instant(time_ns: int) -> ua.Variant:
    """The instant as a DateTime, to the microsecond."""
    return ua.Variant(_EPOCH + timedelta(microseconds=time_ns // 1000), ua.VariantType.DateTime)


class StateMachine:
    """One type of state machine; all its instances share what it says about a state or a transition."""

    def __init__(self, space: Space, kind: Node) -> None:
        parts = {node.ref: node for node in kind.members}
        self._states = {node.name: _said(space, node) for node in kind.members if node.kind == "State"}
        self._transitions: dict[tuple[str, str], list[ua.Variant]] = {}
        for node in kind.members:
            if node.kind == "Transition":
                before, after = (parts[Ref(kind.ref.alias, end)].name for end in node.ends)
                self._transitions[before, after] = _said(space, node)
        self._last: dict[tuple[str, str], list[ua.Variant] | None] = {}
        states = [said[1].Value for said in self._states.values()]
        transitions = [said[1].Value for said in self._transitions.values()]
        self._available = [ua.Variant(nodes, ua.VariantType.NodeId, is_array=True) for nodes in (states, transitions)]

    def __contains__(self, state: str) -> bool:
        """Whether the machine has a state of that name."""
        return state in self._states

    def fixed(self, path: str) -> dict[str, ua.Variant]:
        """What never changes in an instance at `path`, which ends with a slash or is empty."""
        return dict(zip((f"{path}AvailableStates", f"{path}AvailableTransitions"), self._available, strict=True))

    def enter(self, members: Members, path: str, states: tuple[str, str], time_ns: int) -> Iterator[Update]:
        """What is written when the instance at `path` goes from the first state to the second; "" is inactive."""
        before, after = states
        if not after:
            for name in _CURRENT:
                yield Update(members[path + name], ua.Variant(), time_ns, BAD_STATE_NOT_ACTIVE)
            return
        contents = dict(zip(_CURRENT, self._states[after], strict=True))
        last = self._last_transition(before, after)
        if last:
            contents |= dict(zip(_LAST, last, strict=False)) | {_LAST_TIME: instant(time_ns)}
        for name, content in contents.items():
            yield Update(members[path + name], content, time_ns)

    def _last_transition(self, before: str, after: str) -> list[ua.Variant] | None:
        """The last transition on the shortest way between two states: states passed at once show in no reading."""
        if (before, after) not in self._last:
            self._last[before, after] = self._search(before, after)
        return self._last[before, after]

    def _search(self, before: str, after: str) -> list[ua.Variant] | None:
        following, seen = deque([before]), {before}
        while following:
            here = following.popleft()
            for (start, end), said in self._transitions.items():
                if start == here and end == after:
                    return said
                if start == here and end not in seen:
                    seen.add(end)
                    following.append(end)
        return None


_CURRENT = ("CurrentState", "CurrentState/Id", "CurrentState/Number")
_LAST = ("LastTransition", "LastTransition/Id", "LastTransition/Number")
_LAST_TIME = "LastTransition/TransitionTime"


def _said(space: Space, node: Node) -> list[ua.Variant]:
    """A state's or transition's name, node and, where the model gives one, number, as its variables hold them."""
    said = [
        ua.Variant(ua.LocalizedText(node.name, "en"), ua.VariantType.LocalizedText),
        ua.Variant(space.node(node.ref), ua.VariantType.NodeId),
    ]
    return said if node.number is None else [*said, ua.Variant(node.number, ua.VariantType.UInt32)]
