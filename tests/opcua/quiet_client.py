"""asyncua's client as a mere tool of a test: it warns about its own defaults."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_client() -> Iterator[None]:
    """Inside, asyncua's client logs errors only."""
    client_log = logging.getLogger("asyncua.client")
    level = client_log.level
    client_log.setLevel(logging.ERROR)
    yield
    client_log.setLevel(level)
