"""Browse and BrowseNext, Part 4 section 5.9: no more references than the client asks for, the rest when it comes back.

asyncua finds the references; it knows no continuation points. A client that leaves too many open loses none, but gets
no more of them. Not here: browsing other servers (`browse`).
"""

from __future__ import annotations

from itertools import count

from asyncua import ua
from asyncua.server.address_space import ViewService
from asyncua.ua.status_codes import StatusCodes

from twin.opcua.subscriptions.subscription_services import operations, status

LARGEST_ANSWER = 10_000  # references of one node
MOST_POINTS = 100  # continuation points that one connection has open


class Browsing:
    """The continuation points of one connection."""

    def __init__(self, view: ViewService) -> None:
        self._view = view
        self._open: dict[bytes, tuple[list[ua.ReferenceDescription], int]] = {}
        self._numbers = count(1)

    def browse(self, params: ua.BrowseParameters) -> list[ua.BrowseResult]:
        """The first references of each node."""
        operations(params.NodesToBrowse)
        most = min(params.RequestedMaxReferencesPerNode or LARGEST_ANSWER, LARGEST_ANSWER)
        return [self._part(result, result.References, most) for result in self._view.browse(params)]

    def browse_next(self, params: ua.BrowseNextParameters) -> list[ua.BrowseResult]:
        """The next references after each continuation point; or let go of them."""
        results = []
        for point in operations(params.ContinuationPoints):
            result, rest = ua.BrowseResult(), self._open.pop(point, None)
            if rest is None:
                result.StatusCode = status(StatusCodes.BadContinuationPointInvalid)
            elif not params.ReleaseContinuationPoints:
                self._part(result, *rest)
            results.append(result)
        return results

    def _part(self, result: ua.BrowseResult, references: list[ua.ReferenceDescription], most: int) -> ua.BrowseResult:
        result.References = references[:most]
        if len(references) > most:
            if len(self._open) >= MOST_POINTS:
                result.References = []
                result.StatusCode = status(StatusCodes.BadNoContinuationPoints)
            else:
                point = next(self._numbers).to_bytes(8, "little")
                self._open[point] = (references[most:], most)
                result.ContinuationPoint = ua.ContinuationPoint(point)
        return result
