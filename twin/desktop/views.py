"""Views under guard: one that raises is switched off and reported once, the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from twin.session.frame import Frame

logger = logging.getLogger(__name__)


@dataclass
class GuardedView:
    """A view by name.

    Attributes:
        every: it is shown every n-th frame; plots take turns, so that no tick has to pay for all of them.
        is_visible: asked before each showing; nothing is drawn for a hidden panel.
        failed: the error that switched it off.
    """

    name: str
    show: Callable[[Frame], None]
    every: int = 1
    is_visible: Callable[[], bool] = lambda: True
    failed: Exception | None = field(default=None, init=False)


@dataclass
class Views:
    """All views of a window, shown in turn.

    Attributes:
        report: told once about each view that had to be switched off.
    """

    report: Callable[[GuardedView], None]
    guarded: list[GuardedView] = field(default_factory=list)
    _count: int = field(default=0, init=False)

    def add(self, view: GuardedView) -> None:
        """Show this view, too, from the next frame on."""
        self.guarded.append(view)

    def remove(self, name: str) -> None:
        """Show the view of this name no more."""
        self.guarded = [view for view in self.guarded if view.name != name]

    def show(self, frame: Frame) -> None:
        """Show the frame in every view whose turn it is."""
        self._count += 1
        for number, view in enumerate(self.guarded):
            due = frame.jumped or (self._count + number) % view.every == 0
            if due and view.failed is None and view.is_visible():
                self._show_guarded(view, frame)

    def _show_guarded(self, view: GuardedView, frame: Frame) -> None:
        try:
            view.show(frame)
        except Exception as error:  # whatever a view does wrong must not stop the others
            view.failed = error
            logger.exception("The view %s is switched off", view.name)
            self.report(view)
