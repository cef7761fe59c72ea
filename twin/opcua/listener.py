"""Where asyncua's server is held: connections whose subscription and browse services are ours, all else asyncua's.

Private names of asyncua 2.1 are used here only: `Server._policies`, `_setup_server_nodes` and `_get_bind_socket_info`,
`BinaryServer._make_protocol`, `UaProcessor._process_message`, `_connection` and `_transport`.
A service that fails is answered with its status code and not logged: that is the client's affair.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from asyncua import ua
from asyncua.common.utils import Buffer, ServiceError
from asyncua.server.binary_server_asyncio import BinaryServer, OPCUAProtocol
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession
from asyncua.server.server import Server
from asyncua.server.uaprocessor import UaProcessor
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from asyncua.ua.uaerrors import UaStatusCodeError

from twin.opcua.browsing import Browsing
from twin.opcua.internal_server import PlantInternalServer
from twin.opcua.subscriptions.messages import republish_response
from twin.opcua.subscriptions.publish_queue import PublishRequest
from twin.opcua.subscriptions.requests import SERVICES, Service
from twin.opcua.subscriptions.service import SubscriptionService
from twin.opcua.subscriptions.subscription_services import acknowledge, republish


class PlantProcessor(UaProcessor):
    """One connection."""

    def __init__(self, service: SubscriptionService, iserver: InternalServer, transport: Any, limits: Any) -> None:
        make: Callable[..., None] = super().__init__
        make(iserver, transport, limits)
        self._service = service
        self._browsing = Browsing(iserver.view_service)
        self._answers: dict[object, Callable[[ua.NodeId, Any, Any, Buffer], None]] = {
            ObjectIds.PublishRequest_Encoding_DefaultBinary: self._publish,
            ObjectIds.RepublishRequest_Encoding_DefaultBinary: self._republish,
            ObjectIds.BrowseRequest_Encoding_DefaultBinary: self._browse,
            ObjectIds.BrowseNextRequest_Encoding_DefaultBinary: self._browse_next,
            **{number: partial(self._serve, each) for number, each in SERVICES.items()},
        }

    async def _process_message(self, typeid: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> Any:
        answer = self._answers.get(typeid.Identifier) if typeid.NamespaceIndex == 0 else None
        session: InternalSession | None = self.session
        if answer is None or session is None or not session.is_activated():
            theirs: Callable[..., Awaitable[Any]] = super()._process_message
            return await theirs(typeid, requesthdr, seqhdr, body)
        self.session_last_activity = monotonic()
        session.touch()
        try:
            answer(session.session_id, requesthdr, seqhdr, body)
        except (ServiceError, UaStatusCodeError) as error:
            self._fail(requesthdr, seqhdr, error.code)
        return True

    async def close(self) -> None:
        if self.session is not None:
            session: InternalSession = self.session
            self._service.forget_channel(session.session_id, self)
        leave: Callable[[], Awaitable[None]] = super().close
        await leave()

    def _serve(self, service: Service, session_id: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> None:
        self._respond(requesthdr, seqhdr, service.answer(self._service, session_id, body))

    def _publish(self, session_id: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> None:
        params = struct_from_binary(ua.PublishParameters, body)
        patience_s = requesthdr.TimeoutHint / 1000 or math.inf
        request = PublishRequest(
            handle=requesthdr.RequestHandle,
            results=acknowledge(self._service, session_id, params.SubscriptionAcknowledgements or ()),
            expires_s=asyncio.get_running_loop().time() + patience_s,
            answer=partial(self._send, seqhdr),
            fail=partial(self._fail, requesthdr, seqhdr),
            channel=self,
        )
        self._service.publish(session_id, request)

    def _republish(self, session_id: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> None:
        message = republish(self._service, session_id, struct_from_binary(ua.RepublishParameters, body))
        self._send(seqhdr, republish_response(requesthdr.RequestHandle, message))

    def _browse(self, _: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> None:
        response = ua.BrowseResponse(Results=self._browsing.browse(struct_from_binary(ua.BrowseParameters, body)))
        self._respond(requesthdr, seqhdr, response)

    def _browse_next(self, _: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> None:
        results = self._browsing.browse_next(struct_from_binary(ua.BrowseNextParameters, body))
        self._respond(requesthdr, seqhdr, ua.BrowseNextResponse(Parameters=ua.BrowseNextResult(Results=results)))

    def _respond(self, requesthdr: Any, seqhdr: Any, response: Any) -> None:
        response.ResponseHeader.RequestHandle = requesthdr.RequestHandle
        self._send(seqhdr, struct_to_binary(response))

    def _fail(self, requesthdr: Any, seqhdr: Any, code: int) -> None:
        header = ua.ResponseHeader(ServiceResult=ua.StatusCode(ua.UInt32(code)))
        self._respond(requesthdr, seqhdr, ua.ServiceFault(ResponseHeader=header))

    def _send(self, seqhdr: Any, response: bytes) -> None:
        self._transport.write(self._connection.message_to_binary(response, request_id=seqhdr.RequestId))


class _Connection(OPCUAProtocol):
    """A connection with our processor in the place of asyncua's."""

    def __init__(self, service: SubscriptionService, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._service = service

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.processor is not None:
            self.processor = PlantProcessor(self._service, self.iserver, self.transport, self.limits)
            set_policies: Callable[[list[Any]], None] = self.processor.set_policies
            set_policies(self.policies)


class _Listener(BinaryServer):
    """A listening socket that makes our connections."""

    def __init__(self, service: SubscriptionService, *args: Any) -> None:
        super().__init__(*args)
        self._service = service

    def _make_protocol(self) -> OPCUAProtocol:
        clients, closing = self.clients, self.closing_tasks
        return _Connection(self._service, self.iserver, self._policies, clients, closing, limits=self.limits)


class PlantListener(Server):
    """asyncua's server with our subscriptions.

    Attributes:
        subscriptions: of all its sessions.
    """

    def __init__(self) -> None:
        super().__init__(PlantInternalServer())
        self.subscriptions = SubscriptionService(self.iserver.aspace)
        stand_in: Any = self.subscriptions  # of another type than asyncua says; it uses only what we have
        self.iserver.subscription_service = self.iserver.isession.subscription_service = stand_in

    async def start(self) -> None:
        """Let clients connect. Raises OSError where the port is taken."""
        await self._setup_server_nodes()
        await self.iserver.start()
        host, port = self._get_bind_socket_info()
        self.bserver = _Listener(self.subscriptions, self.iserver, host, port, self.limits)
        self.bserver.set_policies(self._policies)
        try:
            await self.bserver.start()
        except OSError:
            await self.iserver.stop()
            raise

    async def stop(self) -> None:
        """Close every connection and the socket."""
        self.subscriptions.close()
        internal = self.iserver
        if internal.time_task:  # asyncua would wait out its one-second sleep
            internal.time_task.cancel()
            with suppress(asyncio.CancelledError):
                await internal.time_task
            internal.time_task = None
        await super().stop()
