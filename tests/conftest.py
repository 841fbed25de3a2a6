"""What every test may rely on."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.ledger_seal import flushing_allowed

# A property is about values, never about how busy the machine is.
settings.register_profile("pingyi", deadline=None)
settings.load_profile("pingyi")

pytest_plugins = ["tests.cast", "tests.campaigns_cast"]


@pytest.fixture(autouse=True, scope="session")
def _the_ledger_can_be_emptied_between_tests() -> Iterator[None]:
    with flushing_allowed():
        yield
