"""Notification messages and publish responses as bytes, Part 6 section 5.2: they are joined, never built as objects.

A message keeps its bytes until it is acknowledged, so Republish returns exactly what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import Struct

from asyncua import ua
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.ua_binary import nodeid_to_binary, struct_to_binary

_NONE = b"\xff\xff\xff\xff"  # an absent array
_COUNT, _HEAD, _BODY = Struct("<i"), Struct("<Iqi"), Struct("<BBHBi")
_FOUR_BYTE_ID, _BINARY_BODY = 1, 1
_PUBLISH_RESPONSE = nodeid_to_binary(ua.PublishResponse().TypeId)
_REPUBLISH_RESPONSE = nodeid_to_binary(ua.RepublishResponse().TypeId)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What answers a Publish request.

    Attributes:
        subscription: whose message it is.
        message: the encoded NotificationMessage.
        available: sequence numbers that can be republished.
        more: whether notifications are left that did not fit.
    """

    subscription: int
    message: bytes
    available: Sequence[int] = ()
    more: bool = False


def data_changes(notifications: Sequence[bytes]) -> bytes:
    """A DataChangeNotification of encoded MonitoredItemNotifications."""
    body = [_COUNT.pack(len(notifications)), *notifications, _NONE]
    return _extension_object(ObjectIds.DataChangeNotification_Encoding_DefaultBinary, body)


def event_list(fields: Sequence[bytes]) -> bytes:
    """An EventNotificationList of encoded EventFieldLists."""
    body = [_COUNT.pack(len(fields)), *fields]
    return _extension_object(ObjectIds.EventNotificationList_Encoding_DefaultBinary, body)


def status_change(status: int) -> bytes:
    """A StatusChangeNotification."""
    body = [status.to_bytes(4, "little"), b"\0"]  # no diagnostics
    return _extension_object(ObjectIds.StatusChangeNotification_Encoding_DefaultBinary, body)


def notification_message(sequence_number: int, notifications: Sequence[bytes]) -> bytes:
    """A NotificationMessage; without notifications it is a keep-alive."""
    published = ua.datetime_to_win_epoch(ua.ResponseHeader().Timestamp)
    return b"".join([_HEAD.pack(sequence_number, published, len(notifications)), *notifications])


def publish_response(request_handle: int, outgoing: Outgoing, results: Sequence[int]) -> bytes:
    """A PublishResponse; `results` are the status codes of the acknowledgements in the request."""
    return b"".join(
        [
            _PUBLISH_RESPONSE,
            _response_header(request_handle),
            outgoing.subscription.to_bytes(4, "little"),
            _numbers(outgoing.available),
            bytes([outgoing.more]),
            outgoing.message,
            _numbers(results),
            _NONE,
        ]
    )


def republish_response(request_handle: int, message: bytes) -> bytes:
    """A RepublishResponse."""
    return b"".join([_REPUBLISH_RESPONSE, _response_header(request_handle), message])


def _response_header(request_handle: int) -> bytes:
    return struct_to_binary(ua.ResponseHeader(RequestHandle=ua.IntegerId(request_handle)))


def _numbers(numbers: Sequence[int]) -> bytes:
    return _COUNT.pack(len(numbers)) + b"".join(number.to_bytes(4, "little") for number in numbers)


def _extension_object(type_id: int, body: Iterable[bytes]) -> bytes:
    content = b"".join(body)
    return _BODY.pack(_FOUR_BYTE_ID, 0, type_id, _BINARY_BODY, len(content)) + content
