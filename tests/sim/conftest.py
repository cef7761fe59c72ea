"""The shipped line ready to run."""

from __future__ import annotations

import pytest

from tests.sim.lines import outdoor_line
from twin.sim.plan import Plan, plan_plant


@pytest.fixture(scope="session")
def outdoor() -> Plan:
    """The shipped line's plan; plans never change, so all tests share it."""
    return plan_plant(outdoor_line())
