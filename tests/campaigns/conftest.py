"""The rooms above have nothing to do with these tests: no openers, nothing is owed."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _alone(settings: Any, nothing_owed: None) -> None:
    settings.ROUND_OPENERS = []
