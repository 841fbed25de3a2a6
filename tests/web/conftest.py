from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Participant, Round, Unit
from pingyi.reviews.operations.record import record_review
from tests.appraisals.conftest import plain, prepared, signed, typed

__all__ = ["plain", "prepared", "signed", "typed"]

Ask = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def at() -> Ask:
    """Asks for an address as a user, in a browser of their own."""

    def asked(user: User | None, address: str, **headers: Any) -> HttpResponse:
        client = Client(**headers)
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    return asked


@pytest.fixture
def reviewed(
    first_round: Round, units: dict[str, Unit], participants: dict[str, Participant], now: datetime
) -> Callable[[str, str], None]:
    """A leader (by key) reviews somebody (by key) or a unit (by code)."""

    def made(reviewer: str, subject: str) -> None:
        record_review(
            round_=first_round,
            reviewer=participants[reviewer],
            unit=units.get(subject),
            participant=participants.get(subject),
            form="meeting",
            held_on=date(2011, 6, 1),
            place="村部会议室",
            achievements=f"带领{subject}一组修通机耕道三公里，群众运粮不再肩挑背扛",
            problems=f"对{subject}片流动党员联系不够，半年只通了两次电话",
            direction=f"七月底前把{subject}片流动党员逐人联系一遍并建立台账",
            accept_signs=True,  # nothing here is about texts
            by=None,
            now=now,
        )

    return made
