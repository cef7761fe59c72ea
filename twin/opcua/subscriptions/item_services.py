"""The MonitoredItem Service Set, Part 4 section 5.13: each function is the service of its name, for one session.

They raise ServiceError with the status code of the whole call; what is wrong with one item is its own result.
Not supported, and said so: index ranges, encodings other than Default Binary, aggregate filters.
"""

from __future__ import annotations

from functools import partial
from itertools import count

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.attributes import MonitoredAttributes
from twin.opcua.subscriptions.events import EventItem
from twin.opcua.subscriptions.filters import data_change_filter
from twin.opcua.subscriptions.items import DataItem
from twin.opcua.subscriptions.sample import NEITHER
from twin.opcua.subscriptions.service import SubscriptionService
from twin.opcua.subscriptions.subscription import Subscription
from twin.opcua.subscriptions.subscription_services import each, operations, status

SHORTEST_SAMPLING_MS, LONGEST_SAMPLING_MS = 50.0, 3_600_000.0  # the plant's cycle, an hour
LONGEST_QUEUE = 1000
LONGEST_EVENT_QUEUE = 10_000
MOST_ITEMS = 200_000  # of one subscription
_SUBSCRIBE_TO_EVENTS = 1  # bit of EventNotifier

_numbers = count(1)


def create_monitored_items(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.CreateMonitoredItemsParameters
) -> list[ua.MonitoredItemCreateResult]:
    """New items, each of which reports its first value."""
    subscription = service.owned(session_id, params.SubscriptionId)
    timestamps = _timestamps(params.TimestampsToReturn)
    results = []
    for wanted in operations(params.ItemsToCreate):
        try:
            results.append(_create(subscription, service.attributes, wanted, timestamps))
        except ServiceError as error:
            results.append(ua.MonitoredItemCreateResult(status(error.code)))
    return results


def modify_monitored_items(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.ModifyMonitoredItemsParameters
) -> list[ua.MonitoredItemModifyResult]:
    """Other parameters for items; what they have queued stays, as far as it fits."""
    subscription = service.owned(session_id, params.SubscriptionId)
    timestamps = _timestamps(params.TimestampsToReturn)
    results = []
    for wanted in operations(params.ItemsToModify):
        try:
            item = _item(subscription, wanted.MonitoredItemId)
            sampling_ms = _configure(item, service.attributes, wanted.RequestedParameters, timestamps)
        except ServiceError as error:
            results.append(ua.MonitoredItemModifyResult(status(error.code)))
        else:
            results.append(ua.MonitoredItemModifyResult(status(), sampling_ms, ua.Counter(item.queue_size)))
    return results


def set_monitoring_mode(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.SetMonitoringModeParameters
) -> list[ua.StatusCode]:
    """Disabled, Sampling or Reporting."""
    subscription = service.owned(session_id, params.SubscriptionId)
    mode = int(params.MonitoringMode)
    return each(params.MonitoredItemIds, lambda number: _item(subscription, number).set_mode(mode))


def set_triggering(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.SetTriggeringParameters
) -> ua.SetTriggeringResult:
    """Links from a triggering item to items that report when it does; links are removed before others are added."""
    subscription = service.owned(session_id, params.SubscriptionId)
    operations([*(params.LinksToAdd or ()), *(params.LinksToRemove or ())])
    trigger = _item(subscription, params.TriggeringItemId)

    def remove(number: int) -> None:
        if trigger.links.pop(number, None) is None:
            raise ServiceError(StatusCodes.BadMonitoredItemIdInvalid)

    def add(number: int) -> None:
        trigger.links[number] = _item(subscription, number)

    removed = each(params.LinksToRemove, remove) if params.LinksToRemove else []
    added = each(params.LinksToAdd, add) if params.LinksToAdd else []
    return ua.SetTriggeringResult(AddResults=added, RemoveResults=removed)


def delete_monitored_items(
    service: SubscriptionService, session_id: ua.NodeId, params: ua.DeleteMonitoredItemsParameters
) -> list[ua.StatusCode]:
    """An end to items, and to what they have queued."""
    subscription = service.owned(session_id, params.SubscriptionId)
    return each(params.MonitoredItemIds, lambda number: subscription.remove(_item(subscription, number)))


