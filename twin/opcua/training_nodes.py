"""The trainer's object `Objects/Training` on the simulated server: what makes the plant go wrong, and right again.

Methods: `Inject(malfunction, target, severity, duration_s)` gives a number, 0 where it was refused, and why; a duration
of 0 lasts until it is cleared. `Clear(number)`, `Command(target, command)` and `Save(name)` give why they were refused,
or nothing. Variable: `Active`, the malfunctions under way as JSON.
Not here: what they do (`twin.factory.trainer`), and the caller (`twin.opcua.trainer`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from asyncua import ua
from asyncua.common.node import Node
from asyncua.server.server import Server
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.identity import TRAINING_URI

OBJECT, ACTIVE = "Training", "Active"
_TEXT, _NUMBER, _WHOLE = ua.VariantType.String, ua.VariantType.Double, ua.VariantType.UInt32


class TrainingHandlers(Protocol):
    """Who carries out what the trainer asks for."""

    def inject(self, malfunction: str, target: str, severity: float, duration_s: float) -> tuple[int, str]:
        """Begins a malfunction: its number, or 0 and why not."""

    def clear(self, number: int) -> str:
        """Ends one; why not, or nothing."""

    def command(self, target: str, command: str) -> str:
        """Commands a station or a line; why not, or nothing."""

    def save(self, name: str) -> str:
        """Saves the plant as it is; why not, or nothing."""

    def active(self) -> str:
        """The malfunctions under way, as JSON."""


async def add_training(server: Server, handlers: TrainingHandlers) -> Node:
    """Adds the object; the node of its variable `Active`."""
    index = await server.register_namespace(TRAINING_URI)
    training = await server.nodes.objects.add_object(index, OBJECT)
    active: Node = await training.add_variable(index, ACTIVE, "[]", _TEXT)

    async def show() -> None:
        await active.write_value(handlers.active(), _TEXT)

    methods: tuple[tuple[str, Callable[..., Any], tuple[ua.VariantType, ...], tuple[ua.VariantType, ...]], ...] = (
        ("Inject", lambda *given: handlers.inject(*given), (_TEXT, _TEXT, _NUMBER, _NUMBER), (_WHOLE, _TEXT)),
        ("Clear", lambda number: (handlers.clear(number),), (_WHOLE,), (_TEXT,)),
        ("Command", lambda *given: (handlers.command(*given),), (_TEXT, _TEXT), (_TEXT,)),
        ("Save", lambda name: (handlers.save(name),), (_TEXT,), (_TEXT,)),
    )
    for name, act, takes, gives in methods:
        await training.add_method(index, name, _method(act, takes, gives, show), list(takes), list(gives))
    return active


def _method(
    act: Callable[..., Any],
    takes: tuple[ua.VariantType, ...],
    gives: tuple[ua.VariantType, ...],
    show: Callable[[], Awaitable[None]],
) -> Callable[..., Any]:
    async def call(_: ua.NodeId, *arguments: ua.Variant) -> Any:
        if tuple(argument.VariantType for argument in arguments) != takes:
            return ua.StatusCode(ua.UInt32(StatusCodes.BadInvalidArgument))
        given = [argument.Value or "" if argument.VariantType is _TEXT else argument.Value for argument in arguments]
        answer = act(*given)
        await show()
        return [ua.Variant(value, kind) for value, kind in zip(answer, gives, strict=True)]

    return call
