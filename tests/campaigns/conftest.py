"""The rooms above have nothing to do with these tests: no openers, no finders of gaps."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> None:
    settings.ROUND_OPENERS = []
    settings.GAP_FINDERS = []