def _create(
    subscription: Subscription, attributes: MonitoredAttributes, wanted: ua.MonitoredItemCreateRequest, timestamps: int
) -> ua.MonitoredItemCreateResult:
    target = wanted.ItemToMonitor
    if len(subscription.items) >= MOST_ITEMS:
        raise ServiceError(StatusCodes.BadTooManyMonitoredItems)
    if target.IndexRange:
        raise ServiceError(StatusCodes.BadIndexRangeInvalid)
    encoding = target.DataEncoding.Name if target.DataEncoding else None
    if encoding and (encoding != "Default Binary" or target.AttributeId != AttributeIds.Value):
        raise ServiceError(StatusCodes.BadDataEncodingUnsupported)
    item = _new_item(subscription, attributes, target)
    sampling_ms = _configure(item, attributes, wanted.RequestedParameters, timestamps)
    subscription.add(item)
    item.set_mode(int(wanted.MonitoringMode))
    return ua.MonitoredItemCreateResult(status(), ua.IntegerId(item.number), sampling_ms, ua.Counter(item.queue_size))


def _new_item(
    subscription: Subscription, attributes: MonitoredAttributes, target: ua.ReadValueId
) -> DataItem | EventItem:
    number, node = next(_numbers), target.NodeId
    if target.AttributeId != AttributeIds.EventNotifier:
        return DataItem(subscription, number, attributes.find(node, target.AttributeId), (node, target.AttributeId))
    notifier = attributes.find(node, AttributeIds.EventNotifier).sample.value
    if not isinstance(notifier, int) or not notifier & _SUBSCRIBE_TO_EVENTS:
        raise ServiceError(StatusCodes.BadNotSupported)
    return EventItem(subscription, number, node)


def _configure(
    item: DataItem | EventItem, attributes: MonitoredAttributes, wanted: ua.MonitoringParameters, timestamps: int
) -> float:
    """Set the revised parameters; returns the sampling interval in ms. Nothing is set where the filter is wrong."""
    asked = None if isinstance(wanted.Filter, ua.ExtensionObject) else wanted.Filter
    sampling_ms = 0.0
    if isinstance(item, EventItem):
        item.set_filter(asked, attributes.space)
        queue_size = min(wanted.QueueSize or LONGEST_EVENT_QUEUE, LONGEST_EVENT_QUEUE)
    else:
        node, attribute_id = item.target
        if asked is not None and attribute_id != AttributeIds.Value:
            raise ServiceError(StatusCodes.BadFilterNotAllowed)
        is_change = data_change_filter(asked, partial(attributes.is_number, node), partial(attributes.eu_range, node))
        item.is_change = is_change
        item.timestamps = timestamps
        sampling_ms = _sampling_ms(wanted.SamplingInterval, item.subscription)
        item.sampling_s = sampling_ms / 1000
        queue_size = min(max(wanted.QueueSize, 1), LONGEST_QUEUE)
    item.configure(wanted.ClientHandle, queue_size, bool(wanted.DiscardOldest))
    return sampling_ms


def _sampling_ms(wanted_ms: float, subscription: Subscription) -> float:
    """Part 4 section 5.13.1.2: 0 is every change, negative is the publishing interval of the subscription."""
    if wanted_ms == 0 or wanted_ms != wanted_ms:
        return 0.0
    asked_ms = subscription.revised.publishing_interval_s * 1000 if wanted_ms < 0 else wanted_ms
    return min(max(asked_ms, SHORTEST_SAMPLING_MS), LONGEST_SAMPLING_MS)


def _item(subscription: Subscription, number: int) -> DataItem | EventItem:
    item = subscription.items.get(number)
    if item is None:
        raise ServiceError(StatusCodes.BadMonitoredItemIdInvalid)
    return item


def _timestamps(wanted: int) -> int:
    if not 0 <= wanted <= NEITHER:
        raise ServiceError(StatusCodes.BadTimestampsToReturnInvalid)
    return int(wanted)
