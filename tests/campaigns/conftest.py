"""The rooms above have nothing to do with these tests: no openers, nothing is owed."""

import pytest

from pingyi.campaigns.doors import OPENERS


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, nothing_owed: None) -> None:
    monkeypatch.setattr(OPENERS, "_answers", {})
