"""The requests of both service sets: how each is read, which service it asks for, and where the result goes.

Publish and Republish are not here: their responses are bytes (`messages`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.ua_binary import struct_from_binary

from twin.opcua.subscriptions import item_services as items
from twin.opcua.subscriptions import subscription_services as subscriptions
from twin.opcua.subscriptions.service import SubscriptionService


class Service(NamedTuple):
    """How one service is asked and answered."""

    parameters: type
    do: Callable[[SubscriptionService, ua.NodeId, Any], Any]
    response: type
    place: str  # where in the response its result goes

    def answer(self, service: SubscriptionService, session_id: ua.NodeId, body: Buffer) -> Any:
        """The response to a request. Raises ServiceError."""
        result = self.do(service, session_id, struct_from_binary(self.parameters, body))
        response = self.response()
        *outer, name = self.place.split(".")
        setattr(getattr(response, outer[0]) if outer else response, name, result)
        return response


SERVICES = {
    ObjectIds.CreateSubscriptionRequest_Encoding_DefaultBinary: Service(
        ua.CreateSubscriptionParameters, subscriptions.create_subscription, ua.CreateSubscriptionResponse, "Parameters"
    ),
    ObjectIds.ModifySubscriptionRequest_Encoding_DefaultBinary: Service(
        ua.ModifySubscriptionParameters, subscriptions.modify_subscription, ua.ModifySubscriptionResponse, "Parameters"
    ),
    ObjectIds.SetPublishingModeRequest_Encoding_DefaultBinary: Service(
        ua.SetPublishingModeParameters,
        subscriptions.set_publishing_mode,
        ua.SetPublishingModeResponse,
        "Parameters.Results",
    ),
    ObjectIds.TransferSubscriptionsRequest_Encoding_DefaultBinary: Service(
        ua.TransferSubscriptionsParameters,
        subscriptions.transfer_subscriptions,
        ua.TransferSubscriptionsResponse,
        "Parameters.Results",
    ),
    ObjectIds.DeleteSubscriptionsRequest_Encoding_DefaultBinary: Service(
        ua.DeleteSubscriptionsParameters, subscriptions.delete_subscriptions, ua.DeleteSubscriptionsResponse, "Results"
    ),
    ObjectIds.CreateMonitoredItemsRequest_Encoding_DefaultBinary: Service(
        ua.CreateMonitoredItemsParameters, items.create_monitored_items, ua.CreateMonitoredItemsResponse, "Results"
    ),
    ObjectIds.ModifyMonitoredItemsRequest_Encoding_DefaultBinary: Service(
        ua.ModifyMonitoredItemsParameters, items.modify_monitored_items, ua.ModifyMonitoredItemsResponse, "Results"
    ),
    ObjectIds.SetMonitoringModeRequest_Encoding_DefaultBinary: Service(
        ua.SetMonitoringModeParameters, items.set_monitoring_mode, ua.SetMonitoringModeResponse, "Parameters.Results"
    ),
    ObjectIds.SetTriggeringRequest_Encoding_DefaultBinary: Service(
        ua.SetTriggeringParameters, items.set_triggering, ua.SetTriggeringResponse, "Parameters"
    ),
    ObjectIds.DeleteMonitoredItemsRequest_Encoding_DefaultBinary: Service(
        ua.DeleteMonitoredItemsParameters, items.delete_monitored_items, ua.DeleteMonitoredItemsResponse, "Results"
    ),
}
