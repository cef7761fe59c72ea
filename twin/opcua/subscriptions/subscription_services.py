"""The Subscription Service Set, Part 4 section 5.14: each function is the service of its name, for one session.

They raise ServiceError with the status code of the whole call. Publish is in `publish_queue`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.items import REPORTING, DataItem
from twin.opcua.subscriptions.service import SubscriptionService
from twin.opcua.subscriptions.subscription import LARGEST_MESSAGE, Revised

SHORTEST_INTERVAL_MS, LONGEST_INTERVAL_MS = 10.0, 3_600_000.0
MOST_KEEP_ALIVES, MOST_LIFETIMES = 5_000, 15_000

Operation = TypeVar("Operation")


def create_subscription(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.CreateSubscriptionParameters
) -> ua.CreateSubscriptionResult:
    """A subscription with revised parameters."""
    revised = _revised(params)
    subscription = service.add(session_id, revised, enabled=bool(params.PublishingEnabled))
    return ua.CreateSubscriptionResult(
        ua.IntegerId(subscription.number),
        revised.publishing_interval_s * 1000,
        ua.Counter(revised.lifetime_count),
        ua.Counter(revised.keep_alive_count),
    )


def modify_subscription(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.ModifySubscriptionParameters
) -> ua.ModifySubscriptionResult:
    """Other parameters."""
    revised = _revised(params)
    service.revise(service.owned(session_id, params.SubscriptionId), revised)
    return ua.ModifySubscriptionResult(
        revised.publishing_interval_s * 1000,
        ua.Counter(revised.lifetime_count),
        ua.Counter(revised.keep_alive_count),
    )


def set_publishing_mode(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.SetPublishingModeParameters
) -> list[ua.StatusCode]:
    """Notifications on or off."""

    def enable(number: int) -> None:
        service.owned(session_id, number).enable(bool(params.PublishingEnabled))

    return each(params.SubscriptionIds, enable)


def acknowledge(
    service: SubscriptionService, session_id: ua.NodeId, wanted: Iterable[ua.SubscriptionAcknowledgement]
) -> list[int]:
    """The acknowledgements of a Publish request; their status codes."""
    results = []
    for acknowledgement in wanted:
        try:
            subscription = service.owned(session_id, acknowledgement.SubscriptionId)
        except ServiceError as error:
            results.append(error.code)
        else:
            results.append(subscription.acknowledge(acknowledgement.SequenceNumber))
    return results


def republish(service: SubscriptionService, session_id: ua.NodeId, params: ua.RepublishParameters) -> bytes:
    """A message that was not acknowledged, encoded as it was sent."""
    message = service.owned(session_id, params.SubscriptionId).retained.get(params.RetransmitSequenceNumber)
    if message is None:
        raise ServiceError(StatusCodes.BadMessageNotAvailable)
    return message


def transfer_subscriptions(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.TransferSubscriptionsParameters
) -> list[ua.TransferResult]:
    """Subscriptions of other sessions to this one; whoever reaches this server may read all of it, so may take them."""
    results = []
    for number in operations(params.SubscriptionIds):
        subscription = service.subscriptions.get(number)
        if subscription is None:
            results.append(ua.TransferResult(status(StatusCodes.BadSubscriptionIdInvalid)))
            continue
        if subscription.session_id != session_id:
            service.transfer(subscription, session_id)
        if params.SendInitialValues:
            for item in subscription.items.values():
                if isinstance(item, DataItem) and item.mode == REPORTING:
                    item.report_current()
        results.append(ua.TransferResult(status(), [ua.Counter(number) for number in subscription.retained]))
    return results


def delete_subscriptions(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.DeleteSubscriptionsParameters
) -> list[ua.StatusCode]:
    """An end to subscriptions of this session."""
    return each(params.SubscriptionIds, lambda number: service.delete(service.owned(session_id, number)))


def operations(wanted: Sequence[Operation] | None) -> Sequence[Operation]:
    """The operations of a call. Raises ServiceError where there are none."""
    if not wanted:
        raise ServiceError(StatusCodes.BadNothingToDo)
    return wanted


def each(wanted: Sequence[Operation] | None, do: Callable[[Operation], None]) -> list[ua.StatusCode]:
    """Do each operation; those that raise ServiceError have its status as their result."""
    results = []
    for one in operations(wanted):
        try:
            do(one)
        except ServiceError as error:
            results.append(status(error.code))
        else:
            results.append(status())
    return results


def status(code: int = StatusCodes.Good) -> ua.StatusCode:
    """The code as asyncua encodes it."""
    return ua.StatusCode(ua.UInt32(code))


def _revised(params: ua.CreateSubscriptionParameters | ua.ModifySubscriptionParameters) -> Revised:
    wanted_ms = params.RequestedPublishingInterval
    interval_ms = min(max(wanted_ms, SHORTEST_INTERVAL_MS), LONGEST_INTERVAL_MS) if wanted_ms == wanted_ms else 1000.0
    keep_alives = min(max(params.RequestedMaxKeepAliveCount, 1), MOST_KEEP_ALIVES)
    return Revised(
        publishing_interval_s=interval_ms / 1000,
        lifetime_count=min(max(params.RequestedLifetimeCount, 3 * keep_alives), MOST_LIFETIMES),
        keep_alive_count=keep_alives,
        max_notifications=min(params.MaxNotificationsPerPublish or LARGEST_MESSAGE, LARGEST_MESSAGE),
        priority=int(params.Priority),
    )
