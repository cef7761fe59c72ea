"""asyncua's inner server with what it lacks: who calls a method, and browse paths that lead to each node once.

A method is told its arguments, but not the session they came from. A client may log in by any name, without a password:
the name is only written beside what it does. The server listens on loopback and nobody can change anything but alarms.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from asyncua import ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import ViewService
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession
from asyncua.server.user_managers import UserManager

_NOBODY = User(role=UserRole.Anonymous)
_calling: ContextVar[InternalSession | None] = ContextVar("calling", default=None)


def caller_name() -> str:
    """The name of the operator who calls the method that runs now; empty for an anonymous one."""
    session = _calling.get()
    return session.user.name or "" if session else ""


def caller_session() -> ua.NodeId | None:
    """The session that calls the method that runs now."""
    session = _calling.get()
    return session.session_id if session else None


class PlantInternalServer(InternalServer):
    """The inner server of a plant's server."""

    def __init__(self) -> None:
        super().__init__(user_manager=_Names())
        self.view_service = _Views(self.aspace)

    def create_session(self, name: str, user: User = _NOBODY, external: bool = False) -> InternalSession:
        """A session of one client."""
        return _Session(self, self.aspace, self.subscription_service, name, user=user, external=external)


class _Session(InternalSession):
    async def call(self, params: list[ua.CallMethodRequest]) -> list[ua.CallMethodResult]:
        token = _calling.set(self)
        try:
            return await super().call(params)
        finally:
            _calling.reset(token)


class _Views(ViewService):
    def _find_elements_in_node(self, el: ua.RelativePathElement, nodeid: ua.NodeId) -> list[ua.NodeId]:
        """A station is both organized by its line and heard there: that makes two references, and one node."""
        return list(dict.fromkeys(super()._find_elements_in_node(el, nodeid)))


class _Names(UserManager):
    def get_user(
        self,
        iserver: InternalServer,
        username: str | None = None,
        password: str | None = None,
        certificate: Any = None,
    ) -> User:
        return User(role=UserRole.User, name=username)
